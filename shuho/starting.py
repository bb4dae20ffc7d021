"""The topic file that `shuho init` writes."""

from __future__ import annotations

from pathlib import Path

from agent.errors import SettingError

TOPIC_FILE = """\
# A topic of shuho. Keys that are commented out show their defaults or an example.
title = "AI・機械学習"
description = "Models, chips and data centres, rules and their effect on society, agents at work."
language = "ja"                  # of the report: ja, en, de, fr, es, ko, zh-Hans, zh-Hant
timezone = "Asia/Tokyo"          # decides which day and week an article belongs to
articles = 26                    # how many the report prints
# categories = ["AIモデル・技術進化", "AIハードウェア・インフラ"]   # left out: found from the articles
# keywords = ["AI", "人工知能"]    # an article with one of these is on topic; left out: the words of the title
# model = "google_genai:gemini-3.5-flash"
# second_model = "openai:gpt-5-mini"   # asked for what the first one fails to write
# synthesis = "written"          # or "guarded": whatever one article says, it touches nothing that is said of another

[[sources]]
kind = "feed"                    # RSS, Atom or JSON feed
url = "https://news.example/ai.xml"

# [[sources]]
# kind = "pages"                 # article pages by address; with links = true, list pages whose links are the articles
# urls = ["https://news.example/p/1.html"]

# [[sources]]
# kind = "files"                 # .html .md .txt .pdf .eml; a folder or glob, relative to this file
# path = "articles/**/*.html"

# [[sources]]
# kind = "tavily"                # news search; needs TAVILY_API_KEY
# queries = ["AI semiconductor investment", "AI 半導体 投資"]

# [outlets."news.example"]       # what is printed of an outlet: name, country (ISO 3166), class
# name = "News Example"
# country = "JP"
# class = "newsroom"             # press_release, company_blog, personal, government, paper, aggregator

# [glossary]                     # source form = the only form that is printed
# "Rebellions" = "リベリオン"

# [limits]                       # 0 means no limit
# model_concurrency = 32
# requests_per_minute = 0
# calls_per_day = 0              # of all runs; where 26 articles need more, several are asked by one call
# calls = 0
# tokens = 0
# cost = 0.0                     # USD a run
# wall_minutes = 0               # then the run finishes without the model
# allow_private_addresses = false
"""


def write_topic_file(path: Path) -> None:
    """Write the commented topic file. Raises SettingError when something is there already or cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(TOPIC_FILE)
    except OSError as error:
        if path.exists():
            raise SettingError(f"{path}: is there already; name another file") from None
        raise SettingError(f"{path}: cannot be written ({error.strerror})") from None
