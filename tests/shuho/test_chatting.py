"""A talk on the terminal in Japanese, and what is shown of a turn while it goes on."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import pytest
from rich.console import Console

from agent.observability.progress import Silent
from agent.report import Spent
from agent.revision.transcript import Said, Transcript
from agent.revision.versions import body_of
from agent.settings import Settings
from shuho.chatting import Chat
from shuho.live import LiveTurn
from shuho.revising import ReviseOptions, open_revising
from shuho.showing import cost_of
from shuho.terminal_words import terminal_words
from shuho.turns import Told
from tests.agent.revision.issues import SmallIssue, write_issue
from tests.builders import MOMENT
from tests.shuho.web.page import out_of


@pytest.fixture(scope="module")
def japanese(tmp_path_factory: pytest.TempPathFactory) -> SmallIssue:
    issue = write_issue(tmp_path_factory.mktemp("issue"))
    body = body_of(issue.report.model_copy(update={"language": "ja"}))
    issue.folder.put_version(1, body)
    issue.folder.put_report(body)
    out_of(issue)
    return issue


SESSION = [
    ("/show", "/show には節の名前が必要です。/sections で一覧できます。"),
    ("/show weather", "「weather」という節はありません。"),
    ("/diff x", "/diff には版の番号が二つ必要です（例: /diff 1 3）。"),
    ("/diff 1 9", "第9版はありません。"),
    ("/restore x", "/restore には版の番号が必要です。/versions で一覧できます。"),
    ("/restore 9", "変更できません: 第9版はありません。"),
    ("/undo", "変更できません: 取り消せる変更はありません。"),
    ("/redo", "変更できません: やり直せる変更はありません。"),
    ("/approve", "承認を待つ変更はありません。"),
    ("#40を外して", "変更できません: 記事#40はありません。"),
    ("#4を戻して", "変更できません: 記事#4は週報にあります。"),
    ("もっと短く", "どの節のことですか。"),
    ("展望を明るい調子に", "この書き直しには言語モデルが必要です"),
    ("展望の9文目を別の文に", "変更できません: outlookは4文で、9文目はありません。"),
    ("https://127.0.0.1/x を追加して", "変更できません: この記事は追加できません"),
    ("#4を外して", "か所を変更します。よろしければ承認してください。"),
    ("/reject", "変更しませんでした。"),
    ("/help", "節の一覧"),
    ("/versions", "*   1"),
]


async def test_no_word_of_a_japanese_talk_is_english(japanese: SmallIssue) -> None:
    asked, shown = iter([words for words, _ in SESSION]), io.StringIO()
    marks: list[int] = []

    def ask(prompt: str) -> str:
        marks.append(shown.tell())
        try:
            return next(asked)
        except StopIteration:
            raise EOFError from None

    options = ReviseOptions(japanese.folder.path, "extractive")
    async with open_revising(options, Settings(), Silent()) as revising:
        await Chat(revising, Console(file=shown, width=400), ask, "").run()
    text = shown.getvalue()
    answers = [text[start:end] for start, end in pairwise(marks)]
    assert [words for (_, words), answer in zip(SESSION, answers, strict=True) if words not in answer] == []
    for (message, _), answer in zip(SESSION, answers, strict=True):
        said = [line for line in answer.splitlines() if not re.match(r"[-+@* ]", line) and not line.startswith("/a")]
        english = [line for line in said if re.search(r"[a-z]{4,} [a-z]{3,}", line) and not re.search("[ぁ-ん]", line)]
        assert english == [], message


@pytest.mark.parametrize("terminal", [True, False])
def test_a_draft_is_shown_on_a_terminal_alone_and_as_a_draft(terminal: bool) -> None:
    shown, words = io.StringIO(), terminal_words("ja")
    console = Console(file=shown, force_terminal=terminal, width=80)
    with LiveTurn(console, words) as live:
        for told in (Told("understand"), Told("rewrite"), Told("rewrite", draft="書きかけの"), Told("verify")):
            live.hear(told)
        live.hear(Told("answer", answer="裏付けのある文。 [#1]"))
    text = shown.getvalue()
    assert ("下書き・未検証" in text, "書きかけの" in text, "裏付けのある文" in text) == (terminal,) * 3
    assert [step in text for step in words.steps.values()] == [True, False, True, True, True, False]


def test_a_transcript_outlives_torn_lines_and_sums_what_was_spent(tmp_path: Path) -> None:
    kept = Transcript(tmp_path / "talks" / "ai" / "2026-W15.jsonl")
    assert (kept.last(5), kept.spent(), kept.is_interrupted()) == ([], Spent(), False)
    first = Said(at=MOMENT, who="person", text="一行目\n二行目", section="outlook", process=2**22 + 1)
    kept.add(first)
    assert kept.is_interrupted()
    with kept.path.open("ab") as file:
        file.write(b'{"at": "2026-04-08T03:00:00Z", "who": "agent", "te')
    spent = Spent(calls=2, input_tokens=10, output_tokens=5, cost=0.001)
    second = Said(at=MOMENT, who="agent", text="はい", status="answered", spent=spent)
    kept.add(second)
    kept.add(second)
    assert kept.last(5) == [first, second, second]
    assert kept.last(1) == [second]
    assert kept.spent() == Spent(calls=4, input_tokens=20, output_tokens=10, cost=0.002)
    assert not kept.is_interrupted()
    assert cost_of(kept.spent(), terminal_words("ja")) == "呼び出し4回・30トークン · 0.0020 USD"
    assert cost_of(Spent(calls=1), terminal_words("en")) == "1 calls, 0 tokens"


async def test_what_was_seen_before_another_s_version_is_not_taken_back(japanese: SmallIssue, tmp_path: Path) -> None:
    issue = japanese.copy(tmp_path / "issue")
    async with open_revising(ReviseOptions(issue.folder.path, "extractive"), Settings(), Silent()) as revising:
        turn = await revising.say("2文に", "outlook")
        await revising.approve(turn.proposal)
        second = issue.folder.body()
        for act in (revising.undo, revising.redo, lambda base: revising.restore(1, base)):
            moved = await act(1)
            assert moved.status in {"moved", "refused"}
            assert issue.folder.body() == second
        assert (await revising.undo(1)).reply.startswith("提案のあとに別の人が版 2 を書きました。")
        assert (await revising.undo(1, language="en")).reply.startswith("Somebody wrote version 2")
        assert (await revising.undo(2)).status == "stepped"
        assert (await revising.redo(1)).status == "stepped"
        assert (await revising.restore(1, 2)).status == "stepped"
        assert [one.text for one in revising.transcript.last(2)] == ["版 2 に進めました。", "版 1 に戻しました。"]
