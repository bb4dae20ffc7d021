"""The words that tell what an article is about."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.names.words import Word, analyse

_TERM = re.compile(r"[\u4e00-\u9fff]{2,8}|[\u30a0-\u30ff]{3,12}|[\uac00-\ud7a3]{2,6}|[A-Z][A-Za-z]{2,15}|[a-z]{5,15}")
_PRINTABLE = re.compile(r"[\u4e00-\u9fff々]{2,8}|[\u30a0-\u30ff]{3,12}|[A-Z][A-Za-z]{2,15}")
_SAYS_LITTLE = re.compile(
    r"発表|開始|公開|報道|実施|予定|対象|利用|使用|計画|記者|新聞|会見|情報|内容|状況|関係|影響|理由|結果|問題|可能|必要"
    r"|午前|午後|以上|以下|部分|全体|場合|方法|目的|初めて|今回|今後|世界|日本|国内|各国|会社|企業|社長|代表|担当|本社"
    r"|自社|同社|同日|当日|現地|中心|一部|最大|ホームページ|ウェブサイト|サイト|サービス|ニュース"
)


@lru_cache(maxsize=4096)
def terms(text: str, language: str) -> frozenset[str]:
    """Return the words of a text that may name its subject: in Japanese nouns that are no time, count or person."""
    if language != "ja":
        return frozenset(_TERM.findall(text))
    words = analyse(text)
    found = set[str]()
    for before, word in zip([None, *words], words, strict=False):
        # 半 + 導体: one character in front belongs to the noun.
        joined = before is not None and _is_prefix(before) and before.start + 1 == word.start
        surface = f"{before.text}{word.text}" if before is not None and joined else word.text
        if _PRINTABLE.fullmatch(surface) and _is_subject(word.kind) and not _SAYS_LITTLE.fullmatch(surface):
            found.add(surface)
    return frozenset(found)


def _is_prefix(word: Word) -> bool:
    return len(word.text) == 1 and word.kind[0] in ("接頭辞", "名詞") and not word.text.isdigit()


def _is_subject(kind: tuple[str, ...]) -> bool:
    if kind[:2] == ("名詞", "普通名詞"):
        return kind[2] in ("一般", "サ変可能")
    return kind[:2] == ("名詞", "固有名詞") and kind[2] != "人名"
