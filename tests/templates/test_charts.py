"""The texts of the drawings: where their lines end."""

from __future__ import annotations

import pytest

from templates.charts import em, wrap

SIZE, WIDTH = 11.0, 256.0


@pytest.mark.parametrize(
    ("text", "language", "lines"),
    [
        ("AI展示会「NexTech Week 2026」が東京で開幕する", "ja", ("AI展示会「NexTech Week 2026」が東京で", "開幕する")),
        ("韓国政府が見直し案をまとめる", "ja", ("韓国政府が見直し案をまとめる",)),
        (
            "Die Bundesregierung richtet drei Reallabore für Hochrisiko-KI ein",
            "de",
            ("Die Bundesregierung richtet drei", "Reallabore für Hochrisiko-KI ein"),
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
