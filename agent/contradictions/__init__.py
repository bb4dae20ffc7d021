"""Where reports of one event state things differently: shown side by side, never settled."""

from agent.contradictions.find import contradictions
from agent.contradictions.model import Contradiction, Side
from agent.contradictions.printed import event_contradictions, printed_contradictions

__all__ = ["Contradiction", "Side", "contradictions", "event_contradictions", "printed_contradictions"]
