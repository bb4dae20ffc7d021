"""Names in a Korean text: organisations by their ending, persons by their title, foreign ones by their syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from agent.names.known import listed
from agent.names.words import Name

_WORD = re.compile(r"[가-힣]{2,}")
_PARTICLES = re.compile(
    r"(?:에서는|에서도|에게서|으로는|으로서|으로써|이라는|이라고|라는|라고|까지|부터|에서|에게|에는|에도|으로|이나|처럼|보다|만의|들은|"
    r"들이|들을|들의|들에|와의|과의|은|는|이|가|을|를|의|에|도|와|과|로|만|나|들|였|인|적)$"
)
_VERB = re.compile(
    r"(?:하다|했다|하는|하고|하며|하여|되다|됐다|되었다|되는|되어|적|하기|스스로|스러운|스럽게|토록|하게|"
    r"하지|치고|치는|트린|트렸다|뜨린)$"
)
_HEADS = "전자|그룹|은행|대학교|대학|증권|화학|제약|자동차|건설|중공업|통신|공사|신문|방송|병원|항공|물산|조선|정밀"
_ORGANISATION = re.compile(rf"^([가-힣]{{2,8}}?)(?:{_HEADS})$")
_PERSON = re.compile(
    r"(?<![가-힣])([가-힣]{2,4}) (?:씨|대표|교수|사장|회장|장관|의원|대통령|총리|박사|부사장|"
    r"최고경영자|기자|감독|이사장|원장|총재|시장|주지사)"
    r"(?=[가-힣]{0,3}(?:[^가-힣]|$))"
)
_FOREIGN = frozenset(
    "크트스프츠르드그브즈릭벨렉랙텍닉믹빅틱딕릿럿렛랫튼턴슨렌렐릴톤든젠넬멜쿠퀀케켈토티타테터파페포피퍼키카코컴쿄"
    "차체초처치칩첼콜콘캐캠켓컷펜펠팬팩랩랜랠랑렝롱론롤웨웰윌윈헤헨헬힐"
)
_FEWEST_SYLLABLES, _FEWEST_FOREIGN = 3, 2


def korean_names(text: str) -> list[Name]:
    """Return the names of a Korean text that are not in Latin letters, without particles, in order."""
    names = [*_words(text), *_persons(text)]
    return sorted(names, key=lambda name: name.start)


def _words(text: str) -> Iterator[Name]:
    for match in _WORD.finditer(text):
        word = without_particle(match[0])
        start, end = match.start(), match.start() + len(word)
        organisation = _ORGANISATION.match(word)
        if organisation:
            if not _plain().fullmatch(organisation[1]):
                yield Name(organisation[1], start, start + len(organisation[1]))
        elif len(word) >= _FEWEST_SYLLABLES and _is_foreign(word) and not _VERB.search(word):
            yield Name(word, start, end, parts=(word,))


def without_particle(word: str) -> str:
    """Return a word without the particle at its end, itself where nothing would be left."""
    shorter = _PARTICLES.sub("", word)
    return shorter if len(shorter) > 1 else word


def _is_foreign(word: str) -> bool:
    rest = _loans().sub("", word)
    return len(rest) >= _FEWEST_SYLLABLES and sum(char in _FOREIGN for char in rest) >= _FEWEST_FOREIGN


def _persons(text: str) -> Iterator[Name]:
    for match in _PERSON.finditer(text):
        name = match[1]
        if not _plain().fullmatch(name) and without_particle(name) == name and not _is_foreign(name):
            yield Name(name, match.start(1), match.end(1))


@cache
def _loans() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, listed("ko_loans")), key=len, reverse=True)))


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(listed('ko_plain'), key=len, reverse=True))})+")
