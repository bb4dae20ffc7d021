"""What a person asks for, as a value, and a small grammar that understands it without a model, in Japanese and English.

Only the person's own message is ever read here: text of articles has no way to ask for anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field

from agent.model import Value
from agent.report import Report
from agent.revision.edits import DropArticle, Edit, MoveArticle, RefusedEdit, RenameEntity, RestoreArticle
from agent.revision.sections import resolve

LONGEST_MESSAGE = 8000
_LONGEST_RULE = 300
"""A longer message, or one of several lines, may hold pasted text: a rule that finds its words there proves nothing."""


class Do(Value):
    """An edit that is clear as it stands."""

    kind: Literal["do"] = "do"
    edit: Edit


class Shorten(Value):
    """Fewer sentences, chosen among those that are there; 0 means about half."""

    kind: Literal["shorten"] = "shorten"
    section: str
    sentences: int = Field(default=0, ge=0)


class Place(Value):
    """Sentence `index` (1-based) of a section put first, taken out, or replaced by another one of its source."""

    kind: Literal["place"] = "place"
    section: str
    index: int = Field(ge=1)
    how: Literal["first", "out", "other"]


class Step(Value):
    """Back to the version before, or forth again."""

    kind: Literal["step"] = "step"
    way: Literal["undo", "redo"]


class Fetch(Value):
    """An article to be added, by its address, which the person gave."""

    kind: Literal["fetch"] = "fetch"
    url: str


class Write(Value):
    """Something that only a writer can do to a section."""

    kind: Literal["write"] = "write"
    section: str
    instruction: str


class Question(Value):
    """Something to be answered, with nothing changed."""

    kind: Literal["question"] = "question"
    text: str
    section: str = ""


class Unclear(Value):
    """Not clear enough to act on: what to ask back, as `which section`, `which category`, `which article`."""

    kind: Literal["unclear"] = "unclear"
    lacking: Literal["section", "category", "article", "wish"]
    choices: tuple[str, ...] = ()


Request = Annotated[Do | Shorten | Place | Step | Fetch | Write | Question | Unclear, Field(discriminator="kind")]

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Report, str], "Request"]]

_SECTION_WORDS = (
    (r"展望|見通し|outlook", "outlook"),
    (r"動向|トレンド|trends?", "trends"),
    (r"主要数値|主要な?数字|key figures?", "key_figures"),
    (r"ロードマップ|年表|road ?map", "roadmap"),
)
_FIELD_WORDS = (
    (r"概要|要約|summary", "summary"),
    (r"背景|background", "background"),
    (r"主な(?:内容|ポイント|点)|要点|main(?: points?)?", "main"),
    (r"影響|意義|impact", "impact"),
    (r"見出し|題名|タイトル|title|headline", "title"),
)


def understand(message: str, section: str, report: Report) -> Request | None:
    """Return what a message asks for, None when no rule fits. `section` is what the person has selected, or empty.

    Raises RefusedEdit when the message is too long or names a section or article that is not there.
    """
    if len(message) > LONGEST_MESSAGE:
        raise RefusedEdit("too_long", count=len(message), limit=LONGEST_MESSAGE)
    text = unicodedata.normalize("NFKC", message).strip()
    if not text:
        return Unclear(lacking="wish")
    if len(text) > _LONGEST_RULE or "\n" in text:
        return None
    chosen = resolve(report, section) if section else named_section(text, report)
    for pattern, act in _RULES:
        if match := pattern.search(text):
            return act(match, report, chosen)
    if re.search(r"[??]$|教えて|^(?:what|which|who|when|where|why|how)\b", text, re.IGNORECASE):
        return Question(text=message.strip(), section=chosen)
    return None


def named_section(text: str, report: Report) -> str:
    """Return the section that a text names, empty when it names none."""
    if match := re.search(r"#\s*(\d+)", text):
        fields = [field for words, field in _FIELD_WORDS if re.search(words, text, re.IGNORECASE)]
        return f"articles/{match[1]}" + (f"/{fields[0]}" if fields else "")
    if match := re.search(r"(?:トピック|topic)\s*(\d+)", text, re.IGNORECASE):
        return resolve(report, f"topics/{match[1]}")
    for words, section in _SECTION_WORDS:
        if re.search(words, text, re.IGNORECASE):
            return section
    named = [c.name for c in report.categories if unicodedata.normalize("NFKC", c.name) in text]
    return f"categories/{named[0]}" if named else ""


def find_category(words: str, report: Report) -> str | tuple[str, ...]:
    """Return the one category that words name, or all that they may mean."""
    folded = _folded(words)
    exact = [c.name for c in report.categories if _folded(c.name) == folded]
    near = exact or [c.name for c in report.categories if folded and folded in _folded(c.name)]
    return near[0] if len(near) == 1 else tuple(near or (c.name for c in report.categories))


def _folded(words: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).casefold())


def _drop(match: re.Match[str], report: Report, section: str) -> Request:
    return Do(edit=DropArticle(number=int(_first(match))))


def _restore(match: re.Match[str], report: Report, section: str) -> Request:
    return Do(edit=RestoreArticle(number=int(_first(match))))


def _move(match: re.Match[str], report: Report, section: str) -> Request:
    number, words = (group for group in match.groups() if group is not None)
    found = find_category(words.strip(" 「」『』\"'"), report)
    if isinstance(found, tuple):
        return Unclear(lacking="category", choices=found)
    return Do(edit=MoveArticle(number=int(number), category=found))


def _rename(match: re.Match[str], report: Report, section: str) -> Request:
    old, new = (group.strip(" 「」『』\"'“”") for group in match.groups() if group is not None)
    return Do(edit=RenameEntity(old=old, new=new))


def _shorten(match: re.Match[str], report: Report, section: str) -> Request:
    if not section or re.fullmatch(r"articles/\d+", section):
        return _which_section(report) if not section else Shorten(section=f"{section}/summary")
    wanted = re.search(r"(\d+)\s*文(?:に|まで|以内|くらい)|(?:to|in) (\d+) sentences?", match.string)
    return Shorten(section=section, sentences=int(_first(wanted)) if wanted else 0)


def _placing(how: Literal["first", "out", "other"]) -> Callable[[re.Match[str], Report, str], Request]:
    def place(match: re.Match[str], report: Report, section: str) -> Request:
        return Place(section=section, index=int(_first(match)), how=how) if section else _which_section(report)

    return place


def _stepping(way: Literal["undo", "redo"]) -> Callable[[re.Match[str], Report, str], Request]:
    return lambda match, report, section: Step(way=way)


def _fetch(match: re.Match[str], report: Report, section: str) -> Request:
    return Fetch(url=_first(match))


def _which_section(report: Report) -> Unclear:
    named = [c.name for c in report.categories]
    return Unclear(
        lacking="section",
        choices=(
            "trends",
            *(f"topics/{i + 1}" for i in range(len(report.topics))),
            *(f"categories/{name}" for name in named),
            "outlook",
        ),
    )


def _first(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def _rule(pattern: str, act: Callable[[re.Match[str], Report, str], Request]) -> _Rule:
    return re.compile(pattern, re.IGNORECASE), act


_OUT = r"(?:外し|除い|除外|削除|消し|落とし|取り除|省い|はずし)"
_ARTICLE = r"(?:article )?#?\s*(\d+)"
_QUOTED = r"[「『\"“]([^」』\"”]+)[」』\"”]"
_RULES: tuple[_Rule, ...] = (
    _rule(r"^(?:取り?消し(?:て)?|(?:[一1]つ前に|前に)?戻し(?:て)?|元に戻し(?:て)?)[。 ]*$", _stepping("undo")),
    _rule(r"^(?:undo|revert|take (?:it|that) back)[.! ]*$", _stepping("undo")),
    _rule(r"^(?:やり直し(?:て)?|redo|do it again)[。.! ]*$", _stepping("redo")),
    _rule(r"(https?://[^\s<>\"「」、。]+).*(?:追加|加え|入れ|add)", _fetch),
    _rule(r"^(?:please )?add .*?(https?://\S+)", _fetch),
    _rule(rf"(\d+)\s*(?:文目|番目の文)を?{_OUT}", _placing("out")),
    _rule(r"(?:remove|drop|delete|cut) sentence (\d+)", _placing("out")),
    _rule(r"(\d+)\s*(?:文目|番目の文)を?(?:別|他|ほか)の", _placing("other")),
    _rule(r"replace sentence (\d+)", _placing("other")),
    _rule(r"(\d+)\s*(?:文目|番目の文)を?(?:先頭|最初|冒頭|一番上)", _placing("first")),
    _rule(r"(?:put|move) sentence (\d+) (?:to the top|first|to the front)", _placing("first")),
    _rule(rf"^#\s*(\d+)番?(?:の記事)?(?:を|は)?{_OUT}", _drop),
    _rule(rf"^(?:drop|remove|delete|leave out|take out) {_ARTICLE}[. ]*$", _drop),
    _rule(r"^#\s*(\d+)(?:の記事)?(?:を|は)?(?:戻し|復活|復帰|入れ直)", _restore),
    _rule(rf"^(?:restore|bring back|put back) {_ARTICLE}[. ]*$", _restore),
    _rule(
        r"^#\s*(\d+)(?:の記事)?(?:を|は)(.+?)(?:の?(?:カテゴリー?|分類))?(?:へ|に)(?:移|動か|入れ|変え|変更|して|$)",
        _move,
    ),
    _rule(rf"^move {_ARTICLE} to (?:the )?(.+?)(?: category)?[. ]*$", _move),
    _rule(rf"{_QUOTED}を{_QUOTED}に", _rename),
    _rule(r"^(\S+?)を(\S+?)に(?:統一|改め|改称|言い換え|置き換え)", _rename),
    _rule(r"^rename (.+?) to (.+?)[. ]*$", _rename),
    _rule(r"短く|短縮|簡潔|縮め|\d+\s*文(?:に|まで|以内)", _shorten),
    _rule(r"shorter|shorten|more concise|(?:to|in) \d+ sentences?", _shorten),
)
