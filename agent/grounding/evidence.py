"""How firmly a source says what it says: bounds and hedges that a claim must carry over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.grounding.unsupported import Source
from agent.language.scripts import rules_of
from agent.language.sentences import split
from agent.model import Bound
from agent.moments import Moment, parse_moments
from agent.quantities import Quantity, parse_quantities, same_quantity

_HEDGES = {
    "ja": r"見込|予定|計画|予想|予測|見通|可能性|目標|目指|方針|みられ|見られ|とされ|という|かもしれ|だろう|でしょう|"
    r"想定|検討|意向|期待|推定|試算|提案|案[をが]|うる|得る|べき|狙|構え|考え|主張|伝え|述べ|説明|によると|示し|場合|恐れ|おそれ",
    "en": r"\b(?:plan(?:s|ned|ning)?|expect(?:s|ed)?|aim(?:s|ed|ing)?|forecasts?|project(?:s|ed|ion)|may|might|"
    r"could|likely|targets?|targeting|hopes?|intends?|propos\w+|would|should|estimat\w+|predicts?|scheduled|set to|"
    r"due|if|says?|said)\b",
    "ko": r"계획|예정|전망|예상|목표|것으로 보|가능성|추정|방침|예측|검토|밝혔|말했|설명",
    "zh": r"計畫|计划|預計|预计|預期|预期|可能|目標|目标|有望|預測|预测|估計|估计|擬|拟|表示|指出",
    "de": r"\b(?:plan\w*|soll(?:en|te|ten)?|voraussichtlich|erwart\w+|könn\w+|dürft\w+|ziel\w*|prognos\w+|"
    r"will|wollen|sagt\w*)\b",
    "fr": r"\b(?:prévoi\w+|prév\w+|devrai\w+|pourrai\w+|envisag\w+|objectif|attend\w*|vise\w*|estim\w+|selon|compte)\b",
    "es": r"\b(?:prev\w+|plane\w+|esper\w+|podría\w*|objetivo|debería\w*|estim\w+|según)\b",
}
_PLANS = {
    "ja": r"見込|予定|計画|予想|予測|見通|可能性|目標|目指|方針|検討|意向|想定",
    "en": r"\b(?:plans?|planned|planning|expects?|expected|aims?|forecasts?|projects|projected|may|might|could|"
    r"likely|targets?|hopes?|intends?|proposes?|proposed|scheduled|set to)\b",
    "ko": r"계획|예정|전망|예상|목표|가능성|방침|예측|검토",
    "zh": r"計畫|计划|預計|预计|預期|预期|可能|目標|目标|有望|預測|预测|擬|拟",
    "de": r"\b(?:plant|planen|geplant\w*|soll|sollen|voraussichtlich|erwart\w+|könnte\w*|dürfte\w*)\b",
    "fr": r"\b(?:prévoi\w+|prévu\w*|devrai\w+|pourrai\w+|envisag\w+|objectif)\b",
    "es": r"\b(?:prevé\w*|previst\w+|planea\w*|espera\w*|podría\w*|debería\w*)\b",
}
_AROUND = 3
_BEGINS, _ENDS = r"(?:^|(?<=[。．.!?！？「『“\"(（\s]))", r"(?=\s*(?:$|[。．.!?！？」』”\")）]))"
_WORDS: dict[Bound, str] = {
    "exact": "", "at_least": "at least", "more_than": "more than", "at_most": "at most", "less_than": "less than",
    "about": "about",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    """One sentence of a source: what it states, and whether as a plan or expectation."""

    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    planned: bool


def softened(text: str, language: str, sources: Sequence[Source]) -> list[str]:
    """Return what one sentence states more firmly than every sentence of the sources that states it.

    That is a quantity whose bound (over, about, at most) is gone, and a dated or counted plan, expectation or
    possibility told without any word for that. Each as `stretch (what the source says of it)`.
    """
    said = [sentence for source in sources for sentence in _sentences(source)]
    if not said:
        return []
    claims = parse_quantities(text, language)
    found = [
        f"{text[c.start : c.end]} ({_WORDS[bound]})"
        for c in claims
        if c.bound == "exact" and not _quotes(text, c, sources) and (bound := _lost(c, said))
    ]
    if not re.search(_HEDGES[_cues(language)], text, re.IGNORECASE):
        found += [f"{text[a:b]} (planned or expected)" for a, b in _planned(text, language, claims, said, sources[0])]
    return found


def tells_a_plan(text: str, language: str) -> bool:
    """Tell whether a sentence speaks of a plan, an expectation or a possibility."""
    return re.search(_PLANS[_cues(language)], text, re.IGNORECASE) is not None


def _quotes(text: str, claim: Quantity, sources: Sequence[Source]) -> bool:
    """Tell whether a claim stands in a source with the words around it, and so with its bound."""
    around = re.escape(text[max(0, claim.start - _AROUND) : claim.end + _AROUND])
    # Where the claim begins or ends with the quantity, the source has to do so too: a bound may stand just there.
    before = _BEGINS if claim.start < _AROUND else ""
    after = _ENDS if claim.end + _AROUND > len(text) else ""
    return any(re.search(before + around + after, source.text, re.MULTILINE) for source in sources)


def _lost(claim: Quantity, said: Sequence[_Said]) -> Bound | None:
    """Return the bound that every source of a quantity gives and the claim lacks."""
    stated = [q for s in said for q in s.quantities if q.upper is None and same_quantity(q, claim).equal]
    # A rounding within the claim's own precision is a choice of the writer, and a range's end is no bound.
    if claim.upper is not None or not stated or any(q.bound == "exact" for q in stated):
        return None
    return stated[0].bound


def _planned(
    text: str, language: str, claims: Sequence[Quantity], said: Sequence[_Said], first: Source
) -> Iterator[tuple[int, int]]:
    for claim in claims:
        holders = [s for s in said if any(same_quantity(q, claim).equal for q in s.quantities)]
        if claim.unit and holders and all(s.planned for s in holders):
            yield claim.start, claim.end
    for moment in parse_moments(text, language, first.reference):
        holders = [s for s in said if any((m.date, m.precision) == (moment.date, moment.precision) for m in s.moments)]
        if moment.date > first.reference and holders and all(s.planned for s in holders):
            yield moment.start, moment.end


@lru_cache(maxsize=256)
def _sentences(source: Source) -> tuple[_Said, ...]:
    plans = re.compile(_PLANS[_cues(source.language)], re.IGNORECASE)
    return tuple(
        _Said(
            tuple(parse_quantities(span.text, source.language)),
            tuple(parse_moments(span.text, source.language, source.reference)),
            plans.search(span.text) is not None,
        )
        for span in split(source.text, source.language)
    )


def _cues(language: str) -> str:
    rules = rules_of(language)
    return "zh" if rules.startswith("zh") else rules
