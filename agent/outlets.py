"""Who publishes a page: name, country and class of an outlet, from its host."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agent.model import OutletClass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SECOND_LEVEL = _words("ac ad co com edu ed go gob gouv gov gr lg mil ne net or org re pe nm in id ltd plc me")
# Country domains that the world uses as generic ones say nothing about where an outlet sits.
_GENERIC = _words("ai cc co fm gg gl io la ly me nu so st sh to tv ws")
_NOT_ISO = {"uk": "GB", "su": "RU"}
_COUNTRIES = _words(
    "ad ae af ag al am ao ar at au az ba bb bd be bf bg bh bi bj bn bo br bs bt bw by bz ca cd cf cg ch ci ck cl "
    "cm cn cr cu cv cy cz de dj dk dm do dz ec ee eg er es et fi fj fr ga gb gd ge gh gm gn gq gr gt gw gy hk hn "
    "hr ht hu id ie il in iq ir is it jm jo jp ke kg kh ki km kn kp kr kw kz la lb lc li lk lr ls lt lu lv ma mc "
    "md mg mh mk ml mm mn mo mr mt mu mv mw mx my mz na ne ng ni nl no np nr nz om pa pe pg ph pk pl pr ps pt pw "
    "py qa ro rs ru rw sa sb sc sd se sg si sk sl sm sn sr sv sy sz td tg th tj tl tm tn tr tt tw tz ua ug us uy "
    "uz va vc ve vn vu ye za zm zw"
)
_GOVERNMENT = re.compile(
    r"(?:^|\.)(?:gov|mil|europa\.eu|int|un\.org|admin\.ch|bund\.de|gc\.ca)$"
    r"|(?:^|\.)(?:go|lg|gov|gob|gouv|govt|mil)\.[a-z]{2}$"
)
_CLASSES: tuple[tuple[OutletClass, str], ...] = (
    (
        "press_release",
        "prtimes.jp prnewswire.com prnewswire.co.uk businesswire.com globenewswire.com eurekalert.org "
        "newswire.com newswire.co.kr prweb.com accesswire.com presseportal.de pressebox.de einpresswire.com "
        "einnews.com news2u.net atpress.ne.jp dreamnews.jp value-press.com kyodonewsprwire.jp newscast.jp "
        "jcnnewswire.com prwirecenter.com media-outreach.com prnasia.com cision.com news.cision.com "
        "openpr.com idw-online.de",
    ),
    (
        "paper",
        "arxiv.org biorxiv.org medrxiv.org chemrxiv.org ssrn.com openreview.net aclanthology.org doi.org "
        "jstage.jst.go.jp pubmed.ncbi.nlm.nih.gov ncbi.nlm.nih.gov ieeexplore.ieee.org dl.acm.org "
        "sciencedirect.com link.springer.com journals.plos.org pnas.org mdpi.com frontiersin.org "
        "proceedings.mlr.press papers.nips.cc",
    ),
    (
        "personal",
        "note.com medium.com substack.com qiita.com zenn.dev hatenablog.com hatenablog.jp hatena.ne.jp "
        "ameblo.jp livedoor.blog fc2.com wordpress.com blogspot.com blogger.com tumblr.com dev.to "
        "hashnode.dev github.io velog.io tistory.com brunch.co.kr blog.naver.com zhihu.com jianshu.com "
        "csdn.net vocus.cc pixnet.net over-blog.com x.com twitter.com reddit.com youtube.com facebook.com "
        "linkedin.com mstdn.jp mastodon.social bsky.app",
    ),
    (
        "aggregator",
        "news.google.com news.yahoo.co.jp news.yahoo.com finance.yahoo.com finance.yahoo.co.jp yahoo.com "
        "msn.com news.naver.com n.news.naver.com media.daum.net v.daum.net smartnews.com newspicks.com "
        "topics.smt.docomo.ne.jp news.livedoor.com news.nicovideo.jp gnews.jp flipboard.com feedly.com "
        "news.ycombinator.com slashdot.org techmeme.com toutiao.com sohu.com 163.com line.me news.line.me "
        "today.line.me hatenanews.com b.hatena.ne.jp allsides.com ground.news inoreader.com getnews.jp",
    ),
)
_CLASS_OF: Mapping[str, OutletClass] = {
    host: outlet_class for outlet_class, hosts in _CLASSES for host in hosts.split()
}


@dataclass(frozen=True)
class OutletInfo:
    """An outlet. `country` is ISO 3166-1 alpha-2, empty when unknown."""

    name: str
    country: str
    outlet_class: OutletClass


def outlet_of(host: str, sitename: str, table: Mapping[str, OutletInfo], language: str) -> OutletInfo:
    """Say who publishes on `host`: the topic's `table` (host or a parent domain of it), else what the host tells.

    `sitename` is what the page calls its site, may be empty; `language` (BCP 47) decides nothing about the country,
    since a language is written in many: a country is never invented. Names fall back to the host without `www.`.
    """
    host = _plain(host)
    known = {_plain(name): info for name, info in table.items()}
    domains = _domains(host)
    for domain in domains:
        if domain in known:
            return known[domain]
    name = sitename.strip() or host
    outlet_class = next((_CLASS_OF[domain] for domain in domains if domain in _CLASS_OF), None)
    if outlet_class is None:
        outlet_class = "government" if _GOVERNMENT.search(host) else "newsroom" if _says_news(name) else "unknown"
    return OutletInfo(name, _country(host), outlet_class)


_LOCAL = {
    "ja": "手元のファイル",
    "ko": "로컬 파일",
    "zh": "本地檔案",
    "zh-Hans": "本地文件",
    "de": "Lokale Datei",
    "en": "Local file",
}


def printed_outlet(outlet: str, url: str, language: str) -> str:
    """Return what a report in `language` prints of an outlet: a local file that names none is called one."""
    if outlet or not url.startswith("file:"):
        return outlet
    return _LOCAL.get(language) or _LOCAL.get(language[:2], _LOCAL["en"])


def registrable(host: str) -> str:
    """Return the part of `host` that one owner registers: `news.site.co.kr` is `site.co.kr`; addresses stay whole."""
    host = _plain(host)
    labels = host.split(".")
    if len(labels) < 3 or labels[-1].isdigit() or ":" in host:
        return host
    size = 3 if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-size:])


def _plain(host: str) -> str:
    host = host.strip().rstrip(".").lower()
    host = host.rsplit(":", 1)[0] if host.count(":") == 1 else host
    return host.removeprefix("www.")


def _domains(host: str) -> list[str]:
    """Return the host and its parent domains, the longest first, without the bare top level."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]


def _country(host: str) -> str:
    top = host.rsplit(".", 1)[-1]
    if host.endswith((".gov", ".mil")):
        return "US"
    if top in _NOT_ISO:
        return _NOT_ISO[top]
    return top.upper() if top in _COUNTRIES and top not in _GENERIC else ""


def _says_news(name: str) -> bool:
    """Tell whether a site is called as newspapers are; `News` alone is what companies call their announcements."""
    words = (
        r"\b(?:times|herald|tribune|gazette|chronicle|zeitung|rundschau|newspaper)\b|新聞社?$|신문$|일보$|日报$|日報$"
    )
    return bool(re.search(words, name.strip(), re.I))
