"""A verifier is admitted only when it sees planted swaps and negations and leaves true claims alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.errors import SettingError
from agent.grounding.admission import (
    FEWEST_CLAIMS,
    FILE,
    MOST_ALARMS,
    MarkRow,
    add_mark,
    admitted,
    prompt_mark,
    read_marks,
)
from agent.grounding.verifier import EvidencedClaim, Verdict
from agent.method import VerifierMark
from evals.bench import Bench
from evals.falsifying import negated, replaced, swapped
from evals.result import Measured
from evals.verify import Case, mark_of, measure
from tests.servers.client import MODEL, client_for
from tests.servers.gemini import GeminiServer
from tests.servers.verifier_answer import Judge, VerifierAnswer, always_yes, guessing


@pytest.mark.parametrize(
    ("language", "sentence", "turned"),
    [
        ("ja", "同社は提携を解消した。", "同社は提携を解消しなかった。"),
        ("ja", "まだ公開していない。", "まだ公開している。"),
        ("en", "The firm will not open a plant.", "The firm will open a plant."),
        ("en", "The firm is profitable.", "The firm is not profitable."),
        ("ko", "회사는 공장을 건설했다.", "회사는 공장을 건설하지 않았다."),
        ("zh-Hant", "該公司將擴建廠房。", "該公司不會擴建廠房。"),
        ("de", "Die Firma hat kein Werk.", "Die Firma hat ein Werk."),
        ("fr", "La société n'ouvre pas d'usine.", "La société ouvre d'usine."),
        ("es", "La empresa no abre una planta.", "La empresa abre una planta."),
        ("th", "บริษัท", None),
    ],
)
def test_a_negation_is_turned(language: str, sentence: str, turned: str | None) -> None:
    assert negated(sentence, language) == turned


def test_names_change_places() -> None:
    assert swapped("Toyota sued Nvidia.", "en") is None, "one of them begins the sentence"
    assert swapped("Yesterday Toyota sued Nvidia.", "en") == "Yesterday Nvidia sued Toyota."
    assert swapped("トヨタがエヌビディアを訴えた。", "ja") == "エヌビディアがトヨタを訴えた。"
    assert replaced("昨日トヨタが発表した。", "ja", ["トヨタ", "ソニー"]) == "昨日ソニーが発表した。"
    assert replaced("昨日発表した。", "ja", ["ソニー"]) is None


async def marked(bench: Bench, judge: Judge, broken: str = "never") -> tuple[Measured, tuple[MarkRow, ...]]:
    with GeminiServer(VerifierAnswer(judge, lambda text: broken in text)) as server:
        bench.client = client_for(server, bench.work / f"{id(judge)}.sqlite")
        found = await measure(bench)
        await bench.client.aclose()
    assert bench.marks is not None
    return found, read_marks(bench.marks)


def documents(folder: Path) -> Path:
    """Write documents of sentences with two names each, in English and Japanese, where NTREX lies."""
    names = [
        ("Toyota", "トヨタ"),
        ("Nvidia", "エヌビディア"),
        ("Sony", "ソニー"),
        ("Apple", "アップル"),
        ("Tesla", "テスラ"),
    ]
    rows = []
    for number in range(24):
        pairs = [(names[number % 5], names[(number + 1) % 5]), (names[(number + 2) % 5], names[(number + 4) % 5])]
        year = 2001 + number
        told = [f"In {year} the maker {a[0]} was sued by {b[0]}." for a, b in pairs]
        rows.append({"en": told, "ja": [f"{year}年に{a[1]}は{b[1]}に訴えられた。" for a, b in pairs]})
    path = folder / "data" / "ntrex" / "ntrex_24docs_16langs.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    return folder / "data"


async def test_only_the_verifier_that_knows_is_admitted(tmp_path: Path) -> None:
    """The perfect judge learns which claims are planted from what one missed that finds everything supported."""
    folder = tmp_path / "marks"
    bench = Bench(work=tmp_path, data=documents(tmp_path), sample_folder=tmp_path, marks=folder / FILE)
    missed, rows = await marked(bench, always_yes)
    assert [(row.mark.caught, row.mark.false_alarms, row.unread) for row in rows] == [(0.0, 0.0, 0)] * 2
    assert all(min(row.planted, row.true) >= FEWEST_CLAIMS for row in rows)
    assert admitted(MODEL, "ja", folder) is None
    false = {" ".join(line.partition("supported: ")[2].split()) for line in missed.mistakes}

    _, rows = await marked(bench, guessing)
    assert admitted(MODEL, "ja", folder) is None
    assert all(row.mark.false_alarms > MOST_ALARMS for row in rows)

    _, rows = await marked(bench, lambda claim: "contradicted" if claim in false else "supported")
    assert [(row.mark.caught, row.mark.false_alarms) for row in rows] == [(1.0, 0.0)] * 2
    assert admitted(MODEL, "ja", folder) == rows[0].mark
    assert admitted(MODEL, "de", folder) == rows[1].mark
    assert admitted("openai:other", "ja", folder) is None


def test_a_claim_without_a_verdict_is_missed_or_an_alarm() -> None:
    claims = [Case(EvidencedClaim(f"{n}.", ""), "ja", "true" if n % 2 else "negation") for n in range(200)]
    good: list[Verdict | None] = ["supported" if case.kind == "true" else "contradicted" for case in claims]
    row = mark_of(claims, good, MODEL, "ja")
    assert (row.admitted, row.planted, row.true, row.unread) == (True, 100, 100, 0)
    unread = [None if n < 20 else verdict for n, verdict in enumerate(good)]
    row = mark_of(claims, unread, MODEL, "ja")
    assert (row.admitted, row.mark.caught, row.mark.false_alarms, row.unread) == (False, 0.9, 0.1, 20)
    assert not mark_of(claims[:100], good[:100], MODEL, "ja").admitted


def test_a_mark_holds_for_its_prompt_alone(tmp_path: Path) -> None:
    mark = VerifierMark(model=MODEL, prompt="verify@0 000000000000", caught=1, false_alarms=0)
    add_mark(tmp_path / FILE, [MarkRow(mark=mark, planted=100, true=100)])
    assert admitted(MODEL, "ja", tmp_path) is None
    current = mark.model_copy(update={"prompt": prompt_mark("ja")})
    add_mark(tmp_path / FILE, [MarkRow(mark=current, planted=100, true=100)])
    assert admitted(MODEL, "ja", tmp_path) == current
    add_mark(tmp_path / FILE, [MarkRow(mark=current.model_copy(update={"caught": 0.5}), planted=100, true=100)])
    assert admitted(MODEL, "ja", tmp_path) is None
    (tmp_path / FILE).write_text("[{}]")
    with pytest.raises(SettingError, match="cannot be read as marks"):
        admitted(MODEL, "ja", tmp_path)
