"""Citations: what it is, from where, which version, which day, under what terms; always marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from territoires import settings
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import TerritoryId
from territoires.domain.versions import Version, VersionKind
from territoires.views.citation import (
    CODES_CREDIT,
    MAX_SOURCES,
    Taken,
    cite_comparison,
    cite_map,
    cite_portrait,
    say_method,
    say_source,
    taken_from,
    with_boundaries,
)
from territoires.views.comparison import build_comparison
from territoires.views.datasets import EDITIONS, REAL_MARK
from territoires.views.french import ATTRIBUTION
from territoires.views.map_view import build_map_view

TAKEN = Taken(date(2026, 6, 1), 3, date(2026, 5, 12))
KNOWN = Selection("adhesion_maires_region", "2016-11")
DEMO = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
REAL_IN_DEMO = Selection("taux_pauvrete", "2021", Dataset.DEMONSTRATION)


@pytest.fixture(scope="module")
def draw(published, demonstration, zoned, names):
    sets = {Dataset.PUBLIE: published, Dataset.DEMONSTRATION: demonstration}
    return lambda selection: build_map_view(selection, sets[selection.dataset], zoned, names)


def test_a_map_is_cited_by_its_title_its_sources_its_version_and_the_day(draw) -> None:
    view = draw(KNOWN)
    citation = cite_map(view, TAKEN)
    assert citation.line.startswith(f"{view.title}. Source : ")
    assert "août 2017" in citation.line
    assert citation.line.endswith(
        "Territoires, version 3 du 12 mai 2026, extrait le 1er juin 2026."
    )
    assert citation.marked_title == citation.title == view.title
    assert citation.sources == view.sources
    assert set(view.caveats) <= set(citation.caveats)
    assert view.sentence_caveat in citation.caveats


def test_without_a_store_no_version_is_made_up(draw) -> None:
    taken = taken_from(None, date(2026, 6, 2))
    assert cite_map(draw(KNOWN), taken).line.endswith(" Territoires, extrait le 2 juin 2026.")


def test_a_version_is_told_with_its_own_day() -> None:
    moment = datetime(2026, 5, 12, 9, tzinfo=UTC)
    version = Version(7, VersionKind.PUBLICATION, 6, moment, "a", "m", "f")
    assert taken_from(version, date(2026, 6, 1)) == Taken(date(2026, 6, 1), 7, date(2026, 5, 12))


def test_what_is_simulated_is_marked_and_of_no_version(draw) -> None:
    citation = cite_map(draw(DEMO), TAKEN)
    assert citation.line.startswith(EDITIONS[Dataset.DEMONSTRATION].mark)
    assert citation.watermark == EDITIONS[Dataset.DEMONSTRATION].watermark
    assert "version" not in citation.edition
    assert "jeu de démonstration" in citation.edition
    assert "ne les citez pas" in citation.licence


def test_a_real_figure_seen_beside_simulated_ones_is_said_real(draw) -> None:
    citation = cite_map(draw(REAL_IN_DEMO), TAKEN)
    assert citation.line.startswith(REAL_MARK)
    assert "simulés" not in citation.licence


def test_a_draft_says_that_nothing_of_it_is_published(draw) -> None:
    citation = cite_map(replace(draw(KNOWN), dataset=Dataset.BROUILLON), TAKEN)
    assert citation.line.startswith(EDITIONS[Dataset.BROUILLON].mark)
    assert "brouillon non publié" in citation.edition
    assert citation.licence.startswith("Brouillon non publié")


def test_a_licence_that_is_not_known_is_not_guessed(draw) -> None:
    assert "licence non communiquée" in cite_map(draw(KNOWN), TAKEN).licence
    assert "Données (Insee) : Licence Ouverte." in cite_map(draw(REAL_IN_DEMO), TAKEN).licence


def test_outlines_bring_their_attribution_once(draw) -> None:
    plain = cite_map(draw(KNOWN), TAKEN)
    drawn = cite_map(draw(KNOWN), TAKEN, boundaries=True)
    assert plain.licence.endswith(CODES_CREDIT)
    assert drawn.licence.count(ATTRIBUTION) == 1
    assert "GNU-GPL" in drawn.licence
    assert with_boundaries(plain) == with_boundaries(drawn) == drawn


def test_many_sources_are_counted_in_the_line_and_kept_whole_beside_it(
    portraits, published
) -> None:
    citation = cite_portrait(portraits.build(TerritoryId.parse("region-53")), published, TAKEN)
    assert len(citation.sources) == len(set(citation.sources)) > MAX_SOURCES
    assert f"et {len(citation.sources) - MAX_SOURCES}\u00a0autres sources" in citation.line


def test_a_comparison_is_cited_with_its_territories(draw, names) -> None:
    view = draw(KNOWN)
    compared = replace(
        KNOWN, compared=tuple(TerritoryId.parse(f"region-{c}") for c in ("28", "84"))
    )
    citation = cite_comparison(build_comparison(compared, view, names), TAKEN)
    assert citation.title.endswith("Normandie et Auvergne-Rhône-Alpes")


def test_a_source_names_its_publisher_once(published) -> None:
    for source in published.sources.values():
        said = say_source(source)
        assert source.publisher in said
        assert said.endswith(source.url) or not source.url
    named = next(s for s in published.sources.values() if f"({s.publisher})" in s.title)
    assert say_source(named).count(named.publisher) == 1


def test_the_method_tells_the_thresholds_in_use_and_no_test_without_a_survey(published) -> None:
    asked = published.catalogue["adhesion_maires_region"]
    said = " ".join(say_method([asked]))
    for threshold in (settings.PRECISE, settings.CORRECTE, settings.INDICATIVE):
        assert f"{threshold:.0f}\u00a0points" in said
    assert f"sous {settings.MINIMUM_RESPONDENTS} réponses" in said
    counted = say_method([published.catalogue["population_municipale"]])
    assert len(counted) == 2
    assert "Wilson" not in " ".join(counted)
