"""The synthesis of the week as the model writes it: in one call that shows it all digests, by short ids alone.

The model reads what several articles led it to write, so that one of them may colour what is said of the others, within
what those bear out. `agent.model_engine.editing` is the way that leaves no such room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from agent.engine import Brief, Digested
from agent.llm import CheckFailed, ModelClient
from agent.model import CategoryDraft, Gap, Statement, Synthesis, TopicDraft
from agent.model_engine.desk import Desk, lay_out
from agent.model_engine.prose import language_fault, quoted, sentence_fault, title_fault, without_ids, without_quotes
from agent.model_engine.readers import Readers
from agent.model_engine.schemas import EditAnswer, StatementAnswer
from agent.model_engine.wording import render
from agent.names import known_forms
from prompts import fence_tag

_SHOWN_FAULTS = 8
_NAMED = 2
_FEWEST_TRENDS = 2
_FEWEST_FIGURES = 4


async def write_issue(
    items: Sequence[Digested],
    categories: Sequence[CategoryDraft],
    brief: Brief,
    client: ModelClient,
    readers: Readers,
) -> Synthesis:
    """Return the synthesis. What is wrong is named to the model twice; what stays wrong is left out, each with a gap.

    Raises AnswerInvalid when no trend at all can be used, or what `ask` raises.
    """
    desk = lay_out(items, categories, brief.language, readers)
    window = f"{brief.week.first_day.isoformat()} – {brief.week.last_day.isoformat()}"
    prompt = render("edit", brief, tag=fence_tag(desk.text), topic=brief.title, window=window, articles=desk.text)
    review = _Review(desk, categories, brief, readers)
    try:
        answer = await client.ask(prompt, EditAnswer, review.check())
    except CheckFailed as error:
        if not isinstance(error.answer, EditAnswer) or review.hopeless(error.answer):
            raise
        answer = error.answer
    return review.synthesis(answer)


class _Review:
    """Holds an answer against the desk: names faults, and builds the synthesis of what is sound."""

    def __init__(self, desk: Desk, categories: Sequence[CategoryDraft], brief: Brief, readers: Readers) -> None:
        self._desk = desk
        self._categories = [category.name for category in categories]
        self._language = brief.language
        self._glossary = brief.glossary
        self._readers = readers
        self._judged: dict[tuple[str, ...], str | None] = {}

    def check(self) -> Callable[[EditAnswer], str | None]:
        """Return a check that insists on trends and names everything else twice."""
        named = 0

        def check(answer: EditAnswer) -> str | None:
            nonlocal named
            if hopeless := self.hopeless(answer):
                return hopeless
            faults = [] if named == _NAMED else list(self._faults(answer))
            named += bool(faults)
            return "; ".join(faults[:_SHOWN_FAULTS]) or None

        return check

    def hopeless(self, answer: EditAnswer) -> str | None:
        """Return why nothing can be made of an answer, None when something can."""
        sound = [s for s in answer.trends if self._unusable(s) is None]
        if len(sound) < min(_FEWEST_TRENDS, len(self._desk.articles)):
            reasons = [fault for s in answer.trends if (fault := self._unusable(s))]
            return "; ".join(["too few usable sentences in trends", *reasons][:_SHOWN_FAULTS])
        return None

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
        statements = [s for _, group in _groups(answer) for s in group]
        for part, group in _groups(answer):
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
        used = {short for part, group in _groups(answer) if part != "trends" for s in group for short in s.ids}
        if unused := [short for short in self._desk.articles if short not in used]:
            yield f"articles in no topic and no category sentence: {', '.join(unused)}"

    def _title_faults(self, answer: EditAnswer) -> Iterator[str]:
        for topic in answer.topics:
            shorts = {short for s in topic.statements for short in s.ids if short in self._desk.articles}
            if missing := self._missing(topic.title, [self._desk.articles[short] for short in sorted(shorts)]):
                yield f"topic title {quoted(topic.title)}: not in its articles: {quoted(', '.join(missing))}"


def _groups(answer: EditAnswer) -> Iterator[tuple[str, Sequence[StatementAnswer]]]:
    yield "trends", answer.trends
    for topic in answer.topics:
        yield f"topic {topic.title}", topic.statements
    for category in answer.categories:
        yield f"category {category.name}", category.statements
    yield "outlook", answer.outlook


def _gap(part: str, detail: str) -> Gap:
    return Gap(stage="edit", subject=part, reason="unsupported", detail=detail)
