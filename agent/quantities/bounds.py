"""Bound and hedge words around a quantity: 以上, more than, about, 이상, 逾, mindestens."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.language.scripts import Rules
from agent.model import Bound

_Words = tuple[tuple[Bound, str], ...]

_BEFORE: dict[str, _Words] = {
    "ja": (
        ("about", r"約|およそ|おおよそ|おおむね|概ね|ほぼ|推定|ざっと|計?約"),
        ("at_least", r"少なくとも|最低(?:でも)?|下限"),
        ("at_most", r"最大(?:で)?|最高(?:で)?|最長(?:で)?|多くとも|上限"), ("more_than", r"優に"),
    ),
    "ko": (
        ("about", r"약|대략|거의|얼추"), ("at_least", r"최소(?:한)?|적어도"), ("at_most", r"최대|최고|많아야|최장"),
    ),
    "zh": (
        ("about", r"大?[約约]|近|將近|将近|接近|大概|估計|估计"),
        ("more_than", r"逾|超[過过]|超出|超|高[於于]|多[於于]|突破"),
        ("at_least", r"至少|不少[於于]|不低[於于]|最少"),
        ("at_most", r"最多|至多|不超[過过]|高[達达]|上[看限]|多[達达]"),
        ("less_than", r"不到|未[滿满]|不足|低[於于]|少[於于]"),
    ),
    "en": (
        ("more_than", r"more than|over|exceed(?:s|ed|ing)?|above|greater than|upwards? of|in excess of|north of|beyond"
                      r"|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops|well over|just over|higher than|larger than"),
        ("at_least", r"at least|no(?:t)? (?:less|fewer) than|a minimum of|minimum|starting (?:at|from)"),
        ("at_most", r"up to|at most|no(?:t)? more than|as (?:much|many|high) as|a maximum of|maximum|capped at"
            r"|not exceeding"),
        ("less_than", r"less than|fewer than|under|below|lower than|smaller than|just under"),
        ("about", r"about|around|roughly|approximately|approx\.?|nearly|almost|close to|an estimated|estimated|some"
            r"|circa|~|just about"),
    ),
    "de": (
        ("more_than", r"über|mehr als|gut|größer als|überst(?:eigt|eigen|ieg(?:en)?)|oberhalb von"),
        ("at_least", r"mindestens|wenigstens|zumindest|nicht weniger als|ab"),
        ("at_most", r"bis zu|höchstens|maximal|nicht mehr als"), ("less_than", r"weniger als|unter|unterhalb von"),
        ("about", r"rund|etwa|ungefähr|circa|ca\.|knapp|fast|nahezu|annähernd|schätzungsweise"),
    ),
    "fr": (
        ("more_than", r"plus de|plus d'|dépass(?:e|ent|ant|é|er)(?: les)?|au-delà de|supérieure? à"),
        ("at_least", r"au moins|au minimum|minimum|à partir de"),
        ("at_most", r"jusqu'à|au plus|maximum|au maximum"), ("less_than", r"moins de|moins d'|inférieure? à|sous les"),
        ("about", r"environ|près de|quelque|presque|autour de|à peu près|une? estimée? à"),
    ),
    "es": (
        ("more_than", r"más de|super(?:a|an|ar|ado|ó|aron|ará)(?: los)?|por encima de|superior a"),
        ("at_least", r"al menos|por lo menos|como mínimo|mínimo"),
        ("at_most", r"hasta|como máximo|máximo"), ("less_than", r"menos de|por debajo de|inferior a"),
        ("about", r"unos|unas|cerca de|alrededor de|aproximadamente|casi|en torno a|aproximados"),
    ),
}  # fmt: skip

_AFTER: dict[str, _Words] = {
    "ja": (
        ("more_than", r"超(?![え過高音伝大小])|を?超(?:え|過)|[をも](?:大きく|大幅に)?超え|[をも](?:大きく|わずかに"
            r"|大幅に)?上回|余り?(?![剰裕分白])|あまり|強(?![調化い力引制み豪固])"),
        ("at_least", r"以上|(?:は)?下らない"),
        ("less_than", r"未満|[をも](?:大きく|わずかに|大幅に)?下回|弱(?![点い体小])|を割|を切|足らず|に満たない"
            r"|に届かない"),
        ("at_most", r"以下|以内|まで(?=に抑)"),
        ("about", r"程度|前後|ほど|ぐらい|くらい|近(?:く|い)|に迫|規模|(?:を)?見込"),
    ),
    "ko": (
        ("more_than", r"초과|[을를이가]? ?(?:훌쩍 )?넘(?:는|은|어|게|었|을|긴|기)|[을를] ?(?:웃도|웃돌|상회|돌파|초과)"
            r"|여(?=[ 개명건곳])|남짓"),
        ("at_least", r"이상"),
        ("less_than", r"미만|[을를에]? ?(?:못 ?미치|밑도|하회)"), ("at_most", r"이하|이내"),
        ("about", r"가량|정도|안팎|쯤|내외|에 육박"),
    ),
    "zh": (
        ("more_than", r"[多餘余](?![元數数少])|出[頭头]"), ("at_least", r"以上|起(?=[，。,、])"),
        ("at_most", r"以下|以[內内]|之[內内]"),
        ("about", r"左右|上下|前後|前后"),
    ),
    "en": (
        ("at_least", r"or (?:more|greater|higher|above|better)|\+|and (?:above|up)|plus(?=[ .,;])"),
        ("at_most", r"or (?:less|fewer|below|under)"),
        ("about", r"or so"),
    ),
    "de": (("at_least", r"oder mehr|und mehr"), ("at_most", r"oder weniger")),
    "fr": (("at_least", r"(?:ou|et) plus|au moins"), ("about", r"environ"), ("at_most", r"au plus|ou moins")),
    "es": (("at_least", r"o más|como mínimo"), ("at_most", r"como máximo|o menos")),
}  # fmt: skip


_ABOUT_A_SUM = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZÄÖÜ]\w* über (?:die |den |das )?\Z")
"""A round, order or credit über 30 Millionen is one of 30 million, not of more."""


def _script(rules: Rules) -> str:
    return "zh" if rules.startswith("zh") else rules


@lru_cache(maxsize=16)
def _before(rules: Rules) -> tuple[tuple[Bound, re.Pattern[str]], ...]:
    script = _script(rules)
    edge = r"(?<![A-Za-zÀ-ÿ가-힣])" if script not in ("ja", "zh") else ""
    close = r" ?" if script in ("ja", "zh", "ko") else r" ?(?:the |a |an |les |los |las |der |die |den )?"
    return tuple((bound, re.compile(rf"{edge}(?:{words}){close}\Z", re.IGNORECASE)) for bound, words in _BEFORE[script])


@lru_cache(maxsize=16)
def _after(rules: Rules) -> tuple[tuple[Bound, re.Pattern[str]], ...]:
    return tuple((bound, re.compile(rf" ?(?:{words})")) for bound, words in _AFTER[_script(rules)])


def bound_before(text: str, position: int, rules: Rules) -> tuple[Bound, int] | None:
    """Return (bound, start) of the longest bound word that ends at `position`."""
    best: tuple[Bound, int] | None = None
    for bound, pattern in _before(rules):
        match = pattern.search(text, max(0, position - 28), position)
        if match and rules == "de" and _ABOUT_A_SUM.search(text, max(0, match.start() - 40), match.end()):
            continue
        if match and (best is None or match.start() < best[1]):
            best = bound, match.start()
    return best


def bound_after(text: str, position: int, rules: Rules) -> tuple[Bound, int] | None:
    """Return (bound, end) of the bound word that begins at `position`."""
    for bound, pattern in _after(rules):
        match = pattern.match(text, position)
        if match:
            return bound, match.end()
    return None
