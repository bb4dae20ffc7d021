"""The entities of an issue: which names of which articles mean one, and the form that is printed for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from agent.engine import Digested
from agent.model import Entity, OutletClass
from agent.names.borne import name_index
from agent.names.known import group_of
from agent.names.sounds import may_sound_alike
from agent.names.words import japanese_names
from agent.spelling.likeness import is_one_name, key_of, scripts_of

_TRUST: Mapping[OutletClass, int] = {"government": 3, "paper": 3, "newsroom": 2, "press_release": 2, "company_blog": 1}
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity as one article has it: printed as `name`, written `source_form` in the source."""

    article_id: str
    name: str
    source_form: str
    trust: int


@dataclass(frozen=True)
class Cluster:
    """One entity: its mentions, the form that is printed, and the forms of the sources by article id."""

    form: str
    mentions: tuple[Mention, ...]

    @property
    def variants(self) -> tuple[str, ...]:
        """The other names that articles print for it."""
        return tuple(name for name in dict.fromkeys(m.name for m in self.mentions) if name != self.form)

    def original(self, article_ids: Sequence[str]) -> str:
        """Return the name as the given articles' sources write it, in Latin letters where one does; may be empty."""
        forms = [m.source_form for m in self.mentions if m.article_id in article_ids]
        latin = [form for form in forms if scripts_of(form) == {"latin"}]
        return next(iter([*latin, *forms]), "")


def clusters_of(items: Sequence[Digested], glossary: Mapping[str, str]) -> tuple[Cluster, ...]:
    """Return the entities that the model-written digests name, in the order of their first mention."""
    written = [item for item in items if item.digest.engine == "model"]
    found = [mention for item in written for mention in _mentions(item)]
    together = _Together(found, written, glossary)
    return tuple(Cluster(_form(members, glossary), tuple(members)) for members in together.groups() if members)


def _mentions(item: Digested) -> list[Mention]:
    trust = _TRUST.get(item.article.outlet_class, 0)
    text = f"{item.article.title}\n{item.article.text}"
    listed = [e for e in item.digest.entities if len(key_of(e.source_form)) >= _SHORTEST]
    forms = {e.name: _official(e, text) for e in listed}
    return [Mention(item.article.id, name, form, trust) for name, form in {**forms, **_unlisted(item, forms)}.items()]


def _unlisted(item: Digested, listed: Mapping[str, str]) -> dict[str, str]:
    """Return names in Katakana that a digest prints without listing them, and that sound like one it lists."""
    if item.digest.language[:2] != "ja":
        return {}
    d = item.digest
    text = "\n".join((d.title, d.summary, d.detail.background, d.detail.main, d.detail.impact))
    names = {n.text for n in japanese_names(text) if scripts_of(n.text) == {"kana"}} - set(listed)
    found = {name: {form for form in listed.values() if is_one_name(name, form)} for name in names}
    return {name: forms.pop() for name, forms in sorted(found.items()) if len(forms) == 1}


def _official(entity: Entity, text: str) -> str:
    """Return the Latin form that the source puts in brackets behind a name, else its own: 퓨리오사AI(FuriosaAI)."""
    match = re.search(rf"{re.escape(entity.source_form)}[」』]? ?[(（]([A-Z][A-Za-z0-9 .&-]{{1,40}})[)）,、，]", text)
    if match and scripts_of(entity.source_form) != {"latin"} and _said_alike(match[1], entity.source_form):
        return match[1].strip()
    return entity.source_form


def _said_alike(latin: str, form: str) -> bool:
    return is_one_name(latin, form) or may_sound_alike(latin, form)


class _Together:
    """Mentions brought together by what their sources write."""

    def __init__(self, mentions: Sequence[Mention], items: Sequence[Digested], glossary: Mapping[str, str]) -> None:
        self._mentions = mentions
        self._texts = [name_index(f"{i.article.title}\n{i.article.text}", i.article.language) for i in items]
        self._glossary = {key_of(source): key_of(form) for source, form in glossary.items()}
        self._root = {form: form for form in dict.fromkeys(m.source_form for m in mentions)}
        for one, other in combinations(self._root, 2):
            if self._find(one) != self._find(other) and self._same(one, other):
                self._root[self._find(other)] = self._find(one)

    def groups(self) -> list[list[Mention]]:
        """Return the mentions by entity."""
        found: dict[str, list[Mention]] = {}
        for mention in self._mentions:
            found.setdefault(self._find(mention.source_form), []).append(mention)
        return list(found.values())

    def _find(self, form: str) -> str:
        while self._root[form] != form:
            form = self._root[form]
        return form

    def _same(self, one: str, other: str) -> bool:
        a, b = key_of(one), key_of(other)
        if self._glossary.get(a, a) == self._glossary.get(b, b):
            return True
        if not is_one_name(one, other):
            return False
        # A source that writes both in one script means two: Grok and Groq.
        plain = a != b and scripts_of(one) == scripts_of(other)
        return not (plain and any(text.states(one) and text.states(other) for text in self._texts))


def _form(members: Sequence[Mention], glossary: Mapping[str, str]) -> str:
    """Return the form to print: the glossary's, else the one that most articles print, then that of the best outlet.

    A Latin form that neither a source nor the world has is a transliteration of our own: it stands behind all others.
    """
    wanted = {key_of(source): form for source, form in glossary.items()}
    wanted |= {key_of(form): form for form in glossary.values()}
    for mention in members:
        for form in (mention.source_form, mention.name):
            if key_of(form) in wanted:
                return wanted[key_of(form)]
    stated = {key_of(m.source_form) for m in members}
    printed = Counter(m.name for m in members)
    trust = {name: max(m.trust for m in members if m.name == name) for name in printed}
    latin = [name for name in printed if scripts_of(name) == {"latin"}]
    made_up = {n for n in latin if key_of(n) not in stated and not group_of().get(n.casefold())}
    official = [m.source_form for m in members if scripts_of(m.source_form) == {"latin"}]
    if official and set(printed) <= made_up:
        return Counter(official).most_common(1)[0][0]
    able = [name for name in printed if name not in made_up] or list(printed)
    return max(able, key=lambda name: (printed[name], trust[name], -list(printed).index(name)))
