"""What can be done to a finished report. An edit is a frozen value: it can wait in a checkpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from agent.model import Article, Value
from agent.report import Report, ReportArticle, ReportSentence
from agent.revision.reasons import Filling, Reasoned


class Rewrite(Value):
    """New sentences for trends, outlook, a topic or a category."""

    kind: Literal["rewrite"] = "rewrite"
    section: str
    sentences: tuple[ReportSentence, ...] = Field(min_length=1)


class WriteText(Value):
    """New words for a part of an article (title, summary, background, main, impact) or for a topic's title."""

    kind: Literal["write_text"] = "write_text"
    section: str
    text: str = Field(min_length=1)
    language: str = ""
    """The language of the new text; empty: the language that the old one has."""


class Arrange(Value):
    """Keep these of a section's sentences or entries (1-based), in this order: shortens, reorders, removes."""

    kind: Literal["arrange"] = "arrange"
    section: str
    order: tuple[int, ...] = Field(min_length=1)


class TakeSentence(Value):
    """Put a sentence of a stored source, `article.text[start:end]` of article `number`, in a sentence's place."""

    kind: Literal["take_sentence"] = "take_sentence"
    section: str
    index: int = Field(ge=1)
    number: int
    start: int = Field(ge=0)
    end: int = Field(ge=1)


class DropArticle(Value):
    """Take an article out; the numbers of the others stay."""

    kind: Literal["drop_article"] = "drop_article"
    number: int


class RestoreArticle(Value):
    """Put a dropped article back under its number, as it stood in the newest earlier version that holds it."""

    kind: Literal["restore_article"] = "restore_article"
    number: int


class MoveArticle(Value):
    """Move an article to another of the report's categories."""

    kind: Literal["move_article"] = "move_article"
    number: int
    category: str


class RenameEntity(Value):
    """Print a name in another form everywhere; the forms must be known to mean the same."""

    kind: Literal["rename_entity"] = "rename_entity"
    old: str = Field(min_length=1)
    new: str = Field(min_length=1)


class AddArticle(Value):
    """Add an article of the week, digested and stored already; its number must be free."""

    kind: Literal["add_article"] = "add_article"
    article: ReportArticle


Edit = Annotated[
    Rewrite
    | WriteText
    | Arrange
    | TakeSentence
    | DropArticle
    | RestoreArticle
    | MoveArticle
    | RenameEntity
    | AddArticle,
    Field(discriminator="kind"),
]
EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)


class Change(Value):
    """One section before and after, as text; an empty side is a section that is new or gone."""

    section: str
    before: str
    after: str


class Removed(Value):
    """A citation, figure, sentence, entry or article that a section no longer has."""

    what: Literal["article", "citation", "figure", "sentence", "entry", "category", "topic"]
    section: str
    name: str


class Passage(Value):
    """What a stored source does say: a verbatim stretch of article `number`, in the source's language."""

    number: int
    """0 for an article that this report does not hold."""
    text: str
    source: str = ""
    """Week, outlet and title of an article of another report."""
    article_id: str = ""


class RefusedEdit(Reasoned):
    """The edit cannot be made; `passages` are what the sources do say, nearest first."""

    def __init__(self, key: str, passages: Sequence[Passage] = (), **filling: Filling) -> None:
        self.passages = tuple(passages)
        super().__init__(key, **filling)


@dataclass(frozen=True)
class Sources:
    """What edits are held against: stored articles by id, earlier versions newest first, names known to be the same."""

    articles: Mapping[str, Article]
    earlier: Sequence[Report] = ()
    aliases: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Revised:
    """The report after an edit, what changed in it, and what it lost on the way.

    `absent` is what went with a restored article and does not come back with it; version `whole` has it.
    """

    report: Report
    changes: tuple[Change, ...]
    removed: tuple[Removed, ...]
    absent: tuple[Removed, ...] = ()
    whole: int = 0
