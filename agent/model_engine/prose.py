"""What the model's prose must be, whatever it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agent.language.detect import detect

_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|“[^“”]*”|\"[^\"]*\"|«[^«»]*»|„[^„“]*“")
_WHOLE = re.compile(r"[。．.!?！？…]['\"’”」』）)\]»]*$")
_SENTENCE = re.compile(r"[^。！？]+[。！？]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_POLITE = re.compile(r"(?:です|ます|ました|ません|でした|でしょう|ください)。")
_PLACEHOLDER = re.compile(
    r"^(?:string|text|title|summary|todo|n/?a|none|null|…|\.\.\.|-)?$|\{\{|lorem ipsum", re.IGNORECASE
)
_ID_MARK = re.compile(r"\s*[（(\[【]\s*[af]\d+(?:\s*[,、，・ ]\s*[af]\d+)*\s*[）)\]】]")
_MODEL_WORDS = re.compile(r"⟦[^⟧]*⟧")
_FEWEST_FOR_LANGUAGE = 20
_LONGEST_TITLE = 120


def quoted(words: str) -> str:
    """Mark the model's own words inside a complaint, so that `without_quotes` finds them."""
    return f"⟦{words.replace('⟦', '').replace('⟧', '')}⟧"


def without_quotes(fault: str) -> str:
    """Return a complaint without the model's own words: what a report may print of it."""
    return _MODEL_WORDS.sub("…", fault)


def language_fault(text: str, language: str) -> str | None:
    """Return a complaint when prose, quotes aside, is not in `language`."""
    prose = _QUOTED.sub("", text)
    if language == "ja" and (found := _HANGUL.search(prose)):
        return f"Hangul ({quoted(found[0])}) inside Japanese prose"
    if len(prose) < _FEWEST_FOR_LANGUAGE:
        return None
    found_language = detect(prose)
    if found_language != "und" and found_language.partition("-")[0] != language.partition("-")[0]:
        return f"the text is in {found_language}, it must be in {language}"
    return None


def sentence_fault(name: str, text: str) -> str | None:
    """Return a complaint when a text is a placeholder or ends inside a sentence."""
    if _PLACEHOLDER.search(text.strip()):
        return f"{name} is empty or a placeholder"
    if not _WHOLE.search(text.strip()):
        return f"{name} must end with a whole sentence"
    return None


def title_fault(title: str) -> str | None:
    """Return a complaint about a title that is no title."""
    if _PLACEHOLDER.search(title.strip()) or "\n" in title.strip():
        return "title is empty, a placeholder or longer than a line"
    return "title is too long" if len(title) > _LONGEST_TITLE else None


def register_fault(summary: str, details: Iterable[str], language: str) -> str | None:
    """Return a complaint when Japanese prose is not である in the summary and です・ます in the detail."""
    if language != "ja":
        return None
    if _POLITE.search(_QUOTED.sub("", summary)):
        return "summary must be in である調, not です・ます"
    sentences = [s for text in details for s in _SENTENCE.findall(_QUOTED.sub("", text))]
    plain = [s for s in sentences if not _POLITE.search(s)]
    return "background, main and impact must be in です・ます調" if len(plain) * 2 > len(sentences) else None


def repetition_fault(texts: Sequence[str]) -> str | None:
    """Return a complaint when one sentence stands twice."""
    seen: set[str] = set()
    for text in texts:
        for sentence in re.split(r"(?<=[。！？])|(?<=[.!?])\s", text):
            key = "".join(sentence.split())
            if len(key) > 8 and key in seen:
                return f"this sentence stands twice: {quoted(sentence.strip())}"
            seen.add(key)
    return None


def without_ids(text: str) -> str:
    """Return a sentence without short ids in brackets, which the program prints itself."""
    return _ID_MARK.sub("", text).strip()
