from pathlib import Path

import pytest

from agent.settings import Settings
from agent.topic import FeedSpec, Topic
from shuho.app import RunOptions, choose_engine
from shuho.parts import data_folder

TOPIC = Topic(title="AI", sources=(FeedSpec(kind="feed", url="https://a.example/"),))
KEYED, KEYLESS = Settings(google_api_key="k"), Settings()


@pytest.mark.parametrize(
    ("engine", "model", "topic_model", "settings", "expected"),
    [
        ("auto", "", "", KEYLESS, "extractive"),
        ("auto", "", "", KEYED, "model"),
        ("auto", "openai:x", "", KEYED, "extractive"),
        ("auto", "", "openai:x", KEYED, "extractive"),
        ("auto", "ollama:x", "", KEYLESS, "model"),
        ("auto", "", "ollama:x", KEYLESS, "model"),
        ("auto", "google_genai:y", "openai:x", KEYED, "model"),
        ("extractive", "ollama:x", "", KEYED, "extractive"),
        ("model", "", "", KEYLESS, "model"),
    ],
)
def test_which_engine_writes(engine: str, model: str, topic_model: str, settings: Settings, expected: str) -> None:
    options = RunOptions(Path("ai.toml"), Path("out"), engine=engine, model=model)  # type: ignore[arg-type]
    assert choose_engine(options, TOPIC.model_copy(update={"model": topic_model}), settings) == expected


def test_everything_that_is_kept_lies_in_one_hidden_folder() -> None:
    assert data_folder(Path("out")) == Path("out/.shuho")
