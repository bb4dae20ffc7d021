from __future__ import annotations

import pytest

from agent.extractive.standing import names_its_subject, speaks_for_itself


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Northbridge opened a plant.", True),
        ("However, Northbridge closed it.", False),
        ("They opened a plant.", False),
        ("しかし、ノースブリッジは閉鎖した。", False),
        ("ノースブリッジは工場を開いた。", True),
        ("同社は工場を開いた。", False),
        ("이는 노스브리지의 공장이다.", False),
        ("Doch Rheinwerk schloss das Werk.", False),
        ("it was cold.", False),
    ],
)
def test_speaks_for_itself(text: str, alone: bool) -> None:
    assert speaks_for_itself(text) is alone


@pytest.mark.parametrize(
    ("text", "title", "language", "named"),
    [
        ("LG AI Researchは「EXAONE 4.5」を発表した。", "LG、EXAONE 4.5を発表", "ja", True),
        ("「K-EXAONE」の約7分の1に抑え、理解と推論では同等の力を保ったとしている。", "EXAONE 4.5を発表", "ja", False),
        ("サーバーの中核は2種類のチップである。", "SKテレコム、推論サーバー", "ja", False),
        ("増収の主因はAI向け半導体である。", "TSMC、売上高35%増", "ja", False),
        ("この半導体はTSMCが造る。", "TSMC、売上高35%増", "ja", False),
        ("経済産業省は手引きを公表した。", "経済産業省、AIの手引き", "ja", True),
        ("TSMC expects a record quarter.", "TSMC's revenue climbs 35%", "en", True),
        ("Orders came from Nvidia.", "TSMC's revenue climbs 35%", "en", False),
        ("리벨리온은 칩을 내놓았다.", "리벨리온, 새 칩 공개", "ko", True),
        ("국내 기업들이 서비스를 내놓았다.", "리벨리온, 새 칩 공개", "ko", False),
        ("研華將在韓國擴大業務。", "研華與Spingence合作", "zh-Hant", True),
    ],
)
def test_names_its_subject(text: str, title: str, language: str, named: bool) -> None:
    assert names_its_subject(text, title, language) is named
