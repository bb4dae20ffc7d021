import random
from datetime import timedelta

import pytest

from agent.model import Article
from agent.selection.dedupe import address_key, article_id, group_copies, is_copy, shingles
from tests.builders import MOMENT, TEXT, article

SAME = [
    ("http://News.Example:80/p/1", "https://news.example/p/1"),
    ("https://www.news.example/p/1/", "https://news.example/p/1"),
    ("https://news.example/p/1?utm_source=x&utm_medium=rss", "https://news.example/p/1"),
    ("https://news.example/p/1?fbclid=abc#comments", "https://news.example/p/1"),
    ("https://news.example:443/", "https://news.example"),
    ("https://news.example/記事/1", "https://news.example/%E8%A8%98%E4%BA%8B/1"),
    ("https://news.example/p?id=7&utm_campaign=y", "https://news.example/p?id=7"),
]
DIFFERENT = [
    ("https://news.example/p?id=1", "https://news.example/p?id=2"),
    ("https://news.example/A", "https://news.example/a"),
    ("https://news.example/p/1", "https://blog.news.example/p/1"),
    ("http://127.0.0.1:8001/p", "http://127.0.0.1:8002/p"),
    ("https://news.example/p/1", "https://news.example/p/1.html"),
    ("file:a/b.html", "file:a/c.html"),
    ("file:a/b.html", "file:A/b.html"),
    ("http://[2001:db8::1]/a", "http://[2001:db8::2]/a"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_addresses_of_one_page_agree(first: str, second: str) -> None:
    assert (address_key(first), article_id(first)) == (address_key(second), article_id(second))


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_addresses_of_two_pages_differ(first: str, second: str) -> None:
    assert address_key(first) != address_key(second)
    assert article_id(first) != article_id(second)


def test_an_id_is_the_same_in_every_run() -> None:
    assert article_id("https://news.example/p/1") == "ea70d31f420e"


@pytest.mark.parametrize(
    "url",
    ["http://a.example:99999/x", "http://a.example:port/x", "http://[bad/x", "", "x", "http://", "mailto:a@b.example"],
)
def test_an_address_that_is_none_keys_itself(url: str) -> None:
    assert address_key(url) == address_key(url)
    assert len(article_id(url)) == 12


JA = (
    "北橋半導体は8日、熊本県で第2工場の稼働を始めた。人工知能向けの半導体を年140万個生産する。投資額は25億ドルで、国の補助金も使う。"
    "同社は2026年10月にフル生産に移る計画だ。地元では約1700人の雇用が生まれる。周辺では住宅の建設が進み、道路の混雑が課題になっている。"
    "県は2027年度までに新しい道路を整備する。競合の南田電子も同じ地域で用地を探しているという。"
)
LONG = TEXT + (
    " The prefecture expects about 1,700 jobs. Roads around the site are crowded, and a new one is due in fiscal 2027."
    " A rival, Minamida Electronics, is looking for land in the same area, people familiar with the matter said."
)
OTHER = (
    "The bakers' guild said rye bread will cost more from next month. Flour has become dearer after a poor harvest in"
    " the east of the country, and energy for the ovens has not become cheaper either. Shops expect fewer customers."
    " The guild asked the government for help with the electricity bill, which it refused last year."
)
COPIES = {
    "the same": (LONG, LONG, True),
    "case, width and spaces": (LONG, LONG.upper().replace(" ", "  "), True),
    "the last sentence cut": (LONG, LONG.rsplit(". ", 1)[0], True),
    "cut after a half": (LONG, LONG[: len(LONG) // 2], True),
    "one sentence put before": (LONG, "This is a syndicated report by Chipwire. " + LONG, True),
    "a Japanese copy, cut": (JA, JA[: JA.rindex("県は")], True),
    "full-width digits": (JA, JA.translate(str.maketrans("0123456789", "０１２３４５６７８９")), True),
    "unrelated": (LONG, OTHER, False),
    "other languages": (LONG, JA, False),
    "a quotation in a long text": (LONG[:120], LONG[:120] + OTHER * 3, False),
    "two short notes": ("Closed today.", "Closed today.", False),
    "nothing": ("", "", False),
}


@pytest.mark.parametrize("name", COPIES)
def test_copies_and_unrelated_texts(name: str) -> None:
    first, second, copies = COPIES[name]
    assert is_copy(shingles(first), shingles(second)) is copies
    assert is_copy(shingles(second), shingles(first)) is copies


@pytest.mark.parametrize("seed", range(5))
def test_a_copy_without_two_in_five_sentences_is_found(seed: int) -> None:
    numbers = random.Random(seed)
    words = [
        "plant",
        "chip",
        "order",
        "model",
        "court",
        "power",
        "train",
        "board",
        "price",
        "paper",
        "grid",
        "fund",
        "lease",
        "audit",
        "trial",
    ]
    sentences = [" ".join(numbers.choice(words) + str(numbers.randrange(99)) for _ in range(14)) for _ in range(20)]
    kept = [s for i, s in enumerate(sentences) if i % 5 not in (1, 3)]
    assert is_copy(shingles(". ".join(sentences)), shingles(". ".join(kept)))


def copy_of(url: str, text: str = LONG, **changes: object) -> Article:
    return article(url, text=text, **changes)


def groups(articles: list[Article]) -> list[list[str]]:
    return [[articles[i].url for i in group] for group in group_copies(articles)]


def test_chains_of_copies_are_one_group() -> None:
    cut = LONG[: LONG.rindex(" A rival")]
    articles = [
        copy_of("https://a.example/1"),
        copy_of("https://b.example/x", OTHER),
        copy_of("https://c.example/2", cut),
        copy_of("https://d.example/3", "By the wire service. " + LONG),
    ]
    assert sorted(map(sorted, groups(articles))) == [
        ["https://a.example/1", "https://c.example/2", "https://d.example/3"],
        ["https://b.example/x"],
    ]


@pytest.mark.parametrize(
    "odd",
    ["https://a.example/amp/1", "https://a.example/1/print/", "https://a.example/1?print=1", "https://a.example/1.amp"],
)
def test_the_plain_page_comes_before_print_and_amp(odd: str) -> None:
    assert groups([copy_of(odd), copy_of("https://a.example/1")]) == [["https://a.example/1", odd]]


def test_the_fuller_then_the_earlier_copy_comes_first() -> None:
    late = copy_of("https://a.example/late", published_at=MOMENT + timedelta(hours=1))
    early = copy_of("https://b.example/early")
    short = copy_of("https://c.example/short", LONG[:300], published_at=MOMENT - timedelta(hours=1))
    assert groups([short, late, early]) == [
        ["https://b.example/early", "https://a.example/late", "https://c.example/short"]
    ]


def test_none_and_one() -> None:
    assert group_copies([]) == []
    assert group_copies([copy_of("https://a.example/1")]) == [[0]]


def manuscript(seed: int, sentences: int, script: str) -> list[str]:
    """Return sentences of words that other seeds use too: 400 words of a language."""
    numbers, words = random.Random(seed), random.Random(script)
    letters = (
        "abcdefghiklmnoprstuvw" if script == "latin" else "人工知能半導体電力工場投資億円発表開始計画年内向け新型大手"
    )
    lexicon = ["".join(words.choices(letters, k=words.randint(2, 8))) for _ in range(400)]
    gap = " " if script == "latin" else ""
    return [gap.join(numbers.choices(lexicon, k=numbers.randint(8, 16))) for _ in range(sentences)]


def altered(sentences: list[str], seed: int, script: str) -> str:
    """Drop two sentences in five, or change every thirteenth character, or cut the text off."""
    numbers = random.Random(seed)
    text = (". " if script == "latin" else "。").join(sentences)
    if seed % 3 == 0:
        return (". " if script == "latin" else "。").join(s for s in sentences if numbers.random() > 0.35)
    if seed % 3 == 1:
        return "".join("x" if i % 17 == 16 else char for i, char in enumerate(text))
    return text[: len(text) * 2 // 5]


@pytest.mark.parametrize("script", ["latin", "han"])
def test_every_copy_among_hundreds_of_texts_of_one_vocabulary_is_found(script: str) -> None:
    texts = [manuscript(seed, 24, script) for seed in range(300)]
    boilerplate = " All rights reserved by the news service that sent this out."
    articles = [
        copy_of(f"https://a.example/{i}", (". " if script == "latin" else "。").join(text) + boilerplate)
        for i, text in enumerate(texts)
    ]
    articles += [
        copy_of(f"https://b.example/{i}", altered(text, i, script) + boilerplate) for i, text in enumerate(texts[:60])
    ]
    found = [sorted(group) for group in group_copies(articles)]
    assert found == [[i, 300 + i] if i < 60 else [i] for i in range(300)]
