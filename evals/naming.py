"""Names alone: human translations of news kept, and the same sentences with an invented name caught, by language."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

from agent.language.scripts import rules_of
from agent.names import name_index, unborne_names
from evals.bench import Bench
from evals.dataset import read_jsonl, sentences_of, used
from evals.result import DatasetUsed, Metric
from evals.scores import share

_FILE = "ntrex_24docs_16langs.jsonl"
_TOLERANCE = 0.03
_PAIRS = (
    ("ja", "en"), ("ja", "ko"), ("ja", "zh-CN"), ("en", "ja"), ("en", "ko"), ("en", "de"), ("de", "en"), ("fr", "en"),
    ("es", "en"), ("ko", "en"), ("ko", "ja"), ("zh-CN", "en"), ("zh-TW", "en"), ("zh-CN", "ja"),
)  # fmt: skip
_KANA = "アイカキクコサシスタトナニネノバビブマミムモラリルレロガゴザド"
_ORDINARY = (
    "ノート",
    "ロジック",
    "ガーデン",
    "ミラー",
    "ポケット",
    "ブリッジ",
    "タワー",
    "シグナル",
    "レンズ",
    "ランプ",
    "トンネル",
)
_HAN = "凪颯瑠蒼楓碧暁嶺渚朔椿藍翠霞"
_HANGUL = "로르벨트카조라네스크텔디코젠"
_SPELLING = "佐尔布拉克斯维特罗科米纳德卡洛莱索"
_CONTEXTS = {
    "ja": "{}は新しい工場を開いた。", "ko": "업체 {}은 공장을 열었다.", "zh": "据悉，{}开设了新工厂。",
    "en": "The company {} opened a plant.", "de": "Die Firma {} eröffnete ein Werk.",
    "fr": "La société {} a ouvert une usine.", "es": "La empresa {} abrió una planta.",
}  # fmt: skip


def names_measured(bench: Bench) -> tuple[list[Metric], DatasetUsed]:
    """Return for each pair of languages how many translated sentences pass whole and how many invented names do not.

    Raises Skip where NTREX is absent.
    """
    path = bench.real("ntrex") / _FILE
    rows = read_jsonl(path)[: bench.few(3, 24)]
    data = used("NTREX names", [path], len(rows))
    metrics: list[Metric] = []
    for language, original in _PAIRS[: bench.few(4, len(_PAIRS))]:
        kept, caught = _judged(rows, language, original)
        pair = f"{rules_of(language)} from {rules_of(original)}"
        metrics.append(share(f"names {pair} kept", kept, data.name, tolerance=_TOLERANCE))
        metrics.append(share(f"names {pair} invented caught", caught, data.name, tolerance=_TOLERANCE))
    return metrics, data


def _judged(rows: list[Mapping[str, object]], language: str, original: str) -> tuple[list[bool], list[bool]]:
    kept: list[bool] = []
    caught: list[bool] = []
    tag = rules_of(language)
    draw = random.Random(f"{language} {original}")  # noqa: S311
    for row in rows:
        index = name_index("\n".join(sentences_of(row, original)), rules_of(original))
        kept += [not unborne_names(sentence, tag, [index]) for sentence in sentences_of(row, language)]
        caught += [bool(unborne_names(claim, tag, [index])) for claim in _invented(tag[:2], draw)]
    return kept, caught


def _invented(language: str, draw: random.Random) -> Iterator[str]:
    """Yield twelve sentences about somebody who does not exist."""
    makers: dict[str, tuple[Callable[[], str], ...]] = {
        "ja": (
            lambda: "".join(draw.choices(_KANA, k=5)),
            lambda: "".join(draw.sample(_ORDINARY, 2)),
            lambda: "".join(draw.sample(_HAN, 2)) + draw.choice(("電機", "大学", "銀行")),
        ),
        "ko": (
            lambda: "".join(draw.choices(_HANGUL, k=4)),
            lambda: "".join(draw.choices(_HANGUL, k=3)) + draw.choice(("전자", "은행", "그룹")),
        ),
        "zh": (
            lambda: "".join(draw.choices(_SPELLING, k=5)),
            lambda: "".join(draw.sample(_HAN, 2)) + draw.choice(("集团", "银行", "科技")),
        ),
    }
    made = makers.get(language, (lambda: _latin(draw),))
    for place in range(12):
        yield _CONTEXTS[language].format(made[place % len(made)]())


def _latin(draw: random.Random) -> str:
    syllables = [
        draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") + draw.choice(("", "x", "rn", "l")) for _ in "abc"
    ]
    return "".join(syllables).capitalize()
