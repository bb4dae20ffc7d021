from datetime import date

import pytest

from agent.grounding.unsupported import Source, unsupported

DAY = date(2026, 4, 10)
ENGLISH = Source(
    "Startups in the United States raised $252.6 billion in the first quarter of 2026, more than three times the sum "
    "before. More than 87% of the money, or $221 billion, went to AI. Anthropic closed a $30 billion Series G round. "
    "The EIA put use at 4,195 billion kilowatt-hours for 2025, rising to 4,244 billion in 2026. GPT-5-mini and "
    "Gemma 4 lost. Executive Order 14179 holds until August 2026. RebelCard ships on April 7, 2026.",
    "en",
    DAY,
)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("調達額は2,526億ドルで、前の四半期の3倍を超えた。", []),
        ("調達額は2,536億ドルだった。", ["2,536億ドル"]),
        ("2526億円を集めた。", ["2526億円"]),
        ("87%超がAIに向かった。", []),
        ("87%未満がAIに向かった。", ["87%未満"]),
        ("26年の消費は4兆2440億kWhとなる。", []),
        ("26年の消費は4兆2450億kWhとなる。", ["4兆2450億kWh"]),
        ("約2,400億ドルを集めた。", ["約2,400億ドル"]),
        ("約2,530億ドルを集めた。", []),
        ("2,526億3,000万ドルを集めた。", ["2,526億3,000万ドル"]),
        ("2026年8月が期限。", []),
        ("2026年9月が期限。", ["2026年9月"]),
        ("令和八年四月七日に出荷し、令和八年五月八日に終える。", ["令和八年五月八日"]),
        ("第二四半期に出荷する。", ["第二四半期"]),
        ("2026年第1四半期の調達額。", []),
        ("2026年4月10日の記事によると、4月7日に出荷する。", []),
        ("大統領令14179号", []),
        ("大統領令14178号", ["14178"]),
        ("AnthropicのGemma 4", []),
        ("AnthropicのGemma 5", ["Gemma 5"]),
        ("GPT-5-miniとRebelCardとFooBar", ["FooBar"]),
        ("三つの理由と2つの点、1社", []),
    ],
)
def test_what_no_source_bears_out_is_named(text: str, missing: list[str]) -> None:
    assert unsupported(text, "ja", [ENGLISH]) == missing


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        # An English plural, and words of the source run together in a name.
        ("RubinsとSuperFastChipを使う。", []),
        ("RubinesとSuperFastChipsetを使う。", ["Rubines", "SuperFastChipset"]),
        # A small word of four letters is a name in Japanese, one of three may be a unit or a mark.
        ("zorbとzorを使う。", ["zorb"]),
        # A turn of phrase needs no source.
        ("昨年より、前年同期より、先週より多い。", []),
        ("2024年より多い。", ["2024年"]),
        # A small number that counts nothing, and a large one.
        ("A-7-BとC-713-D。", ["A-7-B", "C-713-D"]),
        ("3対7、31対70、第7章、第70章。", ["31", "70", "70"]),
    ],
)
def test_names_phrases_and_digits(text: str, missing: list[str]) -> None:
    article = Source("The firm bought its first Rubin systems, with a super fast chip.", "en", DAY)
    assert unsupported(text, "ja", [article]) == missing


def test_a_name_the_reader_knows_needs_no_source() -> None:
    assert unsupported("FooBar 3を発表", "ja", [ENGLISH], names=["FooBar 3"]) == []


@pytest.mark.parametrize("period", ["2026年4月", "第2四半期", "上半期", "2026年"])
def test_the_day_of_publication_bears_out_no_longer_period(period: str) -> None:
    article = Source("The maker sells a new phone.", "en", DAY)
    assert unsupported(f"{period}に発売する。", "ja", [article]) == [period]
    assert unsupported("4月10日に発表した。", "ja", [article]) == []


NEWS = Source(
    "The plan is a four-day week, after three days of talks, and ten years of work, a decade after London 2012.\n"
    "Eighteen men, 33 and 34, were found at 7.55am in the 17th district, in the 29th minute; a quake of magnitude 7.6 "
    "(1967) hit. None has spoken since 10 September. The fund holds £11 million. It is No.1 in Category 5 of 2004.",
    "en",
    DAY,
)


@pytest.mark.parametrize(
    ("text", "language", "missing"),
    [
        ("週4日労働で、最低3日かかり、10年越しの計画。", "ja", []),
        ("週5日労働で、最低6日かかる。", "ja", ["5日", "6日"]),
        ("4日に決める。3日、会談した。最低1日かかる。", "ja", ["4日", "3日", "1日"]),
        ("2012年と1967年と2004年と2011年。", "ja", ["2011年"]),
        ("午前7時55分に33歳と34歳の男18人を見つけた。", "ja", []),
        ("午前7時56分に35歳の男18人を見つけた。", "ja", ["56", "35歳"]),
        ("29分と28分。第17選挙区。マグニチュード7.6と7.5。", "ja", ["28分", "7.5"]),
        ("9月10日以来、推定1100万を持つ。", "ja", []),
        ("9月11日以来、推定1200万を持つ。", "ja", ["9月11日", "推定1200万"]),
        ("17번 지구와 19번 지구", "ko", ["19번"]),
        ("17号选区和18号选区", "zh-Hans", ["18号"]),
        ("a man of 33 at 7.55am, 7.54am, No.1, Category 5, Category 16", "en", ["7.54", "16"]),
    ],
)
def test_one_figure_is_found_in_another_grammar(text: str, language: str, missing: list[str]) -> None:
    assert unsupported(text, language, [NEWS]) == missing


@pytest.mark.parametrize(("text", "missing"), [("650億円を投じる。", []), ("652億円を投じる。", ["652億円"])])
def test_a_rounded_number_bears_out_none_that_is_more_precise(text: str, missing: list[str]) -> None:
    assert unsupported(text, "ja", [Source("約650億円を投じる。", "ja", DAY)]) == missing


def test_every_source_counts() -> None:
    korean = Source("매출은 356억 달러로 35% 늘었다.", "ko", DAY)
    text = "$35.6 billion, up 35 percent, against $221 billion"
    assert unsupported(text, "en", [ENGLISH, korean]) == []
    assert unsupported(text, "en", [ENGLISH]) == ["$35.6 billion", "35 percent"]


def test_nine_in_ten_changed_digits_are_caught_and_none_is_invented() -> None:
    text = ENGLISH.text
    assert unsupported(text, "en", [ENGLISH]) == []
    digits = [i for i, char in enumerate(text) if char.isdigit()]
    planted = [text[:i] + new + text[i + 1 :] for i in digits for new in "123456789" if new != text[i]]
    caught = sum(bool(unsupported(changed, "en", [ENGLISH])) for changed in planted)
    assert caught / len(planted) >= 0.9
