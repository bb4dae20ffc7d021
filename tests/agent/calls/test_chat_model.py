"""Making the chat model that a setting names, and looking whether it answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.calls.chat_model import chat_model
from agent.errors import ModelRefused, ServiceUnavailable, SettingError, ShuhoError
from tests.servers.client import client_for
from tests.servers.gemini import GeminiServer


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gemini-3.5-flash", "write PROVIDER:NAME"),
        ("google_genai:", "write PROVIDER:NAME"),
        ("google_genai:gemini-3.5-flash", "set GOOGLE_API_KEY"),
        ("openai:gpt", "set OPENAI_API_KEY"),
        ("anthropic:claude", "pip install langchain-anthropic"),
        ("nobody:model", "nobody"),
    ],
)
def test_a_model_that_cannot_be_made(name: str, message: str) -> None:
    with pytest.raises(SettingError, match=message):
        chat_model(name, api_key=None, base_url=None, timeout=1.0)


@pytest.mark.parametrize(
    ("options", "raised"),
    [
        ({"key": "fake", "models": ["gemini-3.5-flash"]}, None),
        ({"key": "another"}, ModelRefused),
        ({"models": ["gemini-1"]}, ModelRefused),
    ],
)
async def test_probe_finds_a_bad_key_or_model_for_free(
    tmp_path: Path, options: dict[str, object], raised: type[ShuhoError] | None
) -> None:
    with GeminiServer(**options) as server:  # type: ignore[arg-type]
        if raised is None:
            await client_for(server, tmp_path / "ledger.sqlite").probe()
        else:
            with pytest.raises(raised):
                await client_for(server, tmp_path / "ledger.sqlite").probe()
        assert (server.requests, server.lookups) == ([], ["gemini-3.5-flash"])


async def test_probe_of_a_server_that_is_not_there(tmp_path: Path) -> None:
    with GeminiServer() as server:
        client = client_for(server, tmp_path / "ledger.sqlite")
    with pytest.raises(ServiceUnavailable):
        await client.probe()
