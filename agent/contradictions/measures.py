"""What a quantity measures, as far as words tell it: revenue, deaths, a rise, in the languages that are read.

Two sentences of which each names a measure that the other does not name speak of different things.
"""

from __future__ import annotations

from agent.contradictions.lexicon import said_in, says

_LEXICON = "measures"
_ASIDE = "aside"


def measures_of(text: str, language: str) -> frozenset[str]:
    """Return what a sentence says that its quantities measure, by names of our own: revenue, dead, up."""
    return said_in(_LEXICON, text, language) - {_ASIDE}


def speaks_of_two(text: str, language: str) -> bool:
    """Tell whether a sentence sets a second value beside its claim: a part, a former value, an average."""
    return says(_LEXICON, _ASIDE, text, language)
