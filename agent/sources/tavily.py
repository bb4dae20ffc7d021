"""Tavily's news search through its own client."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from agent.errors import SourceError
from agent.model import Candidate
from agent.secrecy import keep_secret, redacted
from agent.sources import Offer, TavilySettings, TavilySource
from agent.sources.feed import Item, offer_items, web_address
from agent.sources.gaps import gap_of
from agent.week import Week

if TYPE_CHECKING:
    import httpx
    from tavily import AsyncTavilyClient

_ADDRESS = "https://api.tavily.com"
_REPEATS = 2
_LONGEST_WAIT = 10.0


async def read_tavily(source: TavilySource, *, settings: TavilySettings | None, week: Week) -> Offer:
    """Return what the queries find for the week; a query that fails is a gap, the others go on.

    The page's text, where Tavily sends it, is kept as the candidate's body: for when the page itself cannot be fetched.
    Raises SourceError (no_key) without a key that can be one.
    """
    # The client would go on without a key in a mode of its own, with other results.
    if settings is None or not settings.api_key.strip() or not settings.api_key.isascii():
        raise SourceError("no_key", source.label, "set TAVILY_API_KEY, or take this source out")
    keep_secret(settings.api_key)
    import httpx
    from tavily import AsyncTavilyClient

    base_url = settings.base_url or _ADDRESS
    async with httpx.AsyncClient(base_url=base_url, trust_env=False) as http:
        client = AsyncTavilyClient(api_key=settings.api_key, api_base_url=base_url, client=http)
        searches = [_Search(query, source, settings, week) for query in dict.fromkeys(source.queries)]
        offers = await asyncio.gather(*(search.offer(client) for search in searches))
    return _joined(offers)


def _joined(offers: list[Offer]) -> Offer:
    candidates: dict[str, Candidate] = {}
    for offer in offers:
        for candidate in offer.candidates:
            candidates.setdefault(candidate.url, candidate)
    gaps = tuple(gap for offer in offers for gap in offer.gaps)
    return Offer(tuple(candidates.values()), gaps, sum(offer.offered for offer in offers))


@dataclass(frozen=True)
class _Search:
    query: str
    source: TavilySource
    settings: TavilySettings
    week: Week

    async def offer(self, client: AsyncTavilyClient) -> Offer:
        try:
            results = await self._results(client)
            return self._candidates(results)
        except SourceError as error:
            told = SourceError(error.reason, self.query, error.detail[:300])
            return Offer(gaps=(gap_of(told, f"tavily {self.query}"),))

    def _candidates(self, results: list[Mapping[str, Any]]) -> Offer:
        items = [Item(_text(r, "url"), _text(r, "title"), _text(r, "published_date")) for r in results]
        texts = {web_address("", _text(r, "url")): _text(r, "raw_content") for r in results}
        offer = offer_items(items, self.source.label, "", self.week)
        filled = tuple(_with_text(candidate, texts.get(candidate.url, "")) for candidate in offer.candidates)
        gaps = tuple(gap.model_copy(update={"subject": f"tavily {self.query}"}) for gap in offer.gaps)
        return Offer(filled, gaps, offer.offered)

    async def _results(self, client: AsyncTavilyClient, attempt: int = 0) -> list[Mapping[str, Any]]:
        try:
            return await self._ask(client)
        except _LaterError as later:
            pause = self.settings.retry_wait * 2**attempt if later.delay is None else later.delay
            if attempt == _REPEATS or pause > _LONGEST_WAIT:
                raise later.final from None
        await asyncio.sleep(pause)
        return await self._results(client, attempt + 1)

    async def _ask(self, client: AsyncTavilyClient) -> list[Mapping[str, Any]]:
        """Ask once. Raises _LaterError for what may go through later, SourceError for the rest."""
        import httpx
        from tavily import BadRequestError, InvalidAPIKeyError, UsageLimitExceededError
        from tavily.errors import ForbiddenError
        from tavily.errors import TimeoutError as TavilyTimeoutError

        try:
            answer = await client.search(self.query, **self._parameters())
        except InvalidAPIKeyError as error:
            remedy = "set TAVILY_API_KEY to a valid one"
            raise SourceError("no_key", self.query, f"Tavily refuses the key (401 {error}): {remedy}") from None
        except (BadRequestError, ForbiddenError) as error:
            raise SourceError("http_error", self.query, str(error) or type(error).__name__) from None
        except UsageLimitExceededError as error:
            raise _LaterError(SourceError("http_error", self.query, f"429 {error}")) from None
        except httpx.HTTPStatusError as error:
            raise _status_problem(error, self.query) from None
        except (TavilyTimeoutError, httpx.TransportError) as error:
            raise _LaterError(SourceError("unreachable", self.query, str(error) or type(error).__name__)) from None
        except (ValueError, AttributeError) as error:
            # The client takes it for granted that an answer of status 200 is a JSON object.
            raise SourceError("undecodable", self.query, str(error)) from None
        results = answer.get("results")
        if not isinstance(results, list):
            raise SourceError("undecodable", self.query, "no list of results")
        return [result for result in results if isinstance(result, dict)]

    def _parameters(self) -> dict[str, Any]:
        # Days are UTC and the end is excluded there: the week's zone may begin a day earlier or end a day later.
        # What is too much is dropped by its date.
        return {
            "topic": "news",
            "start_date": self.week.start.astimezone(UTC).date().isoformat(),
            "end_date": (self.week.end.astimezone(UTC).date() + timedelta(days=1)).isoformat(),
            "max_results": self.source.max_results,
            "include_raw_content": "text",
            "timeout": self.settings.timeout,
        }


class _LaterError(Exception):
    """The same request may go through later; `final` is what it is when it does not."""

    def __init__(self, final: SourceError, delay: float | None = None) -> None:
        self.final = final
        self.delay = delay
        super().__init__(str(final))


def _status_problem(error: httpx.HTTPStatusError, query: str) -> Exception:
    final = SourceError("http_error", query, str(error.response.status_code))
    if error.response.status_code < 500:
        return final
    delay = error.response.headers.get("retry-after", "")
    return _LaterError(final, float(delay) if delay.isascii() and delay.isdigit() else None)


def _with_text(candidate: Candidate, text: str) -> Candidate:
    if not text.strip():
        return candidate
    body = text.encode("utf-8", "replace")
    return candidate.model_copy(update={"body": body, "content_type": "text/plain; charset=utf-8"})


def _text(result: Mapping[str, Any], name: str) -> str:
    return redacted(str(result.get(name) or ""))
