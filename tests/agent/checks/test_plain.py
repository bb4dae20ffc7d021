"""Text in lines with underlined headings is read as whole lines; any other text is left as it is."""

from __future__ import annotations

from agent.checks.plain import is_set_in_lines, whole_lines

SET = """Weekly
======

| A notice of two
| lines.


The week
========

- Chips were sold, many of
  them. #01
- 半導体が売
  れた。 #02


#01 A long
title
----------

概要
工場が稼
働した。

- Article: https://a.example/1
"""


def test_lines_are_joined_and_headings_marked() -> None:
    assert is_set_in_lines(SET)
    assert [line for line in whole_lines(SET).splitlines() if line] == [
        "# Weekly",
        "A notice of two lines.",
        "## The week",
        "- Chips were sold, many of them. #01",
        "- 半導体が売れた。 #02",
        "### #01 A long title",
        "#### 概要",
        "工場が稼働した。",
        "- Article: https://a.example/1",
    ]


def test_other_text_is_no_set_text() -> None:
    assert not is_set_in_lines("# Weekly\n\n---\n\n---\n\n---\n")
    assert not is_set_in_lines("A line\n------\nAnother\n")
