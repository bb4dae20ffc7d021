"""Whether the names of a text stand in a source, in whatever script it writes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from agent.names.known import fold_han, general, group_of
from agent.names.sounds import Sounding, romanise
from agent.names.words import Name, capitalised_names, japanese_names
from agent.scripts import fold

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’]*")
_HANGUL_WORD = re.compile(r"[가-힣]{2,}")
_KATAKANA_WORD = re.compile(r"[\u30a1-\u30fa\u30fc]{2,}")
_CAPITALS_IN = frozenset({"en", "fr", "es", "it", "pt", "nl"})
_LONGEST_HANGUL = 8


class NameIndex:
    """A source text, ready to have names looked up in it."""

    def __init__(self, text: str, language: str) -> None:
        self._language = language
        self._plain = fold_han(fold(text))
        self._lower = self._plain.casefold()
        self._text = text

    @cached_property
    def _sounding(self) -> Sounding:
        # A name has a capital, or a source that has none is read as it is.
        words = [word for word in _LATIN_WORD.findall(self._plain) if not word[0].islower()]
        pairs = [a + b for a, b in pairwise(words) if a[0].isupper() and b[0].isupper()]
        hangul = {
            word[:end]
            for word in _HANGUL_WORD.findall(self._text)
            for end in range(2, min(len(word), _LONGEST_HANGUL) + 1)
        }
        kana = set(_KATAKANA_WORD.findall(self._text))
        readings = (
            {name.reading for name in japanese_names(self._text) if name.reading} if self._language == "ja" else set()
        )
        return Sounding({*words, *pairs, *hangul, *kana, *readings})

    def states(self, form: str) -> bool:
        """Tell whether the source has `form` verbatim; a Latin form as a whole word, without case."""
        plain = fold_han(fold(form))
        if not romanise(plain) or not plain.isascii():
            return plain in self._plain
        return re.search(rf"(?<![a-z0-9]){re.escape(plain.casefold())}(?![a-z0-9])", self._lower) is not None

    def bears(self, name: Name) -> bool:
        """Tell whether the source has the name: verbatim, in another form that the world knows, or by its sound."""
        if self.states(name.text):
            return True
        forms = group_of().get(name.text.casefold(), ())
        if any(self.states(form) for form in forms):
            return True
        if name.compound:
            return False
        spoken = [name.text] if romanise(name.text) and not _has_han(name.text) else []
        if any(self._sounds(form) for form in spoken):
            return True
        # A reading is spelt in Latin letters by rule, so it must be nearly the same.
        return bool(name.reading) and _has_han(name.text) and self._sounding.has(name.reading, exactly=True)

    def _sounds(self, form: str) -> bool:
        parts = [part for part in form.split("・") if part]
        return self._sounding.has(form.replace("・", "")) or (
            len(parts) > 1 and all(self._sounding.has(part) for part in parts)
        )


def _has_han(text: str) -> bool:
    return re.search(r"[\u3400-\u9fff]", text) is not None


@lru_cache(maxsize=512)
def name_index(text: str, language: str) -> NameIndex:
    """Return the index of a source text; the same one for the same text."""
    return NameIndex(text, language)


def unborne_names(
    text: str, language: str, sources: Sequence[NameIndex], known: Collection[str] = ()
) -> list[tuple[int, int]]:
    """Return where `text` has names that no source bears out and that are not among `known` forms.

    Japanese names in Kana and Chinese characters, and capitalised words of English and the Romance languages.
    Countries, continents and currencies need no source. A person's or place's name written in Chinese characters is
    also looked up by its reading. Other languages give nothing.
    """
    if language[:2] == "ja":
        names = japanese_names(text)
    elif language[:2] in _CAPITALS_IN:
        names = capitalised_names(text)
    else:
        return []
    free = general(language)
    given = [fold_han(form) for form in known if form]
    return [
        (name.start, name.end)
        for name in names
        if not _free(name.text, free) and not _given(name.text, given) and not any(s.bears(name) for s in sources)
    ]


def _free(name: str, free: frozenset[str]) -> bool:
    if name in free or name.removesuffix("’s").removesuffix("'s") in free:
        return True
    parts = re.split(r"[・-]", name)
    return len(parts) > 1 and all(part in free for part in parts)


def _given(name: str, given: Iterable[str]) -> bool:
    """Tell whether a known form covers the name: is it, or has it as a whole word (Latin) or at all (other scripts)."""
    plain = fold_han(name)
    return any(plain == form or (plain in form if not plain.isascii() else plain in form.split()) for form in given)
