from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.engine import Brief
from agent.errors import TopicError
from agent.topic import FeedSpec, FilesSpec, OutletRow, PagesSpec, Prices, TavilySpec, Topic, read_topic
from agent.week import week_of

HEAD = 'title = "AI"\n'
FEED = '[[sources]]\nkind = "feed"\nurl = "https://news.example/ai.xml"\n'


def written(folder: Path, text: str | bytes, name: str = "ai.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_smallest_topic_has_the_defaults(tmp_path: Path) -> None:
    topic = read_topic(written(tmp_path, HEAD + FEED))
    assert topic == Topic(
        title="AI", sources=(FeedSpec(kind="feed", url="https://news.example/ai.xml"),), path=tmp_path / "ai.toml"
    )
    assert (topic.language, topic.timezone, topic.articles, topic.slug) == ("ja", "Asia/Tokyo", 26, "ai")


def test_a_whole_topic(tmp_path: Path) -> None:
    text = """
title = "AI・機械学習"
description = "Models and chips."
language = "zh-Hant"
timezone = "Europe/Berlin"
articles = 3
categories = ["モデル", "半導体"]
keywords = ["AI"]
model = "openai:gpt"
mirror = "web"
[category_hints]
"半導体" = "GPU"
[[sources]]
kind = "pages"
urls = ["https://news.example/p/1.html"]
links = true
[[sources]]
kind = "files"
path = "articles/*.html"
[[sources]]
kind = "tavily"
queries = ["AI"]
max_results = 5
[outlets."news.example"]
name = "News"
country = "JP"
class = "paper"
[glossary]
"Rebellions" = "リベリオン"
[limits]
calls = 100
[prices]
input = 0.3
output = 2.5
"""
    topic = read_topic(written(tmp_path, text))
    assert topic.sources == (
        PagesSpec(kind="pages", urls=("https://news.example/p/1.html",), links=True),
        FilesSpec(kind="files", path="articles/*.html"),
        TavilySpec(kind="tavily", queries=("AI",), max_results=5),
    )
    assert topic.outlets == {
        "news.example": OutletRow.model_validate({"name": "News", "country": "JP", "class": "paper"})
    }
    assert (topic.limits.calls, topic.limits.fetch_concurrency) == (100, 8)
    assert topic.prices == Prices(input=0.3, output=2.5)
    week = week_of(datetime(2026, 4, 8, tzinfo=UTC), topic.timezone)
    assert topic.brief(week) == Brief(
        title="AI・機械学習",
        description="Models and chips.",
        language="zh-Hant",
        week=week,
        categories=("モデル", "半導体"),
        category_hints={"半導体": "GPU"},
        glossary={"Rebellions": "リベリオン"},
    )


@pytest.mark.parametrize(
    ("name", "slug"),
    [("ai.toml", "ai"), ("ai.news.toml", "ai.news"), ("topic.toml", "week"), ("人工知能.toml", "人工知能")],
)
def test_slug(tmp_path: Path, name: str, slug: str) -> None:
    folder = tmp_path / "week"
    folder.mkdir()
    assert read_topic(written(folder, HEAD + FEED, name)).slug == slug


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    assert read_topic(written(tmp_path, b"\xef\xbb\xbf" + (HEAD + FEED).encode())).title == "AI"


@pytest.mark.parametrize(
    ("written_as", "language"),
    [("ja-JP", "ja"), ("zh-TW", "zh-Hant"), ("zh", "zh-Hans"), ("ko", "ko"), ("de-AT", "de-AT"), ("pt", "pt")],
)
def test_japanese_korean_and_chinese_have_one_tag_each(tmp_path: Path, written_as: str, language: str) -> None:
    assert read_topic(written(tmp_path, HEAD + f'language = "{written_as}"\n' + FEED)).language == language


WRONG = {
    "no title": (FEED, 0, "'title' is missing; write for example: title = \"AI・機械学習\""),
    "empty title": ('title = ""\n' + FEED, 1, "title: String should have at least 1 character (found '')"),
    "no sources": (HEAD, 0, "'sources' is missing; add at least one source"),
    "empty sources": (HEAD + "sources = []\n", 2, "sources: Tuple should have at least 1 item"),
    "unknown key": (HEAD + 'langauge = "ja"\n' + FEED, 2, "unknown key 'langauge'; did you mean 'language'?"),
    "misspelt table": (HEAD + FEED.replace("sources", "source"), 2, "unknown key 'source'; did you mean 'sources'?"),
    "odd key": (HEAD + "zzz = 1\n" + FEED, 2, "unknown key 'zzz'; known keys here: articles, categories"),
    "the path is not the file's to set": (HEAD + 'path = "x"\n' + FEED, 2, "unknown key 'path'"),
    "bad language": (HEAD + 'language = "Japanese"\n' + FEED, 2, 'write a language code, for example: language = "ja"'),
    "country as language": (HEAD + 'language = "jp"\n' + FEED, 2, "language: is no code of a language (found 'jp')"),
    "bad timezone": (HEAD + 'timezone = "Tokyo"\n' + FEED, 2, "is no IANA timezone; write one such as Asia/Tokyo"),
    "folder as timezone": (HEAD + 'timezone = "Asia"\n' + FEED, 2, "is no IANA timezone"),
    "path as timezone": (HEAD + 'timezone = "../../etc/passwd"\n' + FEED, 2, "is no IANA timezone"),
    "endless timezone": (HEAD + f'timezone = "{"x" * 400}"\n' + FEED, 2, "is no IANA timezone"),
    "NUL in timezone": (HEAD + 'timezone = "Asia/Tokyo\\u0000"\n' + FEED, 2, "is no IANA timezone"),
    "too many articles": (HEAD + "\n# more\narticles = 500\n" + FEED, 4, "write a whole number from 1 to 400"),
    "no articles": (
        HEAD + "articles = 0\n" + FEED,
        2,
        "articles: Input should be greater than or equal to 1 (found 0)",
    ),
    "word as number": (HEAD + 'articles = "many"\n' + FEED, 2, "write a whole number from 1 to 400"),
    "category as text": (HEAD + 'categories = "models"\n' + FEED, 2, "categories: Input should be a valid tuple"),
    "category twice": (HEAD + 'categories = ["a", "a"]\n' + FEED, 0, "categories names one category twice"),
    "hint without category": (
        HEAD + 'categories = ["a"]\n' + FEED + '[category_hints]\n"b" = "x"\n',
        0,
        "category_hints names 'b', which is not in categories",
    ),
    "unknown kind": (
        HEAD + FEED.replace("feed", "rss"),
        2,
        "kind must be one of feed, pages, files, tavily, not 'rss'",
    ),
    "no kind": (HEAD + FEED.replace('kind = "feed"\n', ""), 2, "kind must be one of feed, pages, files, tavily"),
    "feed without address": (HEAD + '[[sources]]\nkind = "feed"\n', 2, "'sources[1].url' is missing; write a whole"),
    "feed with a path": (HEAD + FEED.replace("https://", "news/"), 4, 'url = "https://news.example/ai.xml"'),
    "file address": (HEAD + FEED.replace("https", "file"), 4, "sources[1].url: String should match pattern"),
    "second source": (HEAD + FEED + FEED.replace("https", "ftp"), 7, "sources[2].url: String should match pattern"),
    "key of another kind": (
        HEAD + FEED + "links = true\n",
        5,
        "unknown key 'sources[1].links'; known keys here: kind, url",
    ),
    "misspelt key of a kind": (
        HEAD + '[[sources]]\nkind = "tavily"\nquerys = ["a"]\nqueries = ["a"]\n',
        4,
        "unknown key 'sources[1].querys'; did you mean 'queries'?",
    ),
    "bad page in a list": (
        HEAD + '[[sources]]\nkind = "pages"\nurls = [\n  "https://a.example/",\n  "b.example",\n]\n',
        4,
        "sources[1].urls[2]: String should match pattern",
    ),
    "empty pages": (HEAD + '[[sources]]\nkind = "pages"\nurls = []\n', 4, "write a list of addresses"),
    "too many results": (
        HEAD + '[[sources]]\nkind = "tavily"\nqueries = ["a"]\nmax_results = 50\n',
        5,
        "sources[1].max_results: Input should be less than or equal to 20 (found 50)",
    ),
    "inline source": (
        HEAD + 'sources = [{kind = "feed", url = "x"}]\n',
        2,
        "sources[1].url: String should match pattern",
    ),
    "lower-case country": (
        HEAD + FEED + '[outlets."news.example"]\nname = "N"\ncountry = "jp"\n',
        7,
        'for example: country = "JP"',
    ),
    "unknown class": (
        HEAD + FEED + '[outlets]\n\'news.example\' = {name = "N", class = "magazine"}\n',
        6,
        "write one of newsroom, press_release",
    ),
    "outlet without name": (
        HEAD + FEED + '[outlets."news.example"]\ncountry = "JP"\n',
        5,
        "'outlets.news.example.name' is missing",
    ),
    "outlet by dotted key": (
        HEAD + 'outlets."news.example".name = ""\n' + FEED,
        2,
        "outlets.news.example.name: String should have at least 1",
    ),
    "negative limit": (
        HEAD + FEED + "[limits]\ncost = -1.0\n",
        6,
        "limits.cost: Input should be greater than or equal to 0",
    ),
    "limit that is no number": (HEAD + FEED + "[limits]\ncost = nan\n", 6, "limits.cost: Input should be greater"),
    "misspelt limit": (HEAD + FEED + "[limits]\ncall = 3\n", 6, "unknown key 'limits.call'; did you mean 'calls'?"),
    "dotted limit": (
        HEAD + "limits.calls = -1\n" + FEED,
        2,
        "limits.calls: Input should be greater than or equal to 0",
    ),
    "half a price": (HEAD + FEED + "[prices]\ninput = 1.0\n", 5, "'prices.output' is missing"),
    "in the shade of a long text": (
        HEAD + 'description = """\narticles = 3\n[limits]\n"""\narticles = 500\n' + FEED,
        6,
        "write a whole number from 1 to 400",
    ),
    "in the shade of a literal text": (
        HEAD + "description = '''\narticles = 3\n'''\narticles = 500\n" + FEED,
        5,
        "write a whole number from 1 to 400",
    ),
    "syntax": (HEAD + "articles = \n" + FEED, 2, "is not valid TOML: Invalid value"),
    "key twice": (HEAD + HEAD + FEED, 2, "is not valid TOML: Cannot overwrite a value"),
    "unclosed at the end": (HEAD + FEED + "keywords = [1,", 5, "is not valid TOML"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_line_and_remedy(tmp_path: Path, name: str) -> None:
    text, line, says = WRONG[name]
    path = written(tmp_path, text)
    with pytest.raises(TopicError) as caught:
        read_topic(path)
    where = f"{path}:{line}: " if line else f"{path}: "
    assert (caught.value.path, caught.value.line, caught.value.exit_code) == (str(path), line, 64)
    assert str(caught.value).startswith(where)
    assert says in str(caught.value)


def test_a_missing_file_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(TopicError, match=r"none\.toml: no such file; `shuho init` writes one to start from"):
        read_topic(tmp_path / "none.toml")


@pytest.mark.parametrize("body", ["title = 週報".encode("cp932"), b"\xff\xfe\x00"])
def test_text_of_another_encoding_is_refused(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(TopicError, match="cannot be read as UTF-8 text"):
        read_topic(written(tmp_path, body))


def test_a_folder_is_no_topic_file(tmp_path: Path) -> None:
    with pytest.raises(TopicError, match="cannot be read"):
        read_topic(tmp_path)
