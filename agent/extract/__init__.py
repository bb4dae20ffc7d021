"""From the bytes of a page or document to an `Extracted`, in worker processes that can be killed."""

from agent.extract.pool import Extractor

__all__ = ["Extractor"]
