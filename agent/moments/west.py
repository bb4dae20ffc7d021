"""Dates in English, German, French and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.moments.model import Named

_MONTHS = (
    "January|Jan\\.?|Januar|janvier|enero", "February|Feb\\.?|Februar|février|febrero", "March|Mar\\.|März|mars|marzo",
    "April|Apr\\.?|avril|abril", "May|Mai|mai|mayo", "June|Jun\\.?|Juni|juin|junio", "July|Jul\\.?|Juli|juillet|julio",
    "August|Aug\\.?|août|agosto", "September|Sept?\\.?|septembre|septiembre", "October|Oct\\.?|Oktober|octobre|octubre",
    "November|Nov\\.?|novembre|noviembre", "December|Dec\\.?|Dezember|décembre|diciembre",
)  # fmt: skip
_MONTH = "|".join(f"(?P<m{i}>{names})" for i, names in enumerate(_MONTHS, 1))
_Y = r"(?P<y>(?:19|20)\d{2})(?![\d,]\d)"
_DATE = re.compile(
    rf"(?<![\w-])(?:(?P<d1>[1-3]?\d)(?:st|nd|rd|th|er|\.)?[ -](?:of |de )?)?(?:{_MONTH})(?![A-Za-zÀ-ÿ])"
    rf"(?: (?P<d2>[1-3]?\d)(?:st|nd|rd|th)?(?!\d|%|\.\d|,\d{{3}}(?!\d)|[ ]?(?:percent|million|billion)))?"
    rf"(?:,? (?:of |de |del )?{_Y})?"
)
_AMBIGUOUS = ("May", "March", "mars", "Mai", "Mar.", "mai", "Jan", "Apr", "Jun")
_OPENED = re.compile(
    r"(?:\b(?:in|In|by|By|since|until|till|from|of|late|early|mid|last|next|this|before|after|during|through|and|to"
    r"|for|on"
    r"|im|Im|bis|Bis|seit|Seit|ab|Ab|Anfang|Ende|Mitte|en|En|de|du|d'|début|fin|mi|depuis|jusqu'en|avant|hasta|desde"
    r"|dès|per)[ -]|[(])\Z"
)
_AHEAD = re.compile(r"\b(?:by|next|until|till|through|bis|Bis|ab|d'ici|jusqu'en|avant"
    r"|hasta|antes de|para|before)(?: (?:early|late|mid|the end of|end of|Ende|Anfang"
    r"|Mitte|fin|finales de|la fin))?[ -]\Z", re.IGNORECASE)  # fmt: skip
_BACK = re.compile(r"\b(?:last|since|seit|vergangenen|depuis|desde|pasado)[ -]\Z", re.IGNORECASE)
_NTH = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "ersten": 1, "erstes": 1, "erste": 1, "zweiten": 2,
    "zweites": 2, "zweite": 2,
    "dritten": 3, "drittes": 3, "vierten": 4, "viertes": 4, "premier": 1, "deuxième": 2, "troisième": 3, "quatrième": 4,
    "primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4,
}  # fmt: skip
_NTHS = "|".join(sorted(_NTH, key=len, reverse=True))
_OF_YEAR = (
    r"(?:,? (?:of |de |del |des Jahres )?(?:(?P<y>(?:19|20)\d{2})(?!\d)|(?P<rel>this year|next year|last year)))?"
)
_QUARTER = re.compile(
    rf"(?<![A-Za-z])(?:[QT](?P<q>[1-4])(?!\d)|(?:(?P<nth>{_NTHS})|(?P<n>[1-4])(?:\.|st|nd|rd|th|er|e))[ -](?:quarter"
    rf"|Quartals?|trimestre))(?:[/ ]?FY)?{_OF_YEAR}",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"(?<![A-Za-z])(?:H(?P<q>[12])(?!\d)|(?:(?P<nth>{_NTHS})|(?P<n>[12])(?:\.|er|e))[ -](?:half(?= of (?:\d{{4}}"
    rf"|this year|next year|last year))|Halbjahr|Jahreshälfte|semestre)){_OF_YEAR}"
)
_ISO = re.compile(r"(?<![\d.-])(?P<y>(?:19|20)\d{2})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?![\d-])"
    r"|(?<![\d.])(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>(?:19|20)\d{2})(?!\d)")  # fmt: skip
_SLASHED = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>(?:19|20)\d{2})(?![\d/-])")
_YEAR = re.compile(
    r"(?P<lead>(?:\b(?:in|by|of|since|until|till|from|for|through|year|fiscal|FY|early|late|mid|during|before|after"
    r"|to|than|between|and"
    r"|over|is|was|around|im|Jahr|Jahre|seit|bis|ab|von|vor|nach|Anfang|Ende|Mitte|für|und|en|de|du|del|d'ici|depuis"
    r"|avant|après|dès|fin|début|pour|et|jusqu'en|année"
    r"|hasta|desde|para|año|finales de|entre|a|y)[ -](?:the year |Jahr |l'année |el año )?|[(/]|FY))(?P<y>(?:19"
    r"|20)\d{2})(?![\d%]|[.,]\d| ?(?:percent|million|billion|dollars|euros|people|employees|GPUs|Euro|Millionen"
    r"|personnes))",
    re.IGNORECASE,
)
_WORDS: tuple[tuple[str, dict[str, int]], ...] = (
    (r"today|heute|aujourd'hui|hoy", {"day_shift": 0}), (r"yesterday|gestern|hier(?= )|ayer", {"day_shift": -1}),
    (r"tomorrow|demain", {"day_shift": 1}),
    (r"(?:later |earlier )?this year|(?:in )?diese[sm] Jahr|cette année|este año"
        r"|(?:the )?end of the year|year-?end|year's end|Jahresende|fin de l'année"
        r"|finales de año", {"year_shift": 0}),
    (r"next year|(?:im )?(?:nächste[ns]?|kommende[ns]?) Jahr|l'an(?:née)? prochaine?"
        r"|(?:el )?próximo año|año que viene", {"year_shift": 1}),
    (r"last year|(?:im )?(?:vergangene[ns]?|letzte[ns]?|vorige[ns]?) Jahr"
        r"|l'an(?:née)? derni(?:er|ère)|(?:el )?año pasado", {"year_shift": -1}),
    (r"this month|diese[nm] Monat|ce mois-ci|este mes", {"month_shift": 0}),
    (r"next month|(?:nächsten|kommenden) Monat|mois prochain|próximo mes", {"month_shift": 1}),
    (r"last month|(?:vergangenen|letzten) Monat|mois dernier|mes pasado", {"month_shift": -1}),
)  # fmt: skip
_RELATIVE = tuple((re.compile(rf"(?<![\w-])(?:{p})(?!\w)", re.IGNORECASE), shift) for p, shift in _WORDS)
_DAYS = (
    "Monday|Montag|lundi|lunes", "Tuesday|Dienstag|mardi|martes", "Wednesday|Mittwoch|mercredi|miércoles",
    "Thursday|Donnerstag|jeudi|jueves", "Friday|Freitag|vendredi|viernes", "Saturday|Samstag|samedi|sábado",
    "Sunday|Sonntag|dimanche|domingo",
)  # fmt: skip
_DAY_GROUPS = "|".join(f"(?P<w{i}>{names})" for i, names in enumerate(_DAYS))
_WEEKDAY = re.compile(
    rf"(?<![\w-])(?:(?P<next>next|coming|kommenden|nächsten) )?(?:{_DAY_GROUPS})(?! night| mornings)"
    r"(?: (?P<after>prochain|próximo))?(?!\w)"
)
_YEAR_OF = {"this year": 0, "next year": 1, "last year": -1}


def name_dates(text: str, language: str) -> Iterator[Named]:
    """Yield what a folded text says of dates; the stretches may overlap, the fuller reading comes first."""
    for match in _ISO.finditer(text):
        year, month, day = (
            (match["y"], match["m"], match["d"]) if match["y"] else (match["y2"], match["m2"], match["d2"])
        )
        yield Named(match.start(), match.end(), int(year), int(month), int(day))
    for match in _SLASHED.finditer(text):
        first, second = int(match["a"]), int(match["b"])
        month, day = (second, first) if first > 12 or language[:2] != "en" else (first, second)
        yield Named(match.start(), match.end(), int(match["y"]), month, day)
    for match in _DATE.finditer(text):
        if (named := _from_month(text, match)) is not None:
            yield named
    for pattern in (_QUARTER, _HALF):
        for match in pattern.finditer(text):
            count = int(match["q"] or match["n"] or _NTH[match["nth"].lower()])
            yield _from_part(text, match, count, is_quarter=pattern is _QUARTER)
    for match in _YEAR.finditer(text):
        yield Named(match.start("y"), match.end("y"), int(match["y"]))
    yield from _relative(text)


def _from_part(text: str, match: re.Match[str], count: int, is_quarter: bool) -> Named:
    return Named(
        match.start(), match.end(), int(match["y"]) if match["y"] else None,
        quarter=count if is_quarter else None, half=None if is_quarter else count,
        year_shift=_YEAR_OF[match["rel"].lower()] if match["rel"] else None, lean=_lean(text, match.start()),
    )  # fmt: skip


def _from_month(text: str, match: re.Match[str]) -> Named | None:
    month = next(i for i in range(1, 13) if match[f"m{i}"])
    word = match[f"m{month}"]
    day = match["d1"] or match["d2"]
    opened = _OPENED.search(text, max(0, match.start() - 12), match.start())
    if not day and not match["y"] and (word in _AMBIGUOUS or word[0].isupper()) and not opened:
        return None
    year = int(match["y"]) if match["y"] else None
    lean = _lean(text, match.start())
    return Named(match.start(), match.end(), year, month, int(day) if day else None, lean=lean)


def _lean(text: str, start: int) -> int:
    before = text[max(0, start - 24) : start]
    return 1 if _AHEAD.search(before) else -1 if _BACK.search(before) else 0


def _relative(text: str) -> Iterator[Named]:
    for pattern, shift in _RELATIVE:
        for match in pattern.finditer(text):
            yield Named(match.start(), match.end(), **shift)
    for match in _WEEKDAY.finditer(text):
        weekday = next(i for i in range(7) if match[f"w{i}"])
        ahead = match["next"] or match["after"]
        yield Named(match.start(), match.end(), weekday=weekday, lean=1 if ahead else -1)
