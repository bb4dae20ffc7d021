"""What WeasyPrint's tags leave open for PDF/UA-1 and PDF/A: running heads, definition lists, table headers, links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# WeasyPrint hands over pydyf's objects, which have no types.
Node = Any
_PRINT = 4
"""The flag by which an annotation belongs to the printed page (ISO 14289-1, 7.18.1)."""


def finish_tags(_: object, pdf: Node) -> None:
    """Complete the structure of a tagged PDF before it is written; a finisher of WeasyPrint's `write_pdf`.

    Running heads and page numbers become artifacts (ISO 14289-1, 7.8), entries of a definition list list items (7.6),
    header cells get their scope (7.5), and links are printed with the page.
    """
    root = next((node for node in _dictionaries(pdf) if node.get("Type") == "/StructTreeRoot"), None)
    if root is None:
        return
    for node in _dictionaries(pdf):
        if node.get("Type") == "/Annot":
            node.setdefault("F", _PRINT)
        elif node.get("S") == "/TH" and "A" in node:
            node["A"]["Scope"] = "/Column"
        elif node.get("S") == "/L":
            _join_entries(pdf, node)
    numbers = _at(pdf, root["ParentTree"])["Nums"]
    _lift_links(pdf, numbers)
    _release_margins(pdf, root, numbers)


def _dictionaries(pdf: Node) -> Iterator[Node]:
    return (node for node in pdf.objects if isinstance(node, dict))


def _at(pdf: Node, reference: Node) -> Node:
    return pdf.objects[int(reference.split()[0])]


def _kids(pdf: Node, element: Node) -> Iterator[Node]:
    for kid in element.get("K", ()):
        if isinstance(kid, bytes) and isinstance(node := _at(pdf, kid), dict) and "S" in node:
            yield node


def _join_entries(pdf: Node, listed: Node) -> None:
    """Make one list item of each <div> in a <dl>: its term the label, what follows the body."""
    for entry in _kids(pdf, listed):
        if entry["S"] != "/Div":
            continue
        entry["S"] = "/LI"
        for i, part in enumerate([kid for kid in _kids(pdf, entry) if kid["S"] == "/LI"]):
            part["S"] = "/LBody" if i else "/Lbl"
            for inner in _kids(pdf, part):
                inner["S"] = "/NonStruct"


def _lift_links(pdf: Node, numbers: list[Any]) -> None:
    """Hang the annotation of a stretch within a link on the link itself (7.18.5)."""
    for i in range(1, len(numbers), 2):
        if isinstance(numbers[i], list):
            continue
        owner = link = _at(pdf, numbers[i])
        while link["S"] not in ("/Link", "/Document"):
            link = _at(pdf, link["P"])
        if link is owner or link["S"] != "/Link":
            continue
        lifted = [kid for kid in owner["K"] if isinstance(kid, bytes) and _at(pdf, kid).get("Type") == "/OBJR"]
        owner["K"][:] = [kid for kid in owner["K"] if kid not in lifted]
        link["K"].extend(lifted)
        numbers[i] = link.reference


def _release_margins(pdf: Node, root: Node, numbers: list[Any]) -> None:
    """Turn marked content that is in no branch of the tree, the margin boxes', into artifacts of the page."""
    inside = _in_tree(pdf, root)
    streams = {page["StructParents"]: page["Contents"] for page in _dictionaries(pdf) if "StructParents" in page}
    for key, owners in zip(numbers[::2], numbers[1::2], strict=True):
        if key not in streams or not isinstance(owners, list):
            continue
        outside = {i for i, owner in enumerate(owners) if owner not in inside}
        _mark_artifacts(_at(pdf, streams[key]).stream, outside)
        owners[:] = ["null" if i in outside else owner for i, owner in enumerate(owners)]


def _in_tree(pdf: Node, root: Node) -> set[bytes]:
    found: set[bytes] = set()
    waiting = list(root["K"])
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes) and reference not in found:
            found.add(reference)
            waiting.extend(_at(pdf, reference).get("K", ()))
    return found


def _mark_artifacts(operations: list[Any], outside: set[int]) -> None:
    for i, properties in enumerate(operations):
        if isinstance(properties, dict) and properties.get("MCID") in outside and operations[i + 1] == b"BDC":
            operations[i - 1] = "/Artifact"
            del properties["MCID"]
            properties["Type"] = "/Pagination"
