"""Names and signs of currencies."""

from __future__ import annotations

from agent.language.scripts import Rules

# Longest first: the sign of another dollar must not be read as the US dollar's.
SIGNS: tuple[tuple[str, str], ...] = (
    (r"US ?\$", "USD"), (r"NT ?\$", "TWD"), (r"HK ?\$", "HKD"), (r"AU?\$", "AUD"), (r"CA?\$", "CAD"),
    (r"S\$", "SGD"), (r"R\$", "BRL"), (r"RMB ?", "CNY"), (r"新[台臺][幣币]", "TWD"), (r"[台臺][幣币]", "TWD"),
    (r"人民[幣币]", "CNY"), (r"港[幣币]", "HKD"), (r"Rs\.? ?", "INR"),
    (r"\$", "USD"), ("€", "EUR"), ("£", "GBP"), ("₩", "KRW"), ("₹", "INR"),
)  # fmt: skip
CODES = (
    "USD", "EUR", "JPY", "GBP", "CNY", "KRW", "TWD", "HKD", "SGD", "AUD", "CAD", "CHF", "INR", "SEK", "NOK", "DKK",
    "PLN", "BRL", "MXN", "RUB", "TRY", "THB", "VND", "IDR", "MYR", "PHP", "AED", "SAR", "ILS", "ZAR", "NZD", "CZK",
)  # fmt: skip
YEN_SIGN: dict[Rules, str] = {"zh-Hans": "CNY"}
YUAN: dict[Rules, str] = {"zh-Hant": "TWD"}
"""What a bare 元 is: the paper's own currency."""

NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "ja": (
        (r"(?:米|US|アメリカ)?ドル", "USD"), (r"(?:新?台湾|ニュー台湾|NT)ドル", "TWD"), (r"香港ドル", "HKD"),
        (r"シンガポールドル", "SGD"), (r"(?:豪|オーストラリア|オースト)ドル", "AUD"), (r"(?:カナダ|加)ドル", "CAD"),
        (r"ニュージーランドドル", "NZD"), (r"日本円", "JPY"), (r"円(?![高安形滑卓周環熟])", "JPY"),
        (r"韓国?ウォン", "KRW"),
        (r"ウォン", "KRW"), (r"(?:中国)?人民元", "CNY"), (r"元(?![々祖素首気旦凶])", "CNY"), (r"ユーロ", "EUR"),
        (r"(?:英|イギリス)?ポンド", "GBP"), (r"(?:インド)?ルピー", "INR"), (r"スイスフラン", "CHF"),
        (r"(?:ロシア)?ルーブル", "RUB"),
        (r"ディルハム", "AED"), (r"シェケル", "ILS"), (r"バーツ", "THB"), (r"ドン(?![ド])", "VND"), (r"レアル", "BRL"),
    ),
    "ko": (
        (r"(?:미국? ?|미화 ?)?달러", "USD"), (r"(?:신?대만|타이완) ?달러", "TWD"), (r"홍콩 ?달러", "HKD"),
        (r"싱가포르 ?달러", "SGD"),
        (r"(?:호주|오스트레일리아) ?달러", "AUD"), (r"캐나다 ?달러", "CAD"),
        (r"(?:한국 ?)?원(?![자인칙장래유본천형소격])", "KRW"),
        (r"(?:일본 ?)?엔(?![지진비])(?:화)?", "JPY"), (r"(?:중국 ?)?위안", "CNY"), (r"유로", "EUR"),
        (r"(?:영국 ?)?파운드", "GBP"),
        (r"(?:인도 ?)?루피", "INR"), (r"(?:스위스 ?)?프랑", "CHF"),
    ),
    "zh": (
        (r"[美](?:元|金)", "USD"), (r"(?:新?[台臺][幣币]|新[台臺]幣元|[台臺]元)", "TWD"), (r"港(?:元|[幣币])", "HKD"),
        (r"新加坡元|新[幣币]", "SGD"), (r"澳(?:元|[幣币])|澳大利[亞亚]元", "AUD"), (r"加(?:元|[幣币])|加拿大元", "CAD"),
        (r"日(?:[圓圆元円])", "JPY"), (r"[韓韩](?:元|[圓圆]|[幣币])", "KRW"),
        (r"(?:元)?人民[幣币]|人民[幣币]元", "CNY"),
        (r"[歐欧](?:元)", "EUR"), (r"英[鎊镑]", "GBP"), (r"[盧卢]比", "INR"), (r"瑞士法郎", "CHF"),
        (r"[盧卢]布", "RUB"),
    ),
    "latin": (
        (r"(?:US|U\.S\.|American) dollars?", "USD"), (r"US-?Dollars?", "USD"),
        (r"dollars?(?: américains?)?|dólar(?:es)?(?: estadounidenses)?", "USD"),
        (r"(?:New )?Taiwan(?:ese)?[ -]dollars?|NT dollars?|dollars? taïwanais|dólares taiwaneses", "TWD"),
        (r"(?:neue )?Taiwan-?Dollars?", "TWD"), (r"Hong Kong[ -]dollars?", "HKD"), (r"Singapore[ -]dollars?", "SGD"),
        (r"Australian dollars?", "AUD"), (r"Canadian dollars?|dollars? canadiens?", "CAD"),
        (r"(?:Japanese )?yen(?:es|s)?", "JPY"), (r"(?:South )?(?:Korean )?won(?:es|s)?", "KRW"),
        (r"(?:Chinese )?(?:yuan(?:es|s)?|renminbi|RMB)", "CNY"), (r"euros?", "EUR"),
        (r"(?:British |britische )?(?:pounds?|Pfund(?: Sterling)?)(?: sterling)?", "GBP"),
        (r"livres sterling|libras(?: esterlinas)?", "GBP"),
        (r"(?:Indian )?rupees?|Rupien|roupies", "INR"),
        (r"Swiss francs?|Schweizer Franken|Franken|francs? suisses?", "CHF"),
        (r"(?:Russian )?roubles?|rubles?|Rubel", "RUB"), (r"dirhams?", "AED"),
    ),
}  # fmt: skip
