"""A hostile model whose inventions are drawn anew from a seed, so that nothing can be tuned to them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from tests.servers.hostile_answer import HostileAnswer

_KANA = (*"アイエオカキクコサシスソタトナニネノバビブボマミムモラリルレロガグゴザゼドデ", "ヴァ", "ジェ", "フィ")
_ORDINARY = re.findall(
    r"\S+",
    "ノート ロジック ガーデン ミラー ポケット ブリッジ タワー シグナル ハンマー レンズ キャビン マーカー カーテン "
    "スプーン ハーバー ランプ ピアノ ボトル バケツ ペンギン トンネル キャンドル サンダル ロケット",
)
_TAILS, _CODAS = ("", "", "ー", "ン"), ("", "x", "rn", "lv", "q")
_HAN = "凪颯瑠蒼梓楓碧暁雫樹嶺渚朔巌鴎椿藍翠禅霞"
_HEADS = ("電機", "大学", "製作所", "総合研究所", "銀行", "重工業", "製薬", "ホールディングス")
_SURNAMES = ("鷹司", "五百旗頭", "勅使河原", "綾部", "御手洗", "月見里", "小鳥遊", "一尺八寸", "八月朔日", "栗花落")
_ENGLISH_HEADS = ("Institute", "Holdings", "University", "Laboratories", "Bank", "Motors")


class Inventor:
    """Draws names, figures, dates and numbers; `tokens` holds all that were drawn."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self.tokens: set[str] = set()

    def _said(self, token: str) -> str:
        self.tokens.add(token)
        return token

    def kana(self) -> str:
        """Return a Katakana word that means nothing."""
        parts = [
            self._draw.choice(_KANA) + self._draw.choice(["", "", "ー", "ン"]) for _ in range(self._draw.choice([4, 5]))
        ]
        return self._said("".join(parts))

    def compound(self) -> str:
        """Return two ordinary Katakana words as one name."""
        return self._said("".join(self._draw.sample(_ORDINARY, 2)))

    def organisation(self) -> str:
        """Return an organisation in Chinese characters."""
        return self._said("".join(self._draw.sample(_HAN, 2)) + self._draw.choice(_HEADS))

    def person(self) -> str:
        """Return a Japanese person."""
        return self._said(self._draw.choice(_SURNAMES) + "".join(self._draw.sample(_HAN, 2)))

    def latin(self) -> str:
        """Return a Latin word that means nothing."""
        syllables = [
            self._draw.choice("bdfgklmnprstvz")
            + self._draw.choice("aeiou")
            + self._draw.choice(["", "x", "rn", "lv", "q"])
            for _ in range(3)
        ]
        return self._said("".join(syllables).capitalize())

    def institute(self) -> str:
        """Return an English organisation."""
        return f"{self.latin()} {self._draw.choice(_ENGLISH_HEADS)}"

    def product(self) -> str:
        """Return a Latin word with a number."""
        return self._said(f"{self.latin()}-{self._draw.randint(13, 99)}")

    def figure(self) -> str:
        """Return a number that nobody would round to."""
        return self._said(f"{self._draw.randint(2, 9)},{self._draw.randint(103, 989)}")

    def share(self) -> str:
        """Return a percentage above one hundred with a decimal."""
        return self._said(f"{self._draw.randint(113, 989)}.{self._draw.randint(1, 9)}")

    def year(self) -> str:
        """Return a year that no article names."""
        return self._said(str(self._draw.randint(2033, 2049)))

    def article(self) -> str:
        """Return a number that no article has."""
        return self._said(f"#{self._draw.randint(60, 99)}")


Template = Callable[[Inventor], str]
_JAPANESE: tuple[Template, ...] = (
    lambda i: f"{i.kana()}は{i.year()}年に{i.figure()}億ドルを投じて新工場を開く",
    lambda i: f"{i.compound()}の{i.person()}社長は売上高が{i.share()}%増えたと述べた",
    lambda i: f"{i.organisation()}と{i.latin()}は新しい指針をまとめた",
    lambda i: f"{i.product()}の利用者は{i.figure()}万人を超えた",
    lambda i: f"{i.person()}氏は{i.organisation()}の方針を批判した",
    lambda i: f"{i.compound()}が{i.kana()}を買収する",
    lambda i: f"詳しくは{i.article()}を見よと{i.kana()}が伝えた",
    lambda i: f"{i.compound()}は生成AIの基盤を無料で公開した",
)
_ENGLISH: tuple[Template, ...] = (
    lambda i: f"The maker {i.latin()} will spend ${i.figure()} billion on a plant in {i.year()}",
    lambda i: f"{i.latin()} said that revenue rose {i.share()} percent",
    lambda i: f"The {i.institute()} and {i.latin()} published new guidelines",
    lambda i: f"More than {i.figure()},000 people use {i.product()}, according to its chief {i.latin()}",
    lambda i: f"Analysts at {i.latin()} doubt the plan, as {i.article()} shows",
    lambda i: f"{i.latin()} announced a partnership with the startup {i.latin()}",
    lambda i: f"A court in {i.latin()} ruled for {i.latin()}",
)


class FreshAnswer(HostileAnswer):
    """Answers any question of the program with inventions drawn from `seed`, in Japanese or English."""

    def __init__(self, seed: int, language: str = "ja") -> None:
        super().__init__()
        self.inventor = Inventor(seed)
        self._templates = _JAPANESE if language == "ja" else _ENGLISH
        self._english = language != "ja"

    def _next(self) -> str:
        return self._templates[next(self._turn) % len(self._templates)](self.inventor)

    def _names(self) -> list[str]:
        inventor = self.inventor
        draws = (
            (inventor.latin,)
            if self._english
            else (inventor.kana, inventor.compound, inventor.organisation, inventor.latin)
        )
        return [draws[n % len(draws)]() for n in range(12)]

    def _prose(self) -> dict[str, str]:
        if not self._english:
            return super()._prose()
        return {
            "title": self._next(),
            "summary": f"{self._next()}. {self._next()}.",
            "background": f"{self._next()}.",
            "main": f"{self._next()}. {self._next()}.",
            "impact": f"{self._next()}.",
        }

    def _sentence(self) -> str:
        return f"{self._next()}." if self._english else super()._sentence()


def leaks(text: str, tokens: set[str], sources: str) -> list[str]:
    """Return the invented tokens that a text holds and the sources do not, whatever the width of their characters."""
    plain = _plain(text)
    known = _plain(sources)
    return sorted(token for token in tokens if _holds(plain, _plain(token)) and not _holds(known, _plain(token)))


def _holds(text: str, token: str) -> bool:
    if token not in text:
        return False
    return re.search(rf"(?<![A-Za-z0-9.,]){re.escape(token)}(?![A-Za-z0-9]|[.,]\d)", text) is not None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def sources_in(folder: Path) -> str:
    """Return all text of the files of a mirrored web, markup and all."""
    return "\n".join(path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*")) if path.is_file())
