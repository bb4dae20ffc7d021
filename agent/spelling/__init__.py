"""One spelling for every entity of an issue: near-duplicate names brought together, one form chosen and printed."""

from agent.spelling.clusters import Cluster
from agent.spelling.likeness import is_one_name
from agent.spelling.unify import Unified, unify

__all__ = ["Cluster", "Unified", "is_one_name", "unify"]
