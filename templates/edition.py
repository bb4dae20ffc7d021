"""A report with everything that its pages need: words, counts, drawings and the ways back from every article."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from agent.language.places import language_name
from agent.language.scripts import rules_of
from agent.moments import written_day
from agent.report import Report, ReportArticle, ReportSentence, RoadmapEntry
from templates.charts import BarChart, ColumnChart, Tiles, bar_chart, column_chart, tiles
from templates.i18n import without_own_words, words
from templates.numerals import cost, share, whole
from templates.timeline import Timeline, in_order, timeline
from templates.words import Words

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"}
_REGIONS = {"TW", "HK", "MO"}
# Ink for white paper and for the dark page; contrast at least 5.5:1 on both.
_ACCENTS = (
    ("#1f3f8f", "#9db8ff"),
    ("#a8321d", "#ff9f8a"),
    ("#0b635c", "#6fd6cb"),
    ("#74306c", "#e6a2dd"),
    ("#7d4708", "#f0b56c"),
    ("#2c6128", "#93d68c"),
)


@dataclass(frozen=True)
class Place:
    """Where an article is cited."""

    label: str
    anchor: str


@dataclass(frozen=True)
class Section:
    """A part of the report, as it stands in the contents."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Edition:
    """What the templates see."""

    report: Report
    words: Words
    accent: tuple[str, str]
    sections: tuple[Section, ...]
    places: Mapping[int, tuple[Place, ...]]
    cover: Tiles
    days: ColumnChart
    bars: tuple[BarChart, ...]
    roadmap: tuple[RoadmapEntry, ...]
    timeline: Timeline | None
    countries: int
    has_region: bool
    languages: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def verifier(self) -> str:
        """Which model judged the sentences and how good it was measured to be, or that none was admitted."""
        mark = self.report.method.verifier
        if mark is None:
            return self.words.no_verifier
        language = self.words.locale
        shares = {"caught": share(mark.caught, 0, language), "alarms": share(mark.false_alarms, 1, language)}
        return self.words.verified_by.format(model=mark.model, prompt=mark.prompt, **shares)

    @property
    def cost(self) -> str:
        """What the run cost, with its currency; that the price is unknown when it is."""
        method = self.report.method
        if method.cost is None:
            return self.words.no_price
        return f"{cost(method.cost, self.words.locale)} {method.currency}"

    @property
    def headline(self) -> str:
        """The report's name, with what kind of report it is."""
        return self.words.headline.format(title=self.report.title, weekly=self.words.weekly)

    @property
    def no_own_words(self) -> str:
        """That headings are in English because the language has no words of its own; empty for those that have."""
        return without_own_words(self.report.language)

    def language_name(self, code: str) -> str:
        """Return the language's name in the report's language; the code itself when it has none."""
        return language_name(code, self.words.locale)

    def foreign(self, language: str) -> bool:
        """Tell whether text in `language` must be marked as 原文."""
        return not same_language(language, self.report.language)

    def is_rtl(self, language: str) -> bool:
        """Tell whether text in `language` runs from right to left."""
        return language.split("-")[0].lower() in _RIGHT_TO_LEFT

    def source_language(self, number: int) -> str:
        """Return the language of article `number`'s source, in which its evidence is; `und` when it is not here."""
        return next((a.language for a in self.report.articles if a.number == number), "und")

    def original_mark(self, language: str) -> str:
        """Return the label of text that is not in the report's language."""
        return self.words.original.format(name=self.language_name(language))

    def mixed(self, sentences: Sequence[ReportSentence]) -> bool:
        """Tell whether the sentences cannot be set as one paragraph, being in several languages."""
        return any(self.foreign(s.language) for s in sentences)

    def number(self, number: int) -> str:
        """Return an article's number as it is printed: #07, or #007 when there are a hundred."""
        return f"#{number:0{max(2, len(str(len(self.report.articles))))}d}"

    def day(self, article: ReportArticle) -> date:
        """Return the publication day on the clocks of the topic."""
        return local_day(article, self.report.week.timezone)

    def long_date(self, day: date) -> str:
        """Return a date in full with its weekday."""
        return written_day(day, self.words.dates.long, self.words.locale)

    def short_date(self, day: date) -> str:
        """Return a date without its year."""
        return written_day(day, self.words.dates.short, self.words.locale)

    def plain_date(self, day: date) -> str:
        """Return a date in full, without its weekday."""
        return written_day(day, self.words.dates.plain, self.words.locale)

    def span(self, first: str, last: str) -> str:
        """Return a stretch of days, given as printed."""
        return self.words.dates.span.format(first=first, last=last)

    def whole(self, number: int) -> str:
        """Return a number of the run with its thousands grouped as the language does."""
        return whole(number, self.words.locale)

    def moment(self, moment: datetime) -> datetime:
        """Return `moment` on the clocks of the topic."""
        return moment.astimezone(ZoneInfo(self.report.week.timezone))

    @property
    def differing(self) -> tuple[ReportArticle, ...]:
        """The articles whose event is told with different numbers elsewhere."""
        return tuple(article for article in self.report.articles if article.contradictions)

    @property
    def written(self) -> datetime:
        """When this version was written, in UTC."""
        versions = self.report.versions
        return (versions[-1].at if versions else self.report.collected_at).astimezone(UTC)

    @property
    def urn(self) -> str:
        """A name of this version that no other report has."""
        report = self.report
        number = report.versions[-1].version if report.versions else 1
        return f"urn:shuho:{quote(report.topic, safe='')}:{report.week.iso}:{number}"

    @property
    def week_name(self) -> str:
        """The week in words."""
        year, number = self.report.week.iso.split("-W")
        return self.words.week_name.format(year=year, n=int(number))

    @property
    def country_label(self) -> str:
        """The number of countries, and regions where Taiwan, Hong Kong or Macau is among them."""
        if not self.countries:
            return self.words.no_country
        return (self.words.region_count if self.has_region else self.words.country_count).of(self.countries)

    def country(self, article: ReportArticle) -> str:
        """Return the country's printed name."""
        return article.country_name or article.country or self.words.unknown


def edition(report: Report) -> Edition:
    """Work out what the pages of `report` need."""
    terms = words(report.language)
    roadmap = in_order(report.roadmap)
    countries = {article.country for article in report.articles if article.country}
    return Edition(
        report=report,
        words=terms,
        accent=_ACCENTS[hashlib.sha256(report.topic.encode()).digest()[0] % len(_ACCENTS)],
        sections=_sections(report, terms),
        places=_places(report, terms),
        cover=_cover(report, terms),
        days=column_chart("day", terms.by_day, _by_day(report, terms)),
        bars=_bars(report, terms),
        roadmap=roadmap,
        timeline=timeline(roadmap, report.week.start, lambda day: written_day(day, terms.dates.month, terms.locale)),
        countries=len(countries),
        has_region=bool(countries & _REGIONS),
        languages=len({article.language for article in report.articles}),
        reasons=tuple((terms.reasons[r], n) for r, n in Counter(gap.reason for gap in report.gaps).most_common()),
    )


def same_language(one: str, other: str) -> bool:
    """Tell whether two BCP 47 codes are one language to a reader; Chinese differs by script."""
    if one.lower().startswith("zh") and other.lower().startswith("zh"):
        return rules_of(one) == rules_of(other)
    return one.split("-")[0].lower() == other.split("-")[0].lower()


def local_day(article: ReportArticle, timezone: str) -> date:
    """Return the day of publication in `timezone`; a date without a time of day is no moment and is not moved."""
    at = article.published_at
    if article.published_precision == "day" and (at.hour, at.minute) == (0, 0):
        return at.date()
    return at.astimezone(ZoneInfo(timezone)).date()


def _sections(report: Report, terms: Words) -> tuple[Section, ...]:
    keys = "trends topics key_figures categories roadmap outlook coverage continuity articles method gaps"
    if any(article.contradictions for article in report.articles):
        keys = keys.replace("categories", "categories differences")
    return tuple(Section(key.replace("_", "-"), getattr(terms, key)) for key in keys.split())


def _places(report: Report, terms: Words) -> dict[int, tuple[Place, ...]]:
    """Collect where each article is cited: the first sentence of each part that cites it."""
    found: dict[int, dict[str, Place]] = {article.number: {} for article in report.articles}

    def note(numbers: Sequence[int], label: str, anchor: str) -> None:
        for number in numbers:
            found.get(number, {}).setdefault(label, Place(label, anchor))

    for i, sentence in enumerate(report.trends, 1):
        note(sentence.articles, terms.trends, f"trends-{i}")
    for i, topic in enumerate(report.topics, 1):
        note(topic.articles, topic.title, f"topic-{i}")
    for i, figure in enumerate(report.key_figures, 1):
        note(figure.articles, terms.key_figures, f"figure-{i}")
    for i, category in enumerate(report.categories, 1):
        for j, sentence in enumerate(category.sentences, 1):
            note(sentence.articles, category.name, f"category-{i}-{j}")
    for i, entry in enumerate(in_order(report.roadmap), 1):
        note(entry.articles, terms.roadmap, f"roadmap-{i}")
    for i, sentence in enumerate(report.outlook, 1):
        note(sentence.articles, terms.outlook, f"outlook-{i}")
    return {number: tuple(places.values()) for number, places in found.items()}


def _week_days(report: Report) -> tuple[date, ...]:
    """Return the days of the week, and those of articles that lie outside it, in order."""
    week = {report.week.start + timedelta(days=i) for i in range((report.week.end - report.week.start).days + 1)}
    return tuple(sorted(week | {local_day(article, report.week.timezone) for article in report.articles}))


def _by_day(report: Report, terms: Words) -> list[tuple[str, int]]:
    counts = Counter(local_day(article, report.week.timezone) for article in report.articles)
    return [(written_day(day, terms.dates.day, terms.locale), counts[day]) for day in _week_days(report)]


def _cover(report: Report, terms: Words) -> Tiles:
    days = _week_days(report)
    labels = [
        f"{written_day(day, terms.dates.day, terms.locale)} {terms.dates.weekdays[day.weekday()]}" for day in days
    ]
    cited = {number for topic in report.topics for number in topic.articles}
    placed = [(a.number, days.index(local_day(a, report.week.timezone)), a.number in cited) for a in report.articles]
    return tiles(labels, placed)


def _bars(report: Report, terms: Words) -> tuple[BarChart, ...]:
    def ranked(names: Sequence[str]) -> list[tuple[str, int]]:
        return sorted(Counter(names).items(), key=lambda row: (-row[1], row[0]))

    countries = [article.country_name or article.country or terms.unknown for article in report.articles]
    languages = [language_name(article.language, terms.locale) for article in report.articles]
    categories = [(category.name, category.count) for category in report.categories]
    return (
        bar_chart("category", terms.by_category, categories),
        bar_chart("country", terms.by_country, ranked(countries)),
        bar_chart("language", terms.by_language, ranked(languages)),
    )
