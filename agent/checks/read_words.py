"""Words by which the parts of a printed report are known, in eight languages, whoever printed it."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

SECTIONS: tuple[tuple[str, str], ...] = (
    ("trends", r"今週の動向|今週の(?:概要|まとめ|ポイント)|動向|(?:the week|trends|overview|this week)(?:.s trends)?"),
    ("trends", r"die woche|la semaine|la semana|이번 주 동향|本周动态|本週動向"),
    ("topics", r"注目(?:の)?(?:トピック|テーマ)|主要トピック|topics(?: to watch)?|highlights|key topics"),
    ("topics", r"themen im fokus|sujets à suivre|temas destacados|주목할 주제|重点话题|焦點議題"),
    ("figures", r"主要(?:な)?数値|主な数字|key (?:figures|numbers|metrics)"),
    ("figures", r"zahlen der woche|chiffres clés|cifras clave|주요 수치|关键数据|關鍵數據"),
    ("categories", r"カテゴリー?別(?:の)?(?:動向)?|by category|categories"),
    ("categories", r"nach rubriken|par rubrique|por secciones|분야별 동향|分类动态|分類動向"),
    ("roadmap", r"(?:今後の)?ロードマップ|roadmap|timeline"),
    ("roadmap", r"kommende termine|calendrier à venir|próximas fechas|향후 일정|未来日程|未來時程"),
    ("outlook", r"(?:今後の)?(?:展望|見通し)|outlook|future outlook|ausblick|perspectives|perspectivas|전망|前景展望"),
    (
        "other",
        r"目次|報道の分布|先週からの動き|作成方法(?:と出典)?|訂正と欠落|contents|coverage|since last week|method",
    ),
    ("other", r"method and sources|corrections and gaps|参考文献|references|sources|食い違い|where sources differ"),
    ("other", r"inhalt|berichterstattung|seit der vorwoche|methode und quellen|korrekturen und lücken"),
    ("other", r"sommaire|couverture|depuis la semaine dernière|méthode et sources|corrections et lacunes"),
    ("other", r"índice|cobertura|desde la semana pasada|método y fuentes|correcciones y lagunas"),
    ("other", r"목차|보도 분포|지난주 이후의 흐름|작성 방법과 출처|정정 및 누락"),
    ("other", r"目录|报道分布|上周以来|编制方法与来源|更正与缺漏|目錄|報導分布|上週以來|編製方法與來源|更正與缺漏"),
    ("other", r"wo sich quellen widersprechen|quand les sources divergent|donde las fuentes discrepan|엇갈리는 보도"),
    ("other", r"报道分歧|報導分歧"),
    ("articles", r"記事|記事一覧|articles|artikel|artículos|기사|文章"),
)
"""Kind of a section -> its titles, whole."""
_SECTION_RES = tuple((kind, re.compile(rf"(?:{titles})", re.I)) for kind, titles in SECTIONS)
_DECORATION = re.compile(r"^[■□◆●▼▶★\s\d.:：)）]+|\s+$")
_COLON = r"\s*[:：]"

SUMMARY = re.compile(r"(?:概要|要約|要旨|summary|abstract|kurzfassung|résumé|resumen|요약|摘要)", re.I)
DETAIL = re.compile(r"(?:詳細|本文|details?|im einzelnen|en détail|en detalle|상세|详情|詳情)", re.I)
PARTS = re.compile(
    r"(?:背景|主要|影響|影响|展望|background|main points?|impact|context|hintergrund|kernpunkte|folgen"
    r"|points essentiels|conséquences|contexto|puntos principales|consecuencias|배경|주요|영향)",
    re.I,
)
_INNER_WORDS = (
    "概要|詳細|背景|主要な内容|影響と展望|Summary|Details|Background|Main points|Impact|Impact and outlook|Detail|"
    "Kurzfassung|Im Einzelnen|Hintergrund|Kernpunkte|Folgen und Ausblick|"
    "Résumé|En détail|Contexte|Points essentiels|Conséquences et perspectives|"
    "Resumen|En detalle|Contexto|Puntos principales|Consecuencias y perspectivas|"
    "요약|상세|배경|주요 내용|영향과 전망|摘要|详情|主要内容|影响与展望|詳情|主要內容|影響與展望"
)
INNER = frozenset(_INNER_WORDS.split("|"))
"""Headings within an article, whole."""
LANGUAGE_OF = {
    "概要": "ja", "Summary": "en", "Kurzfassung": "de", "Résumé": "fr", "Resumen": "es", "요약": "ko",
    "主要内容": "zh-Hans", "主要內容": "zh-Hant",
}  # fmt: skip
"""A heading that stands in every article -> the language of the report: its articles may be in any."""
ADDRESS = re.compile(
    rf"(?:元記事|出典|URL|Source|Original article|Articl?e|Artikel|Artículo|원문 기사|原文){_COLON}\s*(?P<label>.*)$",
    re.I,
)
CITED_IN = re.compile(
    rf"^(?:引用箇所|Cited in|関連|Zitiert in|Cité dans|Citado en|인용된 곳|引用之处|引用之處){_COLON}", re.I
)
LABELLED = re.compile(
    r"^(?:原題|同じ出来事の報道|Original title|Other reports|Also reported by|画像|Picture|Originaltitel|Titre original"
    r"|Título original|원제|原标题|原標題|Auch berichtet von|Également rapporté par|También informan"
    rf"|같은 사건을 다룬 보도|同一事件的其他报道|同一事件的其他報導){_COLON}",
    re.I,
)
CLASS = re.compile(
    "報道機関|プレスリリース|企業ブログ|個人の投稿|政府・公的機関|論文|転載・集約|種別不明|"
    "newsroom|press release|company blog|personal post|government|paper|aggregator|unknown kind|class unknown|"
    "Redaktion|Pressemitteilung|Firmenblog|Privater Beitrag|Behörde|Fachaufsatz|Art unbekannt|"
    "Rédaction|Communiqué|Blog d’entreprise|Publication personnelle|Organisme public|Article scientifique|Agrégateur|"
    "Type inconnu|Redacción|Nota de prensa|Blog de empresa|Publicación personal|Organismo público|"
    "Artículo científico|Agregador|Tipo desconocido|"
    "언론사|보도자료|기업 블로그|개인 게시물|정부·공공기관|논문|전재·모음|유형 미상|"
    "新闻机构|新闻稿|企业博客|个人发布|政府及公共机构|论文|转载聚合|类型不详|"
    "新聞機構|新聞稿|企業部落格|個人發文|政府與公共機構|論文|轉載彙整|類型不詳",
    re.I,
)
URL = re.compile(r"(?:https?|file):[^\s<>\])）」]+")
BARE_URL = re.compile(r"^[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S+$", re.I)
NUMBER = re.compile(r"#(\d{1,3})(?!\d)")
ARTICLE = re.compile(r"^#(\d{1,3})(?:\s+|(?=[^\d\s,、]))(?!#\d)(.+)$")
_UNIT = r"\s*(?:件|articles?|本|Artikel|artículos?|건|篇|則)"
COUNT = re.compile(rf"[(（]\s*(\d+){_UNIT}\s*[)）]", re.I)
TOTAL = re.compile(rf"(\d+){_UNIT}(?![^\W\d_])", re.I)
COUNTRIES = re.compile(
    r"(\d+)\s*(?:カ国|か国|ヶ国|countries|country|Länder|Land\b|pays\b|país(?:es)?\b|개 ?국|个国家|個國家)"
)
FOREIGN = re.compile(
    r"_?[(（]?(?:(?:推論、|推断、|추론, ))?(?:原文|원문)[・·][^\s)）]+[)）]?_?"
    r"|_?\((?:[\w ]+, )?(?:in |original: |[Oo]riginal, )[^\W\d_][\w -]*\)_?"
)
INFERENCE = re.compile(r"\s*_?[(（](?:推論|inference|Schlussfolgerung|déduction|deducción|추론|推断)[)）]_?", re.I)
NOTHING = re.compile(
    r"^_?(?:この項目に載せられる、出典のある記述はありませんでした。|Nothing with a source could be printed here\."
    r"|Hier ließ sich nichts Belegtes drucken\.|Aucun élément sourcé n’a pu être imprimé ici\."
    r"|No se ha podido imprimir aquí nada respaldado por una fuente\."
    r"|출처로 뒷받침되는 내용이 없어 이 항목은 비워 두었습니다\."
    r"|此处没有可供刊载的、有出处的内容。|此處沒有可供刊載的、有出處的內容。)_?$"
)
"""What a report of ours says where a part is empty."""
VALUE_LINE = re.compile(
    r"^(?:約|およそ|about |over )?(?:US)?[$€£¥￥]?[\d０-９][\d０-９,，.]*\s?"
    r"(?:[兆億万千]|trillion|billion|million|bn|%|％)*[^\s。、]{0,12}$"
)
_DATE = re.compile(r"(\d{4})\s*(?:[年년]|[-/.])\s*(\d{1,2})\s*(?:[月월]|[-/.])\s*(\d{1,2})\s*[日일]?")
_MONTH_FIRST = re.compile(r"\b([A-Z][a-z]{2,})\.? (\d{1,2}), (\d{4})")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:er|\.)? (?:de )?([^\W\d_]{3,})\.? (?:de )?(\d{4})")
_WESTERN = ("en", "de", "fr", "es")


def section_kind(title: str) -> str:
    """Return the kind of the section that `title` heads, empty for no section."""
    bare = _DECORATION.sub("", title)
    return next((kind for kind, titles in _SECTION_RES if titles.fullmatch(bare)), "")


def dates_of(text: str) -> list[date]:
    """Return the whole dates written in a line, in order; what is no date of the calendar is left out."""
    rows = [(int(m[1]), int(m[2]), int(m[3])) for m in _DATE.finditer(text)]
    named = [(m[3], m[1], m[2]) for m in _MONTH_FIRST.finditer(text)]
    named += [(m[3], m[2], m[1]) for m in _DAY_FIRST.finditer(text)]
    rows += [(int(y), _months().get(name.casefold(), 0), int(d)) for y, name, d in named]
    return [date(y, m, d) for y, m, d in rows if 1 <= m <= 12 and 1 <= d <= _last_day(y, m)]


@cache
def _months() -> dict[str, int]:
    from babel import Locale

    return {
        name.casefold().rstrip("."): month
        for language in _WESTERN
        for width in ("wide", "abbreviated")
        for month, name in Locale(language).months["format"][width].items()
    }


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date.resolution).day
