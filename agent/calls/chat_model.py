"""Makes the chat model that a setting names, and looks whether it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent.errors import ModelRefused, SettingError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def chat_model(name: str, *, api_key: str | None, base_url: str | None, timeout: float) -> BaseChatModel:
    """Return the chat model `provider:name`, made so that it never retries by itself.

    `timeout` is in seconds for one call. Raises SettingError for another form, an unknown provider, a missing key or a
    package that is not installed; the message names the remedy.
    """
    provider, sign, model = name.partition(":")
    if not (sign and provider and model):
        raise SettingError(f"model {name!r}: write PROVIDER:NAME, as in google_genai:gemini-3.5-flash or openai:NAME")
    try:
        if provider == "google_genai":
            return _gemini(model, api_key, base_url, timeout)
        if provider == "openai":
            return _openai(model, api_key, base_url, timeout)
        return _other(name, api_key, base_url, timeout)
    except ImportError as error:
        package = f"langchain-{provider.replace('_', '-')}"
        extra = " (or install shuho[openai])" if provider == "openai" else ""
        raise SettingError(f"model {name!r} needs a package: pip install {package}{extra} ({error})") from error


def _gemini(model: str, api_key: str | None, base_url: str | None, timeout: float) -> BaseChatModel:
    from langchain_google_genai import ChatGoogleGenerativeAI

    if not api_key:
        raise SettingError("no key for Gemini: set GOOGLE_API_KEY, or run with --engine extractive")
    # max_retries=1 means no retry here; 0 means the default of six attempts.
    return ChatGoogleGenerativeAI(model=model, api_key=api_key, base_url=base_url, timeout=timeout, max_retries=1)


def _openai(model: str, api_key: str | None, base_url: str | None, timeout: float) -> BaseChatModel:
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    if not api_key and not base_url:
        raise SettingError("no key for OpenAI: set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server")
    # A local server asks for no key, but the client refuses to start without one.
    key = SecretStr(api_key or "none")
    # Under another address the client would not ask for the tokens of a streamed answer.
    return ChatOpenAI(model=model, api_key=key, base_url=base_url, timeout=timeout, max_retries=0, stream_usage=True)


def _other(name: str, api_key: str | None, base_url: str | None, timeout: float) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    given = {"api_key": api_key, "base_url": base_url}
    options: dict[str, Any] = {key: value for key, value in given.items() if value}
    try:
        made: BaseChatModel = init_chat_model(name, timeout=timeout, max_retries=0, **options)
    except ValueError as error:
        raise SettingError(f"model {name!r}: {error}") from error
    return made


async def look_up(chat: BaseChatModel) -> None:
    """Ask the provider for the model without generating anything, where it has a free way to ask.

    Raises what the provider's client raises, and ModelRefused when a server's list of models lacks this one.
    """
    kind = type(chat).__name__
    model = str(getattr(chat, "model", None) or getattr(chat, "model_name", ""))
    if kind == "ChatGoogleGenerativeAI":
        client: Any = getattr(chat, "client")  # noqa: B009  (typed differently from version to version)
        # Without this, the SDK retries by itself for about 20 seconds.
        await client.aio.models.get(model=model, config={"http_options": {"retry_options": {"attempts": 1}}})
    elif kind == "ChatOpenAI":
        listed: Any = getattr(chat, "root_async_client")  # noqa: B009
        known = [item.id async for item in listed.models.list()]
        name = str(getattr(chat, "model_name", ""))
        if known and name not in known:
            raise ModelRefused(f"the server has no model {name!r}; it has: {', '.join(sorted(known)[:20])}")


async def close(chat: BaseChatModel) -> None:
    """Close the model's connections, on the loop that it was used on; it cannot be used afterwards."""
    client: Any = getattr(chat, "root_async_client", None)
    if hasattr(chat, "aclose"):
        await chat.aclose()
    elif client is not None:
        await client.close()
