"""What the sheet and the page to carry both say."""

from __future__ import annotations

from territoires.domain.territories import FRANCE, TerritoryId
from territoires.render.carried import read_actors, read_roles
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.portrait import Portraits
from territoires.views.portrait_lines import own_surveys

LAVAL = TerritoryId.parse("commune-53130")


def test_domains_that_the_source_leaves_open_are_named_once_not_drawn_as_empty_rows(
    portraits: Portraits,
) -> None:
    roles = portraits.build(LAVAL).shared.roles
    read = read_roles(roles)
    assert all("attendu" in cells for _, cells in read.rows)
    assert len(read.rows) < len(roles.domains)
    told = {label.rstrip(" *\u00a0") for label, _ in read.rows}
    assert all((one.label in told) != (one.label in read.silent) for one in roles.domains)
    assert "ce n’est pas « non »" in read.key


def test_where_every_domain_is_told_none_is_said_silent(simulated_portraits: Portraits) -> None:
    read = read_roles(simulated_portraits.build(LAVAL).shared.roles)
    assert len(read.rows) == 16
    assert read.silent == ""
    assert "non retenu" in read.key


def test_actors_say_where_they_are_from_the_territory_and_all_of_them_are_there(
    portraits: Portraits, published: Published
) -> None:
    portrait = portraits.build(LAVAL)
    found = read_actors(portrait, published)
    assert len(found.outside) == len(portrait.nearby.outside)
    assert all(one.where.startswith("à ") for one in found.outside)
    assert all(one.where == "lieu précis non publié" for one in found.without_place)
    assert "la mairie de Laval" in found.origin
    whole = read_actors(portraits.build(FRANCE), published)
    assert {one.where for one in whole.inside} == {""}
    assert whole.origin == ""


def test_the_figure_told_first_heads_those_of_the_territory_and_france_stands_apart(
    simulated_portraits: Portraits, demonstration: Published
) -> None:
    portrait = simulated_portraits.build(LAVAL)
    lines = own_surveys(portrait)
    edition = EDITIONS[demonstration.dataset]
    assert lines[0].indicator.indicator_id == edition.default_indicator
    assert all(line.local for line in lines)
    landmarks = portrait.shared.landmarks
    assert [line.indicator.indicator_id for line in landmarks] == list(edition.key_indicators)
    assert not any(line.local for line in landmarks)
