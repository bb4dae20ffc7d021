"""A name and its spelling in another script are known to be one by how they sound."""

from __future__ import annotations

import pytest

from agent.names.heard import Heard
from agent.names.transcribed import first_letters, likelihood
from agent.names.units import latin_of, script_of, units_of


@pytest.mark.parametrize(
    ("name", "source", "has"),
    [
        ("レベリオンズ", "Rebellions will build the servers with Arm.", True),
        ("アンデルセン", "Ms. Andersson said so.", True),
        ("ソーンミア", "Thornmere raised money in Leeds.", True),
        ("ソーンミア", "Alderby raised money in Wexcombe.", False),
        ("リスボン", "The company moved to London last year.", False),
        ("손미어", "Thornmere raised money.", True),
        ("손미어", "Alderby raised money.", False),
        ("桑德伯格", "Sheryl Sandberg left Meta.", True),
        ("桑德伯格", "Tim Cook left Apple.", False),
        ("Rebellions", "리벨리온은 SK텔레콤과 손잡았다.", True),
        ("Rebellions", "삼성전자는 SK텔레콤과 손잡았다.", False),
        ("Sandberg", "雪莉·桑德伯格离开了公司。", True),
        ("Okonkwo", "オコンクォ氏が述べた。", True),
        ("Okonkwo", "タナカ氏が述べた。", False),
        ("リビングストン", "利文斯顿主场迎战流浪者。", True),
        ("리빙스턴", "利文斯顿主场迎战流浪者。", True),
        ("ダニエルズ", "대니얼스는 재판에 나오지 않았다.", True),
        ("대니얼스", "ダニエルズ氏は出廷しなかった。", True),
        ("莫雷洛斯", "モレロスが先制点を決めた。", True),
        ("グリーンウッド", "利文斯顿主场迎战流浪者。", False),
        ("グリーンウッド", "대니얼스는 재판에 나오지 않았다.", False),
        ("", "Arm", False),
        ("1〜3", "Arm", False),
    ],
)
def test_a_name_is_heard_in_a_source_of_another_script(name: str, source: str, has: bool) -> None:
    assert Heard(source).has(name) is has


@pytest.mark.parametrize(
    ("parts", "source", "has"),
    [
        (("エージェント", "ワークス"), "The agent works on its own.", True),
        (("エージェント", "ワークス"), "The model reads pictures.", False),
        (("バス",), "The bus is late.", False),
    ],
)
def test_words_side_by_side_are_heard_whether_they_have_capitals_or_not(
    parts: tuple[str, ...], source: str, has: bool
) -> None:
    assert Heard(source).has_phrase(parts) is has


def test_readings_of_japanese_names_are_heard() -> None:
    assert not Heard("鈴木氏が述べた。").has("Suzuki")
    assert Heard("鈴木氏が述べた。", ["スズキ"]).has("Suzuki")


@pytest.mark.parametrize(
    ("word", "units"),
    [
        ("クォーツ", ("k", "o", "-", "ts", "u")),
        ("ウィキ", ("w", "i", "k", "i")),
        ("キャップ", ("k", "y", "a", "Q", "p", "u")),
        ("시", ("I9", "M20")),
        ("北京", ("b~", "~ei", "j~", "~ing")),
        ("Arm", ()),
        ("Armの", ()),
    ],
)
def test_words_fall_into_units_of_sound(word: str, units: tuple[str, ...]) -> None:
    assert units_of(word) == units


def test_a_whole_word_is_likelier_than_its_part_and_far_likelier_than_another() -> None:
    right, cut, wrong = (likelihood("エヌビディア", latin) for latin in ("nvidia", "nvid", "samsung"))
    assert right > cut > wrong
    assert wrong < 0 < right
    assert likelihood("エヌビディア", "") == likelihood("Nvidia", "nvidia") == float("-inf")
    # A part of the word costs what is asked for what stands before and behind it.
    assert likelihood("韓国サムスン"[2:], "samsung") > likelihood("コリアサムスン", "samsung", (3.0, 1.5)) > 0


def test_scripts_and_letters() -> None:
    assert [script_of(word) for word in ("カナ", "한글", "汉字", "漢字かな", "")] == ["ja", "ko", "zh", None, None]
    assert latin_of("Łukasz O’Brien-Müller") == "lukaszobrienmuller"
    assert "s" in first_letters("サムスン")
    assert first_letters("Samsung") == frozenset()
