"""Zip-based formats made the same on every day: libraries stamp them with the time of writing."""

from __future__ import annotations

import zipfile
from io import BytesIO

from agent.errors import RenderError

_EPOCH = (1980, 1, 1, 0, 0, 0)
FORMATS_REMEDY = "{}: the library {} is missing; install it with `pip install 'shuho[formats]'`"


def timeless(archive: bytes) -> bytes:
    """Return the zip archive with every entry stamped 1980-01-01; order, names and contents stay."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            stamped = zipfile.ZipInfo(entry.filename, _EPOCH)
            stamped.compress_type = entry.compress_type
            new.writestr(stamped, old.read(entry))
    return out.getvalue()


def missing_library(form: str, library: str) -> RenderError:
    """Return the error that names the extra to install."""
    return RenderError(FORMATS_REMEDY.format(form, library))
