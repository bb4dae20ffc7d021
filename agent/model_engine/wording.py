"""Choosing the prompt's language and filling in what the prompts share."""

from __future__ import annotations

from collections.abc import Mapping

from agent.engine import Brief
from prompts import Rendered, load

_GIST = 60


def render(name: str, brief: Brief, **inputs: str) -> Rendered:
    """Render the prompt `name` in Japanese for a Japanese report, in English with the language named for any other."""
    if brief.language == "ja":
        return load(f"{name}.ja").render(**inputs)
    prompt = load(f"{name}.en")
    if "language" in prompt.inputs:
        inputs["language"] = language_name(brief.language)
    return prompt.render(**inputs)


def language_name(tag: str) -> str:
    """Return a language's English name, as in `Japanese` or `Traditional Chinese`; the tag itself when unknown."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def category_lines(brief: Brief) -> str:
    """Return the brief's categories, a line each with a few words that describe it: all prompts have them."""
    hints = {name: _gist(brief.category_hints.get(name, "")) for name in brief.categories}
    return "\n".join(f"{name}: {hint}" if hint else name for name, hint in hints.items())


def _gist(hint: str) -> str:
    """Return whole terms of a category's description, up to 60 characters."""
    if len(hint) <= _GIST:
        return hint
    cut = max(hint.rfind(mark, 0, _GIST + 1) for mark in "、,;，；")
    return hint[:cut] if cut > 0 else hint[:_GIST]


def glossary_line(glossary: Mapping[str, str], text: str, language: str) -> str:
    """Return the glossary's entries that occur in `text` as one line with its line end, or nothing."""
    pairs = [f"{source} → {form}" for source, form in glossary.items() if source in text]
    if not pairs:
        return ""
    head = "用語: " if language == "ja" else "Terms: "
    return head + "; ".join(pairs) + "\n"
