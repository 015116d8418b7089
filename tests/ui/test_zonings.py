"""Zonings kept in memory: each set of data has its own, a file is read once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, TerritoryId
from territoires.ui import cache
from tests.pages.conftest import notices_of, open_script

ZONING = "demo_pays_petr"
ZONE = "zone-demo_pays_petr.001"
FILE = b"epci;zone;nom\n243500741;1;Pays A\n243500139;1;Pays A\n240800862;2;Pays B\n"


@pytest.fixture(autouse=True, scope="module")
def _forget() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def test_each_set_of_data_has_its_own_territories() -> None:
    published, demonstration = cache.directory(), cache.directory(Dataset.DEMONSTRATION)
    assert published is cache.directory(Dataset.PUBLIE)
    assert published.of_level(Level.ZONE) == ()
    assert len(demonstration.of_level(Level.ZONE, ZONING)) == 59
    laval = TerritoryId(Level.COMMUNE, "53130")
    assert published.get(laval) is demonstration.get(laval)
    assert demonstration is cache.directory(Dataset.DEMONSTRATION)


def test_a_zoning_is_found_in_its_set_only() -> None:
    zoning = cache.zoning(Dataset.DEMONSTRATION, ZONING)
    assert zoning is not None
    assert len(zoning.zones) == 59
    assert cache.zoning(Dataset.PUBLIE, ZONING) is None
    assert cache.zoning(Dataset.DEMONSTRATION, "<script>") is None


def test_a_link_may_name_a_zone_of_the_demonstration_only() -> None:
    known = open_script("pages/sources.py", jeu="demonstration", territoire=ZONE)
    assert notices_of(known) == []
    assert not known.exception
    unknown = open_script("pages/sources.py", territoire=ZONE)
    (notice,) = notices_of(unknown)
    assert ZONE in notice
    assert not unknown.exception


def test_a_file_is_read_and_merged_once_for_the_same_content() -> None:
    zoning, shapes, issues = cache.file_zoning(FILE, "Pays d’essai")
    assert issues == ()
    assert zoning is not None
    assert shapes is not None
    assert list(shapes["code"]) == [zone.id.code for zone in zoning.zones]
    assert shapes.geometry.is_valid.all()
    again, same_shapes, _ = cache.file_zoning(bytes(bytearray(FILE)), "Pays d’essai")
    assert again is zoning
    assert same_shapes is shapes
    other, _, _ = cache.file_zoning(FILE.replace(b"Pays B", b"Pays C"), "Pays d’essai")
    assert other is not None
    assert [zone.name for zone in other.zones] == ["Pays A", "Pays C"]
    renamed, _, _ = cache.file_zoning(FILE, "Autres pays")
    assert renamed is not None
    assert renamed.zoning_id == "autres_pays"


def test_a_file_that_cannot_be_used_gives_its_problems() -> None:
    zoning, shapes, (issue,) = cache.file_zoning(FILE.replace(b"243500139", b"243500130"), "Pays")
    assert (zoning, shapes) == (None, None)
    assert (issue.row, issue.column, issue.code) == (3, "epci", "code")
