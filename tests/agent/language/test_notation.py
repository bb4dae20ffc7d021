"""Numbers of a Japanese issue in one notation, values untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.assemble import assemble
from agent.checks.from_report import text_of_report
from agent.checks.lint import lint
from agent.engine import Digested
from agent.language.notation import in_one_notation, is_grouped, noted, ungrouped
from agent.model import Detail, FigureRef, Synthesis, TopicDraft
from agent.storage.record import Record
from tests.builders import article, brief, digest, draft, figure, statement

PLAIN = "世界の8社の設備投資は7100億ドルを超える。"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (PLAIN, "世界の8社の設備投資は7,100億ドルを超える。"),
        ("4兆2440億kWhと12万8000トークン、2026年。", "4兆2,440億kWhと12万8000トークン、2026年。"),
        ("45億米ドル、35％、75ヶ国、12か国。", "45億ドル、35%、75カ国、12カ国。"),
        ("45億米ドルと90億台湾ドル。", "45億米ドルと90億台湾ドル。"),
        ("7,100億ドル、210億ドル、1.13兆円。", "7,100億ドル、210億ドル、1.13兆円。"),
    ],
)
def test_noted(text: str, written: str) -> None:
    assert noted(text) == written
    assert noted(written) == written


def _item(engine: str, text: str) -> Digested:
    of = article(text=PLAIN, language="ja", title=text.rstrip("。"))
    told = figure("710000000000", "USD", "7100億ドル", of, bound="more_than", label="設備投資")
    fields = {"engine": engine, "language": "ja", "title": of.title, "summary": text}
    return Digested(of, digest(of, **fields, detail=Detail(background="", main=text, impact=""), figures=(told,)))


@pytest.mark.parametrize(
    ("engine", "text", "shown", "printed"),
    [
        ("extractive", PLAIN, "7100億ドル超", PLAIN),
        ("extractive", "設備投資は7,100億ドルを超え、6,500億ドルから増える。", "7,100億ドル超", None),
        ("model", PLAIN, "7,100億ドル超", "世界の8社の設備投資は7,100億ドルを超える。"),
    ],
)
def test_figures_and_sentences_agree(tmp_path: Path, engine: str, text: str, shown: str, printed: str | None) -> None:
    item = _item(engine, text)
    said = statement(text, item.article.id, language="ja")
    topic = TopicDraft(title="7100億ドルの投資" if engine == "model" else text, language="ja", statements=(said,))
    synthesis = Synthesis(
        trends=(said,), topics=(topic,), key_figures=(FigureRef(article_id=item.article.id, index=0),)
    )
    items, told = in_one_notation([item], synthesis, "ja")
    report = assemble(draft(items, synthesis=told, brief=brief(language="ja")), Record(tmp_path / "record.sqlite"))
    assert [f.display for f in report.key_figures] == [shown]
    assert [f.display for f in report.articles[0].figures] == [shown]
    assert (report.articles[0].summary, report.trends[0].text) == (printed or text, printed or text)
    assert report.articles[0].figures[0].evidence == "7100億ドル"
    assert [f for f in lint(text_of_report(report)) if f.check == "notation"] == []


def test_other_languages_are_left_alone() -> None:
    items, synthesis = [_item("model", PLAIN)], Synthesis()
    assert in_one_notation(items, synthesis, "en") == (tuple(items), synthesis)
    assert (is_grouped(items, "en"), is_grouped([], "ja")) == (True, True)
    assert ungrouped("12万8,000トークン") == "12万8000トークン"
