"""`shuho render`: a stored report in any format, without a model."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html as lxml_html
from PIL import Image

from agent.errors import RenderError, SettingError
from agent.model import Fetched
from agent.report import Report
from agent.storage.record import Record
from shuho.rendering import RenderOptions, named_formats, render_file
from tests.templates.reports import sample_report


def _stored(out: Path, report: Report) -> Path:
    path = out / "ai-ml" / "2026-W15" / "versions" / "0002.json"
    path.parent.mkdir(parents=True)
    path.write_text(report.model_dump_json(), encoding="utf-8")
    return path


def test_a_version_is_rendered_beside_itself_under_its_own_name(tmp_path: Path) -> None:
    path = _stored(tmp_path, sample_report(2))
    done = render_file(RenderOptions(path, ("html", "txt", "rss")))
    assert done.files == tuple(path.with_suffix(f".{name}") for name in ("html", "txt", "rss"))
    assert done.notes == ()
    assert all(file.stat().st_size for file in done.files)


def test_the_output_folder_is_made(tmp_path: Path) -> None:
    path = _stored(tmp_path, sample_report(1))
    done = render_file(RenderOptions(path, ("md",), output=tmp_path / "new" / "folder"))
    assert done.files == (tmp_path / "new" / "folder" / "0002.md",)


def test_pictures_come_from_the_record(tmp_path: Path) -> None:
    body = BytesIO()
    Image.effect_noise((400, 300), 40).convert("RGB").save(body, "JPEG")
    shown, logo = "https://img.example/1.jpg", "https://img.example/site-logo.jpg"
    report = sample_report(2)
    images = zip(report.articles, (shown, logo), strict=True)
    report = report.model_copy(update={"articles": tuple(a.model_copy(update={"image": url}) for a, url in images)})
    path = _stored(tmp_path, report)
    (tmp_path / ".shuho").mkdir()
    record = Record(tmp_path / ".shuho" / "record.sqlite")
    for url in (shown, logo):
        page = {"url": url, "final_url": url, "status": 200, "content_type": "image/jpeg", "body": body.getvalue()}
        record.put_pages([Fetched.model_validate({**page, "fetched_at": datetime(2026, 4, 12, tzinfo=UTC)})])
    record.close()
    done = render_file(RenderOptions(path, ("html",)))
    page_tree = lxml_html.document_fromstring(done.files[0].read_text(encoding="utf-8"))
    assert page_tree.xpath("//article[.//img]/@id") == ["a1"]


def test_a_character_without_a_glyph_is_printed_as_geta_and_said(tmp_path: Path) -> None:
    one = sample_report(1)
    article = one.articles[0].model_copy(update={"title": "絵文字 😀 שלום"})
    path = _stored(tmp_path, one.model_copy(update={"articles": (article,)}))
    done = render_file(RenderOptions(path, ("pdf", "txt")))
    assert [file.suffix for file in done.files] == [".txt", ".pdf"]
    assert "printed as 〓" in done.notes[0]
    assert "U+1F600" in done.notes[0]
    assert "😀" in done.files[0].read_text(encoding="utf-8")


def reshaped(old: str, new: str) -> str:
    return sample_report(1).model_dump_json().replace(old, new)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "cannot be read"),
        ("", "no report of schema"),
        ('{"topic": "ai"}', "no report of schema 1.0: "),
        (reshaped("2026-W15", "2026-15"), "no report of schema 1.0: week.iso: "),
        (reshaped("Asia/Tokyo", "Asia/Atlantis"), "no report of schema 1.0: week.timezone: .*IANA"),
    ],
)
def test_what_is_no_report_is_refused(text: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(SettingError, match=message):
        render_file(RenderOptions(path, ("txt",)))


def test_a_report_is_never_overwritten_by_itself(tmp_path: Path) -> None:
    path = _stored(tmp_path, sample_report(1))
    before = path.read_bytes()
    with pytest.raises(SettingError, match="--output"):
        render_file(RenderOptions(path, ("json",)))
    assert path.read_bytes() == before


def test_a_faulty_theme_writes_nothing(tmp_path: Path) -> None:
    path = _stored(tmp_path, sample_report(1))
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "article.html.j2").write_text("{{ nothing }}")
    with pytest.raises(RenderError, match=r"article\.html\.j2:1"):
        render_file(RenderOptions(path, ("html",), theme=theme))
    assert not path.with_suffix(".html").exists()
    shutil.rmtree(theme)


@pytest.mark.parametrize(
    ("names", "formats"), [("pdf", ("pdf",)), ("rss, html,PDF", ("html", "pdf", "rss")), ("txt,txt", ("txt",))]
)
def test_formats_are_named_in_a_list(names: str, formats: tuple[str, ...]) -> None:
    assert named_formats(names) == formats


@pytest.mark.parametrize("names", ["pdg", "pdf,doc", "", ","])
def test_an_unknown_format_is_refused_with_the_known_ones(names: str) -> None:
    with pytest.raises(SettingError, match="choose from html, pdf"):
        named_formats(names)
