"""What a revision takes along, in words: terminal and page say the same."""

from __future__ import annotations

from collections.abc import Mapping

REMOVED_KINDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "article": "記事",
        "citation": "引用",
        "figure": "数値",
        "sentence": "文",
        "entry": "項目",
        "category": "分類",
        "topic": "トピック",
    },
    "en": {
        "article": "article",
        "citation": "citation",
        "figure": "figure",
        "sentence": "sentence",
        "entry": "entry",
        "category": "category",
        "topic": "topic",
    },
}
