"""Words of negation, by language."""

from __future__ import annotations

import re

from agent.language.scripts import rules_of

_WORDS = {
    "ja": r"(?<![少危切])な(?:い(?!が|と(?![発述しみ説明い言語伝回主話さ]))|かった|く(?!な)|ければ|し(?=に|で))|"
    r"ませ?ん(?!か)|"
    r"(?<=[いきしちにみりぎじびえけせてねべめれ])ず(?=に|、|$)|"
    r"まい(?=。|$)|(?<=[しがきでせれめえべげけ])ぬ|不可|未(?=[達定公着])|拒|否定|禁止|見送",
    "en": r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b|"
    r"\b(?:denie[sd]|deny|refus\w+|reject\w*|fail(?:s|ed)? to)\b",
    "ko": r"지 ?(?:않|못|말)|(?<![가-힣])(?:안|못) (?=[가-힣])|아니(?![라나면])|"
    r"없(?:다|었|는|이|을|어|습)|거부|부인|금지",
    "zh": r"不(?![仅僅但只同少断斷過过])|没|沒|未(?![來来])|無法|无法|並非|并非|"
    r"拒|否認|否认|禁止",
    "de": r"\b(?:nicht|kein\w*|nie|niemals|niemand|nichts|weder|ohne)\b|\b(?:lehnt\w*|verweiger\w+|bestreit\w+)\b",
    "fr": r"\b(?:ne|pas|aucune?|jamais|rien|personne|sans|ni|refus\w+|rejet\w+|nie)\b|\bn['’]",
    "es": r"\b(?:no|nunca|jamás|nadie|nada|ningún|ninguna|ninguno|sin|ni|tampoco|neg(?:ó|ar|aron)|rechaz\w+)\b",
}


def negations(text: str, language: str) -> int:
    """Return how many words of negation a text has; 0 in a language whose words are not known."""
    words = _words(language)
    return len(re.findall(words, text, re.IGNORECASE)) if words else 0


def without_negations(text: str, language: str) -> str:
    """Return a text without its words of negation."""
    words = _words(language)
    return re.sub(words, " ", text, flags=re.IGNORECASE) if words else text


def _words(language: str) -> str:
    rules = rules_of(language)
    return _WORDS.get("zh" if rules.startswith("zh") else rules, "")
