"""Many clean reports: real news in eight languages, a handful of stories a report, written without a model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent import categorizer, editor, translator
from agent.assemble import Draft, assemble, number_articles
from agent.checks import check_report
from agent.engine import Brief, Digested
from agent.extract.text import clean_line, clean_paragraphs
from agent.extractive.engine import ExtractiveEngine
from agent.language.scripts import rules_of
from agent.method import Method
from agent.model import Article, Event, Plan
from agent.report import Continuity, Report, Version
from agent.storage.embed import Encoder
from agent.storage.record import Record
from agent.week import Week
from evals.bench import Bench
from evals.dataset import read_jsonl, sentences_of

_MOMENT = datetime(2018, 10, 3, tzinfo=UTC)
"""In the week of NTREX's stories: their dates are to be read as they were meant."""
_WEEK = Week(2018, 40, "UTC")
_STORIES = 7
_FEWEST_SENTENCES, _FEWEST_CHARACTERS = 4, 300
_FEWEST_OF_SAMPLE, _MOST_OF_SAMPLE = 4, 12
_FEW, _MANY = "ntrex_24docs_16langs.jsonl", "ntrex_docs_en_ja_ko_zh.jsonl"
_IN_MANY, _IN_FEW = ("en", "ja", "ko", "zh-CN"), ("de", "fr", "es", "zh-TW")
_PLACES = (("Ostwind Post", "GB"), ("Harbour Times", "US"), ("Tidewater News", "JP"), ("Nordbrief", "DE"))


@dataclass(frozen=True)
class Stories:
    """What a report is to be made of."""

    name: str
    language: str
    articles: tuple[Article, ...]
    week: Week = _WEEK

    @property
    def is_held_out(self) -> bool:
        """Whether nobody has read what the checks find in it: one report in two."""
        return hashlib.sha256(self.name.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True)
class Written:
    """A clean report with its stored sources by number, and its Markdown and plain text."""

    stories: Stories
    report: Report
    sources: Mapping[int, Article]
    markdown: str
    text: str


def stories_of(bench: Bench) -> Iterator[Stories]:
    """Yield the stories of each report; nothing where the real data is absent."""
    if bench.has("ntrex"):
        folder = bench.real("ntrex")
        for file, languages in ((_MANY, _IN_MANY), (_FEW, _IN_FEW)):
            rows = read_jsonl(folder / file)
            for language in languages:
                told = [sentences_of(row, language) for row in rows]
                yield from _reports(f"ntrex {language}", rules_of(language), told)
    if bench.has("jawikinews"):
        rows = read_jsonl(bench.real("jawikinews") / "jawikinews_300.jsonl")
        yield from _reports("jawikinews", "ja", [[str(row["headline"]), str(row["article"])] for row in rows])
    if bench.has("gum_wikinews"):
        rows = read_jsonl(bench.real("gum_wikinews") / "gum_wikinews.jsonl")
        yield from _reports("gum_wikinews", "en", [[str(r["title"]), *map(str, _list(r["paragraphs"]))] for r in rows])


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _reports(name: str, language: str, told: Sequence[Sequence[str]]) -> Iterator[Stories]:
    articles = [
        _article(f"{name} {place}", place, language, title, lines)
        for place, (title, *lines) in enumerate(t for t in told if t)
        if len(lines) >= _FEWEST_SENTENCES or sum(map(len, lines)) > _FEWEST_CHARACTERS
    ]
    for start in range(0, len(articles) - _STORIES + 1, _STORIES):
        yield Stories(f"{name} {start}", language, tuple(articles[start : start + _STORIES]))


def _article(name: str, place: int, language: str, title: str, lines: Sequence[str]) -> Article:
    outlet, country = _PLACES[place % len(_PLACES)]
    key = hashlib.sha256(name.encode()).hexdigest()[:12]
    return Article(
        id=key,
        url=f"https://{outlet.lower().replace(' ', '-')}.example/{key}",
        title=clean_line(title),
        text=clean_paragraphs("\n".join(lines)),
        language=language,
        published_at=_MOMENT,
        outlet=outlet,
        outlet_class="newsroom",
        country=country,
        source="eval",
        fetched_at=_MOMENT,
    )


async def sample_stories(bench: Bench) -> list[Stories]:
    """Return the sample week's reports of each language that has enough of them."""
    week = await bench.sample()
    told: dict[str, list[Article]] = {}
    for article in week.articles.values():
        told.setdefault(rules_of(article.language), []).append(article)
    return [
        Stories(f"sample {language}", language, tuple(articles[:_MOST_OF_SAMPLE]), week.week)
        for language, articles in sorted(told.items())
        if len(articles) >= _FEWEST_OF_SAMPLE
    ]


async def write(stories: Stories, encoder: Encoder, work: Path) -> Written:
    """Return the report that the extractive engine makes of the stories, in their own language."""
    from templates.render import render

    engine = ExtractiveEngine(encoder)
    brief = Brief("News", "", stories.language, stories.week)
    told = [(article, await translator.translate(article, brief, engine, engine)) for article in stories.articles]
    items = [Digested(article, digest) for article, (digest, _) in told]
    categories, more = await categorizer.categorize(items, brief, engine, engine)
    synthesis = await editor.edit(items, categories, brief, engine, engine)
    plan = Plan(events=tuple(Event(id=f"e-{a.id}", article_id=a.id) for a in stories.articles), gaps=(), asked=())
    draft = Draft(
        topic="news", brief=brief, plan=plan, items=items, categories=categories, synthesis=synthesis,
        gaps=(*(gap for _, (_, gaps) in told for gap in gaps), *more), engine="extractive", model="",
        collected_at=_MOMENT, method=Method(program="shuho", encoder=encoder.name), continuity=Continuity(),
        version=Version(version=1, at=_MOMENT, section="all", instruction="", author="shuho"),
    )  # fmt: skip
    record = Record(work / "record.sqlite")
    try:
        record.put_articles(list(stories.articles))
        report = assemble(draft, record)
    finally:
        record.close()
    by_id = {article.id: article for article in stories.articles}
    report = report.model_copy(update={"checks": check_report(report, by_id)})
    numbers = number_articles(categories)
    markdown, text = (body.decode() for body in render(report, formats=("md", "txt")).values())
    return Written(stories, report, {numbers[i]: by_id[i] for i in numbers}, markdown, text)
