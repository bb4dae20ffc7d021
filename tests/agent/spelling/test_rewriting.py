"""One form in the place of another, and never inside a longer name."""

import pytest

from agent.spelling.rewriting import first_place, replaced, with_original


@pytest.mark.parametrize(
    ("text", "forms", "language", "written"),
    [
        ("米RevelionがRevelionsと組む。", {"Revelion": "Rebellions"}, "ja", "米RebellionsがRevelionsと組む。"),
        ("Rebellionsが発表した。", {"Rebellion": "Rebellions"}, "ja", "Rebellionsが発表した。"),
        ("リベリオンズ社とリベリオン。", {"リベリオン": "Rebellions"}, "ja", "リベリオンズ社とRebellions。"),
        ("Samsung DisplayとSamsung。", {"Samsung": "サムスン"}, "ja", "Samsung Displayとサムスン。"),
        ("Apptroniks Roboter und Apptironik.", {"Apptironik": "Apptronik"}, "de", "Apptroniks Roboter und Apptronik."),
        ("Apptironiks Roboter.", {"Apptironik": "Apptronik"}, "de", "Apptroniks Roboter."),
        ("Apptironik's robot, by Apptironik.", {"Apptironik": "Apptronik"}, "en", "Apptronik's robot, by Apptronik."),
        ("앱트로닉은 앱트로닉을 만든다.", {"앱트로닉": "앱트로니카"}, "ko", "앱트로니카는 앱트로니카를 만든다."),
        ("앱트로닉스가 만든다.", {"앱트로닉": "앱트로니카"}, "ko", "앱트로닉스가 만든다."),
        ("华为终端和华为。", {"华为": "Huawei"}, "zh", "华为终端和华为。"),
        ("英偉達的晶片", {"輝達": "Nvidia"}, "zh", "英偉達的晶片"),
        ("Gemini 2とGemini 3。", {"Gemini 2": "Gemini 2.0"}, "ja", "Gemini 2.0とGemini 3。"),
    ],
)
def test_replaced(text: str, forms: dict[str, str], language: str, written: str) -> None:
    assert replaced(text, forms, [*forms, *forms.values(), "Samsung Display", "Rebellions"], language) == written


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("リベリオンが発表した。", "ja", "リベリオン（리벨리온）が発表した。"),
        ("新興企業（リベリオン）とリベリオン。", "ja", "新興企業（リベリオン）とリベリオン（리벨리온）。"),
        ("リベリオン（韓国）が発表した。", "ja", "リベリオン（韓国）が発表した。"),
    ],
)
def test_the_original_name_in_brackets(text: str, language: str, written: str) -> None:
    assert with_original(text, first_place(text, "リベリオン"), "리벨리온", language) == written


def test_a_name_that_is_not_there_has_no_place() -> None:
    assert first_place("リベリオンズが発表した。", "リベリオン") == -1
    assert with_original("The firm Rebellions said.", 19, "리벨리온", "en") == "The firm Rebellions (리벨리온) said."
