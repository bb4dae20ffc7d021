"""The texts of the drawings: where their lines end."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import ImageFont

from templates.charts import em, wrap
from templates.fonts import font

SIZE, WIDTH = 11.0, 256.0


@pytest.mark.parametrize(
    ("text", "language", "lines"),
    [
        ("AI展示会「NexTech Week 2026」が東京で開幕する", "ja", ("AI展示会「NexTech Week 2026」が東京で", "開幕する")),
        ("韓国政府が見直し案をまとめる", "ja", ("韓国政府が見直し案をまとめる",)),
        (
            "Die Bundesregierung richtet drei Reallabore für Hochrisiko-KI und Mittelständler ein",
            "de",
            ("Die Bundesregierung richtet drei", "Reallabore für Hochrisiko-KI und", "Mittelständler ein"),
        ),
        ("x" * 60, "en", ("x" * 40, "x" * 20)),
        ("", "ja", ("",)),
    ],
)
def test_lines_end_between_phrases(text: str, language: str, lines: tuple[str, ...]) -> None:
    assert wrap(text, SIZE, WIDTH, language) == lines


@pytest.mark.parametrize("extra", range(1, 12))
def test_no_line_is_too_long_none_is_lost_and_no_number_is_cut(extra: int) -> None:
    text = "電" * (23 - extra) + "力" + "消費量は2026年に7,100億ドルとなる見通しだ" + "。" * (extra % 2)
    lines = wrap(text, SIZE, WIDTH)
    assert "".join(lines) == text
    assert [line for line in lines if em(line.rstrip("。")) * SIZE > WIDTH] == []
    assert em(lines[-1]) >= 3
    for whole in ("2026年", "7,100億ドル"):
        assert any(whole in line for line in lines)


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize(
    "text",
    ["more than 75 countries", "$252.6 billion", "約4兆3,810億kWh", "12万8000トークン", "NT$1.13 trillion"],
)
def test_a_width_is_estimated(text: str, weight: int) -> None:
    face = ImageFont.truetype(BytesIO(font(weight)), 100)
    assert 0.8 * em(text) < face.getlength(text) / 100 <= 1.04 * em(text)
