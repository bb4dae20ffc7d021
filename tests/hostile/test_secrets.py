"""Keys and passwords that a model or a server sends back: they are told nowhere and stored nowhere."""

from __future__ import annotations

import base64
import logging
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from agent.errors import SourceError
from agent.model import Gap
from agent.secrecy import keep_environment_secret, keep_secret, redacted
from agent.settings import read_settings
from tests.faults.child import japanese_topic
from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import AUTO, GeminiServer, Question, failing
from tests.servers.tavily import error
from tests.servers.web import WebServer
from tests.shuho.weeks import Command

GOOGLE, TAVILY, PASSWORD = "AIza-canary-+/%-01", "tvly-canary-7d1f", "canary:pa ss/word"
DATABASE = f"postgresql://reporter:{quote(PASSWORD, safe='')}@127.0.0.1:9/week"
CANARIES = (GOOGLE, TAVILY, PASSWORD)
WEEK = "2026-W15"


class Telling(AutoAnswer):
    """Answers truly, and tells in every field the secrets that it has found out."""

    def __call__(self, question: Question) -> dict[str, object]:
        """Return the answer with the secrets in it."""
        told = f"「{GOOGLE}」と「{TAVILY}」と「{PASSWORD}」である。"
        answer = super().__call__(question)
        return {name: f"{value}{told}" if isinstance(value, str) else value for name, value in answer.items()}


def forms(secret: str) -> list[bytes]:
    """Return the secret as it may lie in a file."""
    encoded = base64.b64encode(secret.encode()).decode().rstrip("=")
    return [form.encode() for form in {secret, quote(secret, safe=""), encoded}]


def found_under(folder: Path) -> list[str]:
    """Return the files that hold a canary."""
    wanted = [form for secret in CANARIES for form in forms(secret)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [str(path) for path in files if any(form in path.read_bytes() for form in wanted)]


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("GOOGLE_API_KEY", GOOGLE)
    monkeypatch.setenv("TAVILY_API_KEY", TAVILY)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    return monkeypatch


def test_what_a_model_and_servers_echo_is_nowhere(
    shuho: Command, tmp_path: Path, keyed: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    topic, out = japanese_topic(tmp_path, 5), tmp_path / "out"
    topic.write_text(topic.read_text() + '[[sources]]\nkind = "tavily"\nqueries = ["chips", "rules"]\n')
    trouble = [failing(500, f"the key {GOOGLE} broke us"), failing(503, f"{TAVILY} and {PASSWORD}"), AUTO]
    refusing = WebServer({"/search": lambda _: error(400, f"bad key {TAVILY}")})
    with GeminiServer(Telling(), script=trouble) as model, refusing as search:
        keyed.setenv("GOOGLE_GEMINI_BASE_URL", model.url)
        keyed.setenv("TAVILY_BASE_URL", search.url)
        code, printed, err = shuho("run", topic, "--week", WEEK, "--out", out)
    assert code in (0, 3), err
    assert found_under(out) == []
    told = printed + err + caplog.text
    assert [secret for secret in CANARIES if secret in told] == []
    report = (out / "chips" / WEEK / "report.json").read_text()
    assert "[secret]" in report


def test_a_refused_key_is_not_repeated(shuho: Command, tmp_path: Path, keyed: pytest.MonkeyPatch) -> None:
    with GeminiServer(script=[failing(400, f"API key not valid: {GOOGLE}")] * 12) as model:
        keyed.setenv("GOOGLE_GEMINI_BASE_URL", model.url)
        code, printed, err = shuho("run", japanese_topic(tmp_path, 5), "--week", WEEK, "--out", tmp_path / "out")
    assert code == 64
    assert "API key not valid: [secret]" in err
    assert GOOGLE not in printed + err


def test_a_database_that_cannot_be_reached_tells_no_password(
    shuho: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("SHUHO_CHECKPOINTS", DATABASE)
    code, printed, err = shuho("run", japanese_topic(tmp_path, 5), "--week", WEEK, "--out", tmp_path / "out")
    assert code == 64, err
    assert PASSWORD not in printed + err and quote(PASSWORD, safe="") not in printed + err
    assert found_under(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"key {GOOGLE}!", "key [secret]!"),
        (f"?key={quote(GOOGLE, safe='')}&x=1", "?key=[secret]&x=1"),
        (base64.b64encode(GOOGLE.encode()).decode(), "[secret]"),
        (DATABASE, "[secret]"),
        (f"password {PASSWORD} failed", "password [secret] failed"),
        ("a password, a key and a token", "a password, a key and a token"),
    ],
)
def test_every_form_of_a_secret_is_taken_out(text: str, clean: str) -> None:
    keep_secret(GOOGLE, DATABASE, None, "", "short")
    assert redacted(text).rstrip("=") == clean
    assert str(SourceError("http_error", "x", text)) == f"x: http_error ({redacted(text)})"
    assert Gap(stage="edit", subject=text, reason="budget", detail=text).model_dump_json().count(GOOGLE) == 0


def test_the_environment_s_secrets_are_known_by_their_names(tmp_path: Path) -> None:
    keep_environment_secret({"SOME_SERVICE_TOKEN": "canary-token-1", "HTTPS_PROXY": "http://me:canary-pass-2@proxy:1"})
    (tmp_path / ".env").write_text("OTHER_SECRET=canary-secret-3\n")
    read_settings({}, tmp_path / ".env")
    assert redacted("canary-token-1 canary-pass-2 canary-secret-3") == "[secret] [secret] [secret]"


def test_logs_and_tracebacks_tell_none() -> None:
    program = (
        "import logging; from agent.settings import harden_environment, read_settings\n"
        "read_settings({'GOOGLE_API_KEY': 'canary-key-12345'}); harden_environment()\n"
        "log = logging.getLogger('any'); log.warning('%s is refused', 'canary-key-12345')\n"
        "try: raise ValueError('canary-key-12345')\n"
        "except ValueError: log.exception('failed')\n"
        "raise RuntimeError('canary-key-12345')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("[secret]") >= 3
    assert "RuntimeError: [secret]" in done.stderr and "ValueError: [secret]" in done.stderr
    # The line of the program that a traceback shows is not the value that it had.
    assert "canary-key-12345 is refused" not in done.stderr and "Error: canary" not in done.stderr
