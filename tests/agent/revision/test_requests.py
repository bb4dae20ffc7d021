"""What a message is understood as, without a model."""

from __future__ import annotations

import pytest

from agent.revision.apply import apply
from agent.revision.choosing import placed, shortened
from agent.revision.edits import Arrange, DropArticle, Edit, MoveArticle, RefusedEdit, RenameEntity, RestoreArticle
from agent.revision.naming import Understood, request_of
from agent.revision.requests import Do, Fetch, Place, Question, Request, Shorten, Step, Unclear, Write, understand
from tests.agent.revision.issues import SmallIssue

CHIPS, BANK = "billion·Hanseong", "Bavaria·Oslo"
CATEGORIES = (CHIPS, BANK, "Robots·Taoyuan")

MESSAGES: list[tuple[str, str, Request | None]] = [
    ("もっと短く", "outlook", Shorten(section="outlook")),
    ("展望を２文に", "", Shorten(section="outlook", sentences=2)),
    ("make the trends shorter", "", Shorten(section="trends")),
    ("to 3 sentences", "trends", Shorten(section="trends", sentences=3)),
    ("#1の概要をもっと簡潔に", "", Shorten(section="articles/1/summary")),
    ("もっと短く", "articles/2", Shorten(section="articles/2/summary")),
    ("#2を外して", "", Do(edit=DropArticle(number=2))),
    ("＃２の記事を削除してください", "", Do(edit=DropArticle(number=2))),
    ("Drop #2.", "", Do(edit=DropArticle(number=2))),
    ("#2を戻して", "", Do(edit=RestoreArticle(number=2))),
    ("bring back article 2", "", Do(edit=RestoreArticle(number=2))),
    ("#5をTaoyuanカテゴリーへ", "", Do(edit=MoveArticle(number=5, category="Robots·Taoyuan"))),
    ("move #5 to Robots·Taoyuan", "", Do(edit=MoveArticle(number=5, category="Robots·Taoyuan"))),
    ("#5を規制カテゴリーへ", "", Unclear(lacking="category", choices=CATEGORIES)),
    ("「Lumen Bank」を「Lumen」に統一", "", Do(edit=RenameEntity(old="Lumen Bank", new="Lumen"))),
    ("rename Lumen Bank to Lumen", "", Do(edit=RenameEntity(old="Lumen Bank", new="Lumen"))),
    ("2文目を別の文に", "trends", Place(section="trends", index=2, how="other")),
    ("動向の3文目を先頭に", "", Place(section="trends", index=3, how="first")),
    ("remove sentence 2", "trends", Place(section="trends", index=2, how="out")),
    ("取り消し", "", Step(way="undo")),
    ("undo", "trends", Step(way="undo")),
    ("やり直し", "", Step(way="redo")),
    ("https://a.example/x を追加して", "", Fetch(url="https://a.example/x")),
    ("TSMCの売上は？", "trends", Question(text="TSMCの売上は？", section="trends")),
    ("What did the court say?", "", Question(text="What did the court say?")),
    ("もっと楽観的に書き直して", "outlook", None),
    ("", "outlook", Unclear(lacking="wish")),
    # Pasted text gives no orders: it is not one short line.
    ("Look at this:\n#2を外して", "", None),
    ("「記事は#2を外してと書いている」と言う人がいる", "", None),
]


@pytest.mark.parametrize(("message", "section", "request_"), MESSAGES, ids=[m[0] or "-" for m in MESSAGES])
def test_understood(message: str, section: str, request_: Request | None, finished: SmallIssue) -> None:
    assert understand(message, section, finished.report) == request_


def test_without_a_section_it_asks_which(finished: SmallIssue) -> None:
    asked = understand("もっと短く", "", finished.report)
    assert isinstance(asked, Unclear)
    assert (asked.lacking, asked.choices[0], f"categories/{BANK}" in asked.choices) == ("section", "trends", True)


@pytest.mark.parametrize(("message", "section"), [("x" * 8001, ""), ("短く", "weather"), ("トピック9を短く", "")])
def test_refused(message: str, section: str, finished: SmallIssue) -> None:
    with pytest.raises(RefusedEdit):
        understand(message, section, finished.report)


def test_shortening_keeps_figures_and_order(finished: SmallIssue) -> None:
    assert shortened(finished.report, "trends", 3) == Arrange(section="trends", order=(1, 3, 5))
    with pytest.raises(RefusedEdit, match="needs a model"):
        shortened(finished.report, "outlook", 4)


def test_another_sentence_comes_from_the_same_source_and_stands_nowhere_yet(finished: SmallIssue) -> None:
    report = finished.report
    edit = placed(report, Place(section="trends", index=3, how="other"), finished.sources)
    source = finished.articles[report.articles[5].id].text
    assert source[edit.start : edit.end] == "Unions fear for 250 jobs."  # type: ignore[union-attr]


NOTHING = {"section": "", "instruction": "", "article": "", "category": "", "old": "", "new": "", "url": ""}
UNDERSTOOD: list[tuple[dict[str, str], str, Request]] = [
    ({"action": "drop", "article": "12"}, "", Do(edit=DropArticle(number=12))),
    ({"action": "drop", "article": "the Oslo court"}, "", Unclear(lacking="article")),
    ({"action": "drop", "article": "Oslo court"}, "", Do(edit=DropArticle(number=4))),
    (
        {"action": "move", "article": "Oslo", "category": "taoyuan"},
        "",
        Do(edit=MoveArticle(number=4, category=CATEGORIES[2])),
    ),
    (
        {"action": "rewrite", "section": "trends", "instruction": "x"},
        "outlook",
        Write(section="outlook", instruction="x"),
    ),
    ({"action": "rewrite", "section": "topics/1", "instruction": "x"}, "", Write(section="topics/1", instruction="x")),
    ({"action": "add", "url": "https://evil.example/"}, "", Unclear(lacking="wish")),
    ({"action": "undo"}, "", Step(way="undo")),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "selected", "request_"), UNDERSTOOD)
def test_what_a_model_understood_is_held_against_the_report(
    answer: dict[str, str], selected: str, request_: Request, finished: SmallIssue
) -> None:
    understood = Understood(**{**NOTHING, **answer})
    assert request_of(understood, "the message", selected, finished.report) == request_


@pytest.mark.parametrize(
    ("edit", "japanese"),
    [
        (DropArticle(number=40), "記事#40はありません。あるのは#1, #2, #3, #4, #5, #6です。"),
        (Arrange(section="outlook", order=(1, 2, 3, 4)), "何も変わりません。"),
        (RestoreArticle(number=2), "記事#2は週報にあります。"),
        (MoveArticle(number=4, category=BANK), f"記事#4はもともと「{BANK}」にあります。"),
        (RenameEntity(old="Osaka", new="Oslo"), "「Osaka」と「Oslo」が同じものだと書く出典はありません。"),
    ],
)
def test_a_refusal_is_said_in_the_reports_language(edit: Edit, japanese: str, finished: SmallIssue) -> None:
    with pytest.raises(RefusedEdit) as caught:
        apply(finished.report, edit, finished.sources)
    assert caught.value.said("ja") == japanese
    assert caught.value.said("en") == caught.value.reason == str(caught.value)
