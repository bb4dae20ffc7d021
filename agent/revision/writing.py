"""The reviser's writer: a language model that understands a wish, rewrites one section, answers from passages.

Its answers are typed; a new text is held against the sources before anybody sees it. No prompt has tools, and the
prompt that decides what is to be done holds the person's message alone, no article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from agent.calls.answers import Answer
from agent.calls.llm import CheckFailed, ModelClient
from agent.calls.streaming import Hear, sofar, unheard
from agent.editor import EvidenceFinder
from agent.engine import Brief
from agent.extract.text import clean
from agent.grounding.unsupported import Source, unsupported
from agent.model import Article, Kind
from agent.model_engine.prose import language_fault, without_ids
from agent.model_engine.wording import render
from agent.report import Report, ReportSentence
from agent.revision.apply import apply
from agent.revision.edits import Edit, Passage, RefusedEdit, Rewrite, Sources, WriteText
from agent.revision.naming import Understood, request_of
from agent.revision.requests import Request, Write
from agent.revision.sections import cited_by, joined, readable, resolve, section_ids, sentences_of, text_of
from agent.week import Week
from prompts import fence_tag


class SentenceAnswer(Answer):
    """One sentence and the articles that bear it out."""

    text: str
    ids: list[str]
    kind: Kind


class SectionAnswer(Answer):
    """A section's new sentences, or that the sources do not bear out what is asked."""

    supported: bool
    sentences: list[SentenceAnswer]


class UnderstandAnswer(Answer):
    """What a message asks for."""

    action: Literal[
        "rewrite", "shorten", "drop", "restore", "move", "add", "rename", "undo", "redo", "answer", "unclear"
    ]
    section: str
    instruction: str
    article: str
    category: str
    old: str
    new: str
    url: str


class ModelWriter:
    """Asks a model. Every method raises AnswerError, RetryError, StopError or ModelRefused when it fails."""

    def __init__(self, client: ModelClient, finder: EvidenceFinder | None = None) -> None:
        self._client = client
        self._finder = finder

    async def understand(self, message: str, section: str, report: Report) -> Request:
        """Return what a message asks for; a section that the person has selected stays unless the message names one."""
        names = [name for name in section_ids(report) if not name.startswith("articles/")]
        prompt = render(
            "understand",
            _brief(report),
            sections=", ".join([*names, "articles/N/title|summary|background|main|impact"]),
            selected=section or "-",
            message=message,
            tag=fence_tag(message),
        )
        answer = await self._client.ask(prompt, UnderstandAnswer)
        understood = Understood(**answer.model_dump())
        return request_of(understood, message, section, report)

    async def rewrite(
        self, wish: Write, report: Report, sources: Sources, evidence: Sequence[Passage], show: Hear = unheard
    ) -> Edit:
        """Return the edit that a wish asks for, tried out. Raises RefusedEdit when the sources do not bear it out.

        `show` gets the draft as it is written: nothing has been held against the sources by then.
        """
        section = resolve(report, wish.section)
        if sentences_of(report, section) is None and text_of(report, section) is None:
            raise RefusedEdit("facts", section=section)
        shown = _Shown(report, section, evidence)
        prompt = render(
            "revise",
            _brief(report),
            tag=fence_tag(shown.text),
            topic=report.title,
            section=section,
            instruction=wish.instruction,
            material=shown.text,
        )

        refusals: list[RefusedEdit] = []

        def check(answer: SectionAnswer) -> str | None:
            if not answer.supported:
                return None
            try:
                apply(report, self._edit(answer, section, report, shown), sources, self._finder)
            except RefusedEdit as refusal:
                refusals.append(refusal)
                return refusal.reason
            return None

        try:
            answer = await self._client.ask(prompt, SectionAnswer, check, lambda raw: show(_draft(raw)))
        except CheckFailed:
            refusals[-1].passages = tuple(evidence[:3])
            raise refusals[-1] from None
        if not answer.supported:
            raise RefusedEdit("unsupported", evidence[:3])
        return self._edit(answer, section, report, shown)

    async def answer(
        self,
        question: str,
        report: Report,
        articles: Mapping[str, Article],
        evidence: Sequence[Passage],
        show: Hear = unheard,
    ) -> str:
        """Return an answer whose sentences the passages' articles all bear out; empty when they do not say.

        `show` gets the answer sentence by sentence, each once it has been held against its articles.
        """
        shown = _Shown(report, "", evidence)
        prompt = render(
            "revise_answer",
            _brief(report),
            tag=fence_tag(shown.text),
            topic=report.title,
            question=question,
            material=shown.text,
        )
        lines = _Lines(shown, report.language, articles)
        answer = await self._client.ask(prompt, SectionAnswer, hear=lambda raw: show(lines.so_far(raw)))
        return lines.joined([(s.text, s.ids) for s in answer.sentences] if answer.supported else [])

    def _edit(self, answer: SectionAnswer, section: str, report: Report, shown: _Shown) -> Edit:
        text = text_of(report, section)
        language = report.language if text is None else text[1]
        sentences = [without_ids(s.text) for s in answer.sentences]
        if not sentences:
            raise RefusedEdit("nothing_left")
        for words in sentences:
            if fault := language_fault(words, language):
                raise RefusedEdit("wrong_language", fault=fault, text=words)
        if text is not None:
            return WriteText(section=section, text=joined(sentences, language), language=language)
        rows = []
        for sentence, words in zip(answer.sentences, sentences, strict=True):
            numbers = tuple(sorted({shown.numbers[i] for i in sentence.ids if i in shown.numbers}))
            if not numbers:
                raise RefusedEdit("unknown_cited", text=words)
            rows.append(ReportSentence(text=words, articles=numbers, kind=sentence.kind, language=language))
        return Rewrite(section=section, sentences=tuple(rows))


def _draft(raw: str) -> str:
    return "\n".join(without_ids(text) for text in sofar(raw, "sentences").texts)


class _Lines:
    """The sentences of an answer that its articles bear out, as they are shown: each is looked at once."""

    def __init__(self, shown: _Shown, language: str, articles: Mapping[str, Article]) -> None:
        self._shown = shown
        self._language = language
        self._articles = articles
        self._known: dict[tuple[str, tuple[str, ...]], str] = {}

    def so_far(self, raw: str) -> str:
        """Return the lines of an unfinished answer, without the sentence that is being written."""
        rows = [(item.get("text"), item.get("ids")) for item in sofar(raw, "sentences").items]
        return self.joined([(t, [str(i) for i in ids]) for t, ids in rows if isinstance(t, str) and ids])

    def joined(self, rows: Sequence[tuple[str, Sequence[str]]]) -> str:
        """Return the lines of sentences with the short ids that they cite."""
        return "\n".join(line for text, ids in rows if (line := self._line(text, tuple(ids))))

    def _line(self, text: str, ids: tuple[str, ...]) -> str:
        if (text, ids) not in self._known:
            self._known[text, ids] = self._held(without_ids(clean(text).strip()), ids)
        return self._known[text, ids]

    def _held(self, text: str, short: Sequence[str]) -> str:
        ids = [self._shown.ids[i] for i in short if i in self._shown.ids]
        held = [self._articles[i] for i in ids if i in self._articles]
        cited = [Source(f"{a.title}\n{a.text}", a.language, a.published_at.date()) for a in held]
        if not cited or unsupported(text, self._language, cited):
            return ""
        return f"{text} [{', '.join(self._shown.label(i) for i in dict.fromkeys(ids))}]"


class _Shown:
    """What the model is shown, by short ids that the program issues: `numbers` for the report's articles alone."""

    def __init__(self, report: Report, section: str, evidence: Sequence[Passage]) -> None:
        of_number = {a.number: a.id for a in report.articles}
        held = [of_number[n] for n in (cited_by(report, section) if section else ())]
        held += [passage.article_id or of_number.get(passage.number, "") for passage in evidence]
        self.ids = {f"a{i}": article_id for i, article_id in enumerate(dict.fromkeys(filter(None, held)), 1)}
        number_of = {a.id: a.number for a in report.articles}
        self.numbers = {short: number_of[i] for short, i in self.ids.items() if i in number_of}
        self._labels = {i: f"#{number_of[i]}" for i in self.ids.values() if i in number_of}
        self._labels |= {p.article_id: p.source for p in evidence if not p.number}
        short_of = {i: short for short, i in self.ids.items()}
        lines = [f"[{section}]"] if section else []
        for sentence in (sentences_of(report, section) or ()) if section else ():
            lines.append(f"({' '.join(short_of[of_number[n]] for n in sentence.articles)}) {sentence.text}")
        if section and text_of(report, section) is not None:
            lines.append(readable(report, section))
        lines.append("[passages]")
        for passage in evidence:
            lines.append(f"{short_of.get(passage.article_id or of_number.get(passage.number, ''), '')} {passage.text}")
        self.text = "\n".join(lines)

    def label(self, article_id: str) -> str:
        """Return how an article is named to the person."""
        return self._labels.get(article_id, "")


def _brief(report: Report) -> Brief:
    year, number = report.week.iso.split("-W")
    week = Week(int(year), int(number), report.week.timezone)
    return Brief(report.title, report.description, report.language, week, tuple(c.name for c in report.categories))
