import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.errors import SettingError
from agent.secrecy import redacted
from agent.settings import (
    DEFAULT_MODEL,
    ModelSettings,
    Settings,
    harden_environment,
    lent_to_telemetry,
    read_settings,
)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, Settings()),
        ({"GOOGLE_API_KEY": " k "}, Settings(google_api_key="k")),
        ({"GEMINI_API_KEY": "k"}, Settings(google_api_key="k")),
        ({"GOOGLE_API_KEY": "", "GEMINI_API_KEY": "k"}, Settings(google_api_key="k")),
        ({"GOOGLE_API_KEY": "a", "GEMINI_API_KEY": "b"}, Settings(google_api_key="a")),
        ({"TAVILY_API_KEY": "t", "TAVILY_BASE_URL": "u"}, Settings(tavily_api_key="t", tavily_base_url="u")),
        ({"OPENAI_API_BASE": "u", "SHUHO_MODEL": "openai:x"}, Settings(openai_base_url="u", model="openai:x")),
        ({"SHUHO_MODEL": "  "}, Settings()),
    ],
)
def test_the_environment(environment: dict[str, str], expected: Settings) -> None:
    assert read_settings(environment) == expected


def test_the_process_stands_above_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "# GOOGLE_API_KEY=no\nexport GOOGLE_API_KEY='from file'\n"
        'OPENAI_API_KEY = "o=1"\n\nnot a line\nTAVILY_API_KEY=t\n'
    )
    assert read_settings({"TAVILY_API_KEY": "mine"}, file) == Settings(
        google_api_key="from file", openai_api_key="o=1", tavily_api_key="mine"
    )


def test_a_missing_file_is_no_fault(tmp_path: Path) -> None:
    assert read_settings({}, tmp_path / ".env") == Settings()


def test_a_file_of_another_encoding_is_said(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("GOOGLE_API_KEY=鍵".encode("cp932"))
    with pytest.raises(SettingError, match=r"\.env: cannot be read as UTF-8 text"):
        read_settings({}, tmp_path / ".env")


def test_a_byte_order_mark_hides_no_key(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfGOOGLE_API_KEY=k")
    assert read_settings({}, tmp_path / ".env") == Settings(google_api_key="k")


def test_what_the_file_says_to_opentelemetry_is_lent_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "mine")
    (tmp_path / ".env").write_text(
        "OTEL_SERVICE_NAME=theirs\nOTEL_EXPORTER_OTLP_TIMEOUT=3\nOTEL_EXPORTER_OTLP_HEADERS=malformed-canary\n"
    )
    settings = read_settings(env_file=tmp_path / ".env")
    names = ("OTEL_SERVICE_NAME", "OTEL_EXPORTER_OTLP_TIMEOUT")
    with lent_to_telemetry(settings):
        assert [os.environ.get(name) for name in names] == ["mine", "3"]
    assert [os.environ.get(name) for name in names] == ["mine", None]
    assert redacted("invalid header: malformed-canary") == "invalid header: [secret]"
    assert "malformed-canary" not in repr(settings)


def test_the_file_never_reaches_the_process(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("GOOGLE_API_KEY=secret\n")
    read_settings(env_file=tmp_path / ".env")
    assert "GOOGLE_API_KEY" not in os.environ


KEYED = Settings(google_api_key="g", openai_api_key="o")


@pytest.mark.parametrize(
    ("settings", "name", "expected", "has"),
    [
        (Settings(), "", ModelSettings(DEFAULT_MODEL), False),
        (KEYED, "", ModelSettings(DEFAULT_MODEL, "g"), True),
        (KEYED, "openai:x", ModelSettings("openai:x", "o"), True),
        (
            Settings(openai_base_url="http://127.0.0.1:1/v1"),
            "openai:x",
            ModelSettings("openai:x", "none", "http://127.0.0.1:1/v1"),
            True,
        ),
        (Settings(), "openai:x", ModelSettings("openai:x"), False),
        (Settings(), "ollama:x", ModelSettings("ollama:x"), True),
        (Settings(model="ollama:x"), "", ModelSettings("ollama:x"), True),
        (Settings(model="ollama:x"), "google_genai:y", ModelSettings("google_genai:y"), False),
    ],
)
def test_how_to_reach_a_model(settings: Settings, name: str, expected: ModelSettings, has: bool) -> None:
    assert (settings.model_settings(name), settings.has_model(name)) == (expected, has)


def test_keys_never_show() -> None:
    settings = Settings(google_api_key="SECRET-1", openai_api_key="SECRET-2", tavily_api_key="SECRET-3")
    shown = [repr(settings), str(settings), repr(settings.model_settings()), f"{settings.model_settings('openai:x')}"]
    assert not any("SECRET" in text for text in shown)


def test_hardening_keeps_what_may_be_set_and_sets_the_rest() -> None:
    code = (
        "import os; from agent.settings import harden_environment; harden_environment();"
        "print(*(os.environ[n] for n in ('LANGGRAPH_STRICT_MSGPACK', 'ANONYMIZED_TELEMETRY', 'OPENBLAS_NUM_THREADS')))"
    )
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={"ANONYMIZED_TELEMETRY": "0", "LANGGRAPH_STRICT_MSGPACK": "false"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout.split(), callable(harden_environment)) == (["true", "0", "1"], True)
