"""Digests of several articles by one call, for days on which calls are few.

One article a prompt is the rule, since what is written in one can then change no other's digest. A pack is asked only
where calls are limited; every answer is held against its own article alone, and an article that reads like orders to a
model is never in one. A pack in whose digests one article's words stand for another's, or the same words that no
article bears out, is asked again, each alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from agent.calls.answers import Answer
from agent.calls.llm import CheckFailed, ModelClient
from agent.engine import Brief
from agent.errors import AnswerError
from agent.extract.suspicions import orders
from agent.grounding.unsupported import page_of, unsupported
from agent.model import Article, Digest
from agent.model_engine.digesting import LONGEST_PART, digest_article, digest_of, shown_article, split_text, unusable
from agent.model_engine.readers import Readers
from agent.model_engine.schemas import SortedDigestAnswer
from agent.model_engine.wording import category_lines, glossary_line, render
from agent.names import known_forms
from prompts import Rendered, fence_tag

SYNTHESIS_CALLS = {"written": 4, "guarded": 12}
"""At most, by the topic's way of synthesis: a question asked up to three times and one without an article whose
words strayed, or four questions asked up to three times. Categories come with the digests."""
_USUAL, _MOST = 4, 8
"""Articles a pack: as `--economy` packs them, and as many as one answer (some 8,000 tokens) can hold."""
_LONGEST_PACK = 32_000
_SPARE = 5
"""One call in so many is kept for questions that must be asked again."""

Pack = tuple[Article, ...]


class PackedAnswer(SortedDigestAnswer):
    """The digest of one article of a pack."""

    id: str


class PackAnswer(Answer):
    """One digest for every article."""

    digests: list[PackedAnswer]


@dataclass(frozen=True)
class Allowance:
    """Model calls of a day: how many the topic allows, and how many are used."""

    limit: int
    used: int

    @property
    def left(self) -> int:
        """Calls that may still be asked today."""
        return max(0, self.limit - self.used)


@dataclass(frozen=True)
class PackPlan:
    """How a week's articles are digested: `calls` for all of them, the packs of two or more among them.

    `synthesis` is the most calls that the synthesis takes after them.
    """

    packs: tuple[Pack, ...]
    calls: int
    synthesis: int


def plan_packs(
    articles: Sequence[Article], *, economy: bool, allowance: Allowance | None, synthesis: int = 1
) -> PackPlan:
    """Return which articles are asked together: none, unless `economy` is wished for or the day demands it.

    The packs are as small as the day's calls allow, with the synthesis and some re-asks; as large as may be when
    nothing fits into the day.
    """
    sizes = range(_USUAL if economy else 1, _MOST + 1)
    plans = (_packed(articles, size, synthesis) for size in sizes)
    if allowance is None:
        return next(plans)
    plan = PackPlan((), 0, synthesis)
    for plan in plans:
        needed = plan.calls + synthesis
        if needed + (needed // _SPARE if plan.packs else 0) <= allowance.left:
            break
    return plan


def _packed(articles: Sequence[Article], size: int, synthesis: int) -> PackPlan:
    packs: list[list[Article]] = []
    alone = 0
    for article in articles:
        if size == 1 or is_suspect(article) or len(article.text) > LONGEST_PART:
            parts = len(split_text(article.text, LONGEST_PART))
            alone += parts + (parts > 1)
            continue
        open_pack = next((p for p in packs if len(p) < size and _length([*p, article]) <= _LONGEST_PACK), None)
        if open_pack is None:
            packs.append([article])
        else:
            open_pack.append(article)
    return PackPlan(tuple(tuple(pack) for pack in packs if len(pack) > 1), alone + len(packs), synthesis)


def _length(articles: Sequence[Article]) -> int:
    return sum(len(article.text) for article in articles)


def is_suspect(article: Article) -> bool:
    """Tell whether an article holds, or came with, anything that reads like orders to a model."""
    return bool(article.suspicions or orders(f"{article.title}\n{article.text}"))


class PackedDigests:
    """Digests articles by packs: who asks for the first article of a pack asks for all of them."""

    def __init__(self, client: ModelClient, readers: Callable[[], Readers]) -> None:
        self._client = client
        self._readers = readers
        self._asked: dict[tuple[str, ...], asyncio.Task[dict[str, Digest]]] = {}
        self._waiting: dict[tuple[str, ...], int] = {}

    async def digest(self, article: Article, pack: Pack, brief: Brief) -> Digest:
        """Return the digest of an article of `pack`; by a call of its own when the pack's has none. Raises as `ask`."""
        key = tuple(a.id for a in pack)
        if key not in self._asked:
            self._asked[key] = asyncio.create_task(self._ask(pack, brief))
        task = self._asked[key]
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            found = await asyncio.shield(task)
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key] and not task.done():
                del self._asked[key]
                task.cancel()
        if article.id in found:
            return found[article.id]
        return await digest_article(article, brief, self._client, self._readers())

    async def _ask(self, pack: Pack, brief: Brief) -> dict[str, Digest]:
        """Return the digests that can be used, by article; a pack that gets no answer is asked in halves."""
        named = {f"a{number}": article for number, article in enumerate(pack, 1)}
        try:
            check = _check(list(named), brief)
            answer = await self._client.ask(_prompt(pack, brief), PackAnswer, check, answers=len(pack))
        except CheckFailed as error:
            assert isinstance(error.answer, PackAnswer)
            answer = error.answer
        except AnswerError:
            if len(pack) <= 2:
                return {}
            half = len(pack) // 2
            parts = await asyncio.gather(self._ask(pack[:half], brief), self._ask(pack[half:], brief))
            return parts[0] | parts[1]
        faults = _faults(answer, list(named), brief)
        digests = {
            named[one.id].id: digest_of(named[one.id], one, [one], brief, self._readers())
            for one in answer.digests
            if one.id in named and one.id not in faults
        }
        # What one article makes a model say of another shows; what it made it leave out does not.
        return {} if await asyncio.to_thread(_are_mixed, digests, pack, brief) else digests


def _are_mixed(digests: Mapping[str, Digest], pack: Pack, brief: Brief) -> bool:
    """Tell whether a digest says what its own article does not bear out, and another article or digest does.

    What an order says that a model alone can read, as in base64, stands in no article, but in the digests alike.
    """
    pages = {article.id: page_of(article) for article in pack}
    met: set[str] = set()
    for own, digest in digests.items():
        names = known_forms(digest.entities, brief.glossary, pages[own].text, pages[own].language)
        text = "\n".join((digest.title, digest.summary, *digest.detail.model_dump().values()))
        others = [page for other, page in pages.items() if other != own]
        unborne = set(unsupported(text, digest.language, [pages[own]], names))
        if unborne & met:
            return True
        met |= unborne
        if any(not unsupported(stretch, digest.language, [page]) for stretch in unborne for page in others):
            return True
    return False


def _prompt(pack: Pack, brief: Brief) -> Rendered:
    shown = [shown_article(article, article.text) for article in pack]
    blocks = [f"a{number}:\n<{fence_tag(text)}>\n{text}\n</{fence_tag(text)}>" for number, text in enumerate(shown, 1)]
    return render(
        "pack",
        brief,
        glossary=glossary_line(brief.glossary, "\n".join(shown), brief.language),
        categories=category_lines(brief),
        articles="\n\n".join(blocks),
    )


def _check(ids: Sequence[str], brief: Brief) -> Callable[[PackAnswer], str | None]:
    def check(answer: PackAnswer) -> str | None:
        """Complain when most of a pack cannot be used; the rest is cheaper asked by itself."""
        faults = _faults(answer, ids, brief)
        if 2 * len(faults) <= len(ids):
            return None
        return "; ".join(f"{short}: {fault}" for short, fault in faults.items())

    return check


def _faults(answer: PackAnswer, ids: Sequence[str], brief: Brief) -> dict[str, str]:
    """Return, by id, why an article has no digest in the answer."""
    faults: dict[str, str] = {}
    for short in ids:
        found = [one for one in answer.digests if one.id == short]
        if len(found) != 1:
            faults[short] = f"{len(found)} digests, answer with one"
        elif fault := unusable(found[0], brief.language):
            faults[short] = fault
    return faults
