"""Templates and style sheets: the program's own, or a user's folder that stands before them file by file."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import RenderError, SettingError
from templates.charts import fit
from templates.typeset import link, paragraphs, phrased, prose, split_tail

if TYPE_CHECKING:
    from jinja2 import Environment

FILES = (
    "report.html.j2",
    "synthesis.html.j2",
    "article.html.j2",
    "differs.html.j2",
    "method.html.j2",
    "macros.html.j2",
    "charts.html.j2",
    "mail.html.j2",
    "report.css",
    "screen.css",
    "paged.css",
    "book.css",
)
"""What a theme may override."""


class Theme:
    """The files of `folder`, and the program's own for all that are not in it; without a folder, only those.

    Raises SettingError when the folder is missing or holds none of FILES. A theme's templates run in Jinja2's sandbox.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if folder is not None and not any((folder / name).is_file() for name in FILES):
            raise SettingError(f"{folder}: no theme; a theme is a folder with at least one of {', '.join(FILES)}")
        self._folder = folder
        self._environment = _environment(folder)

    def fill(self, name: str, **values: object) -> str:
        """Return the template `name` filled in. Raises RenderError naming the template and line when it is faulty."""
        from jinja2 import TemplateError, TemplateSyntaxError

        try:
            return self._environment.get_template(name).render(**values)
        except TemplateSyntaxError as error:
            raise RenderError(f"theme: {error.name}:{error.lineno}: {error.message}") from error
        except (TemplateError, TypeError, AttributeError, ValueError, LookupError, ArithmeticError) as error:
            if self._folder is None:
                raise
            raise RenderError(f"theme {self._folder}: {_place(error)}{error}") from error

    def load(self, language: str) -> None:
        """Compile the page's templates and load what cuts headings in `language`, so that the first page has them."""
        for name in FILES:
            if name.endswith(".j2"):
                self._environment.get_template(name)
        phrased("", language)

    def css(self, name: str) -> str:
        """Return the style sheet `name`. Raises RenderError when it could end the element that it stands in."""
        own = self._folder / name if self._folder else None
        if own is None or not own.is_file():
            return _packaged(name)
        try:
            text = own.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise RenderError(f"theme: {own}: not UTF-8 ({error})") from error
        if "</" in text:
            raise RenderError(f"theme: {own}: a style sheet cannot hold `</`")
        return text


def _place(error: BaseException) -> str:
    """Name the template and line in which an error arose, as far as the trace tells."""
    place, trace = "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            place = f"{Path(name).name}:{trace.tb_lineno}: "
        trace = trace.tb_next
    return place


@lru_cache(maxsize=8)
def _packaged(name: str) -> str:
    return files("templates").joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def _environment(folder: Path | None) -> Environment:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    ours = PackageLoader("templates", "")
    kind = ImmutableSandboxedEnvironment if folder else Environment
    environment = kind(
        loader=ChoiceLoader([FileSystemLoader(folder), ours]) if folder else ours,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    # A theme cannot mark text as markup: that is for templates/typeset.py alone.
    environment.filters.pop("safe", None)
    environment.filters.update(
        prose=prose,
        phrased=phrased,
        paragraphs=paragraphs,
        link=link,
        pair=lambda mark: (mark.label, mark.count),
        split_tail=split_tail,
        fit=fit,
        thousands=lambda number: f"{number:,}",
    )
    return environment
