"""Quantities: what a text states in numbers, how two statements compare, how one is printed."""

from agent.quantities.compare import same_quantity
from agent.quantities.display import display
from agent.quantities.model import Comparison, Quantity
from agent.quantities.parse import parse_quantities

__all__ = ["Comparison", "Quantity", "display", "parse_quantities", "same_quantity"]
