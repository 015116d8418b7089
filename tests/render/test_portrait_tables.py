"""Tables of a territory's page: buttons, intervals, verdicts in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.analysis.significance import Flag
from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.territories import TerritoryId
from territoires.render.portrait_tables import comparison_table, domains_table
from territoires.tables.published import Published
from territoires.views.figure import interval_text
from territoires.views.portrait import Portrait, Portraits
from tests.render.pieces import read, rows, tags, without_cards

Names = Mapping[TerritoryId, NameForms]


@pytest.fixture(scope="module")
def portrait(demonstration: Published, directory: Directory, names: Names) -> Portrait:
    return Portraits(demonstration, directory, names).build(TerritoryId.parse("region-53"))


def headings(table: str) -> list[str]:
    head = table.partition("<thead>")[2].partition("</thead>")[0]
    return [part.partition("<")[0] for part in head.split('data-tri="1">')[1:]]


def plain(table: str) -> str:
    return read(without_cards(table)).text.replace("\u00a0", " ")


def test_a_sample_has_its_interval_its_precision_and_its_verdict(portrait: Portrait) -> None:
    (line,) = [
        x for x in portrait.shared.surveys if x.indicator.indicator_id == "demo_mandat_collectif"
    ]
    table = comparison_table([line], "Titre")
    assert headings(table) == [
        "Indicateur",
        "Bretagne",
        "France",
        "Précision",
        "Par rapport à la France",
        "Date",
        "Fiabilité",
    ]
    assert interval_text(line.local.interval).replace("\u00a0", " ") in plain(table)
    assert line.local.precision in plain(table)
    assert "plus haut que la France" in plain(table)


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        (Flag.PLUS_HAUT, "plus haut que la France"),
        (Flag.PLUS_BAS, "plus bas que la France"),
        (Flag.NON_SIGNIFICATIF, "pas de différence établie"),
        (Flag.INCONNU, "non comparable : autre formulation pour la France"),
    ],
)
def test_a_verdict_is_said_in_words(portrait: Portrait, flag: Flag, words: str) -> None:
    line = replace(portrait.shared.surveys[0], difference=flag)
    assert words in plain(comparison_table([line], "Titre"))


def test_a_verdict_that_the_sample_does_not_allow_says_so(portrait: Portrait) -> None:
    line = portrait.shared.surveys[0]
    assert line.local
    unknown = replace(line.local, respondents=None, interval=None)
    table = comparison_table([replace(line, local=unknown, difference=Flag.INCONNU)], "Titre")
    assert "non comparable : effectif non communiqué" in plain(table)


def test_official_figures_have_no_sample_to_speak_of(portrait: Portrait) -> None:
    table = comparison_table(portrait.shared.context, "Titre")
    assert headings(table) == ["Indicateur", "Bretagne", "France", "Date", "Fiabilité"]
    assert table.count("donnée réelle") == table.count("chiffre-lien") > 0


def test_what_only_france_has_is_told_so(portrait: Portrait) -> None:
    lone = replace(portrait.shared.surveys[0], local=None, holder=None, difference=None)
    assert "France seulement" in plain(comparison_table([*portrait.shared.surveys, lone], "Titre"))
    alone = comparison_table([lone], "Titre")
    assert "France seulement" not in plain(alone)
    assert headings(alone)[:2] == ["Indicateur", "France"]


def test_a_line_without_any_figure_is_left_out(portrait: Portrait) -> None:
    empty = replace(portrait.shared.surveys[0], local=None, national=None)
    assert rows(comparison_table([empty, portrait.shared.surveys[1]], "Titre")) == 1


def test_every_figure_of_a_domain_opens_its_card(portrait: Portrait) -> None:
    table = domains_table(portrait.shared.domains.lines, "Titre")
    figures = sum(
        bool(line.local) + bool(line.national)
        for domain in portrait.shared.domains.lines
        for line in (*domain.perceived, *domain.measured)
    )
    assert table.count("chiffre-lien") == len(tags(table, "template")) == figures
    assert rows(table) == 16
