"""Reads a prompt file and fills it in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FILE = re.compile(r"---\n(?P<head>.*?)\n---\n+# system\n(?P<system>.*?)\n# user\n(?P<user>.*)", re.DOTALL)
_INPUT = re.compile(r"\{\{ *([a-z_]+) *\}\}")
_NAME = re.compile(r"[a-z_]+(\.[a-z]{2})?")


class PromptError(ValueError):
    """A prompt file is malformed, or its inputs do not match what it declares: a mistake of the program."""


@dataclass(frozen=True)
class Rendered:
    """A prompt with its inputs filled in. `hash` is the SHA-256 of the file, in hex."""

    name: str
    version: str
    hash: str
    system: str
    user: str


@dataclass(frozen=True)
class Prompt:
    """One prompt file."""

    name: str
    version: str
    hash: str
    inputs: frozenset[str]
    system: str
    user: str

    @property
    def fixed_characters(self) -> int:
        """How many characters every call sends whatever the inputs are."""
        return len(_INPUT.sub("", self.system)) + len(_INPUT.sub("", self.user))

    def render(self, **inputs: str) -> Rendered:
        """Fill in the inputs. Braces inside a value stay text. Raises PromptError when names differ from `inputs`."""
        if inputs.keys() != self.inputs:
            missing = ", ".join(sorted(self.inputs - inputs.keys())) or "none"
            unknown = ", ".join(sorted(inputs.keys() - self.inputs)) or "none"
            raise PromptError(f"prompt {self.name}: missing inputs: {missing}; unknown inputs: {unknown}")

        def fill(text: str) -> str:
            return _INPUT.sub(lambda match: inputs[match[1]], text).strip()

        return Rendered(self.name, self.version, self.hash, fill(self.system), fill(self.user))


def parse(name: str, text: str) -> Prompt:
    """Read a prompt from the text of its file. Raises PromptError when it is malformed or leaves an input unused."""
    match = _FILE.fullmatch(text)
    if match is None:
        raise PromptError(f"prompt {name}: wants front matter, then the parts '# system' and '# user'")
    head = dict(line.partition(":")[::2] for line in match["head"].splitlines())
    if head.keys() != {"version", "inputs"}:
        raise PromptError(f"prompt {name}: the front matter wants exactly 'version' and 'inputs'")
    inputs = frozenset(part.strip() for part in head["inputs"].split(",") if part.strip())
    used = frozenset(_INPUT.findall(match["system"] + match["user"]))
    if inputs != used:
        raise PromptError(f"prompt {name}: declares {sorted(inputs)} but uses {sorted(used)}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Prompt(name, head["version"].strip(), digest, inputs, match["system"].strip(), match["user"].strip())


@cache
def load(name: str) -> Prompt:
    """Return the prompt `name`, as in `digest.ja`. Raises PromptError when there is none."""
    source = files("prompts") / f"{name}.md"
    if not _NAME.fullmatch(name) or not source.is_file():
        raise PromptError(f"prompt {name!r}: no such file in prompts/")
    return parse(name, source.read_text(encoding="utf-8"))


def fence_tag(text: str) -> str:
    """Return a tag to fence `text` with: it looks random, is the same for the same text, and does not occur in it."""
    seed = text
    while True:
        tag = "d" + hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:10]
        if tag not in text:
            return tag
        seed = tag + seed
