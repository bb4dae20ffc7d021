"""Makes a week of any size out of the sample week's pages: their sentences and their structure, from a seed.

Of the candidates 3 % are error pages, 6 % lie outside the week, 15 % are copies of another page (half of them with a
third of the sentences dropped), and 15 % tell the event of another page in other words. Each story mixes sentences
anew and changes numbers, and words for others of the language, so that there are as many events as in a real week.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from lxml import html

from agent.extract.charset import decode
from agent.extract.documents import extract_document
from agent.language.sentences import split
from agent.model import Extracted, Fetched

SAMPLE = Path(__file__).parent.parent / "examples" / "ai"
_FETCHED = datetime(2026, 4, 13, tzinfo=UTC)
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{4,}|[가-힣]{2,}|[ァ-ヶー]{2,}|[一-龥]{2}")
_CHANGED = 0.8
"""Share of a story's words that are changed, each always for the same one."""


@dataclass(frozen=True)
class Template:
    """A sample page with holes for address, title and text, and its own sentences."""

    language: str
    page: str
    address: str
    title: str
    sentences: tuple[str, ...]
    words: tuple[str, ...] = ()
    """Those of all sample pages in its language."""


@dataclass(frozen=True)
class Story:
    """A page to be: what it says, and in whose form."""

    template: Template
    title: str
    sentences: tuple[str, ...]
    day: str = "2026-04-09"
    words: int = 0


def write_week(folder: Path, candidates: int, *, seed: int = 1, articles: int = 26) -> Path:
    """Write topic.toml and web/ for `candidates` pages into `folder`; return the topic file. A seed makes one week."""
    draw = random.Random(seed)
    templates, error_page = _templates()
    hosts = [f"outlet{number:03d}.example" for number in range(max(20, candidates // 100))]
    urls = []
    stories: list[Story] = []
    for number in range(candidates):
        url = f"https://{draw.choice(hosts)}/{number}.html"
        if draw.random() < 0.03:
            page = error_page
        else:
            stories.append(_story(templates, stories, draw))
            page = _page(stories[-1], url)
        target = folder / "web" / url.removeprefix("https://")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8")
        urls.append(url)
    topic = folder / "topic.toml"
    topic.write_text(_topic(urls, articles), encoding="utf-8")
    return topic


def _topic(urls: list[str], articles: int) -> str:
    sample = (SAMPLE / "topic.toml").read_text(encoding="utf-8")
    head = sample[: sample.index("[[sources]]")]
    head = re.sub(r"^articles = \d+", f"articles = {articles}", head, flags=re.M)
    listed = ",\n".join(f'"{url}"' for url in urls)
    return f'{head}\n[[sources]]\nkind = "pages"\nurls = [\n{listed}\n]\n\n[limits]\ncandidates = {len(urls)}\n'


def _story(templates: list[Template], stories: list[Story], draw: random.Random) -> Story:
    kind = draw.random()
    if stories and kind < 0.15:
        told = draw.choice(stories)
        kept = tuple(s for s in told.sentences if draw.random() > (0.33 if kind < 0.075 else 0.0))
        return replace(told, template=_like(told, templates, draw), sentences=kept or told.sentences)
    if stories and kind < 0.30:
        told = draw.choice(stories)
        again = tuple(draw.sample(told.sentences, max(2, len(told.sentences) * 2 // 3)))
        more = tuple(_altered(s, told.words, told.template, draw) for s in draw.sample(told.template.sentences, 3))
        return replace(told, template=_like(told, templates, draw), sentences=again + more)
    template = draw.choice(templates)
    others = [draw.choice([t for t in templates if t.language == template.language]) for _ in range(2)]
    words = draw.randrange(1 << 30)
    pool = [s for t in (template, *others) for s in t.sentences]
    chosen = draw.sample(pool, min(len(pool), draw.randint(8, 16)))
    day = f"2026-04-{draw.randint(6, 12):02d}" if kind > 0.36 else f"2026-03-{draw.randint(1, 28):02d}"
    sentences = tuple(_altered(sentence, words, template, draw) for sentence in chosen)
    return Story(template, _altered(template.title, words, template, draw), sentences, day, words)


def _like(story: Story, templates: list[Template], draw: random.Random) -> Template:
    return draw.choice([t for t in templates if t.language == story.template.language])


def _altered(sentence: str, words: int, template: Template, draw: random.Random) -> str:
    """Give a sentence other numbers, and other words: the same for the same word in one story."""

    def other(match: re.Match[str]) -> str:
        own = random.Random(f"{words} {match[0]}")
        return own.choice(template.words) if own.random() < _CHANGED else match[0]

    sentence = re.sub(r"\d", lambda m: m[0] if m[0] in "02" else str(draw.randint(1, 9)), sentence)
    return _WORD.sub(other, sentence)


def _page(story: Story, url: str) -> str:
    gap = "" if story.template.language.startswith(("ja", "zh")) else " "
    parts = [story.sentences[i : i + 3] for i in range(0, len(story.sentences), 3)]
    text = "\n".join(f"<p>{escape(gap.join(part))}</p>" for part in parts)
    page = story.template.page.replace("@TEXT@", text).replace("@TITLE@", escape(story.title, quote=False))
    page = page.replace(story.template.address, url.removeprefix("https://"))
    return re.sub(r"2026-04-(?:0[6-9]|1[0-2])", story.day, page)


def _templates() -> tuple[list[Template], str]:
    """Return the sample's articles as templates, and its error page."""
    templates, error_page = [], ""
    for path in sorted((SAMPLE / "web").rglob("*.html")):
        address = path.relative_to(SAMPLE / "web").as_posix().removesuffix("index.html")
        url = f"https://{address}"
        page = Fetched(
            url=url, final_url=url, status=200, content_type="text/html", body=path.read_bytes(), fetched_at=_FETCHED
        )
        found = extract_document(page, "Asia/Tokyo")
        raw, _ = decode(page.body, page.content_type)
        raw = re.sub(r"charset=([\"']?)[\w-]+", r"charset=\1utf-8", raw)
        if found.problem == "error_page":
            error_page = raw
        if found.problem is None and found.canonical_url.removeprefix("https://") == address:
            template = _template(found, raw, address)
            templates += [template] if "@TEXT@" in template.page else []
    return [replace(t, words=_words(t.language, templates)) for t in templates], error_page


def _words(language: str, templates: list[Template]) -> tuple[str, ...]:
    text = " ".join(s for t in templates if t.language == language for s in t.sentences)
    return tuple(sorted(set(_WORD.findall(text))))


def _template(found: Extracted, raw: str, address: str) -> Template:
    tree = html.document_fromstring(raw)
    first = True
    for paragraph in [p for p in tree.iter("p") if len(p.text_content()) > 30]:
        if " ".join(paragraph.text_content().split()) in found.text and paragraph.getparent() is not None:
            if first:
                paragraph.addprevious(html.fromstring("<div>@TEXT@</div>"))
            first = False
            paragraph.drop_tree()
    page = html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>").replace(found.title, "@TITLE@")
    sentences = tuple(span.text for span in split(found.text, found.language) if len(span.text) > 15)
    return Template(found.language, page, address, found.title, sentences)
