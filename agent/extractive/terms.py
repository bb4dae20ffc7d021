"""The words that tell what an article is about."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from agent.language.scripts import rules_of
from agent.names.korean import without_particle
from agent.names.words import Word, analyse

_WORD = re.compile(r"[^\W\d_]{3,20}")
_LATIN = re.compile(r"[A-Z][A-Za-z]{2,15}")
_SHORTEST = {"de": 4}
_LONG_ENOUGH = 5
"""Letters of a word without a capital, in languages that write names alone with one."""
_HANGUL = re.compile(r"[가-힣]{2,8}")
_KOREAN_VERB = re.compile(r"(?:다|니까|도록|지만|면서|하고|되고|었고|았고|하는|되는|하며|되며|했던|되던|된|한)$")
_KOREAN_WORDS = (
    "동안 이상 이하 그의 그녀 그들 우리 따라 따르 규모 대한 대해 위해 통해 가운데 이후 이전 모든 다른 많은 지난 이번 "
    "오늘 어제 때문 관련 이날 당시 현재 최근 경우 정도 사람 사람들 자신 모두 함께 다시 또한 그리고 그러 하지 있는 "
    "없는 같은 월요일 화요일 수요일 목요일 금요일 토요일 일요일"
)
_KOREAN_LITTLE = frozenset(_KOREAN_WORDS.split())
_CHINESE = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])")
_FUNCTION_WORDS = re.compile(
    r"发布|發布|发表|發表|宣布|宣佈|报道|報道|報導|推出|认为|認為|指出|什么|什麼|任何|"
    r"但是|因为|因為|如果|已经|已經|可能|可以|这些|這些|那些|他们|他們|我们|我們|自己|没有|沒有|以及|由于|由於|所以|同时|同時|其中|"
    r"[的了在是和与與及对對为為将將被把从從到于於也都而这這那其但并並或以之等中上下前后後个個年月日时時说說称稱表示不会會能要还還据據由向"
    r"给給让讓使就才又很更最他她它有人名位次约約近超过過第零一二三四五六七八九十百千万萬亿億]+"
)
"""Chinese is written without spaces: what stands between such words may be a term."""
_STOP_LISTS = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
_PRINTABLE = re.compile(r"[\u4e00-\u9fff々]{2,8}|[\u30a0-\u30ff]{3,12}|[A-Z][A-Za-z]{2,15}")
_SAYS_LITTLE = re.compile(
    r"発表|開始|公開|報道|実施|予定|対象|利用|使用|計画|記者|新聞|会見|情報|内容|状況|関係|影響|理由|結果|問題|可能|必要"
    r"|午前|午後|以上|以下|部分|全体|場合|方法|目的|初めて|今回|今後|世界|日本|国内|各国|会社|企業|社長|代表|担当|本社"
    r"|自社|同社|同日|当日|現地|中心|一部|最大|ホームページ|ウェブサイト|サイト|サービス|ニュース"
)


@lru_cache(maxsize=4096)
def terms(text: str, language: str) -> frozenset[str]:
    """Return the words of a text that may name its subject: in Japanese nouns that are no time, count or person.

    In German words with a capital, in other languages that have spaces names and long words, none of them among the
    language's commonest; in Chinese what stands between function words, and words in Latin letters.
    """
    match rules_of(language).split("-")[0]:
        case "ja":
            return _japanese(text)
        case "zh":
            between = _FUNCTION_WORDS.sub(" ", text)
            return frozenset([*_CHINESE.findall(between), *_latin(text)])
        case "ko":
            bare = {without_particle(word) for word in _HANGUL.findall(text) if not _KOREAN_VERB.search(word)}
            return frozenset(word for word in bare - _KOREAN_LITTLE if len(word) > 1) | _latin(text)
        case western:
            return frozenset(word for word in _WORD.findall(text) if _tells(word, western))


def _latin(text: str) -> frozenset[str]:
    return frozenset(word for word in _LATIN.findall(text) if word.casefold() not in _common("en"))


def _tells(word: str, language: str) -> bool:
    if word.casefold() in _common(language):
        return False
    return (word[0].isupper() and len(word) >= _SHORTEST.get(language, 3)) or (
        language != "de" and len(word) >= _LONG_ENOUGH
    )


@cache
def _common(language: str) -> frozenset[str]:
    """Return the commonest words of a language and those of its calendar, in small letters."""
    from babel import Locale
    from justext import get_stoplist

    calendar = Locale(language)
    names = [*calendar.months["format"]["wide"].values(), *calendar.days["format"]["wide"].values()]
    return frozenset(word.casefold() for word in (*get_stoplist(_STOP_LISTS[language]), *names))


def _japanese(text: str) -> frozenset[str]:
    words = analyse(text)
    found = set[str]()
    for before, word in zip([None, *words], words, strict=False):
        # 半 + 導体: one character in front belongs to the noun.
        joined = before is not None and _is_prefix(before) and before.start + 1 == word.start
        surface = f"{before.text}{word.text}" if before is not None and joined else word.text
        if _PRINTABLE.fullmatch(surface) and _is_subject(word.kind) and not _SAYS_LITTLE.fullmatch(surface):
            found.add(surface)
    return frozenset(found)


def _is_prefix(word: Word) -> bool:
    return len(word.text) == 1 and word.kind[0] in ("接頭辞", "名詞") and not word.text.isdigit()


def _is_subject(kind: tuple[str, ...]) -> bool:
    if kind[:2] == ("名詞", "普通名詞"):
        return kind[2] in ("一般", "サ変可能")
    return kind[:2] == ("名詞", "固有名詞") and kind[2] != "人名"
