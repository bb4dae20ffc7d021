"""Where candidates come from: feeds, pages, local files and Tavily. Each kind has a module, `gather` asks them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from agent.model import Candidate, Gap


@dataclass(frozen=True)
class FeedSource:
    """An RSS, Atom or JSON feed."""

    url: str

    @property
    def label(self) -> str:
        """The source's name in reports and gaps."""
        return f"feed {self.url}"


@dataclass(frozen=True)
class PagesSource:
    """Article pages by address; with `links`, list pages whose links to their own host are the candidates."""

    urls: tuple[str, ...]
    links: bool = False

    @property
    def label(self) -> str:
        """The source's name in reports and gaps."""
        more = f" +{len(self.urls) - 1}" if len(self.urls) > 1 else ""
        return f"{'links' if self.links else 'pages'} {self.urls[0] if self.urls else ''}{more}"


@dataclass(frozen=True)
class FilesSource:
    """Files of a folder or glob; `path` is relative to `base`, the topic file's folder."""

    path: str
    base: Path

    @property
    def label(self) -> str:
        """The source's name in reports and gaps."""
        return f"files {self.path}"


@dataclass(frozen=True)
class TavilySource:
    """News search, one request for each query, at most `max_results` (1 to 20) for each."""

    queries: tuple[str, ...]
    max_results: int = 20

    @property
    def label(self) -> str:
        """The source's name in reports and gaps."""
        return f"tavily {' | '.join(self.queries)}"


Source = FeedSource | PagesSource | FilesSource | TavilySource


@dataclass(frozen=True)
class TavilySettings:
    """How to reach Tavily. `retry_wait` is the seconds before the first repetition; the second waits twice as long."""

    api_key: str = field(repr=False)
    base_url: str | None = None
    retry_wait: float = 1.0
    timeout: float = 60.0


@dataclass(frozen=True)
class SourceLimits:
    """How much one source may offer: counts and bytes."""

    feed_items: int = 200
    feed_bytes: int = 5_000_000
    page_links: int = 40
    page_bytes: int = 2_000_000
    files: int = 500
    file_bytes: int = 20_000_000


@dataclass(frozen=True)
class Offer:
    """What one source gave: candidates, what it could not give, and how many items it listed in all."""

    candidates: tuple[Candidate, ...] = ()
    gaps: tuple[Gap, ...] = ()
    offered: int = 0
