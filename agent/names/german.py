"""Names in a German text, where every noun has a capital: what is no German noun by its ending or by the list."""

from __future__ import annotations

import re
from functools import cache

from agent.names.known import listed
from agent.names.words import Name, capitalised_names

_ENDINGS = (
    "ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|sion|sionen|tät|täten|nis|nisse|nissen|tum|ment|mente|"
    "ismus|ist|isten|ling|linge|innen|chen|lein|anz|enz|enzen|anzen|ik|iken|ur|uren|erei|ereien|ität|ator|atoren|ologie|"
    "(?:er|ist|ent|eur|or|at)in|ologe|ologen|age|agen|eur|eure|euren|ent|enten|ant|anten|graf|grafie|logie|iker|ler|lern|ner|nern|rer|rern|"
    "ker|kern|ger|gern|ber|bern|ter|tern|der|dern|cher|chern|scher|zer|zern|sser|fer|fern|eln|eiten|ige|igen|liche|lichen|"
    "ische|ischen|ende|enden|ierte|ierten|ierung|ierungen|ungs|heits|s?weise"
)
_SHORTEST_LAST = 4
_BY_ENDING = re.compile(rf".{{2,}}(?:{_ENDINGS})s?$")


_STRANGE = re.compile(
    r"[Xx]|[Qq](?!u)|[Yy]|[aiou]s?$|[^aeiouäöü]{2}[bdgkptv]$|oo|ou|[ZVJzvj][lrnmkbdg]|[bdgkpt][mnz]|sh|th|[a-zäöü][A-ZÄÖÜ]|"
    r"(?<![s])c(?![hk])|il$|ir$|or$|ur$|ol$|us$|is$|ex$|um$|an$|on$|in$|ar$|al$|ul$|os$|es$|er$",
)
_TITLED = re.compile(
    r"(?:Firma|Konzern|Unternehmen|Hersteller|Anbieter|Start-?up|Herr|Herrn|Frau|Professor|Professorin|Dr\.|Gründer|Gründerin|"
    r"Chef|Chefin|Minister|Ministerin|Präsident|Präsidentin|Kanzler|Forscher|Forscherin|Analyst|Analystin|Sprecher|Sprecherin|"
    r"Universität|Stadt|Marke|Plattform|Modell|Tochter|Konkurrent|Rivale|Partner|Investor|Bank|Verband)\s$"
)


def german_names(text: str) -> list[Name]:
    """Return the words with a capital inside a sentence that are no German nouns, as far as that can be told.

    Such a word is not spelt as German words are, or stands behind a title or beside another one.
    """
    found = [name for name in capitalised_names(text, headlines=False) if not _is_noun(name.text)]
    ends = {name.end for name in found}
    starts = {name.start for name in found}
    return [
        name
        for name in found
        if _STRANGE.search(name.text)
        or _TITLED.search(text, 0, name.start)
        or name.start - 1 in ends
        or name.end + 1 in starts
    ]


def _is_noun(word: str) -> bool:
    last = re.split(r"[-’']", word)[-1] if not word.endswith(("-", "'", "’")) else word.rstrip("-'’")
    return _BY_ENDING.match(last) is not None or _listed().search(last.lower()) is not None


@cache
def _listed() -> re.Pattern[str]:
    # Of a compound the last noun tells the kind: Halbleitermarkt, Rechenzentren. Short ones end too many names.
    nouns = sorted(listed("de_nouns"), key=len, reverse=True)
    last = "|".join(noun if len(noun) >= _SHORTEST_LAST else f"^{noun}" for noun in nouns)
    return re.compile(rf"(?:{last})(?:e|en|er|es|ern|n|s|se|sen)?$")
