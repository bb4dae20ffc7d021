"""What the reviser says to a person, in Japanese and English."""

from __future__ import annotations

from typing import Literal

Key = Literal[
    "proposed", "written", "rejected", "moved", "undone", "redone", "refused", "says", "no_answer",
    "passages_only", "which_section", "which_category", "which_article", "wish", "nothing_pending", "model_failed",
    "not_back", "interrupted",
]  # fmt: skip

_WORDS: dict[Key, tuple[str, str]] = {
    "proposed": (
        "{n} か所を変更します。よろしければ承認してください。",
        "This changes {n} places. Approve to write it.",
    ),
    "written": ("版 {version} を書きました。", "Version {version} is written."),
    "rejected": ("変更しませんでした。", "Nothing was changed."),
    "moved": (
        "提案のあとに別の人が版 {version} を書きました。新しい版を見てから、もう一度お願いします。",
        "Somebody wrote version {version} since this was proposed. Look at it, then ask again.",
    ),
    "undone": ("版 {version} に戻しました。", "Back at version {version}."),
    "redone": ("版 {version} に進めました。", "Forward to version {version}."),
    "refused": ("変更できません: {reason}", "This cannot be done: {reason}"),
    "says": ("出典には次のように書かれています。", "What the sources do say:"),
    "no_answer": ("保存された出典には答えが見つかりません。", "The stored sources do not say."),
    "passages_only": (
        "言語モデルがないため、質問に近い出典の箇所だけを示します。",
        "Without a language model, here are only the passages nearest to the question.",
    ),
    "which_section": ("どの節のことですか。", "Which section do you mean?"),
    "which_category": ("どの分類ですか。", "Which category?"),
    "which_article": (
        "どの記事のことですか。番号（#12 など）で示してください。",
        "Which article? Give its number, as in #12.",
    ),
    "wish": ("何をしましょうか。", "What shall I do?"),
    "nothing_pending": ("承認を待つ変更はありません。", "No change is waiting for approval."),
    "not_back": (
        "記事と一緒に消えたもののうち {n} 件は、その後の変更と合わないため戻りません。"
        "すべてを戻すには版 {version} を復元してください。",
        "Of what went with the article, {n} places stay as they are: they do not fit what was changed since. "
        "Version {version}, when restored, has them all.",
    ),
    "interrupted": (
        "この依頼は途中で止まりました。何も書き込まれていません。もう一度送ってください。",
        "This request was interrupted. Nothing was written; send it again.",
    ),
    "model_failed": (
        "言語モデルから使える答えが得られませんでした: {reason}",
        "The model gave no usable answer: {reason}",
    ),
}


def say(key: Key, language: str, **values: object) -> str:
    """Return a sentence in Japanese for `ja`, in English for any other language."""
    return _WORDS[key][language != "ja"].format(**values)
