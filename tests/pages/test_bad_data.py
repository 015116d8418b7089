"""Damaged files: the page says which one, where and what to do, and draws nothing false."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, has_map, html_of, notices_of, plain, sentence_of, text_of

HOSTILE = "<script>alert(1)</script>"
PAGES = ("", "carte", "territoire", "sources")
Damage = Callable[[Path], None]


def change_cell(table: str, line: int, column: str, text: str) -> Damage:
    """Change a cell counted as a spreadsheet does: line 1 is the header."""

    def damage(home: Path) -> None:
        path = home / "data" / "indicators" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            cells = list(csv.reader(stream))
        cells[line - 1][cells[0].index(column)] = text
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(cells)

    return damage


def remove(name: str) -> Damage:
    return lambda home: (home / "data" / name).unlink()


def truncate(name: str) -> Damage:
    def damage(home: Path) -> None:
        path = home / "data" / name
        path.write_bytes(path.read_bytes()[:1000])

    return damage


def append(name: str) -> Damage:
    def damage(home: Path) -> None:
        path = home / "data" / name
        path.write_bytes(path.read_bytes() + b"\0")

    return damage


def wrong_hash(name: str) -> Damage:
    def damage(home: Path) -> None:
        path = home / "data" / "geo" / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        manifest["files"][f"data/{name}"]["sha256"] = "0" * 64
        path.write_text(json.dumps(manifest), encoding="utf-8")

    return damage


def write(name: str, text: str) -> Damage:
    return lambda home: (home / "data" / name).write_text(text, encoding="utf-8") and None


CONTRACT = "Des données ne respectent pas leur contrat"
DAMAGES = {
    "table-absente": (
        remove("indicators/observations.csv"),
        ("observations.csv", "fichier entier", "introuvable ou illisible", "git checkout"),
    ),
    "table-vide": (
        write("indicators/catalysts.csv", ""),
        ("catalysts.csv", "vide ou tronqué", "git checkout"),
    ),
    "nombre-faux": (
        change_cell("observations", 2, "value", "soixante"),
        (
            CONTRACT,
            "observations.csv",
            "ligne 2, colonne value",
            "«\u00a0soixante\u00a0»",
            "un nombre",
        ),
    ),
    "indicateur-hors-contrat": (
        change_cell("indicators", 3, "kind", "pourcentage"),
        (CONTRACT, "indicators.csv", "ligne 3, colonne kind", "«\u00a0pourcentage\u00a0»", "rate"),
    ),
    "code-inconnu": (
        change_cell("observations", 2, "code", "99"),
        (CONTRACT, "observations.csv", "ligne 2, colonne code", "region 99"),
    ),
    "cellule-hostile": (
        change_cell("observations", 2, "value", HOSTILE),
        (CONTRACT, "ligne 2, colonne value", HOSTILE),
    ),
    "annuaire-absent": (
        remove("geo/directory.parquet"),
        ("data/geo/directory.parquet est absent", "make data"),
    ),
    "annuaire-tronque": (
        truncate("geo/directory.parquet"),
        ("data/geo/directory.parquet est tronqué", "trouvé : 1000 octets", "make data"),
    ),
    "annuaire-modifie": (
        append("geo/directory.parquet"),
        ("data/geo/directory.parquet est modifié", "make data"),
    ),
    "empreinte-fausse": (
        wrong_hash("geo/directory.parquet"),
        ("data/geo/directory.parquet est modifié", "sha256 000000", "make data"),
    ),
    "manifeste-absent": (
        remove("geo/manifest.json"),
        ("data/geo/manifest.json est absent", "make data"),
    ),
    "manifeste-illisible": (
        write("geo/manifest.json", "{"),
        ("data/geo/manifest.json est illisible", "make data"),
    ),
}


def check_told(at: AppTest, words: tuple[str, ...]) -> None:
    assert len(notices_of(at)) == 1
    for word in words:
        assert plain(word) in plain(text_of(at))
    assert "Pour y remédier." in text_of(at)
    assert HOSTILE not in html_of(at)
    assert not has_map(at)
    assert 'class="donnees"' not in html_of(at)


@pytest.mark.parametrize("name", DAMAGES)
def test_the_map_page_tells_the_file_the_row_and_the_remedy(
    open_page: Open, home: Path, name: str
) -> None:
    damage, words = DAMAGES[name]
    damage(home)
    at = open_page("carte")
    check_told(at, words)
    assert not at.exception


@pytest.mark.parametrize("slug", PAGES)
def test_every_page_tells_it(open_page: Open, home: Path, slug: str) -> None:
    damage, words = DAMAGES["nombre-faux"]
    damage(home)
    at = open_page(slug)
    check_told(at, words)
    assert not at.exception


def test_a_page_in_error_still_has_its_foot(open_page: Open, home: Path) -> None:
    DAMAGES["annuaire-absent"][0](home)
    at = open_page("carte")
    assert 'class="pied"' in html_of(at)
    assert not at.exception


def test_a_mended_file_is_read_again_without_starting_the_server_again(
    open_page: Open, home: Path
) -> None:
    path = home / "data" / "indicators" / "observations.csv"
    good = path.read_bytes()
    DAMAGES["nombre-faux"][0](home)
    assert notices_of(open_page("carte"))
    path.write_bytes(good)
    at = open_page("carte")
    assert notices_of(at) == []
    assert has_map(at)
    assert not at.exception


def test_a_shipped_file_damaged_later_takes_nothing_from_what_is_published(
    open_page: Open, home: Path
) -> None:
    at = open_page("carte")
    before = sentence_of(at)
    DAMAGES["nombre-faux"][0](home)
    at.run()
    assert has_map(at)
    assert sentence_of(at) == before
    st.cache_resource.clear()
    assert sentence_of(open_page("carte")) == before
    assert not at.exception


def test_every_broken_table_is_told_at_once(open_page: Open, home: Path) -> None:
    DAMAGES["nombre-faux"][0](home)
    DAMAGES["indicateur-hors-contrat"][0](home)
    at = open_page("carte")
    assert "observations.csv, ligne 2" in text_of(at)
    assert "indicators.csv, ligne 3" in text_of(at)
    assert not at.exception


def hostile(cell: str) -> str:
    """Give a script that says which cell it came from."""
    return f"<script>alert('{cell}')</script>"


#: What a page shows of the second line of each table.
SHOWN = {
    "carte?territoire=region-28": (
        "indicators.label",
        "indicators.actor_label",
        "indicators.unit_label",
        "observations.caveat",
        "observations.statement",
        "catalyst_kinds.label",
        "lists.caveat",
    ),
    "territoire?territoire=region-28": (
        "indicators.label",
        "observations.caveat",
        "domains.label",
    ),
    "territoire?territoire=region-44": ("catalysts.name",),
    "sources?": (
        "indicators.description",
        "sources.title",
        "contradictions.topic",
        "unavailable.reason",
    ),
}


@pytest.mark.parametrize("page", SHOWN)
def test_a_script_in_a_cell_is_shown_as_text(open_page: Open, home: Path, page: str) -> None:
    for cell in SHOWN[page]:
        table, _, column = cell.partition(".")
        change_cell(table, 2, column, hostile(cell))(home)
    slug, _, params = page.partition("?")
    at = open_page(slug, **dict(parse_qsl(params)))
    html, read = html_of(at), text_of(at)
    read += " ".join(option for box in at.selectbox for option in box.options)
    for cell in SHOWN[page]:
        assert hostile(cell) not in html
        assert hostile(cell) in read, cell
    assert not at.exception


@pytest.mark.parametrize("cell", ["catalysts.name", "catalysts.place_name", "catalyst_kinds.label"])
def test_a_script_in_an_actor_reaches_the_map_escaped(
    open_page: Open, home: Path, cell: str
) -> None:
    table, _, column = cell.partition(".")
    change_cell(table, 2, column, HOSTILE)(home)
    at = open_page("carte")
    sent = html_of(at) + "".join(str(e.proto) for e in at.get("component_instance"))
    assert "alert(1)" in sent
    assert "<script>alert(1)" not in sent
    assert has_map(at)
    assert not at.exception
