"""True sentences made false without a new word: two names swapped, a negation put in or taken out."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from agent.names import names_in

_Rule = tuple[str, str]
_FLIPS: dict[str, tuple[_Rule, ...]] = {
    "ja": (
        (r"ではない(?=[。、])", "である"),
        (r"していない(?=[。、])", "している"),
        (r"できない(?=[。、])", "できる"),
        (r"しなかった(?=[。、])", "した"),
        (r"ませんでした(?=。)", "ました"),
        (r"ません(?=。)", "ます"),
        (r"されていない(?=[。、])", "されている"),
        (r"である(?=。)", "ではない"),
        (r"している(?=。)", "していない"),
        (r"できる(?=[。、])", "できない"),
        (r"した(?=。)", "しなかった"),
        (r"する(?=。)", "しない"),
        (r"れた(?=。)", "れなかった"),
        (r"れる(?=。)", "れない"),
        (r"ました(?=。)", "ませんでした"),
        (r"ます(?=。)", "ません"),
        (r"った(?=。)", "っていない"),
        (r"えた(?=。)", "えなかった"),
        (r"だった(?=。)", "ではなかった"),
        (r"だ(?=。)", "ではない"),
    ),
    "en": (
        (r" (is|was|are|were|will|would|has|have|had|did|does|do|can|could|should) not\b", r" \1"),
        (r" cannot\b", " can"),
        (r"\b(is|was|are|were|has|have|had|did|does|do|could|should|would)n['’]t\b", r"\1"),
        (r" never\b", ""),
        (r"(?<= )(is|was|are|were|will|would|has|have|had|can|could|should)(?= )", r"\1 not"),
        (r"(?<= )said(?= )", "did not say"),
    ),
    "ko": (
        (r"지 않았다", "았다"),
        (r"하지 않는다", "한다"),
        (r"하지 않았다", "했다"),
        (r"이 아니다", "이다"),
        (r"없다\.", "있다."),
        (r"했다(?=\.)", "하지 않았다"),
        (r"한다(?=\.)", "하지 않는다"),
        (r"됐다(?=\.)", "되지 않았다"),
        (r"된다(?=\.)", "되지 않는다"),
        (r"이다(?=\.)", "이 아니다"),
        (r"있다(?=\.)", "없다"),
        (r"했습니다(?=\.)", "하지 않았습니다"),
        (r"입니다(?=\.)", "이 아닙니다"),
        (r"합니다(?=\.)", "하지 않습니다"),
        (r"습니다(?=\.)", "지 않습니다"),
    ),
    "zh": (
        (r"不是", "是"),
        (r"没有", "有"),
        (r"沒有", "有"),
        (r"不会", "会"),
        (r"不會", "會"),
        (r"不能", "能"),
        (r"并非|並非", "是"),
        (r"(?<!不)将(?=[^军])", "不会"),
        (r"(?<!不)將(?=[^軍])", "不會"),
        (r"(?<![不就都还])是", "不是"),
        (r"已经?", "没有"),
        (r"已經?", "沒有"),
        (r"(?<!不)会(?=[^议员长])", "不会"),
        (r"(?<!不)會(?=[^議員長])", "不會"),
        (r"(?<!不)能(?=[^源力])", "不能"),
        (r"表示", "没有表示"),
    ),
    "de": (
        (r" nicht\b", ""),
        (r"\bkein(e[mnrs]?)?\b", r"ein\1"),
        (r" (ist|sind|war|waren|wird|werden|hat|haben|hatte|kann|soll|will)(?= )", r" \1 nicht"),
    ),
    "fr": (
        (r"\bn(?:e |['’])(\w+) pas\b", r"\1"),
        (r" (est|sont|était|sera|seront|a|ont|avait|peut|doit|va|vont)(?= )", r" ne \1 pas"),
    ),
    "es": (
        (r" no (?=\w)", " "),
        (r" (es|son|era|será|serán|ha|han|había|puede|debe|va|van|fue|fueron)(?= )", r" no \1"),
    ),
}  # fmt: skip


def negated(sentence: str, language: str) -> str | None:
    """Return the sentence with its negation turned, None where no rule of the language fits it."""
    for pattern, replacement in _FLIPS.get(language[:2], ()):
        found = re.search(pattern, sentence)
        if found:
            return sentence[: found.start()] + found.expand(replacement) + sentence[found.end() :]
    return None


def swapped(sentence: str, language: str) -> str | None:
    """Return the sentence with two of its names in each other's place, None when it has not two that can change."""
    names = _whole(names_in(sentence, language), language)
    if len(names) < 2:
        return None
    one, other = random.Random(sentence).sample(names, 2)  # noqa: S311
    return _exchange(sentence, one, other)


def replaced(sentence: str, language: str, others: Sequence[str]) -> str | None:
    """Return the sentence with one of its names replaced by one of `others`, None when it has none."""
    names = _whole(names_in(sentence, language), language)
    foreign = [name for name in _whole(others, language) if name not in sentence]
    if not names or not foreign:
        return None
    draw = random.Random(sentence)  # noqa: S311
    return sentence.replace(draw.choice(names), draw.choice(foreign))


def _whole(found: Sequence[str], language: str) -> list[str]:
    """Leave out forms that are part of another, and what is too short to stand for someone."""
    names = list(dict.fromkeys(found))
    least = 2 if language[:2] in {"ja", "ko", "zh"} else 4
    return [
        name for name in names if len(name) >= least and not any(name != other and name in other for other in names)
    ]


def _exchange(sentence: str, one: str, other: str) -> str:
    return re.sub(f"{re.escape(one)}|{re.escape(other)}", lambda found: other if found[0] == one else one, sentence)
