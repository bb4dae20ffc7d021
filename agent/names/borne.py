"""Whether the names of a text stand in a source, in whatever script it writes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from agent.language.scripts import fold
from agent.names.chinese import chinese_names, spoken_in
from agent.names.german import german_names
from agent.names.heard import Heard
from agent.names.known import fold_han, general, group_of, listed
from agent.names.korean import korean_names
from agent.names.rows import Row
from agent.names.sounds import Sounding, romanise
from agent.names.words import Name, capitalised_names, japanese_names

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’]*")
_HANGUL_WORD = re.compile(r"[가-힣]{2,}")
_KATAKANA_WORD = re.compile(r"[\u30a1-\u30fa\u30fc]{2,}")
_CAPITALS_IN = frozenset({"en", "fr", "es", "it", "pt", "nl"})
_LONGEST_HANGUL = 8
_SHORTENED = re.compile(r"['’](?:s|m|ve|re|ll|d|t)?$")
_LONGEST_CUT = 4
_PEOPLE = re.compile(r"([A-Z][a-z]{3,}?)(?:i?ans?|n|ns|ese|is?|ish)")
_EASTERN_WORD = re.compile(r"[가-힣]{2,}|[\u30a1-\u30fa\u30fc]{2,}")


class NameIndex:
    """A source text, ready to have names looked up in it."""

    def __init__(self, text: str, language: str) -> None:
        self._language = language
        self._plain = fold_han(fold(text))
        self._lower = self._plain.casefold()
        self._text = text

    @cached_property
    def _latin(self) -> Sounding:
        # A name has a capital, or a source that has none is read as it is.
        words = [word for word in _LATIN_WORD.findall(self._plain) if not word[0].islower()]
        pairs = [a + b for a, b in pairwise(words) if a[0].isupper() and b[0].isupper()]
        return Sounding({*words, *pairs})

    @cached_property
    def _eastern(self) -> Sounding:
        hangul = {
            word[:end]
            for word in _HANGUL_WORD.findall(self._text)
            for end in range(2, min(len(word), _LONGEST_HANGUL) + 1)
        }
        kana = set(_KATAKANA_WORD.findall(self._text))
        spelt = {part for form in spoken_in(self._text) for part in form} if self._language[:2] == "zh" else set()
        return Sounding({*hangul, *kana, *self._readings, *spelt})

    @cached_property
    def _heard(self) -> Heard:
        return Heard(self._plain, self._readings)

    @cached_property
    def _readings(self) -> frozenset[str]:
        if self._language != "ja":
            return frozenset()
        return frozenset(name.reading for name in japanese_names(self._text) if name.reading)

    @cached_property
    def _rows(self) -> Row:
        return Row(re.findall(_EASTERN_WORD, self._plain))

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
        if name.text in listed("common"):
            return True
        if name.parts:
            return self._sounds(name.text) or self._has_parts(name.parts) or self._sounds_before_a_kind(name.text)
        if name.compound:
            return False
        if name.spoken:
            return self._has_spoken(name)
        if not _has_han(name.text):
            return self._sounds(name.text) or self._sounds_before_a_kind(name.text)
        # A reading is spelt in Latin letters by rule, so it must be nearly the same.
        return bool(name.reading) and (
            self._latin.has(name.reading, exactly=True) or self._eastern.has(name.reading, exactly=True)
        )

    def _has_spoken(self, name: Name) -> bool:
        """Tell whether the source has a foreign name that Chinese characters spell, or a part of it."""
        parts = re.split(r"[·・•‧]", name.text)
        if self._heard.has(name.text) or any(len(part) > 1 and self._heard.has(part) for part in parts):
            return True
        return any(self._eastern.has(form, heard=True) for form in _trimmed(name.spoken))

    def _has_parts(self, parts: Sequence[str]) -> bool:
        """Tell whether the words of a row come side by side in the source, or what only they say apart from kinds."""
        kinds = {*listed("modifiers"), *listed("common"), *general("ja")}
        telling = [part for part in parts[:-1] if part not in kinds]
        if parts[-1] not in listed("tails"):
            telling.append(parts[-1])
        return (
            not telling or self._rows.has(telling) or self._heard.has_phrase(telling) or self._heard.has_phrase(parts)
        )

    def _sounds(self, form: str) -> bool:
        """Tell whether the source has a name as it sounds, whole or in each of its parts."""
        eastern = not _LATIN_WORD.match(form)
        sounding = self._eastern if eastern else self._latin
        parts = [part for part in form.split("・") if part]
        for forms in ([form.replace("・", "")], parts):
            if forms and all(self._heard.has(part) or sounding.has(part) for part in forms):
                return True
        return False

    def _sounds_before_a_kind(self, form: str) -> bool:
        """Tell whether the source has a name by its sound that a Katakana word such as Brand or Club stands behind."""
        head = next(
            (form.removesuffix(tail) for tail in (*listed("kinds"), *listed("tails")) if form.endswith(tail)), ""
        )
        return len(head) > 2 and self._heard.has(head)


def _trimmed(spoken: str) -> list[str]:
    """Return the sounds of a name, whole and in its parts: the words beside it may begin with such a character too."""
    return [spoken, *(part for part in spoken.split("・") if len(part) > 3)]


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

    Japanese names in Kana and Chinese characters, capitalised words of English and the Romance languages, of German
    those that are no nouns, and what looks like a name in Korean and Chinese. Countries, continents and currencies
    need no source. A person's or place's name written in Chinese characters is also looked up by its reading. Other
    languages give nothing.
    """
    names = _names_in(text, language[:2])
    free = general(language)
    given = [fold_han(form) for form in known if form]
    return [
        (name.start, name.end)
        for name in names
        if not _free(name.text, free) and not _given(name.text, given) and not any(s.bears(name) for s in sources)
    ]


def names_in(text: str, language: str) -> list[str]:
    """Return the names of a text as they are written, in order; in East Asian text those in Latin letters too."""
    found = [name.text for name in _names_in(text, language[:2])]
    if language[:2] in {"ja", "ko", "zh"}:
        found += [word for word in _LATIN_WORD.findall(text) if len(word) > 1 and word[0].isupper()]
    return found


def _names_in(text: str, language: str) -> list[Name]:
    match language:
        case "ja":
            return japanese_names(text)
        case "ko":
            return korean_names(text)
        case "zh":
            return chinese_names(text)
        case "de":
            return german_names(text)
        case _:
            return capitalised_names(text) if language in _CAPITALS_IN else []


def _free(name: str, free: frozenset[str]) -> bool:
    plain = _SHORTENED.sub("", name)
    if plain in free or _is_people(plain, free):
        return True
    parts = re.split(r"[・-]", plain)
    return len(parts) > 1 and all(part in free or part.islower() for part in parts)


def _is_people(word: str, free: frozenset[str]) -> bool:
    """Tell whether a Latin word comes from the name of a country that needs no source: Bolivian, Colombians."""
    found = _PEOPLE.fullmatch(word)
    return found is not None and any(
        country.startswith(found[1]) and len(country) - len(found[1]) < 4 for country in free
    )


def _given(name: str, given: Iterable[str]) -> bool:
    """Tell whether a known form covers the name: is it, or has it as a whole word (Latin) or at all (other scripts)."""
    plain = fold_han(name)
    return any(plain == form or (plain in form if not plain.isascii() else plain in form.split()) for form in given)
