"""Every reason of a refusal exists in Japanese and in English, and no refusal is made of other words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.checks.gate import check_report
from agent.errors import (
    AnswerBlocked,
    AnswerInvalid,
    AnswerTruncated,
    BudgetReached,
    ModelRefused,
    QuotaReached,
    RateLimited,
    ServiceUnavailable,
    SettingError,
    SourceError,
    WeekHeld,
)
from agent.report import FailedCheck
from agent.revision.check_names import CHECK_NAMES, check_names
from agent.revision.edits import RefusedEdit
from agent.revision.reasons import REASONS, reason_of
from agent.revision.versions import VersionMoved
from agent.revision.words import _WORDS
from shuho.terminal_words import terminal_words
from tests.agent.revision.issues import SmallIssue
from tests.trees import tree_of

ROOT = Path(__file__).resolve().parents[3]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ]")
PLACE = re.compile(r"\{(\w+)\}")
TABLES = {**REASONS, **{f"say {key}": words for key, words in _WORDS.items()}}
# Their English is made of what failed; Japanese names the kind of it and holds what is no sentence.
FREE = {"unfit", "wrong_language", "checks", "busy", "cut_off", "blocked", "unusable", "quota", "held"}


@pytest.mark.parametrize("key", TABLES)
def test_a_reason_is_said_in_both_languages(key: str) -> None:
    ja, en = TABLES[key]
    assert JAPANESE.search(ja), "it is Japanese"
    assert not JAPANESE.search(en), "it is English"
    if key not in FREE:
        assert set(PLACE.findall(ja)) == set(PLACE.findall(en))


def raised() -> Iterator[tuple[str, int, ast.Call]]:
    """Yield every place where something is refused."""
    for package in ("agent", "graph", "shuho", "evals"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(tree_of(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "RefusedEdit":
                    yield path.name, node.lineno, node


def test_every_refusal_names_a_reason_and_fills_it() -> None:
    found = list(raised())
    assert len(found) > 40
    wrong = []
    for name, line, call in found:
        key = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        wanted = {place for words in REASONS.get(str(key), ()) for place in PLACE.findall(words)}
        given = {keyword.arg for keyword in call.keywords}
        if key not in REASONS or wanted != given:
            wrong.append(f"{name}:{line} {key} {wanted ^ given}")
    assert wrong == []


def test_no_reason_is_idle() -> None:
    used = {call.args[0].value for _, _, call in raised() if isinstance(call.args[0], ast.Constant)}
    of_errors = {"busy", "unreachable", "cut_off", "blocked", "unusable", "quota", "budget", "model_refused", "held"}
    assert set(REASONS) - used == of_errors | {"moved", "needs_model", "setting", "source", "other"}


ERRORS: list[tuple[Exception, str]] = [
    (RateLimited("HTTP 429"), "言語モデルが混み合っています。少し待って、もう一度お願いします。"),
    (ServiceUnavailable("HTTP 503"), "言語モデルに接続できません（HTTP 503）"),
    (AnswerTruncated("the answer stopped"), "答えが長すぎて途中で切れました。"),
    (AnswerBlocked("the answer was blocked"), "言語モデルが答えを出しませんでした。"),
    (AnswerInvalid("the answer is not JSON"), "答えの形が正しくありません。"),
    (QuotaReached("used up"), "プロバイダーの一日の利用枠を使い切りました。"),
    (
        BudgetReached("the limit"),
        "トピックファイルで決めた上限（[limits] の calls・tokens・cost）に達しました。",
    ),
    (ModelRefused("HTTP 400"), "言語モデルの設定が受け付けられません（HTTP 400）"),
    (WeekHeld("x"), "ほかの処理がこの週を書き込み中です。終わってからもう一度お願いします。"),
    (SourceError("robots", "https://a.example/"), "記事を取得できません（https://a.example/: robots）"),
    (SettingError("x.sqlite"), "設定またはファイルに問題があります（x.sqlite）"),
    (RuntimeError("x"), "処理できませんでした（x）"),
    (RefusedEdit("no_article", number=9, held="#1"), "記事#9はありません。あるのは#1です。"),
    (VersionMoved(1, 2), "現在は第2版で、この変更は第1版に対するものです。もう一度確かめてください。"),
    (RefusedEdit("not_added", what=("訳", "English")), "この記事は追加できません: 訳"),
]


@pytest.mark.parametrize(("error", "japanese"), ERRORS, ids=[type(e).__name__ for e, _ in ERRORS])
def test_an_error_is_said_in_the_person_s_language(error: Exception, japanese: str) -> None:
    assert reason_of(error, "ja") == japanese
    assert not JAPANESE.search(reason_of(error, "en"))


def test_every_check_has_a_japanese_name(finished: SmallIssue) -> None:
    from agent.checks import gate

    own = ["partition", "citations", "whole sentences", "addresses", "window", "evidence", "required parts"]
    assert sorted(CHECK_NAMES) == sorted([*own, *gate._LINTED])
    assert check_report(finished.report, finished.articles).passed == len(CHECK_NAMES)
    failed = [FailedCheck(check="required parts", where="key figures", what="x")] * 2
    assert check_names(failed) == ["必須の節（主要数値）"]


def test_the_terminal_s_words_say_the_same_in_both_languages() -> None:
    ja, en = vars(terminal_words("ja")), vars(terminal_words("en"))
    for name, words in en.items():
        if isinstance(words, str):
            assert PLACE.findall(ja[name]) == PLACE.findall(words)
            assert name == "cost" or ja[name] != words
        else:
            assert ja[name].keys() == words.keys()
    assert terminal_words("ko") == terminal_words("en")
