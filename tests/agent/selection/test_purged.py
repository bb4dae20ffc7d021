"""The list of addresses that stay away."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import SettingError
from agent.selection.purged import PURGED, PurgedAddresses

PAGE, AMP = "https://www.news.example/a?utm_source=x#top", "https://news.example/amp/a"


def test_every_form_of_an_article_s_addresses_is_on_it_until_the_article_is_allowed(tmp_path: Path) -> None:
    listed = PurgedAddresses(tmp_path)
    assert PAGE not in listed
    listed.add([PAGE, AMP])
    listed.add(["https://other.example/"])
    forms = ["http://news.example/a", PAGE, AMP, "https://other.example", "https://news.example/b"]
    assert [form in PurgedAddresses(tmp_path) for form in forms] == [True, True, True, True, False]

    assert PurgedAddresses(tmp_path).remove("https://news.example/a")
    again = PurgedAddresses(tmp_path)
    assert [form in again for form in forms] == [False, False, False, True, False]
    assert not again.remove(PAGE)


def test_the_file_names_no_address_and_is_salted(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        PurgedAddresses(tmp_path / name).add([AMP])
        files.append((tmp_path / name / PURGED).read_text())
    assert "news" not in files[0]
    assert set(files[0].split()).isdisjoint(files[1].split())


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    first, second = PurgedAddresses(tmp_path), PurgedAddresses(tmp_path)
    first.add([PAGE])
    second.add([AMP])
    assert PAGE in (listed := PurgedAddresses(tmp_path)) and AMP in listed


def test_a_list_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / PURGED).write_bytes(b"\xff\xfe")
    with pytest.raises(SettingError, match="the list of removed addresses cannot be read"):
        PurgedAddresses(tmp_path)
