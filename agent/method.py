"""How a report was made: the sources asked, the model's calls, the prompts, the verifier."""

from __future__ import annotations

from agent.model import SourceCount, Value


class PromptUsed(Value):
    """A prompt of the run: `name@version` and the first 12 hex digits of its SHA-256."""

    name: str
    version: str
    hash: str


class VerifierMark(Value):
    """A model measured as a verifier: the shares of planted errors that it caught and of true claims that it doubted.

    `prompt` is `name@version hash`.
    """

    model: str
    prompt: str
    caught: float
    false_alarms: float


class Method(Value):
    """How the report was made. `cost` is None when no price is known for the model."""

    program: str
    encoder: str
    sources: tuple[SourceCount, ...] = ()
    candidates: int = 0
    events: int = 0
    model_calls: int = 0
    cached_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    currency: str = "USD"
    prompts: tuple[PromptUsed, ...] = ()
    verifier: VerifierMark | None = None
    """The admitted model that judged sentences against their evidence, None when none did."""
