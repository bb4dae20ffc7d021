"""Removes one article from what is kept, for instance when it turns out to be poisoned, and keeps it away."""

from __future__ import annotations

from pathlib import Path

from agent.errors import SettingError
from agent.selection.dedupe import address_key
from agent.selection.purged import PurgedAddresses
from agent.storage.record import Filed, Record
from shuho.looking import open_record
from shuho.parts import data_folder, open_store


def purge_article(out: Path, address: str) -> list[str]:
    """Remove what is stored of an address, also under its other addresses; return what was removed, line by line.

    No later run reads them again until `allow_article` lifts that. Reports that are written stay as they are; those
    that print the article are named. Raises SettingError when nothing is stored of the address.
    """
    record = open_record(out)
    try:
        return _purge(out, record, address)
    finally:
        record.close()


def allow_article(out: Path, address: str) -> str:
    """Let an article that was removed come back at the next run, by any of its addresses; return what was done.

    Raises SettingError when the address is not on the list.
    """
    if not PurgedAddresses(data_folder(out)).remove(address):
        raise SettingError(f"{address}: is not on the list of removed addresses in {out}")
    return f"allowed again: {address}; the next run may read it"


def _purge(out: Path, record: Record, address: str) -> list[str]:
    wanted = {address_key(address)}
    found = [a for a in record.articles() if wanted & {address_key(url) for url in (a.url, *a.other_urls)}]
    wanted |= {address_key(url) for article in found for url in (article.url, *article.other_urls)}
    pages = [url for url, final in record.page_addresses() if wanted & {address_key(url), address_key(final)}]
    if not found and not pages:
        raise SettingError(f"{address}: nothing is stored of it in {out}; `shuho articles --out {out}` lists what is")
    ids = [article.id for article in found]
    printed = [filed for filed in record.filed() if filed.article.id in ids]
    # Before anything goes: a run that begins meanwhile must not bring it back.
    PurgedAddresses(data_folder(out)).add([address, *(u for a in found for u in (a.url, *a.other_urls)), *pages])
    # The store first: it fills itself from the record, never the other way round.
    with open_store(out, record) as store:
        before = store.count()
        store.forget(ids)
        vectors = sum(before) - sum(store.count())
    removed = record.forget(ids, pages)
    return [
        *(f"removed: {article.title} ({article.url})" for article in found),
        f"record: {removed['articles']} articles, {removed['pages']} pages, {removed['digests']} digests, "
        f"{removed['filed']} places in reports; vector store: {vectors} entries",
        "no later run reads it; `shuho purge --allow URL` lifts that",
        *map(_still, printed),
    ]


def _still(filed: Filed) -> str:
    place = f"#{filed.number:02d}" if filed.number else "as a further source"
    return f"still printed: {filed.topic} {filed.week} {place}; `shuho revise` drops it there"
