"""Passages: the stretches of an article that evidence is looked up in."""

from __future__ import annotations

from agent.language.sentences import split
from agent.model import Article

_CHARACTERS = 400


def passages_of(article: Article) -> list[tuple[int, str]]:
    """Cut an article's text into runs of whole sentences of about 400 characters: (offset, text)."""
    spans = split(article.text, article.language)
    passages: list[tuple[int, str]] = []
    start = end = 0
    for span in spans:
        if end > start and span.end - start > _CHARACTERS:
            passages.append((start, article.text[start:end]))
            start = span.start
        elif end == start:
            start = span.start
        end = span.end
    if end > start:
        passages.append((start, article.text[start:end]))
    return passages
