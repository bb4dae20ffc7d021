"""The text of a page, held against where a reader sees it begin and end."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from agent.extract.page import extract_page
from agent.model import Extracted, Fetched, Value
from evals.bench import Bench, Skip
from evals.dataset import read_dataset
from evals.result import Measured
from evals.scores import share

_FETCHED = datetime(2026, 4, 13, tzinfo=UTC)
_SMALL = 20


class Page(Value):
    """A page of the sample week: its title, and how its first paragraph begins and its last one ends."""

    url: str
    title: str
    first: str
    last: str


async def measure(bench: Bench) -> Measured:
    """Score the extraction of the sample week's pages; beginnings and ends were set apart from the extractor's code."""
    web = bench.sample_folder / "web"
    if not web.is_dir():
        raise Skip("the sample week (examples/ai) is absent")
    pages, dataset = read_dataset("extraction", Page)
    read = [(page, _read(page.url, web)) for page in pages[: bench.few(_SMALL, len(pages))]]
    titles = [_plain(found.title) == _plain(page.title) for page, found in read]
    first = [_plain(found.text).startswith(_plain(page.first)) for page, found in read]
    last = [_plain(found.text).endswith(_plain(page.last)) for page, found in read]
    mistakes = [
        f"{what}: {page.url}: {found.text[:40] if what == 'first' else found.text[-60:]!r}"
        for what, verdicts in (("first", first), ("last", last))
        for (page, found), right in zip(read, verdicts, strict=True)
        if not right
    ]
    return Measured(
        metrics=(
            share("title right", titles, dataset.name),
            share("first paragraph right", first, dataset.name),
            share("last paragraph right", last, dataset.name),
        ),
        datasets=(dataset,),
        mistakes=tuple(mistakes),
    )


def _read(url: str, web: Path) -> Extracted:
    parts = urlsplit(url)
    path = web / (parts.hostname or "") / (parts.path.lstrip("/") + ("index.html" if parts.path.endswith("/") else ""))
    page = Fetched(
        url=url, final_url=url, status=200, content_type="text/html", body=path.read_bytes(), fetched_at=_FETCHED
    )
    return extract_page(page, "Asia/Tokyo")


def _plain(text: str) -> str:
    return "".join(text.split())
