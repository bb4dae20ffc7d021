"""A report as an RSS 2.0 file with one item, to be put into a feed."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import format_datetime
from xml.etree import ElementTree

from markupsafe import escape

from templates.edition import Edition
from templates.typeset import legal


def feed(issue: Edition) -> bytes:
    """Return a channel with the issue as its item: the week's sentences and topics as HTML, text escaped twice.

    The report has no address of its own, so channel and item are named by URNs.
    """
    report, w = issue.report, issue.words
    rss = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(rss, "channel")
    title = f"{report.title} {w.weekly}"
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
    text = escape("").join(escape("{} ").format(s.text) for s in report.trends)
    topics = "".join(f"<li>{escape(topic.title)}</li>" for topic in report.topics)
    counts = f"{w.articles_unit.of(len(report.articles))} | {issue.country_label}"
    parts = [f"<p>{counts}</p>", f"<p>{text.strip()}</p>", f"<p>{w.topics}</p><ul>{topics}</ul>" if topics else ""]
    if differing := "".join(_differing(issue)):
        parts.append(f"<p>{w.differences}</p><ul>{differing}</ul>")
    return "".join(parts) + f"<p>{escape(w.notice[report.engine])}</p>"


def _differing(issue: Edition) -> Iterator[str]:
    for article in issue.differing:
        for found in article.contradictions:
            sides = " / ".join(escape("{} ({})").format(side.display, side.outlet) for side in found.sides)
            yield f"<li>{escape(found.what)} {issue.number(article.number)}{issue.words.label_colon}{sides}</li>"


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = legal(text)
    return child
