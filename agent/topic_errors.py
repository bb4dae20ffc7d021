"""Turns what is wrong in a topic file into a message with the line and the remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel

from agent.errors import TopicError

Location = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""")
_LONG_STRING = re.compile(r'''("""[\s\S]*?"""|\'{3}[\s\S]*?\'{3})|#[^\n]*''')
_KINDS = ("feed", "pages", "files", "tavily")


def explain(path: str, text: str, model: type[BaseModel], error: Mapping[str, Any]) -> TopicError:
    """Return the error for one of Pydantic's findings, pointing at the line of `text` it comes from."""
    # A discriminated union puts the chosen kind into the location; the file has no such step.
    raw: Location = tuple(error["loc"])
    location = tuple(
        part for index, part in enumerate(raw) if not (part in _KINDS and index == 2 and raw[0] == "sources")
    )
    return TopicError(path, _line(text, location), _message(model, raw, location, error))


def line_of_syntax_error(text: str, message: str) -> int:
    """Return the line of `text` that tomllib names in its message, the last one where it says `at end of document`."""
    match = re.search(r"at line (\d+)", message)
    return int(match[1]) if match else len(text.splitlines())


def _message(model: type[BaseModel], raw: Location, location: Location, error: Mapping[str, Any]) -> str:
    name = ".".join(str(part) if isinstance(part, str) else f"[{part + 1}]" for part in location).replace(".[", "[")
    kind, value = str(error["type"]), error.get("input")
    if kind == "extra_forbidden":
        allowed = sorted(_keys_at(model, raw[:-1]))
        near = difflib.get_close_matches(str(location[-1]), allowed, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known keys here: {', '.join(allowed)}"
        return f"unknown key {name!r}; {hint}"
    if kind == "missing":
        return f"{name!r} is missing; {_EXAMPLES.get(str(location[-1]), 'it is required')}"
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return f"{name}: kind must be one of {', '.join(_KINDS)}" + (
            f", not {value.get('kind')!r}" if isinstance(value, dict) and "kind" in value else ""
        )
    message = str(error["msg"]).removeprefix("Value error, ")
    remedy = _EXAMPLES.get(str(location[-1]), "") if location else ""
    shown = f" (found {value!r})" if isinstance(value, str | int | float | bool) else ""
    return f"{name or 'topic'}: {message}{shown}" + (f"; {remedy}" if remedy else "")


_EXAMPLES = {
    "title": 'write for example: title = "AI・機械学習"',
    "sources": 'add at least one source, for example: [[sources]] kind = "feed", url = "https://news.example/ai.xml"',
    "url": 'write a whole address, for example: url = "https://news.example/ai.xml"',
    "urls": 'write a list of addresses, for example: urls = ["https://news.example/p/1.html"]',
    "path": 'write a folder or glob, for example: path = "articles/**/*.html"',
    "queries": 'write a list of queries, for example: queries = ["AI semiconductor investment"]',
    "language": 'write a language code, for example: language = "ja", or en, de, fr, es, ko, zh-Hans, zh-Hant',
    "articles": "write a whole number from 1 to 400",
    "country": 'write two capital letters, for example: country = "JP"',
    "class": "write one of newsroom, press_release, company_blog, personal, government, paper, aggregator",
}


def _keys_at(model: type[BaseModel], location: Location) -> set[str]:
    """Return the keys that the table at `location` may have."""
    current: Any = model
    for part in location:
        if isinstance(current, type) and issubclass(current, BaseModel):
            field = next((f for n, f in current.model_fields.items() if part in (n, f.alias)), None)
            current = field.annotation if field else None
        else:
            current = _inside(current, part)
    models = [current] if isinstance(current, type) else [a for a in _flatten(current) if isinstance(a, type)]
    tables = [m for m in models if issubclass(m, BaseModel)]
    return {f.alias or n for m in tables for n, f in m.model_fields.items() if n != "path" or not f.exclude}


def _inside(annotation: Any, part: str | int) -> Any:
    """Step from a container's annotation to that of its items, or to the kind that `part` names."""
    arguments = [a for a in _flatten(annotation) if isinstance(a, type)]
    if part in _KINDS:
        return next((a for a in arguments if str(part).capitalize() in a.__name__), None)
    return annotation if isinstance(part, int) else next((a for a in arguments if issubclass(a, BaseModel)), None)


def _flatten(annotation: Any) -> Sequence[Any]:
    arguments = get_args(annotation)
    if not arguments:
        return [annotation]
    return [inner for argument in arguments for inner in _flatten(argument)]


def _line(text: str, location: Location) -> int:
    """Return the line (1-based) of the deepest step of `location` that the file spells out, 0 for none."""
    lines = _lines_of_keys(text)
    for length in range(len(location), 0, -1):
        if location[:length] in lines:
            return lines[location[:length]]
    return 0


def _lines_of_keys(text: str) -> dict[Location, int]:
    lines: dict[Location, int] = {}
    prefix: Location = ()
    counts: dict[Location, int] = {}
    # What looks like a key inside a text of several lines is none.
    plain = _LONG_STRING.sub(lambda m: "\n" * m[0].count("\n") if m[1] else m[0], text)
    for number, line in enumerate(plain.split("\n"), start=1):
        if header := _HEADER.match(line):
            prefix = _split(header[2])
            if header[1] == "[[":
                counts[prefix] = counts.get(prefix, -1) + 1
                lines.setdefault(prefix, number)
                prefix = (*prefix, counts[prefix])
            lines.setdefault(prefix, number)
        elif key := _KEY.match(line):
            lines.setdefault((*prefix, *_split(key[1])), number)
    return lines


def _split(dotted: str) -> Location:
    parts = re.findall(r'"([^"]*)"|\'([^\']*)\'|([^.\s]+)', dotted)
    return tuple(next(p for p in part if p) for part in parts if any(part))
