"""The page's words in both languages, differences side by side, and where it cannot be served."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from agent.errors import SettingError
from agent.settings import Settings
from shuho.web.difference import Row, Stretch, side_by_side
from shuho.web.serving import ServeCommand, serve_page
from shuho.web.words_en import ENGLISH
from shuho.web.words_ja import JAPANESE


def flat(name: str, value: object) -> Iterator[tuple[str, frozenset[str]]]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from flat(f"{name}.{key}", one)
    elif isinstance(value, tuple):
        for i, one in enumerate(value):
            yield from flat(f"{name}.{i}", one)
    else:
        assert str(value).strip()
        yield name, frozenset(re.findall(r"\{(\w+)\}", str(value)))


def test_both_languages_say_the_same_things() -> None:
    ja, en = ({k: v for f in fields(w) for k, v in flat(f.name, getattr(w, f.name))} for w in (JAPANESE, ENGLISH))
    assert ja == en


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        ("", "", ()),
        ("a b.", "a b.", (Row((Stretch("a b.", False),), (Stretch("a b.", False),)),)),
        ("a\nb", "a", (Row((Stretch("a", False),), (Stretch("a", False),)), Row((Stretch("b", True),), ()))),
        ("", "a", (Row((), (Stretch("a", True),)),)),
        (
            "売上は35%増の見込み。",
            "売上は36%増の見込み。",
            (
                Row(
                    (Stretch("売上は", False), Stretch("35%", True), Stretch("増の見込み。", False)),
                    (Stretch("売上は", False), Stretch("36%", True), Stretch("増の見込み。", False)),
                ),
            ),
        ),
        (
            "One thing.",
            "Quite another matter",
            (Row((Stretch("One thing.", True),), (Stretch("Quite another matter", True),)),),
        ),
    ],
)
def test_differences_stand_side_by_side(before: str, after: str, rows: tuple[Row, ...]) -> None:
    assert side_by_side(before, after) == rows


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match=f"--port {port}: cannot be served there"):
            serve_page(ServeCommand(tmp_path, port=port), Settings(), pytest.fail)
