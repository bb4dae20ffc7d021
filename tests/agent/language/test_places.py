import pytest

from agent.language.places import country_name, language_name


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("JP", "ja", "日本"),
        ("US", "ja", "米国"),
        ("GB", "ja", "英国"),
        ("HK", "ja", "香港"),
        ("TW", "ja", "台湾"),
        ("KR", "en", "South Korea"),
        ("GB", "en", "UK"),
        ("HK", "en-GB", "Hong Kong"),
        ("DE", "de", "Deutschland"),
        ("DE", "tlh", "Germany"),
        ("DE", "", "Germany"),
        ("", "ja", ""),
        ("ZX", "ja", "ZX"),
        ("JP", "zh-Hant", "日本"),
    ],
)
def test_country_name(code: str, language: str, name: str) -> None:
    assert country_name(code, language) == name


@pytest.mark.parametrize(
    ("tag", "language", "name"),
    [
        ("en", "ja", "英語"),
        ("ko", "ja", "韓国語"),
        ("zh-Hant", "ja", "繁体中国語"),
        ("zh-Hans", "en", "Simplified Chinese"),
        ("de", "en", "German"),
        ("fr-CA", "en", "Canadian French"),
        ("de-LU", "en", "German"),
        ("qqq", "ja", "qqq"),
        ("en", "xx", "English"),
    ],
)
def test_language_name(tag: str, language: str, name: str) -> None:
    assert language_name(tag, language) == name
