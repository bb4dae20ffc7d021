"""The engine without a model: every sentence that it prints stands in a source."""
