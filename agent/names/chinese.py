"""Names in a Chinese text: foreign ones by characters that spell sounds, organisations and persons by what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from agent.names.known import fold_han, general, groups, listed
from agent.names.words import Name

_HAN = "\u3400-\u9fff"
_FEWEST = 4
_BETWEEN = re.compile(r"[的和与與在是了及或由对對向为為将將]")
_POINT = re.compile(r"[·・•‧]")
_POINTED = re.compile(rf"([{_HAN}]{{1,6}})[·•‧](?=([{_HAN}]{{1,6}}))")
_PLACE = re.compile(rf"([{_HAN}]{{2,5}})(?=[州省市县縣郡岛島队隊镇鎮区區河湖])")
_QUOTED = re.compile(rf"[“「《‘]([{_HAN}]{{2,6}})[”」》’]")
_NO_GIVEN = re.compile(r"[已也是曾不就则則将將经經还還都在又再最并並均共只所的了和与與及对對]")
_HEADS = "集团|集團|公司|大学|大學|银行|銀行|电子|電子|科技|重工|制药|製藥|控股"
_ORGANISATION = re.compile(rf"([{_HAN}]{{2,4}}?)(?:{_HEADS})(?!{_HEADS}|[学學创創园園])")
_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許邓鄧韩韓冯馮曹彭曾肖蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚"
    "沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫雷侯龙龍史陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯"
)
_PERSON = re.compile(
    rf"(?<![{_SURNAMES}])([{_SURNAMES}][{_HAN}]{{1,2}}?)(?:表示|指出|说道|說道|先生|女士|教授|博士|总裁|總裁|执行长|執行長|"
    r"首席执行官|董事长|董事長|总经理|總經理|主席|部长|部長|总统|總統|总理|總理|研究员|研究員|院长|院長|市长|市長|认为|認為)"
)


def chinese_names(text: str) -> list[Name]:
    """Return the names of a Chinese text that are not in Latin letters, in order; what overlaps is named once."""
    found = sorted([*_foreign(text), *_organisations(text), *_persons(text)], key=lambda name: (name.start, -name.end))
    names: list[Name] = []
    for name in found:
        if not names or name.start >= names[-1].end:
            names.append(name)
    return names


def _foreign(text: str) -> Iterator[Name]:
    for match in _spelling().finditer(_known().sub(lambda found: "　" * len(found[0]), fold_han(text))):
        written = text[match.start() : match.end()]
        parts = tuple(part for part in _POINT.split(written) if part)
        yield Name(written, match.start(), match.end(), spoken="・".join(map(spoken, parts)))


def _organisations(text: str) -> Iterator[Name]:
    for match in _ORGANISATION.finditer(text):
        rest = _BETWEEN.split(match[1])[-1]
        while (shorter := _without_plain(rest)) != rest:
            rest = shorter
        if len(rest) > 1:
            start = match.start() + len(match[1]) - len(rest)
            yield Name(rest, start, start + len(rest), spoken=spoken(rest) if _spelling().fullmatch(rest) else "")


def _without_plain(rest: str) -> str:
    return next((rest[len(word) :] for word in listed("zh_plain") if rest.startswith(word)), rest)


def _persons(text: str) -> Iterator[Name]:
    for match in _PERSON.finditer(text):
        if len(match[1]) > 1 and not _NO_GIVEN.search(match[1]):
            yield Name(match[1], match.start(1), match.end(1), compound=True)


@cache
def _sounds() -> dict[str, str]:
    words = listed("han_sounds")
    return {fold_han(char): sound for sound, chars in zip(words[::2], words[1::2], strict=True) for char in chars}


@cache
def _spelling() -> re.Pattern[str]:
    chars = "".join(_sounds())
    return re.compile(rf"[{chars}]+(?:[·・•‧][{chars}]+)+|[{chars}]{{{_FEWEST},}}")


@cache
def _known() -> re.Pattern[str]:
    names = {fold_han(name) for tongue in ("zh-Hans", "zh-Hant") for name in general(tongue) if len(name) > 1}
    names |= {fold_han(form) for forms in groups() for form in forms if re.match(rf"[{_HAN}]", form)}
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))


def spoken_in(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the sounds of each foreign name of a text: of its parts, and of all of them run together."""
    for name in _foreign(text):
        parts = name.spoken.split("・")
        yield (*parts, "".join(parts))


def foreign_stretches(text: str) -> Iterator[str]:
    """Yield where a text has foreign names by the look of it: characters that spell, beside a point, or before a place.

    A stretch may begin before the name, and end behind it.
    """
    for name in _foreign(text):
        yield name.text
    for pattern in (_POINTED, _PLACE, _QUOTED):
        for match in pattern.finditer(text):
            yield from (part for part in match.groups() if part)


def spoken(name: str) -> str:
    """Return the sounds that the characters of a foreign name stand for, in Latin letters."""
    return "".join(_sounds().get(char, "") for char in fold_han(name))
