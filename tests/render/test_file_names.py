"""Names of files: plain ASCII, short, no path, marked; they say what they hold."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.territories import TerritoryId
from territoires.render.file_names import (
    MAX_NAME,
    name_comparison_file,
    name_file,
    name_kit_file,
    name_map_file,
    name_territory_file,
)
from territoires.views.comparison import build_comparison
from territoires.views.map_view import build_map_view

SAFE = re.compile(r"(DEMO_|BROUILLON_)?territoires[a-z0-9_-]*\.[a-z0-9]{1,8}")


def test_a_map_is_named_by_what_it_shows(view, simulated) -> None:
    assert name_map_file(view, "png") == (
        "territoires_carte_adhesion-maires-region_2016-11_regions.png"
    )
    assert name_map_file(simulated, "csv") == (
        "DEMO_territoires_carte_mandat-collectif_2025_regions.csv"
    )


def test_a_limit_a_mode_and_a_zoning_are_in_the_name(demonstration, view) -> None:
    zoning = next(iter(demonstration.zonings))
    zones = replace(view, zoning=zoning, within=TerritoryId.parse("departement-53"))
    assert name_map_file(replace(zones, mode=Mode.DIFFERENCE), "svg").endswith(
        f"_difference_{zoning.replace('_', '-')}_departement-53.svg"
    )


def test_a_draft_is_marked(view) -> None:
    assert name_map_file(replace(view, dataset=Dataset.BROUILLON), "xlsx").startswith("BROUILLON_")


def test_a_territory_and_its_kit_are_named_without_accents(directory) -> None:
    place = directory.parse("region-93")
    assert name_territory_file(Dataset.PUBLIE, place, "pdf", subject="fiche") == (
        "territoires_fiche_region-93_provence-alpes-cote-d-azur.pdf"
    )
    assert name_kit_file(Dataset.DEMONSTRATION, place) == (
        "DEMO_territoires_kit_region-93_provence-alpes-cote-d-azur.zip"
    )
    assert name_file(Dataset.PUBLIE, "Œuvre à Ægir", extension="CSV") == (
        "territoires_oeuvre-a-aegir.csv"
    )


def test_a_comparison_is_named_by_its_codes(published, directory, names) -> None:
    asked = Selection(
        "adhesion_maires_region",
        "2016-11",
        compared=tuple(TerritoryId.parse(f"region-{code}") for code in ("28", "84")),
    )
    comparison = build_comparison(asked, build_map_view(asked, published, directory), names)
    assert name_comparison_file(comparison, "csv") == (
        "territoires_comparaison_adhesion-maires-region_2016-11_regions-28-84.csv"
    )


@given(
    st.sampled_from(Dataset),
    st.lists(st.text(max_size=300) | st.sampled_from(["../../etc", "C:\\x", "a\x00b", "CON", "…"])),
    st.text(max_size=20),
)
def test_whatever_is_asked_a_name_is_one_safe_file_name(dataset, words, extension) -> None:
    name = name_file(dataset, "".join(words[:1]), *words[1:], extension=extension)
    assert SAFE.fullmatch(name)
    assert len(name) <= MAX_NAME + 9
    assert name.startswith({"demonstration": "DEMO_", "brouillon": "BROUILLON_"}.get(dataset, "t"))
