"""The local Gemini server against the real client libraries, beyond what the model client uses."""

from __future__ import annotations

import pytest
from langchain_google_genai import ChatGoogleGenerativeAI, GoogleGenerativeAIEmbeddings

from tests.servers.gemini import GeminiServer, written


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


async def test_streams_and_counts() -> None:
    with GeminiServer(script=[written("こんにちは")]) as server:
        chat = ChatGoogleGenerativeAI(model="gemini-3.5-flash", api_key="k", base_url=server.url, max_retries=1)
        chunks = [chunk.text async for chunk in chat.astream("やあ")]
        assert "".join(chunks) == "こんにちは"
        assert server.requests[0].user == "やあ"
        assert chat.get_num_tokens("やあ") > 0
        await chat.aclose()


def test_embeds() -> None:
    with GeminiServer() as server:
        embeddings = GoogleGenerativeAIEmbeddings(
            model="gemini-embedding-2",
            google_api_key="k",  # type: ignore[arg-type]
            base_url=server.url,
            output_dimensionality=16,
        )
        one, two, again = embeddings.embed_documents(["a", "b", "a"])
    assert (len(one), one == again, one == two) == (16, True, False)


async def test_running_out_of_script_is_an_error() -> None:
    with pytest.raises(AssertionError, match="the script ran out"), GeminiServer() as server:
        chat = ChatGoogleGenerativeAI(model="gemini-3.5-flash", api_key="k", base_url=server.url, max_retries=1)
        with pytest.raises(Exception, match="the script ran out"):
            await chat.ainvoke("やあ")
        await chat.aclose()
