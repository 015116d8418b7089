"""Words of a file that must name something known."""

from __future__ import annotations

import pytest

from territoires.domain.indicators import Reading
from territoires.tables.updates.vocabulary import (
    Names,
    build_names,
    read_fiabilite,
    read_indicator,
    read_reading,
    read_source,
)
from tests.tables.updates.conftest import Rows


@pytest.fixture(scope="module")
def indicators(tables: Rows) -> Names:
    return build_names(tables["indicators"], "indicator_id", "label")


@pytest.mark.parametrize(
    "text",
    [
        "adhesion_maires_region",
        " Adhesion_Maires_Region ",
        "Adhésion à la dynamique partenariale",
        "ADHESION A LA DYNAMIQUE PARTENARIALE",
        "«\u00a0Adhésion à la dynamique partenariale\u00a0»",
    ],
)
def test_an_indicator_is_named_by_its_identifier_or_its_label(text: str, indicators: Names) -> None:
    assert read_indicator(text, indicators, "Indicateur") == ("adhesion_maires_region", None)


@pytest.mark.parametrize("text", ["adhesion", "Pommes", "<b>", "'; DROP TABLE indicators; --"])
def test_a_text_that_names_no_indicator_is_never_guessed(text: str, indicators: Names) -> None:
    found, problem = read_indicator(text, indicators, "Indicateur")
    assert found == ""
    assert problem is not None
    assert problem.code == "indicator-unknown"


def test_a_label_that_several_share_asks_for_the_identifier(indicators: Names) -> None:
    found, problem = read_indicator("Les alliances sont source d’innovation", indicators, "I")
    assert found == ""
    assert problem is not None
    assert "innovation_citoyens" in problem.mend


def test_a_source_is_named_by_its_identifier_or_its_title(tables: Rows) -> None:
    names = build_names(tables["sources"], "source_id", "title")
    row = tables["sources"][0]
    assert read_source(row["source_id"], names, "Source") == (row["source_id"], None)
    assert read_source(row["title"].upper(), names, "Source") == (row["source_id"], None)
    assert read_source("une note", names, "Source")[0] == ""


@pytest.mark.parametrize(
    ("text", "grade"),
    [("claire", "claire"), ("Claire ", "claire"), ("ambiguë", "ambigue"), ("AMBIGUE", "ambigue")],
)
def test_a_grade_is_read_however_it_is_spelt(text: str, grade: str) -> None:
    assert read_fiabilite(text, "Fiabilité") == (grade, None)


@pytest.mark.parametrize("text", ["sans_objet", "A", "bonne"])
def test_what_is_no_grade_of_a_real_figure_is_refused(text: str) -> None:
    assert read_fiabilite(text, "Fiabilité")[1] is not None


def test_an_empty_reading_is_the_main_one() -> None:
    assert read_reading("", "Lecture") == (Reading.PRINCIPALE, None)
    assert read_reading("Reprise", "Lecture") == (Reading.REPRISE, None)
    assert read_reading("autre chose", "Lecture")[0] is None
