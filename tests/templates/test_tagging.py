"""The PDF's structure: what ISO 14289-1 (PDF/UA-1) asks for and can be read from the file."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

_VALIDATOR = shutil.which("outloud")


def _tree(element: Any) -> Iterator[Any]:
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        node = kid.get_object()
        if isinstance(node, dict) and "/S" in node:
            yield from _tree(node)


def _kinds(element: Any) -> set[str]:
    return {node["/S"] for kid in element["/K"] if isinstance(node := kid.get_object(), dict) and "/S" in node}


@pytest.fixture(scope="module")
def elements(reader: PdfReader) -> list[Any]:
    catalog: Any = reader.trailer["/Root"]
    return list(_tree(catalog["/StructTreeRoot"]["/K"][0].get_object()))


def _owners(reader: PdfReader) -> dict[int, Any]:
    catalog: Any = reader.trailer["/Root"]
    numbers = catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    return {int(key): value.get_object() for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def test_lists_hold_items_and_items_hold_labels_and_bodies(elements: list[Any]) -> None:
    assert set().union(*(_kinds(e) for e in elements if e["/S"] == "/L")) == {"/LI"}
    assert set().union(*(_kinds(e) for e in elements if e["/S"] == "/LI")) <= {"/Lbl", "/LBody"}


def test_figures_have_their_text_and_header_cells_their_scope(elements: list[Any]) -> None:
    assert [e for e in elements if e["/S"] == "/Figure" and not e.get("/Alt")] == []
    heads = [e["/A"].get("/Scope") for e in elements if e["/S"] == "/TH"]
    assert set(heads) == {"/Column"}


def test_every_link_is_printed_and_belongs_to_a_link(reader: PdfReader) -> None:
    owners = _owners(reader)
    annotations = [a.get_object() for page in reader.pages for a in page.get("/Annots", ())]
    assert {(a["/F"], owners[a["/StructParent"]]["/S"]) for a in annotations} == {(4, "/Link")}


def test_running_heads_and_page_numbers_are_artifacts(reader: PdfReader) -> None:
    owners = _owners(reader)
    for i, page in enumerate(reader.pages):
        content: Any = page.get_contents()
        marks = [operands for operands, operator in content.operations if operator == b"BDC"]
        numbered = [mark[1]["/MCID"] for mark in marks if "/MCID" in mark[1]]
        margins = [mark for mark in marks if mark[1].get("/Type") == "/Pagination"]
        assert [n for n in numbered if "/S" not in owners[i][n].get_object()] == []
        assert len(margins) >= (3 if i else 0), i
        assert {str(mark[0]) for mark in margins} <= {"/Artifact"}


@pytest.mark.skipif(not _VALIDATOR, reason="outloud, a PDF/UA-1 checker (pip install outloud), is not here")
def test_a_validator_finds_no_error(files: Mapping[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(files["report.pdf"])
    command = [str(_VALIDATOR), str(path), "--no-info", "--layer", "conformance"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
