"""Pages that are no article though the server said 200: error pages, walls, stubs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.extract.text import cjk_share, weight
from agent.model import GapReason

LEAST_LATIN = 250
LEAST_CJK = 120
# Longer than this (in Latin characters, a CJK one counts two) is an article, whatever words it uses.
_ARTICLE = 1600


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


_ERROR_TITLE = _any_of(
    r"^\W*(?:error\s*)?(?:40[0-9]|410|50[0-4])\b|(?:page|document) (?:not found|doesn.t exist)|^(?:page )?not found\b",
    r"^access denied|^forbidden$|^service unavailable|^bad gateway|^attention required|^just a moment",
    r"ページが(?:見つかり|みつかり|存在し)|お探しのページ|見つかりません|存在しません|アクセスが?拒否",
    r"페이지를 찾을 수|존재하지 않는|찾을 수 없습니다",
    r"(?:页面|頁面|网页|網頁)(?:不存在|未找到|找不到)|找不到(?:页面|頁面|网页|網頁|该|該|您)",
    r"nicht gefunden|page (?:introuvable|non trouvée)|introuvable$|no encontrad[ao]",
)
_ERROR = _any_of(
    r"\b(?:page|article|document|url|file)\b[^.]{0,60}\b(?:(?:could|can)(?:no|n['’])t be found|"
    r"cannot be found|was not found)",
    r"\b(?:page|article|document|url|file)\b[^.]{0,60}\b(?:(?:does not|doesn['’]t|no longer) exists?|"
    r"is no longer available)",
    r"\b(?:page|article|document|file)\b[^.]{0,60}\bhas been (?:moved|removed|deleted)",
    r"\b(?:error 40[0-9]|404 not found|http error|you don['’]t have permission to access|checking your browser)\b",
    r"\b(?:verify(?:ing)? (?:that )?you are (?:a )?human|temporarily unavailable)\b",
    r"(?:ページ|記事|ファイル)[^。]{0,30}(?:見つかりません|みつかりません|存在しません|削除され|移動し|公開を終了|掲載期間)",
    r"(?:페이지|기사)[^.]{0,30}(?:찾을 수 없|존재하지 않|삭제되|이동)",
    r"(?:页面|頁面|文章|网页|網頁|内容|內容)[^。]{0,20}(?:不存在|已(?:被)?(?:删除|刪除|移除)|找不到|无法访问|無法訪問)",
    r"\b(?:seite|artikel)\b[^.]{0,60}\b(?:nicht gefunden|nicht mehr verfügbar|existiert nicht|"
    r"wurde (?:gelöscht|verschoben))",
    r"\bpage\b[^.]{0,60}\b(?:introuvable|n['’]existe (?:pas|plus)|n['’]a pas été trouvée)",
    r"\bpágina\b[^.]{0,60}\b(?:no (?:existe|se (?:ha )?enc(?:uentra|ontrado))|ya no está)",
)
_PAYWALL = _any_of(
    r"\b(?:subscribe|sign up|register|log ?in|sign in)\b[^.]{0,40}\bto (?:continue|keep|read|unlock|access|view)\b",
    r"\b(?:to (?:continue|keep) reading|continue reading (?:with|this|by)|already a subscriber|for full access)\b",
    r"\bthis (?:article|content|story) is (?:for|only|exclusive|available|"
    r"reserved)[^.]{0,30}(?:subscribers?|members?)\b",
    r"\b(?:subscribers? only|members? only|subscriber[- ]exclusive|unlock this (?:article|story))\b",
    r"\byou(?:['’]ve| have) reached your (?:free )?(?:article )?limit\b",
    r"(?:有料)?(?:会員|購読者|登録者)(?:限定|専用)|(?:続き|全文|この記事)[^。]{0,24}(?:会員|ログイン|購読|登録|有料)",
    r"残り[\s:：]*[0-9,]+\s*文字|有料(?:会員|記事|プラン)|会員登録(?:する|して|が必要|すると)",
    r"(?:유료|구독자?|회원)\s*(?:전용|회원|기사|콘텐츠)|로그인\s*(?:후|이 필요|하시면)|구독(?:하고|하시면|후)",
    r"(?:订阅|訂閱|登入|登录|登錄|付费|付費|会员|會員)(?:后|後|以|即可|方可|专享|專享|專屬|才能|用户|用戶|读者|讀者)",
    r"(?:繼續|继续)[閱阅]?[讀读](?:全文|請|请)",
    r"\b(?:jetzt (?:abonnieren|weiterlesen)|nur für abonnenten|weiterlesen mit|mit .{0,12}abo (?:lesen|"
    r"weiter)|abo abschließen)",
    r"\b(?:réservé(?:e)? (?:à nos|aux) abonnés|abonnez[- ]vous|il vous reste .{0,12}% de cet article|déjà abonné)",
    r"\b(?:exclusivo para suscriptores|solo para suscriptores|suscríbe(?:te|se)|ya eres suscriptor)",
)
_COOKIES = _any_of(
    r"\bwe (?:and our partners )?(?:use|store)\b[^.]{0,60}\bcookies\b|\bthis (?:site|website) uses cookies\b",
    r"\bcookies? (?:policy|settings|preferences)\b|(?:使用|接受)\s?cookies?",
    r"cookie(?:を|の)(?:使用|利用|設定|受け)|クッキー(?:を|の)?(?:使用|利用)|쿠키(?:를|의)?\s*(?:사용|설정|정책)",
    r"\bwir (?:und unsere partner )?(?:verwenden|nutzen|setzen)\b[^.]{0,60}\bcookies\b",
    r"\bnous utilisons\b[^.]{0,40}\bcookies\b|\b(?:utilizamos|usamos)\b[^.]{0,40}\bcookies\b",
)
_CONSENT = _any_of(
    r"\b(?:accept|agree|consent|reject|manage|allow|decline)\b|同意|許可|拒否|すべて受け入れ|동의|거부|수락|接受|拒绝|拒絕",
    r"\b(?:akzeptieren|zustimmen|ablehnen|einwilligung|accepter|refuser|consentement|aceptar|rechazar|"
    r"consentimiento)\b",
)
_SCRIPT = _any_of(
    r"\b(?:enable|activate|turn on|requires?|allow)\b[^.]{0,30}\bjava\s?script\b",
    r"\bjava\s?script\b[^.]{0,30}\b(?:is (?:disabled|required|not enabled)|(?:must|needs to) be enabled|disabled)\b",
    r"java\s?script\s*(?:を|が)[^。]{0,16}(?:有効|オン|無効|必要)|(?:启用|啟用|开启|開啟|打开)\s*java\s?script",
    r"자바\s?스크립트|java\s?script\s*(?:를|을|가|이)[^.]{0,16}(?:활성|사용|켜|필요)",
    r"\bjava\s?script\b[^.]{0,30}\b(?:aktivieren|einschalten)\b|\b(?:activer|activez|active[rz]? le) java\s?script\b",
    r"\b(?:habilit[ae]r?|active) (?:el )?java\s?script\b",
)
_LOGIN = _any_of(
    r"\b(?:log ?in|sign in|password|anmelden|passwort|connexion|mot de passe|iniciar sesión|contraseña)\b",
    r"ログイン|パスワード|로그인|비밀번호|登录|登錄|登入|密码|密碼",
)


@dataclass(frozen=True)
class Page:
    """What is judged. `seen` is all visible text of the page, `text` what was taken for the article."""

    title: str
    text: str
    seen: str
    paid: bool = False
    """The page's data say that the article is not free."""
    password: bool = False
    """There is a field for a password."""
    empty_shell: bool = False
    """The body holds scripts and an empty mount point, or a noscript notice."""


def judge(page: Page) -> GapReason | None:
    """Say why a page is no article, None if it is one.

    Words such as `404` or `subscribe` count only where there is little else: text that weighs as much as 1,600
    Latin characters is an article, also where the page says of itself that it is paid.
    """
    length = weight(page.text)
    if length >= _ARTICLE:
        return None
    shown = page.text if page.text else page.seen[:4000]
    return _wall(page, shown, length) or ("too_short" if is_short(page.text) else None)


def is_short(text: str) -> bool:
    """Tell whether `text` is under the least length: 250 characters, 120 where the script is mostly CJK."""
    return len(text) < (LEAST_CJK if cjk_share(text) > 0.3 else LEAST_LATIN)


def _wall(page: Page, shown: str, length: int) -> GapReason | None:
    little = length < 700
    if _ERROR_TITLE.search(page.title) and (little or _ERROR.search(shown)):
        return "error_page"
    if little and _ERROR.search(shown):
        return "error_page"
    if little and _COOKIES.search(shown) and _CONSENT.search(shown):
        return "cookie_wall"
    if little and (_SCRIPT.search(shown) or (page.empty_shell and is_short(page.text))):
        return "needs_script"
    # The invitation to pay stands at the end of what is free.
    if page.paid or _PAYWALL.search(shown[-500:]) or (little and _PAYWALL.search(shown)):
        return "paywall"
    if is_short(page.text) and (_PAYWALL.search(page.seen) or (page.password and _LOGIN.search(page.seen))):
        return "paywall"
    return None
