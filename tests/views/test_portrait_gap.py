"""Perceived beside measured: said only where both are known, and never more than the test allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.directory import Directory
from territoires.domain.indicators import Direction, Suppression
from territoires.domain.names import NameForms
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.portrait_domains import DomainLine, build_domains
from territoires.views.portrait_figures import Comparison, Holder, TerritoryFigures
from territoires.views.portrait_gap import UNKNOWN_SAMPLE, say_gap

Names = Mapping[TerritoryId, NameForms]


def lines_of(
    data: Published, directory: Directory, names: Names, *codes: str
) -> dict[str, DomainLine]:
    ids = [TerritoryId.parse(code) for code in codes]
    holders = [Holder(directory.get(one), names.get(one)) for one in ids]
    domains = build_domains(data, TerritoryFigures(data, holders))
    return {line.label: line for line in domains.lines}


@pytest.fixture(scope="module")
def line(demonstration: Published, directory: Directory, names: Names) -> DomainLine:
    """Unemployment in the Hauts-de-France: cited more, and measured higher, than in France."""
    return lines_of(demonstration, directory, names, "region-32")["Emploi, chômage, insertion"]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def with_perceived(line: DomainLine, **changes: object) -> DomainLine:
    first = line.perceived[0]
    return replace(line, perceived=(replace(first, **changes),))


def with_measured(line: DomainLine, value: float, direction: Direction | None = None) -> DomainLine:
    first = line.measured[0]
    indicator = replace(first.indicator, direction=direction or first.indicator.direction)
    local = replace(first.local, value=value, short_text=f"{value} %")
    return replace(line, measured=(replace(first, indicator=indicator, local=local),))


def test_the_sentence_holds_both_pairs_of_numbers_and_the_place(line: DomainLine) -> None:
    text = plain(say_gap(line))
    perceived, measured = line.perceived[0], line.measured[0]
    assert text.startswith("Dans les Hauts-de-France, ")
    for shown in (perceived.local, perceived.national):
        assert plain(shown.text) in text
    for shown in (measured.local, measured.national):
        assert plain(shown.short_text) in text
    assert "maires simulés" in text
    assert text.endswith("perçu et mesuré vont dans le même sens.")


@pytest.mark.parametrize(
    ("flag", "words", "conclusion"),
    [
        (Flag.PLUS_HAUT, "plus qu’en France", "dans le même sens"),
        (Flag.PLUS_BAS, "moins qu’en France", "en sens contraire"),
        (Flag.NON_SIGNIFICATIF, "sans différence établie", "l’enquête n’établit pas d’écart"),
    ],
)
def test_the_survey_says_no_more_than_its_test(
    line: DomainLine, flag: Flag, words: str, conclusion: str
) -> None:
    text = say_gap(with_perceived(line, difference=flag))
    assert words in text
    assert conclusion in text
    assert "au-dessus de la France" in text


@pytest.mark.parametrize(
    ("direction", "conclusion"),
    [
        (Direction.HAUT_FRAGILE, "dans le même sens"),
        (Direction.HAUT_FAVORABLE, "en sens contraire"),
    ],
)
def test_the_side_is_that_of_the_catalogue(
    line: DomainLine, direction: Direction, conclusion: str
) -> None:
    assert conclusion in say_gap(with_measured(line, 8.9, direction))


def test_a_neutral_measure_is_on_no_side(line: DomainLine) -> None:
    assert say_gap(with_measured(line, 8.9, Direction.NEUTRE)) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7.4, "comme en France à l’arrondi près"),
        (7.44, "comme en France à l’arrondi près"),
        (7.46, "au-dessus de la France"),
        (7.3, "au-dessous de la France"),
    ],
)
def test_official_figures_compare_as_they_are_printed(
    line: DomainLine, value: float, words: str
) -> None:
    assert words in say_gap(with_measured(line, value))


def test_the_same_measure_and_no_difference_is_no_gap(line: DomainLine) -> None:
    level = with_measured(line, 7.4)
    assert "aucun écart établi" in say_gap(with_perceived(level, difference=Flag.NON_SIGNIFICATIF))
    assert "le perçu s’écarte" in say_gap(with_perceived(level, difference=Flag.PLUS_HAUT))


def test_an_unknown_sample_allows_no_comparison(line: DomainLine) -> None:
    local = replace(line.perceived[0].local, precision=Precision.INCONNUE, respondents=None)
    assert say_gap(with_perceived(line, local=local, difference=Flag.INCONNU)) == UNKNOWN_SAMPLE


def test_a_too_imprecise_share_is_not_told(line: DomainLine) -> None:
    local = replace(line.perceived[0].local, precision=Precision.TROP_IMPRECISE)
    text = say_gap(with_perceived(line, local=local))
    assert text == "Pas de comparaison possible : échantillon trop petit."


def test_an_indicative_share_is_said_so(line: DomainLine) -> None:
    local = replace(line.perceived[0].local, precision=Precision.INDICATIVE)
    assert "(indicatif)" in say_gap(with_perceived(line, local=local))


def test_nothing_is_said_where_a_side_is_missing(line: DomainLine) -> None:
    hidden = replace(line.perceived[0].local, value=None, suppression=Suppression.EFFECTIF)
    for missing in (
        replace(line, perceived=()),
        replace(line, measured=()),
        with_perceived(line, local=None, difference=None),
        with_perceived(line, local=hidden, difference=None),
        with_perceived(line, national=None, difference=None),
        replace(line, measured=(replace(line.measured[0], local=None),)),
        replace(line, measured=(replace(line.measured[0], national=None),)),
    ):
        assert say_gap(missing) == ""


def test_figures_of_two_places_are_not_set_together(
    line: DomainLine, directory: Directory, names: Names
) -> None:
    other = TerritoryId.parse("region-53")
    holder = Holder(directory.get(other), names[other])
    assert say_gap(with_perceived(line, holder=holder)) == ""


def test_a_hope_or_a_role_is_no_perception_of_fragility(line: DomainLine) -> None:
    first: Comparison = line.perceived[0]
    hope = replace(first.indicator, direction=Direction.HAUT_FAVORABLE)
    role = replace(first.indicator, theme="Acteurs et rôles")
    for indicator in (hope, role):
        assert say_gap(with_perceived(line, indicator=indicator)) == ""


def test_no_published_survey_allows_a_comparison_yet(
    published: Published, directory: Directory, names: Names
) -> None:
    for region in directory.of_level(Level.REGION):
        for one in lines_of(published, directory, names, str(region.id)).values():
            assert say_gap(one) in {"", UNKNOWN_SAMPLE}


def test_every_number_of_every_sentence_is_in_the_table(
    demonstration: Published, directory: Directory, names: Names
) -> None:
    said = 0
    for region in directory.of_level(Level.REGION):
        for one in lines_of(demonstration, directory, names, str(region.id)).values():
            text = plain(say_gap(one)).replace("75 ans", "")
            comparisons = (*one.perceived, *one.measured)
            shown = {
                plain(figure.short_text)
                for line in comparisons
                for figure in (line.local, line.national)
                if figure
            }
            numbers = re.findall(r"\d+(?:[ ,]\d+)*(?: [%€])?", text)
            assert set(numbers) <= shown, text
            said += bool(text)
    assert said > 20
