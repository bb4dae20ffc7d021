"""What is printed about an article: date, outlet, country, class, address, picture (rows 11, 18, 21 to 26, 42)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from agent.checks.from_articles import host_of
from agent.checks.model import ArticleText, ReportText
from agent.checks.registry import Check, Found, named
from agent.outlets import outlet_of, registrable

_HOME = {
    "channelnewsasia.com": "SG", "technode.global": "SG", "eurekalert.org": "US", "crunchbase.com": "US",
    "bbc.co.uk": "GB", "bbc.com": "GB", "reuters.com": "GB", "ft.com": "GB", "theguardian.com": "GB",
    "nytimes.com": "US", "wsj.com": "US", "bloomberg.com": "US", "techcrunch.com": "US", "theverge.com": "US",
    "nikkei.com": "JP", "asahi.com": "JP", "yomiuri.co.jp": "JP", "prtimes.jp": "JP", "digitimes.com": "TW",
    "koreaherald.com": "KR", "joins.com": "KR", "straitstimes.com": "SG", "scmp.com": "HK", "spiegel.de": "DE",
}  # fmt: skip
"""Where outlets sit whose address does not tell."""
_COUNTRY_WORDS = {
    "JP": "日本 Japan", "US": "アメリカ 米国 US USA United-States", "KR": "韓国 South-Korea Korea", "TW": "台湾 Taiwan",
    "GB": "イギリス 英国 UK United-Kingdom", "SG": "シンガポール Singapore", "CA": "カナダ Canada",
    "DE": "ドイツ Germany",
    "FR": "フランス France", "CN": "中国 China", "HK": "香港 Hong-Kong", "AU": "オーストラリア Australia",
    "IN": "インド India", "BE": "ベルギー Belgium", "ES": "スペイン Spain", "IT": "イタリア Italy",
}  # fmt: skip
_WEAK = {"press_release": "press release", "personal": "personal post", "paper": "paper", "aggregator": "aggregator"}
_WHOLE = re.compile(r"https?://[^/\s.]+\.[^/\s]+(?:/|$)|file:\S")
_LOGO = re.compile(
    r"(?:^|[/_.-])(?:logo|favicon|icon|sprite|placeholder|noimage|no-image|default[-_]?(?:og|image))", re.I
)


def _missing(report: ReportText) -> Iterator[Found]:
    for article in report.articles:
        facts = {"title": article.title, "date": article.day, "outlet": article.outlet}
        if absent := [name for name, value in facts.items() if not value]:
            yield article.name, article.title or article.summary, f"is printed without {', '.join(absent)}"


def _logo(report: ReportText) -> Iterator[Found]:
    images = Counter(a.image for a in report.articles if a.image)
    for article in report.articles:
        if _LOGO.search(article.image):
            yield article.name, article.image, "the picture's address is that of a logo"
        elif images[article.image] > 1:
            yield article.name, article.image, f"the picture stands with {images[article.image]} articles"
        for stray in article.strays:
            if _letters(stray) and _letters(stray) == _letters(article.outlet):
                yield article.name, stray, "the picture shows the outlet's name: a logo"
            else:
                yield article.name, stray, "a heading that belongs to no part: words off a picture, or a broken line"


def _addresses(report: ReportText) -> Iterator[Found]:
    for article in report.articles:
        if not article.url:
            yield article.name, article.title, "has no address"
        elif (
            not re.match(r"https?://[^/\s.]+\.[^/\s]+(?:/|$)|file:\S", article.url)
            or "…" in article.url
            or article.url.endswith("...")
        ):
            yield article.name, article.url, "the address is cut"


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _outlet_and_host(report: ReportText) -> Iterator[Found]:
    for article in report.articles:
        host, outlet = host_of(article.url), article.outlet
        if not host or not outlet:
            continue
        if re.search(r"\bvia\b|経由", outlet):
            yield article.name, f"{outlet} {host}", "the outlet is named through another site"
        elif not _belongs(outlet, host):
            yield article.name, f"{outlet} {host}", "the outlet does not go with the address's host"


def _belongs(outlet: str, host: str) -> bool:
    """Judge whether a name may be the host's: a word in common, or an abbreviation that the host spells out.

    A name in another script than the host's cannot be judged and passes.
    """
    words = re.findall(r"[a-z0-9]+", outlet.lower())
    letters, plain = _letters(outlet), _letters(host)
    if len(letters) < 2 or len(letters) < len(outlet.replace(" ", "")) / 2:
        return True
    site = _letters(registrable(host).split(".")[0])
    if letters in plain or (len(site) > 2 and site in letters) or any(len(w) > 2 and w in plain for w in words):
        return True
    return len(letters) <= 10 and letters[0] == site[:1] and _spelt_out(letters, plain)


def _spelt_out(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def _country_of(article: ArticleText) -> str:
    host = host_of(article.url)
    home = next((code for name, code in _HOME.items() if host == name or host.endswith("." + name)), "")
    return home or outlet_of(host, "", {}, "en").country if host else ""


def _country_rule(report: ReportText) -> Iterator[Found]:
    by_host: dict[str, dict[str, list[int]]] = {}
    for article in report.articles:
        code = _country_of(article)
        if article.country and code in _COUNTRY_WORDS:
            words = _COUNTRY_WORDS[code].replace("-", " ")
            if article.country not in words and article.country in " ".join(_COUNTRY_WORDS.values()):
                yield article.name, f"{article.outlet} {article.country}", f"{host_of(article.url)} is of {code}"
        if article.outlet and article.country:
            by_host.setdefault(article.outlet, {}).setdefault(article.country, []).append(article.number)
    for outlet, countries in by_host.items():
        if len(countries) > 1:
            yield (
                named([n for ns in countries.values() for n in ns]),
                outlet,
                f"has {len(countries)} countries: " + (", ".join(countries)),
            )


def _weak_sources(report: ReportText) -> Iterator[Found]:
    for article in report.articles:
        kind = outlet_of(host_of(article.url), "", {}, "en").outlet_class if article.url else "unknown"
        word = _WEAK.get(kind, "")
        if not word and re.search(r"//blogs?\.|/blogs?/|/prnasia/|/press-?releases?/", article.url):
            word = "company blog or press release"
        marked = article.outlet_class.lower() not in ("", "newsroom", "報道機関")
        if word and not marked:
            yield article.name, f"{article.outlet} {host_of(article.url)}", f"a {word}, not marked as one"


def _no_window(report: ReportText) -> Iterator[Found]:
    days = [a.day for a in report.articles if a.day]
    if report.window is None and days:
        yield "header", report.title, f"states no date window; the articles are of {min(days)} to {max(days)}"


def _outside_window(report: ReportText) -> Iterator[Found]:
    if report.window is None:
        return
    first, last = report.window
    for article in report.articles:
        if article.day and not first <= article.day <= last:
            yield article.name, f"{article.day}", f"is dated outside {first} to {last}"


def _no_cross_links(report: ReportText) -> Iterator[Found]:
    if any(a.mentions for a in report.articles) or report.form == "pdf":
        return
    for topic in report.topics:
        if len(topic.articles) >= 3 and report.articles:
            yield topic.title, named(topic.articles), "tell one story, and none of them refers to another"


CHECKS = (
    Check("article facts", 11, "error", _missing),
    Check("picture", 18, "warning", _logo),
    Check("address", 21, "error", _addresses),
    Check("outlet and host", 22, "warning", _outlet_and_host),
    Check("country", 23, "warning", _country_rule),
    Check("weak source", 24, "warning", _weak_sources),
    Check("no date window", 26, "warning", _no_window),
    Check("outside the window", 26, "error", _outside_window),
    Check("cross-links", 42, "warning", _no_cross_links),
)
