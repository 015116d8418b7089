"""Peers: found on official figures alone, told with the numbers of the table."""

from __future__ import annotations

import re

import numpy as np
import pytest

from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Reading
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.peer_measures import PEER_LEVELS, build_spaces
from territoires.views.peers import CLOSE, FAR, Peers, build_peers

OVERSEAS = {"01", "02", "03", "04", "06"}


@pytest.fixture(scope="module")
def peers(published: Published, directory: Directory) -> Peers:
    return build_peers(published, directory)


@pytest.fixture(scope="module")
def sample(directory: Directory) -> list[TerritoryId]:
    """Every région, and territories of all levels drawn once and for all."""
    draw = np.random.default_rng(20261122)
    ids = [t.id for t in directory.of_level(Level.REGION)]
    for level, number in ((Level.DEPARTEMENT, 60), (Level.EPCI, 100), (Level.COMMUNE, 122)):
        places = directory.of_level(level)
        ids += [places[i].id for i in draw.choice(len(places), number, replace=False)]
    assert len(ids) == 300
    return ids


def of(peers: Peers, text: str):
    return peers.of(TerritoryId.parse(text))


def test_every_territory_has_three_peers_of_its_level(
    peers: Peers, sample: list[TerritoryId], directory: Directory
) -> None:
    for territory in sample:
        found = peers.of(territory)
        if directory.get(territory).epci_code is None and territory.level is Level.COMMUNE:
            continue
        assert len(found) == 3, territory
        ids = [peer.territory.id for peer in found]
        assert {one.level for one in ids} == {territory.level}
        assert territory not in ids
        assert len(set(ids)) == 3
        distances = [peer.distance for peer in found]
        assert distances == sorted(distances)
        assert all(peer.reasons for peer in found)


def test_overseas_and_mainland_are_never_brought_together(
    peers: Peers, sample: list[TerritoryId], directory: Directory
) -> None:
    overseas = [t.id for t in directory.of_level(Level.EPCI) if t.region_code in OVERSEAS]
    for territory in [*sample, *overseas]:
        own = directory.get(territory).region_code in OVERSEAS
        for peer in peers.of(territory):
            assert (peer.territory.region_code in OVERSEAS) is own


def test_a_commune_has_peers_of_other_epci_one_each(
    peers: Peers, sample: list[TerritoryId], directory: Directory
) -> None:
    for territory in sample:
        if territory.level is Level.COMMUNE:
            own = directory.get(territory).epci_code
            codes = [peer.territory.epci_code for peer in peers.of(territory)]
            assert own not in codes
            assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("text", ["pays-FR", "zone-demo_pays_petr.001", "commune-97502"])
def test_what_is_not_measured_has_no_peer(peers: Peers, text: str) -> None:
    territory = TerritoryId.parse(text)
    assert peers.of(territory) == ()
    assert peers.texts(territory) == ()


def test_a_commune_of_no_epci_has_too_few_measures(peers: Peers) -> None:
    assert of(peers, "commune-29155") == ()
    assert [bool(text) for text in peers.texts(TerritoryId.parse("commune-29155"))] == [
        True,
        False,
        False,
    ]


def test_peers_are_the_same_in_both_sets(
    peers: Peers, demonstration: Published, directory: Directory, sample: list[TerritoryId]
) -> None:
    simulated = build_peers(demonstration, directory)
    for territory in sample[:60]:
        assert simulated.of(territory) == peers.of(territory)
    for level in PEER_LEVELS:
        assert simulated.method(level) == peers.method(level)


def test_no_survey_figure_enters(published: Published, peers: Peers) -> None:
    surveys = {i.label for i in published.catalogue.values() if i.nature is Nature.ENQUETE}
    for level in PEER_LEVELS:
        assert {measure.label for measure in peers.measures(level)}.isdisjoint(surveys)


def test_regions_count_one_official_measure_per_domain(published: Published, peers: Peers) -> None:
    labels = [measure.label for measure in peers.measures(Level.REGION)]
    chosen = [
        i for i in published.catalogue.values() if i.nature is Nature.CONTEXTE and i.label in labels
    ]
    domains = [domain for indicator in chosen for domain in indicator.domain_ids]
    assert len(domains) == len(set(domains)) == len(labels) - 3


def test_measures_of_the_directory_are_those_of_the_published_profiles(
    published: Published, directory: Directory
) -> None:
    """Two pages that gave two shares of small communes would both be doubted."""
    spaces = build_spaces(published, directory)
    names = ("population_municipale", "communes_moins_500_part", "commune_population_mediane")
    for level in (Level.REGION, Level.DEPARTEMENT):
        space = spaces[level]
        for column, name in enumerate(names):
            profiles = {o.code: o.value for o in published.of_indicator(name, level)}
            for code, value in zip(space.codes, space.values[:, column], strict=True):
                assert value == pytest.approx(profiles[code], abs=0.051), (name, code)


def test_values_of_regions_are_those_published(published: Published, directory: Directory) -> None:
    space = build_spaces(published, directory)[Level.REGION]
    column = [measure.label for measure in space.measures].index("Taux de pauvreté")
    known = {
        o.code: o.value
        for o in published.of_indicator("taux_pauvrete", Level.REGION)
        if o.reading is Reading.PRINCIPALE
    }
    for code, value in zip(space.codes, space.values[:, column].tolist(), strict=True):
        assert known.get(code) == (None if np.isnan(value) else value)


def test_reasons_are_close_and_hold_the_numbers_of_the_table(
    peers: Peers, sample: list[TerritoryId]
) -> None:
    for territory in sample:
        own = peers.texts(territory)
        for peer in peers.of(territory):
            for reason in (*peer.reasons, *([peer.contrast] if peer.contrast else [])):
                theirs, _, ours = reason.partition(", contre ")
                assert ours.removesuffix(" ici") in own
                assert any(text and text in theirs for text in peer.texts)


def test_the_measure_that_is_far_is_told_apart_from_the_reasons(peers: Peers) -> None:
    lyon = of(peers, "commune-75056")[1]
    assert "intercommunalité de" in lyon.contrast
    assert not any("intercommunalité de" in reason for reason in lyon.reasons)
    assert lyon.is_far
    assert lyon.distance > FAR > CLOSE


def test_an_ordinary_territory_has_near_peers(peers: Peers) -> None:
    found = of(peers, "departement-29")
    assert not any(peer.is_far or peer.contrast for peer in found)
    assert {str(peer.territory.id) for peer in found} >= {"departement-56"}


def test_a_measure_missing_on_one_side_is_no_reason(peers: Peers) -> None:
    labels = [measure.label for measure in peers.measures(Level.REGION)]
    unemployment = labels.index("Taux de chômage")
    for peer in of(peers, "region-24"):
        assert peers.texts(TerritoryId.parse("region-24"))[unemployment] == ""
        assert not any("chômage" in reason for reason in (*peer.reasons, peer.contrast))


def test_namesakes_are_told_by_their_departement(peers: Peers) -> None:
    assert {peer.where for peer in of(peers, "region-53")} == {""}
    assert all(peer.where for peer in of(peers, "commune-35238"))
    assert all(peer.where for peer in of(peers, "epci-200046977"))


@pytest.mark.parametrize("level", PEER_LEVELS)
def test_the_method_is_two_sentences_that_name_every_measure(peers: Peers, level: Level) -> None:
    text = peers.method(level)
    assert len(re.findall(r"[.!?](?:\s|$)", text)) == 2
    for measure in peers.measures(level):
        assert measure.label[1:] in text
    assert "enquête" in text
    assert "ni un classement" in text


def test_sources_of_the_measures_are_known(peers: Peers) -> None:
    assert [source.source_id for source in peers.sources(Level.EPCI)] == ["cog-2026"]
    assert len(peers.sources(Level.REGION)) > 1
    assert peers.sources(FRANCE.level) == ()
