"""How a name sounds, coarsely: the consonants of Katakana, Hangul and Latin words in seven classes.

After Soundex (Russell 1918), with the classes that Japanese keeps apart when it takes a foreign name over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_FEWEST = 2
_ALIKE, _SHORT_ALIKE, _HARDLY_HEARD, _SPELT_BY_RULE = 0.55, 0.6, 0.75, 0.85
_SPELT_ALIKE, _OF_MANY_ALIKE = 0.8, 0.66
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_SHORT = 3
_BESIDE_ALIKE, _BESIDE_SHORT = 0.5, 0.6
_TOLD_ALIKE, _TOLD_NEAR, _TOLD_SKELETON = 0.7, 0.5, 0.8

_ROWS = (
    ("アイウエオ", ("a", "i", "u", "e", "o")),
    ("カキクケコ", ("ka", "ki", "ku", "ke", "ko")),
    ("ガギグゲゴ", ("ga", "gi", "gu", "ge", "go")),
    ("サシスセソ", ("sa", "shi", "su", "se", "so")),
    ("ザジズゼゾ", ("za", "ji", "zu", "ze", "zo")),
    ("タチツテト", ("ta", "chi", "tsu", "te", "to")),
    ("ダヂヅデド", ("da", "ji", "zu", "de", "do")),
    ("ナニヌネノ", ("na", "ni", "nu", "ne", "no")),
    ("ハヒフヘホ", ("ha", "hi", "fu", "he", "ho")),
    ("バビブベボ", ("ba", "bi", "bu", "be", "bo")),
    ("パピプペポ", ("pa", "pi", "pu", "pe", "po")),
    ("マミムメモ", ("ma", "mi", "mu", "me", "mo")),
    ("ラリルレロ", ("ra", "ri", "ru", "re", "ro")),
    ("ヤユヨワヲ", ("ya", "yu", "yo", "wa", "o")),
    ("ンヴッー・", ("n", "vu", "", "", "")),
)
_KANA = {kana: sound for row, sounds in _ROWS for kana, sound in zip(row, sounds, strict=True)}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo", "ヮ": "wa"}
_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".replace("-", "").split(" ")
_FINALS = "- k k k n n n t l k m l l l p l m p p t t n t t k t p t".replace("-", "").split(" ")
_SOFT = re.compile(r"c(?=[eiy])")
_SOFT_G = re.compile(r"g(?=[eiy])")
_PAIRS = (
    ("ght", "t"), ("gh", ""), ("ds", "z"), ("sch", "s"), ("tch", "c"), ("ph", "f"), ("sh", "s"), ("ch", "t"),
    ("th", "s"), ("ck", "k"), ("qu", "k"), ("wh", "w"), ("kn", "n"), ("wr", "r"), ("x", "ks"), ("ts", "t"), ("dg", "t"),
)  # fmt: skip
_CLASS = {
    **dict.fromkeys("pbfv", "P"), **dict.fromkeys("tdszj", "T"), **dict.fromkeys("kgcq", "K"),
    **dict.fromkeys("mn", "N"), **dict.fromkeys("rl", "R"),
}  # fmt: skip
_VOWELS_HEARD = (
    (r"ight", "aito"), (r"(?<=[^aeiou])y(?=[^aeiou]|$)", "i"), (r"ee|ea|ie", "i"), (r"oo", "u"), (r"ow|ou", "au"),
    (r"a[iy]", "e"), (r"i(?=[^aeiou]es?$)", "ai"), (r"a(?=[^aeiou]es?$)", "e"), (r"(?<=[^aeiou])e$", ""),
    (r"al(?=[lk])", "o"), (r"er$|or$", "a"), (r"(?<=[^aeioun])$", "u"),
)  # fmt: skip
_PLAIN = str.maketrans("àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ", "aaaaaaceeeeiiiinoooooouuuuyy")


def romanise(word: str) -> str:
    """Return a Katakana or Hangul word in Latin letters, a Latin one in small plain letters; other characters go."""
    letters: list[str] = []
    for char in word.lower().translate(_PLAIN):
        if char in _SMALL:
            letters[-1:] = [letters[-1].rstrip("aiueo") if letters else ""]
            letters.append(_SMALL[char])
        elif char in _KANA:
            letters.append(_KANA[char])
        elif "가" <= char <= "힣":
            letters.append(_syllable(ord(char) - 0xAC00))
        elif char.isascii() and char.isalpha():
            letters.append(char)
    return "".join(letters)


def _syllable(code: int) -> str:
    return _INITIALS[code // 588] + _VOWELS[code % 588 // 28] + _FINALS[code % 28]


@lru_cache(maxsize=65536)
def skeletons(word: str) -> frozenset[str]:
    """Return the consonant classes of a word, in each way that it may be read: c and g hard or soft, r heard or not."""
    plain = romanise(word)
    found: set[str] = set()
    for soft in (plain, _SOFT.sub("s", plain), _SOFT_G.sub("j", _SOFT.sub("s", plain)), plain.replace("w", "v")):
        for pattern, sound in _PAIRS:
            soft = soft.replace(pattern, sound)
        unheard = re.sub(r"(?<=[aeiou])[rl](?![aeiou])", "", soft)
        for read in (soft, unheard, re.sub(r"[sz]$", "", soft), re.sub(r"[sz]$", "", unheard)):
            found.add("".join(_CLASS.get(char, "") for char in re.sub(r"(.)\1+", r"\1", read)))
    return frozenset(found)


def sounds_alike(one: str, other: str) -> bool:
    """Tell whether two words of any of the three scripts may be one name: same consonants, and letters much alike."""
    shared = skeletons(one) & skeletons(other)
    longest = max(map(len, shared), default=0)
    if longest < _FEWEST:
        return bool(shared) and min(len(one), len(other)) > 1 and _ratio(one, other) >= _HARDLY_HEARD
    return _ratio(one, other) >= (_SHORT_ALIKE if longest <= _SHORT else _ALIKE)


def may_sound_alike(one: str, other: str) -> bool:
    """Tell whether two words may be one name when someone says that they are: more easily than `sounds_alike`."""
    alike = _ratio(one, other)
    if alike >= _TOLD_ALIKE or sounds_alike(one, other):
        return True
    pairs = [(a, b) for a in skeletons(one) for b in skeletons(other) if min(len(a), len(b)) > _FEWEST and a[0] == b[0]]
    near = any(SequenceMatcher(None, a, b, autojunk=False).ratio() >= _TOLD_SKELETON for a, b in pairs)
    return near and alike >= _TOLD_NEAR


def beside_alike(one: str, other: str) -> bool:
    """Tell whether two words may be one word when their neighbours are: more easily than `sounds_alike`."""
    longest = max(map(len, skeletons(one) & skeletons(other)), default=-1)
    return longest >= 0 and _ratio(one, other) >= (_BESIDE_ALIKE if longest >= _FEWEST else _BESIDE_SHORT)


def _heard_ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, _heard(one), _heard(other), autojunk=False).ratio()


@lru_cache(maxsize=65536)
def _heard(word: str) -> str:
    """Return the letters with vowels as English spells them brought to those that Japanese hears."""
    plain = _SOFT.sub("s", romanise(word))
    for spelling, sound in _VOWELS_HEARD:
        plain = re.sub(spelling, sound, plain)
    return _spelt(plain)


def _ratio(one: str, other: str) -> float:
    return max(_spelt_ratio(one, other), _heard_ratio(one, other))


def _spelt_ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, _spelt(one), _spelt(other), autojunk=False).ratio()


def _spelt(word: str) -> str:
    """Return the letters with those that Japanese does not keep apart made one."""
    plain = romanise(word).replace("ph", "f").replace("ck", "k").replace("sh", "s").replace("th", "s")
    return re.sub(r"(.)\1+", r"\1", plain.translate(str.maketrans("lvcqjzm", "rbkkgsn")).replace("x", "ks"))


class Sounding:
    """Words of a source by how they sound, to look a name up in."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_sound: dict[str, set[str]] = {}
        for word in words:
            for skeleton in skeletons(word):
                self._by_sound.setdefault(skeleton, set()).add(word)

    def has(self, name: str, *, exactly: bool = False, heard: bool = False) -> bool:
        """Tell whether a word of the source may be `name` in another script; `exactly`: but for long vowels.

        With `heard`, the Latin letters of `name` are sounds and no spelling.
        """
        near = {word for skeleton in skeletons(name) for word in self._by_sound.get(skeleton, ())}
        if exactly:
            return any(_ratio(name, word) >= _SPELT_BY_RULE for word in near)
        return any(sounds_alike(name, word) and (heard or _ratio(name, word) >= _least(name, word)) for word in near)


def _least(name: str, word: str) -> float:
    """Return how alike two words must be beyond their sound: two Latin forms of one name are spelt nearly the same.

    Of Korean every word is looked at, since none has a capital: more of them sound like a name by chance.
    """
    if _LATIN.match(name) and _LATIN.match(word):
        return _SPELT_ALIKE
    return _OF_MANY_ALIKE if "가" <= word[0] <= "힣" else 0.0
