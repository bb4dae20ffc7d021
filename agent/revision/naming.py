"""From what a model understood to a request whose section, article and category are the report's own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from agent.report import Report
from agent.revision.edits import DropArticle, MoveArticle, RefusedEdit, RenameEntity, RestoreArticle
from agent.revision.requests import Do, Fetch, Question, Request, Step, Unclear, Write, find_category
from agent.revision.sections import resolve, section_ids


@dataclass(frozen=True)
class Understood:
    """What a model says that a message asks for; every field is checked here."""

    action: str
    section: str
    instruction: str
    article: str
    category: str
    old: str
    new: str
    url: str


def request_of(understood: Understood, message: str, selected: str, report: Report) -> Request:
    """Return the request; what is missing or unknown is asked back. The person's selection decides the section.

    An address is only taken when it stands in the person's own message.
    """
    if understood.action in {"undo", "redo"}:
        return Step(way="undo" if understood.action == "undo" else "redo")
    if understood.action in {"drop", "restore", "move"}:
        return _about_article(understood, report)
    if understood.action == "add":
        return Fetch(url=understood.url) if understood.url and understood.url in message else Unclear(lacking="wish")
    if understood.action == "rename":
        named = understood.old and understood.new
        edit = RenameEntity(old=understood.old, new=understood.new) if named else None
        return Do(edit=edit) if edit else Unclear(lacking="wish")
    section = selected or _known(understood.section, report)
    if understood.action == "answer":
        return Question(text=message, section=section)
    if understood.action == "unclear":
        return Unclear(lacking="wish")
    if not section:
        return Unclear(lacking="section", choices=tuple(n for n in section_ids(report) if "articles/" not in n))
    return Write(section=section, instruction=understood.instruction or message)


def _about_article(understood: Understood, report: Report) -> Request:
    number = _number(understood.article, report)
    if number == 0:
        return Unclear(lacking="article")
    if understood.action == "drop":
        return Do(edit=DropArticle(number=number))
    if understood.action == "restore":
        return Do(edit=RestoreArticle(number=number))
    found = find_category(understood.category, report)
    if isinstance(found, tuple):
        return Unclear(lacking="category", choices=found)
    return Do(edit=MoveArticle(number=number, category=found))


def _number(words: str, report: Report) -> int:
    """Return the number that words give, or that of the one article whose title holds them; else 0."""
    plain = unicodedata.normalize("NFKC", words).strip()
    if match := re.fullmatch(r"#?\s*(\d+)", plain):
        return int(match[1])
    folded = re.sub(r"[\W_]+", "", plain.casefold())
    titles = (
        (a.number, unicodedata.normalize("NFKC", f"{a.title} {a.original_title}").casefold()) for a in report.articles
    )
    found = [number for number, title in titles if folded and folded in re.sub(r"[\W_]+", "", title.casefold())]
    return found[0] if len(found) == 1 else 0


def _known(section: str, report: Report) -> str:
    try:
        return resolve(report, section) if section else ""
    except RefusedEdit:
        return ""
