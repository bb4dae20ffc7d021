"""What a model's tokens cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Price:
    """USD per million tokens, text, standard tier; output counts thinking."""

    input: float
    output: float

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        """Return the USD that one call costs."""
        return (input_tokens * self.input + output_tokens * self.output) / 1_000_000


PRICES_AS_OF = "2026-07-04"
"""Day of the newest source; a topic's `[prices]` overrides the table."""

_PRICES = {
    # morphllm.com/gemini-api-pricing (from ai.google.dev/gemini-api/docs/pricing); 3.5-flash also
    # apidog.com/blog/gemini-3-5-flash-pricing, 3-flash-preview also factquire.com (2026-07-04).
    "google_genai:gemini-3.5-flash": Price(1.50, 9.00),
    "google_genai:gemini-3-flash-preview": Price(0.50, 3.00),
    "google_genai:gemini-2.5-flash": Price(0.30, 2.50),
    "google_genai:gemini-2.5-flash-lite": Price(0.10, 0.40),
}


def price_of(model: str) -> Price | None:
    """Return the documented price of `provider:name`, or None when none is known."""
    return _PRICES.get(model)
