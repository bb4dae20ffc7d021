"""Text that speaks to a language model instead of a reader."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable

from agent.extract.text import clean_line

METADATA = ("meta", "alternative text", "title attribute", "JSON-LD")
_LIMIT = 10
_SHOWN = 100
_FLAGS = re.IGNORECASE | re.DOTALL

# Orders to a model. Nobody addresses a reader so, but an article may quote them: recorded, never removed, in view.
_ORDERS = re.compile(
    "|".join(
        (
            r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}?\b(?:previous|prior|above|"
            r"earlier|preceding|"
            r"all|any|your|these|the)\b[^.!?\n]{0,30}?\b(?:instructions?|prompts?|directions|guidelines|programming)\b",
            r"#{2,}\s*\(?\s*system|<\|(?:im_start|system|endoftext)\|?>|\[/?INST\]|<</?SYS>>",
            r"<\s*/?\s*(?:information|system|instructions?)\s*>|\bBEGIN (?:SYSTEM|ADMIN)\b",
            r"\b(?:attention|note|message|instructions?)\s*(?:to|for)\s*(?:the\s|any\s|all\s)?(?:ai|llm|"
            r"language model)s?\b"
            r"[^.\n]{0,20}[:,]",
            r"\bif you are (?:an? )?(?:ai|llm|large language model|language model|chatbot)\b",
            r"important message from me\b[^.\n]{0,60}\bto you",
            r"\b(?:in|when writing|when you write) your (?:summary|digest|answer|response|report|"
            r"translation)\b[^.\n]{0,30}"
            r"\b(?:include|add|write|say|state|mention|claim|do not)\b",
            r"(?:これまで|以前|今まで|従来|直前|前|上記|先|すべて|全て)の?[^。\n]{0,15}(?:指示|命令|プロンプト|指令)"
            r"[^。\n]{0,8}(?:無視|忘れ|破棄|従わ)",
            r"(?:AI|人工知能|言語モデル|アシスタント|LLM)(?:へ|への|に対する|向けの?)(?:指示|命令)",
            r"(?:이전|위의?|앞선|앞의|기존|모든)[^.\n]{0,15}(?:지시|명령|지침|프롬프트)[^.\n]{0,10}(?:무시|잊)",
            r"(?:忽略|无视|無視|忽視|忽视|忘记|忘記|不要理会|不要理會)[^。\n]{0,15}(?:指令|指示|提示词|提示詞|命令)",
            r"\b(?:ignorier\w*|vergiss|vergessen sie|missachte\w*)\b[^.\n]{0,50}\b(?:anweisung\w*|"
            r"instruktion\w*|vorgaben|"
            r"befehle?|prompts?)\b",
            r"\b(?:ignore[zr]?|oublie[zr]?)\b[^.\n]{0,50}\b(?:instructions?|consignes?|directives?)\b",
            r"\b(?:ignora|ignore|olvida|olvide)\b[^.\n]{0,50}\b(?:instrucciones|indicaciones)\b",
            r"\b(?:ignora|dimentica)\b[^.\n]{0,50}\b(?:istruzioni)\b",
        )
    ),
    _FLAGS,
)
# Words that are ordinary in an article about models, but not where no reader looks.
_HIDDEN_ORDERS = re.compile(
    "|".join(
        (
            r"\bsystem prompt\b|\bdeveloper message\b",
            r"\byou are (?:now )?(?:an? |the )?(?:\w+ )?(?:ai|assistant|language model|chatbot|editor|summari[sz]er)\b",
            r"\b(?:ai|llm|language model|assistant|chatbot|summari[sz]er)s?\b[^.\n]{0,15}"
            r"\b(?:reading|processing|summari[sz]ing|translating)\b",
            r"\b(?:do not|don't|never) (?:mention|reveal|summari[sz]e)\b",
            r"\b(?:call|invoke) the \w+ (?:tool|function)\b|\bnew instructions?\b|\binstead,? (?:do|"
            r"write|say|output)\b",
            r"\b(?:print|reveal|send|output|include)\b[^.\n]{0,20}\b(?:api[ _]key|credentials)\b",
            r"システム\s*プロンプト|あなたは[^。\n]{0,20}(?:AI|アシスタント|言語モデル|編集者)|次の指示に従|要約(?:に|では|には)[^。\n]{0,20}(?:含め|書)",
            r"시스템\s*프롬프트|당신은[^.\n]{0,20}(?:AI|인공지능|어시스턴트)|다음 지시",
            r"系统提示|系統提示|你(?:现在|現在)?是[^。\n]{0,15}(?:AI|助手|模型)|(?:新的?|以下)(?:指令|指示)",
            r"\bsystemprompt\b|\bdu bist (?:ein|eine|jetzt)\b[^.\n]{0,30}\b(?:ki|assistent|modell|"
            r"sprachmodell)\b|\bneue anweisung",
            r"\b(?:prompt|invite) (?:du )?système\b|\btu es (?:un|une)\b[^.\n]{0,20}\b(?:ia|assistant|"
            r"modèle)\b|nouvelles? (?:instruction|consigne)",
        )
    ),
    _FLAGS,
)
_RULES = re.compile(r"\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,40}\brules?\b", re.IGNORECASE)
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/]{24,4000}={0,2}(?![A-Za-z0-9+/_=-])")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,6}\U000e007f")
_UNSEEN = re.compile("[\U000e0020-\U000e007e]|[\u200b-\u200d\u2060-\u2064\ufeff]{8}")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff]{8,}")


def orders(text: str, *, hidden: bool = False) -> str:
    """Return the first stretch of `text` that reads like orders to a model, or an empty string.

    `hidden` text is held to a stricter measure than what a reader can see. Base64 is looked into.
    """
    plain = unicodedata.normalize("NFKC", clean_line(text))
    found = _ORDERS.search(plain) or (_HIDDEN_ORDERS.search(plain) if hidden else None)
    if found:
        return _phrase(plain, found)
    for match in _BASE64.finditer(plain):
        try:
            inner = base64.b64decode(match[0] + "=" * (-len(match[0]) % 4), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        if found := _ORDERS.search(inner) or _HIDDEN_ORDERS.search(inner):
            return _phrase(clean_line(inner), found)
    return ""


def sets_rules_aside(text: str) -> bool:
    """Tell whether a text asks to ignore some rule, as news of law and sport does too: doubtful for a model alone."""
    return _RULES.search(text) is not None


def smuggled(raw: str) -> list[str]:
    """Return what invisible characters of `raw` (before cleaning) spell, or that they are there in rows."""
    if raw.isascii() or not _UNSEEN.search(raw):
        return []
    raw = _FLAG.sub("", raw)
    found = [f"tag characters: {_short(_spelt(match[0]))}" for match in _TAGS.finditer(raw)]
    if _INVISIBLE.search(raw):
        found.append("rows of zero-width characters")
    return found


def suspicions(visible: str, hidden: Iterable[tuple[str, str]], raw: str) -> tuple[str, ...]:
    """Return one short phrase for each suspicion, at most ten.

    `visible` is what the reader sees; `hidden` are pairs of place and text that no reader sees; `raw` is the
    document before cleaning. Metadata repeats the article, so it is measured as the visible text is.
    """
    phrases = smuggled(raw)
    phrases += [f"{place}: {found}" for place, text in hidden if (found := orders(text, hidden=place not in METADATA))]
    phrases += [f"text: {found}" for line in visible.split("\n") if (found := orders(line))]
    return tuple(dict.fromkeys(clean_line(phrase) for phrase in phrases))[:_LIMIT]


def _phrase(text: str, found: re.Match[str]) -> str:
    return _short(text[max(0, found.start() - 10) : found.end() + 30] if found.end() <= len(text) else found[0])


def _short(text: str) -> str:
    text = clean_line(text)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _spelt(tags: str) -> str:
    return "".join(chr(ord(char) - 0xE0000) for char in tags)
