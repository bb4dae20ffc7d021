"""Which of the pairs that a model made of a name in the source and its form in the digest can be believed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from agent.language.scripts import fold
from agent.model import Entity
from agent.names.borne import name_index
from agent.names.known import fold_han, group_of
from agent.names.sounds import may_sound_alike, romanise
from agent.names.transcribed import kinship
from agent.names.units import latin_of, script_of
from agent.names.words import japanese_names

_TOLD = 1.0
"""Nats above chance from which on two words are believed to be one name when someone says so: of pairs drawn at random
from news in two languages three in a thousand are (measured)."""
_PARTS = re.compile(r"[\s・&,.·-]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SCRIPTS = {
    "han": _HAN,
    "kana": re.compile(r"[\u3041-\u30fa]"),
    "hangul": re.compile(r"[\uac00-\ud7a3]"),
    "latin": re.compile(r"[a-zà-ÿ]"),
}


def is_plausible(name: str, source_form: str) -> bool:
    """Tell whether `name` can be `source_form` in another script, without asking anyone.

    It can when both are written alike, are known forms of one entity, spell one name as transcriptions go, or when
    each part of the name that sounds has one of the source form that sounds so. A translation of meaning (経済産業省
    for a ministry) cannot be told from an invention and is not believed unless it is known.
    """
    one, other = fold_han(fold(name)).casefold(), fold_han(fold(source_form)).casefold()
    if one == other or (len(one) > 1 and one in other):
        return True
    if other in {form.casefold() for form in group_of().get(one, ())}:
        return True
    # Two Latin names, or two Korean ones, are the same or they are not.
    if _script(one) == _script(other):
        return False
    if kinship(_written(name), _written(source_form)) >= _TOLD:
        return True
    parts, theirs = _spoken(name), _spoken(source_form)
    if not parts or not theirs:
        return False
    joined = "".join(theirs)
    return may_sound_alike("".join(parts), joined) or all(any(may_sound_alike(p, t) for t in theirs) for p in parts)


def _written(form: str) -> str:
    """Return a name without what stands between its parts; a Latin one in a to z."""
    joined = _PARTS.sub("", form)
    return joined if script_of(joined) else latin_of(joined)


def _script(form: str) -> str:
    return next((name for name, pattern in _SCRIPTS.items() if pattern.search(form)), "")


def _spoken(form: str) -> list[str]:
    if _HAN.search(form):
        names = japanese_names(form)
        whole = "".join(n.text for n in names) == form and all(n.reading for n in names)
        return [name.reading for name in names] if names and whole else []
    return [part for part in _PARTS.split(form) if romanise(part)]


def known_forms(entities: Iterable[Entity], glossary: Mapping[str, str], text: str, language: str) -> list[str]:
    """Return the forms that a digest of `text` may use: plausible pairs and glossary terms that it has."""
    index = name_index(text, language)
    forms: list[str] = []
    for entity in entities:
        if index.states(entity.source_form) and is_plausible(entity.name, entity.source_form):
            forms += [entity.name, entity.source_form]
    for source_form, form in glossary.items():
        if index.states(source_form) or index.states(form):
            forms += [form, source_form]
    return forms
