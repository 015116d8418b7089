"""Shares in words: every one named, none shown that may not be, no more than the tests say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.territories import FRANCE, TerritoryId
from territoires.tables.published import Published
from territoires.views.portrait_figures import Comparison, Holder, TerritoryFigures
from territoires.views.shares import bare_label, place_of, quote, say_shares

BRETAGNE = TerritoryId.parse("region-53")


@pytest.fixture(scope="module")
def holder(directory: Directory, names: Mapping[TerritoryId, NameForms]) -> Holder:
    return Holder(directory.get(BRETAGNE), names[BRETAGNE])


@pytest.fixture(scope="module")
def lines(demonstration: Published, holder: Holder) -> list[Comparison]:
    figures = TerritoryFigures(demonstration, [holder])
    return [
        figures.comparison(demonstration.catalogue[f"demo_role_{a}"])
        for a in ("citoyens", "entreprises")
    ]


NAMES = ["citoyens", "entreprises"]


def test_both_places_are_told_in_one_order(lines: list[Comparison], holder: Holder) -> None:
    text = say_shares(NAMES, lines, holder)
    first, second, *_ = text.split(" ; ")
    own = [line.local.text for line in lines]
    france = [line.national.text for line in lines]
    assert first == f"en Bretagne, {own[0]} « citoyens » et {own[1]} « entreprises »"
    assert second == f"en France, dans le même ordre, {france[0]} et {france[1]}"


def test_france_alone_names_every_share(lines: list[Comparison]) -> None:
    alone = [replace(line, local=None, holder=None, difference=None) for line in lines]
    text = say_shares(NAMES, alone, None)
    assert text.startswith("en France, ")
    assert "« citoyens »" in text
    assert "même ordre" not in text


def test_a_share_that_may_not_be_shown_is_named_with_the_reason(
    lines: list[Comparison], holder: Holder
) -> None:
    vague = replace(lines[0].local, precision=Precision.TROP_IMPRECISE)
    text = say_shares(NAMES, [replace(lines[0], local=vague), lines[1]], holder)
    assert "chiffre non montré pour « citoyens » (trop imprécis)" in text
    assert vague.text not in text.split(" ; ")[0]


def test_a_hidden_distribution_is_said_once(lines: list[Comparison], holder: Holder) -> None:
    hidden = [replace(line, local=None, difference=None) for line in lines]
    text = say_shares(NAMES, hidden, holder)
    assert "répartition non montrée (pas de chiffre)" in text
    assert "« citoyens »" in text.split(" ; ")[1]


def test_only_established_differences_are_told(lines: list[Comparison], holder: Holder) -> None:
    one, other = lines
    none = say_shares(NAMES, [replace(x, difference=Flag.NON_SIGNIFICATIF) for x in lines], holder)
    assert none.endswith("pas de différence établie avec la France, part par part")
    both = say_shares(
        NAMES,
        [replace(one, difference=Flag.PLUS_HAUT), replace(other, difference=Flag.PLUS_BAS)],
        holder,
    )
    assert "plus haut que la France pour « citoyens »" in both
    assert "plus bas que la France pour « entreprises »" in both


@pytest.mark.parametrize("flag", [Flag.INCONNU, None])
def test_an_unknown_sample_is_not_compared(
    lines: list[Comparison], holder: Holder, flag: Flag | None
) -> None:
    text = say_shares(NAMES, [replace(line, difference=flag) for line in lines], holder)
    assert "que la France" not in text
    assert "différence" not in text


def test_nothing_published_says_nothing() -> None:
    assert say_shares(NAMES, [None, None], None) == ""


def test_places_are_written_as_in_a_sentence(directory: Directory, holder: Holder) -> None:
    assert place_of(holder) == "en Bretagne"
    assert place_of(None) == "en France"
    assert place_of(Holder(directory.get(FRANCE))) == "en France"
    assert place_of(replace(holder, forms=None)) == "Bretagne"


def test_guillemets_are_not_nested() -> None:
    assert quote("Intention de « jouer collectif »") == "« Intention de “jouer collectif” »"


def test_the_mark_of_a_label_is_left_out(demonstration: Published) -> None:
    indicator = demonstration.catalogue["demo_adhesion"]
    assert indicator.label == f"{bare_label(indicator)} (simulé)"
