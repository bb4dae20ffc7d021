"""What a translation must keep: numbers and names; and what must not be left in it: other scripts."""

from __future__ import annotations

import re

from agent.language.detect import detect
from agent.language.scripts import fold, is_cjk
from agent.quantities import parse_quantities, same_quantity

_SMALLEST = 13
_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z]*[A-Za-z0-9.-]*[A-Za-z0-9](?![A-Za-z0-9])")
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7a3]")
_LATIN_RUN = re.compile(r"(?:[A-Za-z][a-z'’-]* ){4,}")
_KANA = re.compile(r"[\u3041-\u309f]")


def numbers_kept(source: str, language: str, target: str, target_language: str) -> list[bool]:
    """Judge every number of the source above 12 or with decimals: whether the target states the same quantity."""
    stated = parse_quantities(target, target_language)
    wanted = [q for q in parse_quantities(source, language) if q.value >= _SMALLEST or q.value != q.value.to_integral()]
    return [any(same_quantity(want, found).equal for found in stated) for want in wanted]


def names_kept(source: str, reference: str, target: str) -> list[bool]:
    """Judge every Latin name of the source that a human translator kept in Latin letters."""
    kept = [name for name in dict.fromkeys(_NAME.findall(fold(source))) if name in fold(reference)]
    return [name in fold(target) for name in kept]


def is_pure(text: str, language: str) -> bool:
    """Tell whether a text is in its language alone: no Hangul and no run of Latin words in Japanese, and kana in it."""
    if not is_cjk(language):
        return detect(text) == language
    if language == "ja":
        # Headlines of a few characters may do without kana.
        kana = bool(_KANA.search(text)) or len(text) <= 12
        return kana and not _HANGUL.search(text) and not _LATIN_RUN.search(text)
    return detect(text) in (language, "und") and not _LATIN_RUN.search(text)
