"""What the page has words for; what the report says stays in the report's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shuho.web.quotes import Bearing

Language = Literal["ja", "en"]


@dataclass(frozen=True)
class PageWords:
    """The words of one language. `{n}`, `{m}` and `{since}` are places to fill with `str.format`."""

    language: Language
    other_language: str
    skip: str
    home: str
    reports: str
    no_reports: str
    topic: str
    week: str
    articles: str
    versions: str
    version: str
    updated: str
    formats: str
    chat: str
    panel: str
    sources: str
    history: str
    talk: str
    talking_about: str
    whole_report: str
    message: str
    placeholder: str
    send: str
    suggestions: str
    suggested: Mapping[str, tuple[str, ...]]
    working: str
    draft: str
    steps: Mapping[str, str]
    reload: str
    you: str
    agent: str
    before: str
    after: str
    proposal: str
    based_on: str
    removed: str
    absent: str
    removed_kinds: Mapping[str, str]
    accept: str
    reject: str
    undo: str
    redo: str
    restore: str
    spent: str
    talk_spent: str
    current: str
    look: str
    from_version: str
    from_run: str
    old_version: str
    back_to_current: str
    moved: str
    busy: str
    too_long: str
    gone: str
    no_page: str
    bad_form: str
    no_claim: str
    bearing: Mapping[Bearing, str]
    published: str
    open_source: str
    original_title: str
    not_printed: str
    runs: str
    start_run: str
    topic_file: str
    week_hint: str
    engine: str
    engines: Mapping[str, str]
    fresh: str
    start: str
    stop: str
    running: str
    elsewhere: str
    no_topics: str
    run_states: Mapping[str, str]
    stages: Mapping[str, str]
    timings: str
    open_report: str
    hint: str
    facts: str
    close: str
    others: str
    failed: str
