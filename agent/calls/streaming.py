"""An answer heard while it is written: the request as a stream, and what of unfinished JSON can be read already."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agent.extract.text import clean

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Hear = Callable[[str], None]
"""Gets the whole raw answer so far, each time that it grows; a new attempt begins with a short one again."""


def unheard(text: str) -> None:
    """Hear nothing."""


_DECODER = json.JSONDecoder(strict=False)
_TEXT = re.compile(r'"text"\s*:\s*"((?:[^"\\]|\\.)*)')
_REFUSED = re.compile(r'"supported"\s*:\s*false')


@dataclass(frozen=True)
class Sofar:
    """What an unfinished answer holds: the items of its list that are whole, and the text of the one being written."""

    items: tuple[dict[str, Any], ...] = ()
    open_text: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts in order, the unfinished one last."""
        whole = tuple(clean(str(item.get("text", ""))) for item in self.items)
        return (*whole, self.open_text) if self.open_text else whole


async def listen(chat: BaseChatModel, schema: str, messages: Sequence[Any], hear: Hear) -> Any:
    """Ask once and return the provider's whole message, heard as it grows. Raises what the provider's client raises."""
    # The first part of what a structured call is made of: the parser behind it would hold everything back.
    bound: Any = getattr(chat.with_structured_output(json.loads(schema)), "first")  # noqa: B009
    message: Any = None
    length = 0
    async for chunk in bound.astream(messages):
        message = chunk if message is None else message + chunk
        text = _raw_text(message)
        if len(text) > length:
            length = len(text)
            hear(text)
    if message is None:
        from langchain_core.messages import AIMessage

        return AIMessage("")
    return message


def sofar(raw: str, name: str) -> Sofar:
    """Read the list `name` of an unfinished JSON answer; nothing where the answer says that it has none to give."""
    start = re.search(rf'"{name}"\s*:\s*\[', raw)
    if start is None or _REFUSED.search(raw, 0, start.start()):
        return Sofar()
    items: list[dict[str, Any]] = []
    at = start.end()
    while (at := _next(raw, at)) < len(raw) and raw[at] == "{":
        try:
            value, at = _DECODER.raw_decode(raw, at)
        except ValueError:
            return Sofar(tuple(items), _open_text(raw[at:]))
        items.append(value)
    return Sofar(tuple(items))


def _next(raw: str, at: int) -> int:
    while at < len(raw) and raw[at] in " \t\r\n,":
        at += 1
    return at


def _open_text(rest: str) -> str:
    match = _TEXT.search(rest)
    if match is None:
        return ""
    # An escape that is cut in half stands at the end and is left for the next time.
    whole = re.sub(r"\\(?:u[0-9a-fA-F]{0,3})?$", "", match[1])
    try:
        return clean(str(json.loads(f'"{whole}"', strict=False)))
    except ValueError:
        return ""


def _raw_text(message: Any) -> str:
    calls = getattr(message, "tool_call_chunks", None)
    return str(calls[0].get("args") or "") if calls else str(message.text)
