"""A user's own templates: they stand before the program's, file by file, and can do no more than the program's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from agent.errors import RenderError, SettingError
from templates.render import render
from templates.theme import FILES
from tests.templates.reports import sample_report


def _html(theme: Path) -> str:
    return render(sample_report(2), ("html",), theme=theme)["report.html"].decode()


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("method.html.j2", "<section id='method'>わが社の方法 {{ r.topic }}</section>", "わが社の方法 ai-ml"),
        ("screen.css", "body { color: rebeccapurple }", "rebeccapurple"),
        ("article.html.j2", "<article>{{ ed.number(a.number) }} {{ a.title }}</article>", "<article>#01 "),
    ],
)
def test_a_file_of_the_theme_stands_before_ours(name: str, text: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    page = _html(tmp_path)
    assert shown in page
    assert 'id="trends"' in page


def test_text_is_escaped_in_a_theme_too(tmp_path: Path) -> None:
    (tmp_path / "article.html.j2").write_text("<i>{{ a.title }}</i>", encoding="utf-8")
    one = sample_report(1)
    article = one.articles[0].model_copy(update={"title": "<script>alert(1)</script>"})
    page = render(one.model_copy(update={"articles": (article,)}), ("html",), theme=tmp_path)["report.html"].decode()
    assert "<i>&lt;script&gt;alert(1)&lt;/script&gt;</i>" in page


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ nothing.here }}", r"article.html.j2:1: 'nothing' is undefined"),
        ("\n{% if %}", r"article.html.j2:2: "),
        ("{{ ''.__class__.__mro__ }}", "unsafe|undefined"),
        ("{{ a.title | safe }}", "safe"),
        ("{{ r.articles[9].title }}", "article.html.j2:1: "),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_a_faulty_theme_is_named_with_its_line(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "article.html.j2").write_text(text, encoding="utf-8")
    with pytest.raises(RenderError, match=message):
        _html(tmp_path)


def test_a_theme_can_read_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("4711", encoding="utf-8")
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "method.html.j2").write_text("{% include '../secret.txt' %}", encoding="utf-8")
    with pytest.raises(RenderError, match=r"secret\.txt"):
        _html(theme)


@pytest.mark.parametrize(
    "css", ["p { background: url(http://192.0.2.1/x.png) }", "@font-face { font-family: F; src: url(file:///x.otf) }"]
)
def test_a_style_sheet_fetches_nothing(css: str, tmp_path: Path) -> None:
    (tmp_path / "paged.css").write_text(css, encoding="utf-8")
    with pytest.raises(RenderError, match=r"not part of the report"):
        render(sample_report(1), ("pdf",), theme=tmp_path)


def test_a_style_sheet_stays_one(tmp_path: Path) -> None:
    (tmp_path / "screen.css").write_text("</style><script>alert(1)</script>", encoding="utf-8")
    with pytest.raises(RenderError, match=r"screen\.css: a style sheet cannot hold"):
        _html(tmp_path)


@pytest.mark.parametrize("made", [False, True], ids=["missing", "empty"])
def test_a_folder_without_a_theme_is_refused(made: bool, tmp_path: Path) -> None:
    folder = tmp_path / "theme"
    if made:
        folder.mkdir()
    with pytest.raises(SettingError, match="no theme"):
        _html(folder)


def test_every_template_and_style_sheet_can_be_overridden_and_is_documented() -> None:
    root = Path(__file__).parents[2]
    ours: Any = {path.name for path in (root / "templates").iterdir() if path.suffix in (".j2", ".css")}
    # The page of timings is no part of a report, and the list of drawings holds nothing of its own.
    assert set(FILES) == ours - {"timings.html.j2", "drawings.html.j2"}
    text = (root / "docs" / "templates.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"`{name}`" not in text] == []
