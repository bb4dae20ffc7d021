"""An answer for the synthesis held against the desk: what is wrong with it, and what is sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from agent.engine import Brief, Digested
from agent.model import CategoryDraft, Gap, Statement, Synthesis, TopicDraft
from agent.model_engine.desk import Desk
from agent.model_engine.prose import language_fault, quoted, sentence_fault, title_fault, without_ids, without_quotes
from agent.model_engine.readers import Readers
from agent.model_engine.schemas import EditAnswer, StatementAnswer
from agent.names import known_forms

_SHOWN_FAULTS = 8
MOST_NAMED = 2
_FEWEST_TRENDS = 2
_FEWEST_FIGURES = 4
_OVERRUN, _FEWEST_OVERRUN = 3, 3
"""One article's words in so large a part of the sentences, and in so many, are no slip of the pen."""
_FEW_BEARERS = 2
"""What more articles say than these, no order of one has brought."""
_BLAMED = 8
"""Articles on the desk for each that may be blamed."""


class Review:
    """Holds an answer against the desk: names faults, says whose they are, builds the synthesis of what is sound."""

    def __init__(self, desk: Desk, categories: Sequence[CategoryDraft], brief: Brief, readers: Readers) -> None:
        self._desk = desk
        self._categories = [category.name for category in categories]
        self._language = brief.language
        self._glossary = brief.glossary
        self._readers = readers
        self._judged: dict[tuple[str, ...], str | None] = {}
        self.named = 0
        """How often faults were named to the model."""

    def check(self, most: int = MOST_NAMED) -> Callable[[EditAnswer], str | None]:
        """Return a check that names faults at most `most` times.

        It lets pass what one article's words have overrun: naming that would ask the same order again.
        """

        def check(answer: EditAnswer) -> str | None:
            if self.named >= most or self.overrun_by(answer):
                return None
            fault = self.hopeless(answer) or "; ".join([*self._faults(answer)][:_SHOWN_FAULTS])
            self.named += bool(fault)
            return fault or None

        return check

    def hopeless(self, answer: EditAnswer) -> str | None:
        """Return why nothing can be made of an answer, None when something can."""
        sound = [s for s in answer.trends if self._unusable(s) is None]
        if len(sound) < min(_FEWEST_TRENDS, len(self._desk.articles)):
            reasons = [fault for s in answer.trends if (fault := self._unusable(s))]
            return "; ".join(["too few usable sentences in trends", *reasons][:_SHOWN_FAULTS])
        return None

    def overrun_by(self, answer: EditAnswer) -> frozenset[str]:
        """Return the articles, by id, whose words stand in a third of the sentences or more that do not cite them."""
        strays = self._strays(answer)
        count = len({s.text for _, group in groups(answer) for s in group})
        most = max(_FEWEST_OVERRUN, -(-count // _OVERRUN))
        return self._few({short for short in self._desk.articles if sum(short in b for b in strays) >= most})

    def strayed_from(self, answer: EditAnswer) -> frozenset[str]:
        """Return the fewest articles, by id, that explain the sentences with words of an article that is not cited.

        Where there is no such sentence, the few articles that topics and categories are about to the exclusion of all
        others. None when they are too many for an order's doing: then the model cites badly.
        """
        strays = self._strays(answer)
        found: set[str] = set()
        while strays:
            short = max(self._desk.articles, key=lambda short: sum(short in bearers for bearers in strays))
            found.add(short)
            strays = [bearers for bearers in strays if short not in bearers]
        return self._few(found or self._monopolists(answer))

    def _few(self, shorts: Set[str]) -> frozenset[str]:
        few = len(shorts) <= max(1, len(self._desk.articles) // _BLAMED)
        return frozenset(self._desk.articles[short].article.id for short in shorts if few)

    def _strays(self, answer: EditAnswer) -> list[frozenset[str]]:
        """Return, for each text with words that its articles lack, the articles that have them, where these are few."""
        texts = {(s.text, *s.ids) for _, group in groups(answer) for s in group}
        texts |= {(topic.title, *sorted({i for s in topic.statements for i in s.ids})) for topic in answer.topics}
        strays = []
        for text, *ids in sorted(texts):
            cited = [self._desk.articles[short] for short in ids if short in self._desk.articles]
            others = [short for short in self._desk.articles if short not in ids]
            bearers = {
                short
                for stretch in self._missing(without_ids(text), cited)
                if len(having := self._bearers(stretch, others)) <= _FEW_BEARERS
                for short in having
            }
            if bearers:
                strays.append(frozenset(bearers))
        return strays

    def _bearers(self, stretch: str, shorts: Sequence[str]) -> list[str]:
        """Return which articles have a stretch: as it stands, or else in another notation or script."""
        having = [short for short in shorts if stretch in told_by(self._desk.articles[short])]
        return having or [short for short in shorts if not self._missing(stretch, [self._desk.articles[short]])]

    def _monopolists(self, answer: EditAnswer) -> set[str]:
        """Return the articles that topics and categories are about, where these are few and leave out all others."""
        used = {short for _, group in groups(answer) for s in group for short in s.ids if short in self._desk.articles}
        return used if len(used) < len(self._desk.articles) else set()

    def synthesis(self, answer: EditAnswer) -> Synthesis:
        """Build the synthesis and list what was left out of it."""
        gaps: list[Gap] = []
        topics = [
            TopicDraft(title=topic.title, language=self._language, statements=statements)
            for number, topic in enumerate(answer.topics, 1)
            if title_fault(topic.title) is None
            and (statements := self._kept(topic.statements, f"topic {number}", gaps))
        ]
        digests = {
            category.name: self._kept(category.statements, f"category: {category.name}", gaps)
            for category in answer.categories
            if category.name in self._categories
        }
        unknown = [short for short in answer.figures if short not in self._desk.figures]
        gaps += [_gap("key figures", "a figure that no article has") for _ in unknown]
        unknown = [category.name for category in answer.categories if category.name not in self._categories]
        gaps += [_gap("categories", "a category that the issue does not have") for _ in unknown]
        figures = dict.fromkeys(short for short in answer.figures if short in self._desk.figures)
        return Synthesis(
            trends=self._kept(answer.trends, "trends", gaps),
            topics=tuple(topics),
            category_digests=digests,
            key_figures=tuple(self._desk.figures[short] for short in figures),
            outlook=self._kept(answer.outlook, "outlook", gaps),
            gaps=tuple(gaps),
        )

    def _kept(self, answers: Sequence[StatementAnswer], part: str, gaps: list[Gap]) -> tuple[Statement, ...]:
        kept: list[Statement] = []
        for number, answer in enumerate(answers, 1):
            fault = self._unusable(answer)
            if fault is not None:
                gaps.append(_gap(part, f"sentence {number}: {without_quotes(fault)}"))
                continue
            known = dict.fromkeys(short for short in answer.ids if short in self._desk.articles)
            if set(answer.ids) - set(known):
                gaps.append(_gap(part, f"sentence {number}: an article that there is not"))
            kept.append(
                Statement(
                    text=without_ids(answer.text),
                    article_ids=tuple(self._desk.articles[short].article.id for short in known),
                    kind=answer.kind,
                    language=self._language,
                )
            )
        return tuple(kept)

    def _unusable(self, answer: StatementAnswer) -> str | None:
        """Return why a statement cannot be printed: no article, no sentence, another language, or not its articles'."""
        key = (answer.text, *answer.ids)
        if key not in self._judged:
            self._judged[key] = self._judge(answer)
        return self._judged[key]

    def _judge(self, answer: StatementAnswer) -> str | None:
        cited = [self._desk.articles[short] for short in answer.ids if short in self._desk.articles]
        if not cited:
            return "no known article is cited"
        text = without_ids(answer.text)
        fault = sentence_fault("text", text) or language_fault(text, self._language)
        if fault is not None:
            return fault
        missing = self._missing(text, cited)
        return f"not in {quoted(', '.join(answer.ids))}: {quoted(', '.join(missing))}" if missing else None

    def _missing(self, text: str, cited: Sequence[Digested]) -> Sequence[str]:
        names = [
            form
            for c in cited
            for form in known_forms(
                c.digest.entities, self._glossary, f"{c.article.title}\n{c.article.text}", c.article.language
            )
        ]
        return self._readers.unsupported(text, self._language, [c.article for c in cited], names)

    def _faults(self, answer: EditAnswer) -> Iterator[str]:
        statements = [s for _, group in groups(answer) for s in group]
        for part, group in groups(answer):
            for number, statement in enumerate(group, 1):
                if fault := self._unusable(statement):
                    yield f"{quoted(part)}, sentence {number}: {fault}"
        yield from self._title_faults(answer)
        for statement in statements:
            if unknown := set(statement.ids) - set(self._desk.articles):
                yield f"unknown ids: {quoted(', '.join(sorted(unknown)))}"
        given = {category.name for category in answer.categories if category.statements}
        if missing := [name for name in self._categories if name not in given]:
            yield f"categories without sentences: {', '.join(missing)}"
        if unknown := set(answer.figures) - set(self._desk.figures):
            yield f"unknown figures: {quoted(', '.join(sorted(unknown)))}"
        if len(set(answer.figures)) < (wanted := min(_FEWEST_FIGURES, len(self._desk.figures))):
            yield f"figures names {len(set(answer.figures))}, wants at least {wanted}"
        used = {short for part, group in groups(answer) if part != "trends" for s in group for short in s.ids}
        if unused := [short for short in self._desk.articles if short not in used]:
            yield f"articles in no topic and no category sentence: {', '.join(unused)}"

    def _title_faults(self, answer: EditAnswer) -> Iterator[str]:
        for topic in answer.topics:
            shorts = {short for s in topic.statements for short in s.ids if short in self._desk.articles}
            if missing := self._missing(topic.title, [self._desk.articles[short] for short in sorted(shorts)]):
                yield f"topic title {quoted(topic.title)}: not in its articles: {quoted(', '.join(missing))}"


def groups(answer: EditAnswer) -> Iterator[tuple[str, Sequence[StatementAnswer]]]:
    """Yield each part of an answer that holds sentences, under a name for it."""
    yield "trends", answer.trends
    for topic in answer.topics:
        yield f"topic {topic.title}", topic.statements
    for category in answer.categories:
        yield f"category {category.name}", category.statements
    yield "outlook", answer.outlook


def _gap(part: str, detail: str) -> Gap:
    return Gap(stage="edit", subject=part, reason="unsupported", detail=detail)


def told_by(item: Digested) -> str:
    """Return all that an article and its digest say."""
    digest = item.digest
    return "\n".join([item.article.title, item.article.text, digest.title, digest.summary])
