"""Fills the page's own templates and serves its script and style; nothing in them comes from elsewhere."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from agent.language.places import language_name
from templates.edition import same_language
from templates.typeset import link, phrased, prose

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC = {"shuho.css": "text/css; charset=utf-8", "shuho.js": "text/javascript; charset=utf-8"}
"""The files that a browser may load, with their media types."""


def fill(name: str, **values: object) -> str:
    """Return the template `name` filled in; every value is escaped."""
    return _environment().get_template(name).render(**values)


@lru_cache(maxsize=4)
def static(name: str) -> bytes:
    """Return one of the STATIC files."""
    return files("shuho.web").joinpath("static", name).read_bytes()


def issue_path(topic: str, week: str, tail: str = "", **query: object) -> str:
    """Return the address of an issue's page, with what is asked of it; empty values are left out."""
    asked = urlencode({key: value for key, value in query.items() if value not in ("", None, 0)})
    return f"/reports/{quote(topic, safe='')}/{quote(week, safe='')}{tail}" + (f"?{asked}" if asked else "")


def _local(moment: datetime, timezone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("shuho.web", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(prose=prose, phrased=phrased, link=link, local=_local)
    environment.globals.update(issue_path=issue_path, same_language=same_language, language_name=language_name)
    return environment
