"""Plain text breaks its lines as each script does."""

from __future__ import annotations

import pytest

from templates.plain import width, wrap


@pytest.mark.parametrize(
    ("text", "joint"),
    [
        pytest.param(
            "국내 클라우드 기업들이 국산 인공지능(AI) 반도체를 얹은 서비스를 상용화했다. (원문·한국어) #09",
            " ",
            id="Korean: between words",
        ),
        pytest.param("Die Betreiber wollen (so der Verband) 2,3 Milliarden Euro investieren. #01", " ", id="German"),
        pytest.param(
            "国内企業は「推論（インファレンス）」向けの半導体を、来年から量産すると発表した。", "", id="Japanese"
        ),
    ],
)
def test_lines_break_where_they_may(text: str, joint: str) -> None:
    whole = joint.join([text] * 4)
    lines = list(wrap(whole, "- ", "  "))
    assert len(lines) > 3 and max(map(width, lines)) <= 78
    assert joint.join(line.strip() for line in lines) == f"- {whole}"
    assert not any(line.endswith(("(", "「", "（")) for line in lines)
    assert not any(line.strip().startswith((")", ".", ",", "。", "、", "」", "）")) for line in lines)
