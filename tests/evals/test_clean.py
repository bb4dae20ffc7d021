"""Clean reports are written from real stories, and what the checks find in them is counted unless it was judged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from agent.storage.embed import SentenceEncoder
from evals.bench import Bench
from evals.clean import alarms_of
from evals.clean_reports import Stories, Written, sample_stories, write
from tests.builders import article

SLIP = "工場は熊本で稼働した。投資額は、、2000億円で、従業員は300人である。製品は自動車に使われる。"
PLAIN = "橋は6月に開通する。工費は450億円で、長さは1200メートルになる。市は渋滞が減るとみている。"


def stories(*texts: str) -> Stories:
    told = [
        article(f"https://n{i}.example/{i}", title=f"第{i}の話題", text=text, language="ja")
        for i, text in enumerate(texts)
    ]
    return Stories("of a test", "ja", tuple(told))


async def test_a_slip_is_an_alarm_in_all_forms_of_its_report_alone(tmp_path: Path) -> None:
    encoder = SentenceEncoder()
    clean = await write(stories(PLAIN), encoder, tmp_path)
    slipped = await write(stories(PLAIN, SLIP), encoder, tmp_path)

    def slips(written: Written) -> set[tuple[str, str]]:
        return {(a.form, a.finding.check) for a in alarms_of(written) if a.finding.check == "misspelt word"}

    assert slips(clean) == set()
    assert slips(slipped) == {(form, "misspelt word") for form in ("json", "md", "txt")}
    assert set(slipped.sources) == {1, 2}


async def test_the_sample_week_gives_a_report_in_each_of_its_larger_languages(tmp_path: Path) -> None:
    found = await sample_stories(Bench(work=tmp_path))
    assert len({one.language for one in found}) == len(found) >= 3
    assert all(a.language.split("-")[0] == one.language.split("-")[0] for one in found for a in one.articles)


def test_one_report_in_two_is_held_out() -> None:
    of = stories(PLAIN)
    held = [replace(of, name=f"story {n}").is_held_out for n in range(200)]
    assert 70 < sum(held) < 130
