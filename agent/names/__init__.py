"""Proper names: where a text has them, whether a source bears them out, and one spelling for each in an issue."""

from agent.names.borne import NameIndex, name_index, names_in, unborne_names
from agent.names.pairing import is_plausible, known_forms

__all__ = ["NameIndex", "is_plausible", "known_forms", "name_index", "names_in", "unborne_names"]
