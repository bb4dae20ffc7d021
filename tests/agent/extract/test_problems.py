from __future__ import annotations

import pytest

from agent.extract.problems import Page, judge
from tests.agent.extract.pages import paragraphs

LONG = "\n".join(paragraphs("en", 12))


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("404 Not Found", "The requested URL was not found on this server.", "error_page"),
        ("Page not found | Example", "Sorry, we looked everywhere.", "error_page"),
        ("例示新聞", "お探しのページは見つかりませんでした。削除されたか、移動した可能性があります。", "error_page"),
        ("알림", "요청하신 페이지를 찾을 수 없습니다.", "error_page"),
        ("提示", "抱歉，您访问的页面不存在。", "error_page"),
        ("Fehler", "Die Seite wurde leider nicht gefunden.", "error_page"),
        ("Erreur", "La page demandée est introuvable.", "error_page"),
        ("Error", "La página solicitada no existe.", "error_page"),
        ("Just a moment...", "Checking your browser before accessing the site.", "error_page"),
        ("Chips", "Orders rose. Subscribe to continue reading.", "paywall"),
        ("Chips", "Orders rose in March. " * 20 + "This article is for subscribers only.", "paywall"),
        ("半導体", "受注が増えた。この記事は有料会員限定です。残り 1,234文字", "paywall"),
        ("반도체", "수주가 늘었다. 유료회원 전용 기사입니다.", "paywall"),
        ("晶片", "訂單增加。訂閱後繼續閱讀全文。", "paywall"),
        ("Chips", "Die Aufträge steigen. Jetzt weiterlesen mit Plus.", "paywall"),
        ("Puces", "Cet article est réservé aux abonnés.", "paywall"),
        ("Chips", "Contenido exclusivo para suscriptores.", "paywall"),
        ("News", "We use cookies to improve your experience. Accept all Reject all", "cookie_wall"),
        ("News", "Wir verwenden Cookies. Alle akzeptieren", "cookie_wall"),
        ("ニュース", "当サイトはcookieを使用しています。同意する", "cookie_wall"),
        ("App", "You need to enable JavaScript to run this app.", "needs_script"),
        ("アプリ", "JavaScriptを有効にしてください。", "needs_script"),
        ("Chips", "Orders rose.", "too_short"),
        ("Chips", "x" * 249, "too_short"),
        ("半導体", "漢" * 119, "too_short"),
        ("半導体", "漢" * 120, None),
        ("Chips", "x" * 250, None),
        ("404 Media reports on chips", LONG, None),
        ("Why 'page not found' errors cost money", LONG + "\nSubscribe to continue reading our newsletter.", None),
        ("Cookies", LONG + "\nWe use cookies. Accept all.", None),
    ],
)
def test_judge(title: str, text: str, expected: str | None) -> None:
    assert judge(Page(title, text, text)) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (Page("Chips", "x" * 600, "x" * 600, paid=True), "paywall"),
        (Page("Chips", LONG, LONG, paid=True), None),
        (Page("Sign in", "Welcome", "Welcome. Sign in. Password", password=True), "paywall"),
        (Page("App", "", "Loading", empty_shell=True), "needs_script"),
        (Page("Chips", LONG, LONG, empty_shell=True, password=True), None),
    ],
)
def test_what_the_page_says_of_itself(page: Page, expected: str | None) -> None:
    assert judge(page) == expected
