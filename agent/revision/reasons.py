"""The reasons of refusals in Japanese; one that is not listed here stays in English."""

from __future__ import annotations

import re

_JAPANESE = (
    (r"the report has no article #(\d+); it has (.+)", r"記事#\1はありません。あるのは\2です。"),
    (r"the report has no section '(.+?)'; it has (.+)", r"「\1」という節はありません。あるのは\2です。"),
    (r"the report has no category '(.+?)'; it has (.+)", r"「\1」という分類はありません。あるのは\2です。"),
    (r"(#[\d, #]+) does not say (.+?): (.+)", r"\1の出典に「\2」とは書かれていません（\3）"),
    (r"the sentence names no article that bears it out: (.+)", r"裏付ける記事のない文です（\1）"),
    (r"no known article is cited: (.+)", r"裏付ける記事のない文です（\1）"),
    (r"the stored sources do not bear out what is asked", "保存された出典は、求められた内容を裏付けていません。"),
    (r"no source says that (.+) and (.+) are the same", r"「\1」と「\2」が同じものだと書く出典はありません。"),
    (r"nothing would change", "何も変わりません。"),
    (r"there is nothing to take back: this version comes from a run", "取り消せる変更はありません。"),
    (r"there is nothing to do again", "やり直せる変更はありません。"),
    (
        r"(.+) has (\d+) sentences; with fewer words in them it needs a model",
        r"\1は\2文です。これより短くするには言語モデルが必要です。",
    ),
    (r"(.+) has (\d+) sentences, no sentence (\d+)", r"\1は\2文で、\3文目はありません。"),
    (r"it is the only sentence of (.+)", r"\1にはこの一文しかありません。"),
    (r"it is the report's only article", "週報に残る最後の記事です。"),
    (r"#(\d+) is in the report", r"記事#\1は週報にあります。"),
    (r"#(\d+) is in (.+)", r"記事#\1はもともと「\2」にあります。"),
    (r"no version of the report has an article #(\d+)", r"どの版にも記事#\1はありません。"),
    (r"the report has this article already: (.+)", r"この記事は週報にあります: \1"),
    (
        r"the sources of this sentence have no other that stands alone in its language: (.+)",
        r"出典に、代わりになる文がありません（\1）",
    ),
    (r"the message has (\d+) characters; (\d+) are read at most", r"発言が長すぎます（\1字、上限は\2字）。"),
    (r"(.+) is not in the report", r"「\1」は週報に出てきません。"),
    (r"(.+) is empty", r"\1が空になります。"),
    (r"(.+) has (\d+) figures, wants at least four", r"主要数値が\2件になります（4件以上が必要です）。"),
    (r"(.+) has no digest", r"\1に文がなくなります。"),
)  # fmt: skip


def reason_in(language: str, reason: str) -> str:
    """Return the reason of a refusal in the report's language."""
    if language != "ja":
        return reason
    for pattern, words in _JAPANESE:
        if match := re.fullmatch(pattern, reason, re.DOTALL):
            return match.expand(words)
    return reason
