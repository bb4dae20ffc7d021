"""What the gate's checks are called in Japanese."""

from __future__ import annotations

from collections.abc import Iterable

from agent.report import FailedCheck

CHECK_NAMES = {
    "partition": "記事の分類",
    "citations": "引用の番号",
    "whole sentences": "文の完結",
    "addresses": "記事のアドレス",
    "window": "対象の週",
    "evidence": "数値・日付の根拠",
    "required parts": "必須の節",
    "countries": "国の数",
    "duplicate article": "記事の重複",
    "article facts": "記事の書誌",
    "foreign script": "文字の種類",
    "marks and markup": "記号とマークアップ",
    "unit of a number": "数値の単位",
    "number against source": "出典の数値",
    "name against source": "出典の固有名詞",
}
_PLACES = {
    "key figures": "主要数値",
    "trends": "動向",
    "outlook": "展望",
    "roadmap": "ロードマップ",
    "topics": "トピック",
    "categories": "分類",
    "articles": "記事",
    "topic": "トピック",
    "category": "分類",
}


def check_names(failed: Iterable[FailedCheck]) -> list[str]:
    """Return the failed checks in Japanese, each once, with the place where it failed."""
    return list(dict.fromkeys(f"{CHECK_NAMES.get(f.check, f.check)}（{_place(f.where)}）" for f in failed))


def _place(where: str) -> str:
    kind, colon, name = where.partition(": ")
    return f"{_PLACES.get(kind, kind)}{colon}{name}"
