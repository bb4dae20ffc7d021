"""A report as an RSS 2.0 file with one item, to be put into a feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email.utils import format_datetime
from xml.etree import ElementTree

from markupsafe import escape

from agent.report import ReportArticle
from templates.edition import Edition
from templates.typeset import legal, link


def feed(issue: Edition) -> bytes:
    """Return a channel with the issue as its item: the week's sentences, topics, articles as HTML, text escaped twice.

    The report has no address of its own, so channel and item are named by URNs.
    """
    report = issue.report
    rss = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(rss, "channel")
    title = issue.headline
    _add(channel, "title", title)
    _add(channel, "link", issue.urn.rsplit(":", 2)[0])
    _add(channel, "description", report.description or title)
    _add(channel, "language", report.language)
    item = ElementTree.SubElement(channel, "item")
    _add(item, "title", f"{title} {report.week.iso}")
    _add(item, "description", _description(issue))
    _add(item, "guid", issue.urn).set("isPermaLink", "false")
    _add(item, "pubDate", format_datetime(issue.written))
    for category in report.categories:
        _add(item, "category", category.name)
    ElementTree.indent(rss)
    text: bytes = ElementTree.tostring(rss, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _description(issue: Edition) -> str:
    report, w = issue.report, issue.words
    told = escape(" ").join(escape("{}{}").format(s.text, _cited(s.articles, issue)) for s in report.trends)
    topics = "".join(f"<li>{escape(topic.title)}{_cited(topic.articles, issue)}</li>" for topic in report.topics)
    counts = f"{w.articles_unit.of(len(report.articles))} | {issue.country_label}"
    parts = [f"<p>{counts}</p>", f"<p>{told}</p>", f"<p>{w.topics}</p><ul>{topics}</ul>" if topics else ""]
    if differing := "".join(_differing(issue)):
        parts.append(f"<p>{w.differences}</p><ul>{differing}</ul>")
    parts.append(f"<p>{w.articles}</p><ul>{''.join(_article(a, issue) for a in report.articles)}</ul>")
    return "".join(parts) + f"<p>{escape(w.notice[report.engine])}</p>"


def _cited(numbers: Sequence[int], issue: Edition) -> str:
    return "".join(f" {issue.number(number)}" for number in numbers)


def _article(article: ReportArticle, issue: Edition) -> str:
    title, address = escape(article.title), link(article.url)
    named = f'<a href="{escape(address)}">{title}</a>' if address else title
    return f"<li>{issue.number(article.number)} {named} — {escape(article.outlet)}</li>"


def _differing(issue: Edition) -> Iterator[str]:
    for article in issue.differing:
        for found in article.contradictions:
            sides = " / ".join(escape("{} ({})").format(side.display, side.outlet) for side in found.sides)
            yield f"<li>{escape(found.what)} {issue.number(article.number)}{issue.words.label_colon}{sides}</li>"


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = legal(text)
    return child
