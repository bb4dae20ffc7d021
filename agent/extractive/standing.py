"""Which sentences of an article can stand without those before them."""

from __future__ import annotations

import re

from agent.extract.suspicions import orders

_DANGLING = re.compile(
    r"^(しかし|また|さらに|一方|だが|ただ|なお|そして|このため|これ|それ|その|この|同社|同氏|同モデル|両社|"
    r"However|But|And|Also|Still|Yet|It |They |This |That |These |Those |He |She |Both |"
    r"하지만|그러나|또한|이 |이번|그 |이를|이는|但|然而|此外|同時|這|該|其|"
    r"Doch|Aber|Auch|Dies|Das |Sie |Er |Es |Mais|Cependant|Il |Elle |Ils |Cela |Ce )"
)
_NAMED = re.compile(
    r"[A-Z][A-Za-z0-9.]+|[ァ-ヴー]{3,}|[A-Z]{2,}|[가-힣]{2,}(?:은|는|이|가)\b|[\u4e00-\u9fff]{3,}(?:は|が)|「[^」]+」"
)
_NAME = re.compile(r"[A-Z][A-Za-z0-9.+-]{2,}|[ァ-ヴー]{5,}|「[^」]+」|[가-힣]{3,}|[\u4e00-\u9fff]{2,}")
_SUBJECT = re.compile(r"(?<![でにとかへれら])(?:は|が|も)(?![しとあなそこ])")
_MARKED = re.compile(r"https?:|www\.|[<>{}]|\]\(", re.IGNORECASE)
_CUT = {"ko": 3, "zh": 2}
"""Characters of a word that must agree: endings follow in Korean, the next word in Chinese."""


def is_marked(text: str) -> bool:
    """Tell whether a sentence has an address or markup, or reads like an order: it stays in its own article."""
    return bool(_MARKED.search(text) or orders(text))


def dangling(text: str) -> bool:
    """Tell whether a sentence begins by leaning on the one before it."""
    return _DANGLING.match(text) is not None


def speaks_for_itself(text: str) -> bool:
    """Tell whether a sentence can stand without those before it: it names something and does not lean on them."""
    return bool(_NAMED.search(text)) and not dangling(text)


def names_its_subject(text: str, title: str, language: str) -> bool:
    """Tell whether a sentence also says whom or what it is about: it has a name of its article's title.

    A Japanese sentence leaves its subject out when the one before it has named it, so that it must have one, too.
    For a sentence from the middle of an article, where `speaks_for_itself` lets too much pass.
    """
    if dangling(text) or (language == "ja" and not _SUBJECT.search(text)):
        return False
    cut = _CUT.get(language[:2])
    return any(name[:cut] in text for name in _NAME.findall(title))
