"""Takes elements out of a page's tree."""

from __future__ import annotations

import re

from lxml.etree import _Element

# The parser lets characters in that lxml does not let back in.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def drop(element: _Element) -> None:
    """Remove an element and keep what follows it, less control characters."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = _NOT_XML.sub("", f"{before.tail or ''} {element.tail}")
        else:
            parent.text = _NOT_XML.sub("", f"{parent.text or ''} {element.tail}")
    parent.remove(element)
