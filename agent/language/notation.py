"""One notation of numbers in a Japanese issue: 7,100億ドル everywhere, or 7100億ドル everywhere.

What a model wrote is brought to the program's notation. Where all Japanese sentences are the sources' own, which are
never changed, the program prints its figures as most of them are written. Values are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.engine import Digested
from agent.model import Digest, Statement, Synthesis

_AMOUNT = re.compile(r"(?<![\d,.])(?:\d{1,3}(?:,\d{3})+|\d{4,})(?=[兆億万])")
_UNGROUPED = re.compile(r"(?<![\d,.])\d{4,}(?=[兆億万])")
_GROUPS = re.compile(r"(?<=\d),(?=\d{3})")
_PERCENT = re.compile(r"(?<=\d)％")
_COUNTRIES = re.compile(r"(?<=\d)[ヶケか](?=国)")
_DOLLARS = re.compile(r"(?<=[\d兆億万])米ドル")
_OTHER_DOLLARS = re.compile(r"(?:台湾|香港|豪|加|カナダ|オーストラリア|シンガポール|NZ)・?ドル")
_PARTS = ("background", "main", "impact")


def is_grouped(items: Sequence[Digested], language: str) -> bool:
    """Tell whether the program prints thousands separators in this issue."""
    own = [item.digest for item in items if item.digest.language[:2] == language[:2]]
    if language[:2] != "ja" or any(digest.engine == "model" for digest in own):
        return True
    amounts = [amount for digest in own for amount in _AMOUNT.findall(_text(digest))]
    return 2 * sum("," in amount for amount in amounts) >= len(amounts)


def ungrouped(display: str) -> str:
    """Return a printed quantity without thousands separators: 7100億ドル."""
    return _GROUPS.sub("", display)


def in_one_notation(
    items: Sequence[Digested], synthesis: Synthesis, language: str
) -> tuple[tuple[Digested, ...], Synthesis]:
    """Return digests and synthesis with the numbers that a model wrote in the program's notation."""
    if language[:2] != "ja":
        return tuple(items), synthesis
    noted = [replace(i, digest=_digest(i.digest)) if i.digest.engine == "model" else i for i in items]
    if not any(item.digest.engine == "model" for item in items):
        return tuple(noted), synthesis
    return tuple(noted), _synthesis(synthesis, [i.digest for i in items if i.digest.engine == "extractive"])


def noted(text: str) -> str:
    """Return a Japanese text with its numbers in the program's notation: 7,100億ドル, 35%, 12カ国."""
    text = _UNGROUPED.sub(lambda match: f"{int(match.group()):,}", text)
    text = _COUNTRIES.sub("カ", _PERCENT.sub("%", text))
    return text if _OTHER_DOLLARS.search(text) else _DOLLARS.sub("ドル", text)


def _text(digest: Digest) -> str:
    return "\n".join((digest.title, digest.summary, *(getattr(digest.detail, part) for part in _PARTS)))


def _digest(old: Digest) -> Digest:
    figures = [f.model_copy(update={"label": noted(f.label), "holder": noted(f.holder)}) for f in old.figures]
    return old.model_copy(
        update={
            "title": noted(old.title),
            "summary": noted(old.summary),
            "detail": old.detail.model_copy(update={p: noted(getattr(old.detail, p)) for p in _PARTS}),
            "figures": tuple(figures),
            "events": tuple(e.model_copy(update={"what": noted(e.what)}) for e in old.events),
        }
    )


def _synthesis(old: Synthesis, verbatim: Sequence[Digest]) -> Synthesis:
    """Return the synthesis in the program's notation, but for sentences of the sources."""
    kept = "\n".join(map(_text, verbatim))

    def told(statements: Sequence[Statement]) -> tuple[Statement, ...]:
        return tuple(
            s if s.language != "ja" or s.text in kept else s.model_copy(update={"text": noted(s.text)})
            for s in statements
        )

    topics = [
        t.model_copy(
            update={
                "title": noted(t.title) if t.language == "ja" and t.title not in kept else t.title,
                "statements": told(t.statements),
            }
        )
        for t in old.topics
    ]
    return old.model_copy(
        update={
            "trends": told(old.trends),
            "topics": tuple(topics),
            "category_digests": {name: told(statements) for name, statements in old.category_digests.items()},
            "outlook": told(old.outlook),
        }
    )
