"""The issue with one spelling for every entity, and its original name in brackets where it is met first.

Only what a model wrote is changed: sentences of the sources stay as they are, and so do evidence, original titles and
addresses. A change that the sources would not bear out is not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from agent.engine import Digested
from agent.grounding.unsupported import Source, page_of, unsupported
from agent.language.sentences import split
from agent.model import Digest, Statement, Synthesis, TopicDraft
from agent.names import known_forms
from agent.spelling.clusters import Cluster, clusters_of
from agent.spelling.likeness import key_of, scripts_of
from agent.spelling.rewriting import first_place, replaced, with_original

_PARTS = ("background", "main", "impact")
_OnStatement = Callable[[Statement], Statement]
_OnTitle = Callable[[TopicDraft], str]


@dataclass(frozen=True)
class Unified:
    """The digests and the synthesis with one spelling an entity, and the entities whose spelling was changed."""

    items: tuple[Digested, ...]
    synthesis: Synthesis
    changed: tuple[Cluster, ...]


def unify(
    items: Sequence[Digested], synthesis: Synthesis, order: Sequence[str], glossary: Mapping[str, str], language: str
) -> Unified:
    """Return the issue with one spelling for every entity that its digests name.

    `order` are the ids of the articles as they are printed, `language` the report's. The glossary's form wins, then the
    form that most articles print of those that a source bears out.
    """
    clusters = clusters_of(items, glossary)
    if not clusters:
        return Unified(tuple(items), synthesis, ())
    desk = _Desk(items, clusters, glossary, language)
    named = tuple(replace(item, digest=desk.digest(item)) for item in items)
    issue = _FirstMentions(desk, clusters, language)
    told = issue.synthesis(desk.synthesis(synthesis))
    by_id = {item.article.id: item for item in named}
    by_id |= {i: replace(by_id[i], digest=issue.digest(by_id[i])) for i in order if i in by_id}
    return Unified(tuple(by_id[item.article.id] for item in items), told, tuple(c for c in clusters if c in desk.used))


class _Desk:
    """Writes one form for another, sentence by sentence, and takes back what the sources would not bear out."""

    def __init__(
        self, items: Sequence[Digested], clusters: Sequence[Cluster], glossary: Mapping[str, str], language: str
    ) -> None:
        self._items = {item.article.id: item for item in items}
        self._language = language
        self._forms: dict[str, dict[str, Cluster]] = {}
        for cluster in clusters:
            for mention in cluster.mentions:
                if mention.name != cluster.form:
                    self._forms.setdefault(mention.article_id, {})[mention.name] = cluster
        self._names = {n for c in clusters for n in (c.form, *(f for m in c.mentions for f in (m.name, m.source_form)))}
        self._names |= set(glossary.values())
        self._glossary = glossary
        self.used: list[Cluster] = []

    def digest(self, item: Digested) -> Digest:
        """Return a digest with the issue's forms in everything that is printed of it."""
        old, ids = item.digest, (item.article.id,)
        if old.engine != "model" or item.article.id not in self._forms:
            return old
        detail = old.detail.model_copy(update={p: self.text(getattr(old.detail, p), ids) for p in _PARTS})
        figures = [
            f.model_copy(update={"label": self.text(f.label, ids), "holder": self.text(f.holder, ids)})
            for f in old.figures
        ]
        events = [e.model_copy(update={"what": self.text(e.what, ids)}) for e in old.events]
        return old.model_copy(
            update={
                "title": self.text(old.title, ids),
                "summary": self.text(old.summary, ids),
                "detail": detail,
                "figures": tuple(figures),
                "events": tuple(events),
            }
        )

    def synthesis(self, old: Synthesis) -> Synthesis:
        """Return the synthesis with the issue's forms."""
        return _each(old, self._statement, lambda topic: self.text(topic.title, _cited(topic), topic.language))

    def _statement(self, statement: Statement) -> Statement:
        text = self.text(statement.text, statement.article_ids, statement.language)
        return statement.model_copy(update={"text": text})

    def text(self, text: str, article_ids: Sequence[str], language: str = "") -> str:
        """Return a text about some articles with the forms of the issue in place of theirs."""
        clusters = {form: c for i in article_ids for form, c in self._forms.get(i, {}).items()}
        if not clusters or (language and language != self._language):
            return text
        result = text
        for span in reversed(split(text, self._language)):
            forms = {form: cluster.form for form, cluster in clusters.items()}
            new = replaced(span.text, forms, self._names, self._language)
            if new != span.text and self.bears(span.text, new, article_ids, list(forms.values())):
                result = result[: span.start] + new + result[span.end :]
                self._note(c for form, c in clusters.items() if form in span.text)
        return result

    def _note(self, clusters: Iterable[Cluster]) -> None:
        self.used += [c for c in clusters if c not in self.used]

    def bears(self, old: str, new: str, article_ids: Sequence[str], known: Sequence[str]) -> bool:
        """Tell whether the articles bear a sentence out as well in its new words as in the old ones."""
        items = [self._items[i] for i in article_ids]
        pages = [page_of(item.article) for item in items]
        names = [*known, *(n for item, page in zip(items, pages, strict=True) for n in self._known(item, page))]
        before, after = (unsupported(text, self._language, pages, names) for text in (old, new))
        return len(after) <= len(before)

    def _known(self, item: Digested, page: Source) -> list[str]:
        return known_forms(item.digest.entities, self._glossary, page.text, page.language)


class _FirstMentions:
    """Walks through the issue in reading order and gives each entity's original name once."""

    def __init__(self, desk: _Desk, clusters: Sequence[Cluster], language: str) -> None:
        self._desk = desk
        self._language = language
        # A form that a source has itself is an original.
        self._left = [c for c in clusters if all(_differs(c.form, m.source_form) for m in c.mentions)]

    def synthesis(self, old: Synthesis) -> Synthesis:
        """Return the synthesis with the original names of the entities that it names first."""
        return _each(old, self._statement, lambda topic: topic.title)

    def digest(self, item: Digested) -> Digest:
        """Return a digest with the original names that nothing before it gave."""
        old, ids = item.digest, (item.article.id,)
        if old.engine != "model":
            return old
        summary = self._text(old.summary, ids)
        detail = old.detail.model_copy(update={p: self._text(getattr(old.detail, p), ids) for p in _PARTS})
        return old.model_copy(update={"summary": summary, "detail": detail})

    def _statement(self, statement: Statement) -> Statement:
        if statement.language != self._language:
            return statement
        return statement.model_copy(update={"text": self._text(statement.text, statement.article_ids)})

    def _text(self, text: str, article_ids: Sequence[str]) -> str:
        for cluster in list(self._left):
            end = first_place(text, cluster.form)
            if end < 0:
                continue
            original = cluster.original(article_ids)
            self._left.remove(cluster)
            if original and _differs(cluster.form, original) and original not in text:
                new = with_original(text, end, original, self._language)
                text = new if self._desk.bears(text, new, article_ids, [cluster.form, original]) else text
        return text


def _differs(form: str, original: str) -> bool:
    """Tell whether a reader could not tell the original name from the printed one."""
    return key_of(form) != key_of(original) and scripts_of(form) != scripts_of(original)


def _cited(topic: TopicDraft) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for statement in topic.statements for i in statement.article_ids))


def _each(old: Synthesis, statement: _OnStatement, title: _OnTitle) -> Synthesis:
    """Return a synthesis with every statement and every title changed, in reading order."""
    trends = tuple(map(statement, old.trends))
    topics = tuple(
        t.model_copy(update={"title": title(t), "statements": tuple(map(statement, t.statements))}) for t in old.topics
    )
    digests = {name: tuple(map(statement, told)) for name, told in old.category_digests.items()}
    outlook = tuple(map(statement, old.outlook))
    return old.model_copy(update={"trends": trends, "topics": topics, "category_digests": digests, "outlook": outlook})
