"""The sources that a topic file names."""

from __future__ import annotations

from agent.sources import FeedSource, FilesSource, PagesSource, Source, TavilySource
from agent.topic import FeedSpec, FilesSpec, PagesSpec, Topic


def sources_of(topic: Topic) -> list[Source]:
    """Return a topic's sources in the order of its file; paths are relative to it."""
    sources: list[Source] = []
    for spec in topic.sources:
        if isinstance(spec, FeedSpec):
            sources.append(FeedSource(spec.url))
        elif isinstance(spec, PagesSpec):
            sources.append(PagesSource(spec.urls, spec.links))
        elif isinstance(spec, FilesSpec):
            sources.append(FilesSource(spec.path, topic.path.parent))
        else:
            sources.append(TavilySource(spec.queries, spec.max_results))
    return sources
