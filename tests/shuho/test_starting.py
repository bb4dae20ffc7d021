import re
import tomllib
from pathlib import Path

import pytest

from agent.errors import SettingError
from agent.topic import FeedSpec, read_topic
from shuho.starting import TOPIC_FILE, write_topic_file


def test_the_file_to_start_from_is_a_topic(tmp_path: Path) -> None:
    write_topic_file(tmp_path / "new" / "ai.toml")
    topic = read_topic(tmp_path / "new" / "ai.toml")
    assert (topic.slug, topic.articles, topic.sources) == (
        "ai",
        26,
        (FeedSpec(kind="feed", url="https://news.example/ai.xml"),),
    )


def test_what_is_commented_out_is_right_too(tmp_path: Path) -> None:
    """A person who takes the `# ` away gets a topic that works."""
    text = re.sub(r"^# (?=(\[|[a-z_]+ =|\"))", "", TOPIC_FILE, flags=re.MULTILINE)
    assert text.count("[[sources]]") == 4
    (tmp_path / "ai.toml").write_text(text, encoding="utf-8")
    topic = read_topic(tmp_path / "ai.toml")
    assert [s.kind for s in topic.sources] == ["feed", "pages", "files", "tavily"]
    assert set(tomllib.loads(text)["limits"]) <= set(type(topic.limits).model_fields)


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "ai.toml"
    path.write_text("mine")
    with pytest.raises(SettingError, match="is there already; name another file"):
        write_topic_file(path)
    assert path.read_text() == "mine"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match="cannot be written"):
        write_topic_file(tmp_path / "file" / "ai.toml")
