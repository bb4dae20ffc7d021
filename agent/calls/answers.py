"""From a model's raw message to a checked value: the same repair every time, or a named fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.errors import AnswerBlocked, AnswerInvalid, AnswerTruncated
from agent.extract.text import clean

T = TypeVar("T", bound=BaseModel)

_TRUNCATED = frozenset({"MAX_TOKENS", "LENGTH"})
_FINISHED = frozenset({"", "STOP", "END_TURN", "TOOL_USE", "TOOL_CALLS", "STOP_SEQUENCE", "FINISH_REASON_UNSPECIFIED"})
_FENCE = re.compile(r"```[a-zA-Z]*\s*\n(.*?)```", re.DOTALL)
_MAX_PROBLEMS = 4


class Answer(BaseModel):
    """Base of all answer schemas: strict, frozen, and sent as the shortest schema that says the same."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the schema with its parts in place and without decoration: every call sends it, and pays for it.

        Extra fields are refused when the answer is read, so the schema need not forbid them.
        """
        document = super().model_json_schema(*args, **kwargs)
        parts: dict[str, Any] = document.pop("$defs", {})
        shortened: dict[str, Any] = _shorten(document, parts)
        return shortened


def each_once(part: str, given: Iterable[str], wanted: Sequence[str]) -> str | None:
    """Return a complaint when a part of an answer does not hold just the ids that are wanted, each once."""
    return None if sorted(given) == sorted(wanted) else f"{part} must hold each of {', '.join(wanted)} once"


_DECORATION = frozenset({"title", "description", "additionalProperties"})


def _shorten(node: Any, parts: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_shorten(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _shorten(parts[node["$ref"].rpartition("/")[2]], parts)
    # Among `properties`, a key is a field's name, and a field may well be called title.
    kept = node.keys() - _DECORATION - {"properties"}
    short = {key: _shorten(node[key], parts) for key in node if key in kept}
    if "properties" in node:
        short["properties"] = {name: _shorten(value, parts) for name, value in node["properties"].items()}
    return short


def accept_finish(finish_reason: str, text: str) -> None:
    """Raise AnswerTruncated or AnswerBlocked unless the answer came to its own end and holds something."""
    reason = finish_reason.upper()
    if reason in _TRUNCATED:
        raise AnswerTruncated("the answer stopped at the output limit; answer more briefly")
    if reason not in _FINISHED:
        raise AnswerBlocked(f"the answer was blocked ({reason}); answer in your own neutral words")
    if not text.strip():
        raise AnswerBlocked("the answer was empty")


def parse_answer(text: str, schema: type[T]) -> T:
    """Read an answer that may stand in a code fence or in prose. Raises AnswerInvalid that names what is wrong."""
    loaded = _load(text)
    cleaned = json.dumps(_clean(loaded), ensure_ascii=False)
    try:
        return schema.model_validate_json(cleaned, strict=True)
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, item['loc'])) or 'answer'}: {item['msg']}" for item in error.errors()]
        shown = "; ".join(problems[:_MAX_PROBLEMS])
        raise AnswerInvalid(f"the answer does not fit the schema: {shown}") from None


def _load(text: str) -> object:
    fenced = _FENCE.search(text)
    for candidate in [text, *([fenced[1]] if fenced else [])]:
        try:
            value: object = json.loads(candidate, strict=False)
        except ValueError:
            continue
        return value
    start = text.find("{")
    if start >= 0:
        try:
            found: object = json.JSONDecoder(strict=False).raw_decode(text, start)[0]
        except ValueError:
            pass
        else:
            return found
    raise AnswerInvalid("the answer is not JSON; answer with one JSON object and nothing else")


def _clean(value: object) -> object:
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(str(key)): _clean(item) for key, item in value.items()}
    return value
