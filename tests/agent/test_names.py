import pytest

from agent.model import Entity
from agent.names import is_plausible, known_forms, name_index, unborne_names
from agent.names.sounds import sounds_alike

ENGLISH = name_index(
    "Nvidia and Rebellions of South Korea said that Anthropic, Broadcom and Northern Chips build in Kumamoto. "
    "Geoffrey Hinton and the European Commission disagree. The American maker plans new data centers.",
    "en",
)
KOREAN = name_index("삼성전자는 리벨리온과 하이닉스, 엔비디아와 손잡았다.", "ko")
CHINESE = name_index("台灣積體電路製造與輝達在臺北合作。", "zh-Hant")
JAPANESE = name_index("トヨタと熊本のソフトバンクがエヌビディアと組む。", "ja")


@pytest.mark.parametrize(
    ("text", "source", "missing"),
    [
        ("エヌビディアとリベリオンズ、アンソロピックが熊本で組む。", ENGLISH, []),
        ("ノーザン・チップスとジェフリー・ヒントン氏、欧州委員会。", ENGLISH, []),
        ("サムスン電子とリベリオン、ハイニックスが組む。", KOREAN, []),
        ("エヌビディアと台湾積体電路製造が台北で組む。", CHINESE, []),
        ("韓国の半導体企業と投資銀行、国立大学、監督委員会が協力する。", ENGLISH, []),
        ("アメリカのデータセンター向けのエージェントを強化する。", ENGLISH, []),
        ("架空電機の山田太郎社長がゾルタクスを買収した。", ENGLISH, ["架空電機", "山田太郎", "ゾルタクス"]),
        ("虚構大学の蓮見悠馬氏が語った。", ENGLISH, ["虚構大学", "蓮見悠馬"]),
        ("経済産業省と大阪でブリンドコープが組む。", ENGLISH, ["経済産業省", "大阪", "ブリンドコープ"]),
        ("インテルが加わる。", KOREAN, ["インテル"]),
        ("メディロジックがサイバーノートを発売した。", ENGLISH, ["メディロジック", "サイバーノート"]),
        ("ノーザンチップスがデータサービスとソーシャルメディアに投じる。", ENGLISH, []),
        ("ソフトバンクがグリーンノートを売る。", JAPANESE, ["グリーンノート"]),
    ],
)
def test_japanese_names(text: str, source: object, missing: list[str]) -> None:
    assert [text[a:b] for a, b in unborne_names(text, "ja", [source])] == missing  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("On Monday the makers Toyota and SoftBank met Nvidia in Kumamoto.", []),
        ("The Japanese firm Toyota hired Zorblax and met Carter in April.", ["Zorblax", "Carter"]),
        ("Toyota And Zorblax Open New Plant", []),
    ],
)
def test_english_names_against_a_japanese_source(text: str, missing: list[str]) -> None:
    assert [text[a:b] for a, b in unborne_names(text, "en", [JAPANESE])] == missing


@pytest.mark.parametrize(
    ("language", "text", "missing"),
    [
        (
            "en",
            "The Bolivian minister met Nvidia’s Geoffrey Hinton in Kumamoto and Zorblax’s chair.",
            ["Zorblax’s"],
        ),
        ("fr", "La société Zorblax et Anthropic ont saisi la Commission.", ["Zorblax"]),
        ("de", "Der Chef der Firma Zorblax traf die Kommission und Anthropic zum Halbleitermarkt.", ["Zorblax"]),
        ("de", "Im Rechenzentrum von Broadcom stehen Rechner, sagte die Sprecherin.", []),
        ("ko", "앤트로픽과 브로드컴은 데이터센터 서비스를 준비한다.", []),
        ("ko", "조르블락스텍은 한빛전자와 손잡았다고 강하늘 대표가 말했다.", ["조르블락스텍", "한빛", "강하늘"]),
        ("zh-Hans", "杰弗里·辛顿和英伟达在欧洲表示反对。", []),
        ("zh-Hans", "佐尔布拉克斯与星河电子合作，李云海教授表示赞成。", ["佐尔布拉克斯", "星河", "李云海"]),
        ("zh-Hant", "佐爾布拉克斯與星河電子合作。", ["佐爾布拉克斯", "星河"]),
    ],
)
def test_names_of_other_languages_against_an_english_source(language: str, text: str, missing: list[str]) -> None:
    assert [text[a:b] for a, b in unborne_names(text, language, [ENGLISH])] == missing


@pytest.mark.parametrize(
    ("name", "form", "plausible"),
    [
        ("千歳", "Chitose", True),
        ("ポールター", "Poulter", True),
        ("欧州委員会", "European Commission", True),
        ("トヨタ", "豊田", True),
        ("台湾積体電路製造", "台灣積體電路製造", True),
        ("Google", "Google LLC", True),
        ("Zorblax", "Google", False),
        ("架空電機", "Google", False),
        ("架空電機", "鴻海精密", False),
        ("虚構大学", "Stanford University", False),
        ("ゾルタクス", "Nvidia", False),
        ("ブリンドコープ", "Broadcom", False),
        ("リヴィングストン", "利文斯顿", True),
        ("Livingston", "利文斯顿", True),
        ("ジョン・ケネディ", "约翰·肯尼迪", True),
        ("ピッツバーグ", "피츠버그", True),
        ("피츠버그", "匹兹堡", True),
        ("キャメロン", "马斯克", False),
        ("ブラウン", "匹兹堡", False),
        ("ワトソン", "대니얼스", False),
        ("스미스", "利文斯顿", False),
    ],
)
def test_which_pairs_are_believed(name: str, form: str, plausible: bool) -> None:
    assert is_plausible(name, form) is plausible


def test_forms_that_a_digest_may_use() -> None:
    entities = [
        Entity(name="千歳", source_form="Chitose"),
        Entity(name="ゾルタクス", source_form="Chitose"),
        Entity(name="東京", source_form="Tokyo"),
    ]
    glossary = {"Rebellions": "リベリオン", "Absent": "不在"}
    text = "Rebellions builds in Chitose."
    assert known_forms(entities, glossary, text, "en") == ["千歳", "Chitose", "リベリオン", "Rebellions"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("アンソロピック", "Anthropic", True),
        ("マイクロソフト", "Microsoft", True),
        ("サムスン", "삼성", True),
        ("グーグル", "구글", True),
        ("アイオワ", "Iowa", True),
        ("トランプ", "Trump", True),
        ("ゾルタクス", "Results", False),
        ("ブリンドコープ", "Broadcom", False),
        ("ヴェルトラ", "Blackwell", False),
    ],
)
def test_sounds(one: str, other: str, alike: bool) -> None:
    assert sounds_alike(one, other) is alike
