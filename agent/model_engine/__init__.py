"""The engine that asks a language model."""

from agent.model_engine.engine import ModelEngine
from agent.model_engine.readers import Readers

__all__ = ["ModelEngine", "Readers"]
