"""The words of the terminal's talk, in Japanese for a Japanese report and in English for any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shuho.removed_kinds import REMOVED_KINDS


@dataclass(frozen=True)
class TerminalWords:
    """The words of one language; `{…}` are places to fill with `str.format`."""

    help: str
    steps: Mapping[str, str]
    draft: str
    version: str
    write_it: str
    not_written: str
    removed: Mapping[str, str]
    absent: str
    spent: str
    cost: str
    talk_spent: str


_JAPANESE = TerminalWords(
    help="""\
/sections            節の一覧               /section 名前    節を選ぶ（名前なし: 解除）
/show [名前]         節を文章で表示         /diff [A B]      待っている変更、または二つの版の差
/approve /reject     変更を承認・却下       /undo /redo      元に戻す・やり直す
/versions            版の履歴               /restore N       その版に戻す
/quit                終わる（Ctrl-D）       \"\"\"              複数行の発言の始まりと終わり
それ以外は依頼か質問です。例: もっと短く · #12を外して · #5を…へ移して · なぜ…ですか？""",
    steps={
        "understand": "依頼を読んでいます …",
        "gather": "出典を調べています …",
        "rewrite": "書き直しています …",
        "answer": "答えをまとめています …",
        "verify": "出典と照らし合わせています …",
        "write": "書き込んでいます …",
    },
    draft="下書き・未検証",
    version="第{n}版",
    write_it="書き込みますか",
    not_written="書き込んでいません。--yes を付けるか、`shuho chat` で /approve してください。",
    removed=REMOVED_KINDS["ja"],
    absent="戻らない",
    spent="呼び出し{calls}回・{tokens}トークン",
    cost="{cost} USD",
    talk_spent="この週報の対話全体: {spent}",
)
_ENGLISH = TerminalWords(
    help="""\
/sections            all sections           /section NAME   select one (alone: none)
/show [NAME]         a section as text      /diff [A B]     the waiting change, or two versions
/approve /reject     the waiting change     /undo /redo     back, forth
/versions            the history            /restore N      put a version back
/quit                leave (Ctrl-D)         \"\"\"             begins and ends a message of several lines
Anything else is a message, as in: shorter · drop #12 · move #5 to … · why did … ?""",
    steps={
        "understand": "reading the message …",
        "gather": "reading the sources …",
        "rewrite": "writing …",
        "answer": "answering …",
        "verify": "checking against the sources …",
        "write": "writing the version …",
    },
    draft="Draft, not verified",
    version="version {n}",
    write_it="Write it?",
    not_written="Not written: give --yes, or /approve it in `shuho chat`.",
    removed=REMOVED_KINDS["en"],
    absent="not back",
    spent="{calls} calls, {tokens} tokens",
    cost="{cost} USD",
    talk_spent="The whole talk about this report: {spent}",
)


def terminal_words(language: str) -> TerminalWords:
    """Return the words for the reader of a report in a language."""
    return _JAPANESE if language == "ja" else _ENGLISH
