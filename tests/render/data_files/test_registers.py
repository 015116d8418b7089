"""The tables of « Sources » and « Méthode » leave whole, cited, with what may be done of them."""

from __future__ import annotations

import csv
import io

import pytest

from territoires.domain.indicators import Nature
from territoires.domain.territories import Level
from territoires.render import exported
from territoires.render.file_names import Form, Register
from territoires.views.landmarks import build_theme_view
from territoires.views.method import build_method_view
from tests.render.kit import press_of

_OTHERS = (Register.COUVERTURE, Register.ECHELLES)
_TABLES = tuple(one for one in Register if one not in _OTHERS)


@pytest.fixture(scope="module")
def press(published, directory, names):
    return press_of(published, directory, names)


def read(thing, press) -> list[dict[str, str]]:
    text = exported.to_file(thing, Form.CSV, press).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_every_row_of_the_page_is_in_the_file_with_its_citation(press, published) -> None:
    rows = {one: read(exported.export_register(press, one), press) for one in _TABLES}
    assert {row["indicateur"] for row in rows[Register.INDICATEURS]} == set(published.catalogue)
    assert {row["identifiant"] for row in rows[Register.SOURCES]} == set(published.sources)
    assert len(rows[Register.LECTURES]) == len(published.contradictions)
    missing = len(published.unavailable) + len(published.groupings)
    assert len(rows[Register.MANQUANTS]) == missing
    kit = published.kit
    assert [row["nom"] for row in rows[Register.RESSOURCES]] == [r.title for r in kit.resources]
    assert len(rows[Register.PARCOURS]) == len(kit.programme)
    assert len(rows[Register.REPERES]) == len(kit.facts)
    for known in rows.values():
        assert all("Territoires, version 3" in row["citation"] and row["licence"] for row in known)


def test_the_coverage_counts_territories_that_have_a_figure(press, published) -> None:
    rows = read(exported.export_register(press, Register.INDICATEURS), press)
    shown = {row["indicateur"]: row["couverture_region"] for row in rows}
    for name, indicator in published.catalogue.items():
        if indicator.nature is Nature.ENQUETE:
            known = published.of_indicator(name, Level.REGION)
            number = len({one.code for one in known if not one.suppression})
            assert shown[name] == (str(number) if number else "")


def test_an_empty_table_and_the_scales_can_be_written(demonstration, zoned, names) -> None:
    press = press_of(demonstration, zoned, names)
    assert read(exported.export_register(press, Register.LECTURES), press) == []
    assert exported.to_file(exported.export_register(press, Register.LECTURES), Form.XLSX, press)
    rows = read(exported.export_scales(press, build_method_view(demonstration, zoned)), press)
    assert {row["echelle"] for row in rows} == {"Fiabilité", "Précision"}
    assert "Source" not in rows[0]["citation"]


def test_a_theme_leaves_with_all_its_figures(press, published) -> None:
    view = build_theme_view(published, "")
    rows = read(exported.export_theme(press, view), press)
    assert len(rows) == len(view.landmarks)
