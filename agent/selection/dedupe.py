"""Duplicates: one article under several addresses, and copies with small changes.

Copies are found by the share of common character 5-grams, which needs no tokenizer and works in every language. A copy
from which 40 % of the sentences were dropped still has a Jaccard index of .61, unrelated texts at most .09 (measured).
Which texts are worth comparing is found by sampled runs of 12 characters (Broder 1997, "On the resemblance and
containment of documents"), in time that grows with the length of all texts.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

import numpy as np
import numpy.typing as npt

from agent.model import Article

Shingles = npt.NDArray[np.uint64]
"""Hashes of a text's runs of characters: each once, in ascending order."""

_SHINGLE = 5
_RUN = 12
"""Characters of a run that two copies share somewhere even if every thirteenth character was changed."""
_SAMPLED = 4
"""One run in so many is looked up."""
_HITS = 0.04
"""Share of the sampled runs that two texts have in common before they are compared."""
_FEWEST = 50
JACCARD = 0.45
CONTAINMENT = 0.8
"""Share of the shorter text that the longer one holds: catches a copy that was cut short."""


def address_key(url: str) -> str:
    """Return the form in which two addresses of one page agree: no tracking, fragment, default port or `www`.

    What is no web address stays as it is.
    """
    if not url.lower().startswith(("http://", "https://")):
        return url
    from courlan import clean_url

    try:
        parts = urlsplit(clean_url(url) or url)
        number = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.")
    host = f"[{host}]" if ":" in host else host
    port = f":{number}" if number and number not in (80, 443) else ""
    return urlunsplit(("https", host + port, parts.path.rstrip("/") or "/", parts.query, ""))


def article_id(url: str) -> str:
    """Return the id of the article at an address: 12 hex digits that stay the same across runs."""
    return hashlib.sha256(address_key(url).encode()).hexdigest()[:12]


def shingles(text: str) -> Shingles:
    """Return the character 5-grams of a text, as hashes of 64 bits, without case, width, spaces and punctuation."""
    return _runs(_characters(text), _SHINGLE)


def is_copy(first: Shingles, second: Shingles) -> bool:
    """Tell whether two texts, given by their shingles, are one text with small changes."""
    shorter, longer = sorted((len(first), len(second)))
    if shorter < _FEWEST or shorter < 0.3 * longer:
        return False
    common = shorter + longer - len(np.union1d(first, second))
    return common / (shorter + longer - common) >= JACCARD or common / shorter >= CONTAINMENT


def group_copies(articles: Sequence[Article]) -> list[list[int]]:
    """Group articles, given by index, that are copies of one another, in the order of each group's first index.

    Each group is in the order in which its articles should be preferred: the plain page, the fullest, the first
    published.
    """
    parent = list(range(len(articles)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    @lru_cache(maxsize=2000)
    def of(index: int) -> Shingles:
        return shingles(articles[index].text)

    for first, second in _worth_comparing([article.text for article in articles]):
        if root(first) != root(second) and is_copy(of(first), of(second)):
            parent[root(second)] = root(first)
    groups: dict[int, list[int]] = {}
    for index in range(len(articles)):
        groups.setdefault(root(index), []).append(index)
    return [sorted(group, key=lambda i: _preference(articles[i])) for group in groups.values()]


def _characters(text: str) -> Shingles:
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
    return np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)


def _runs(characters: Shingles, length: int) -> Shingles:
    """Return the hashes of all runs of `length` characters; a shorter text counts as one run."""
    if len(characters) < length:
        characters = np.pad(characters, (0, length - len(characters)))
    count = len(characters) - length + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        hashes *= np.uint64(0x9E3779B97F4A7C15)
        hashes += characters[offset : offset + count] + np.uint64(1)
    # The low bits of a polynomial depend on the last characters alone: mix them (SplitMix64, Steele et al. 2014).
    hashes ^= hashes >> np.uint64(30)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(27)
    return np.unique(hashes)


def _worth_comparing(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of texts that stand beside each other in the lists of enough sampled runs, in order.

    Only neighbours in a list count, so that a run which thousands of texts share costs no more than any other; the
    texts of a group of copies are neighbours wherever no other text shares their run.
    """
    sampled = [runs[runs % _SAMPLED == 0] for runs in (_runs(_characters(text), _RUN) for text in texts)]
    if len(texts) < 2:
        return []
    sizes = np.array([len(runs) for runs in sampled])
    hashes, owners = np.concatenate(sampled), np.repeat(np.arange(len(texts)), sizes)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    shared = hashes[1:] == hashes[:-1]
    keys, hits = np.unique(owners[:-1][shared] * len(texts) + owners[1:][shared], return_counts=True)
    first, second = keys // len(texts), keys % len(texts)
    enough = hits >= np.maximum(1, _HITS * np.minimum(sizes[first], sizes[second]))
    return list(zip(first[enough].tolist(), second[enough].tolist(), strict=True))


def _preference(article: Article) -> tuple[object, ...]:
    # A copy that names another page as its canonical address, a print or AMP path, yields to the plain page.
    odd = bool(re.search(r"/(amp|print)(/|$)|[?&](amp|print)\b|\.amp\b|-print\b", article.url))
    return (odd, -len(article.text) // 200, article.published_at, article.id)
