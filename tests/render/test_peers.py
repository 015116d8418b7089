"""HTML of the peers: why, how, with which numbers; nothing executed, no page promised in vain."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from territoires.domain.directory import Directory
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.render import html
from territoires.render.peers import full_name, peers_block, peers_table
from territoires.tables.published import Published
from territoires.views.datasets import REAL_MARK
from territoires.views.peers import Peers, build_peers
from territoires.views.selection import resolve_selection
from tests.render.pieces import HOSTILE, cells, check_harmless, poison, read, rows, tags


@pytest.fixture(scope="module")
def peers(published: Published, directory: Directory) -> Peers:
    return build_peers(published, directory)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    "text",
    [
        "region-53",
        "region-06",
        "departement-75",
        "epci-200046977",
        "commune-35238",
        "commune-97411",
    ],
)
def test_every_peer_is_named_linked_and_explained(
    peers: Peers, directory: Directory, text: str
) -> None:
    territory = directory.parse(text)
    found = peers.of(territory.id)
    block = peers_block(peers, territory, Dataset.PUBLIE)
    check_harmless(block)
    said = plain(read(block).text)
    addresses = {tag["href"] for tag in tags(block, "a")}
    for peer in found:
        assert html.territory_url(peer.territory.id) in addresses
        assert plain(full_name(peer)) in said
        for reason in peer.reasons:
            assert plain(reason)[1:] in said
        assert (plain(peer.contrast) in said) or not peer.contrast
    assert said.count("ressemblance lointaine") == sum(peer.is_far for peer in found)
    assert plain(peers.method(territory.id.level)) in said
    assert "Code officiel géographique 2026" in said


def test_the_table_has_every_measure_and_says_what_is_missing(
    peers: Peers, directory: Directory
) -> None:
    territory = directory.parse("region-24")
    found = peers.of(territory.id)
    table = peers_table(peers, territory, found, Dataset.PUBLIE)
    measures = peers.measures(Level.REGION)
    assert rows(table) == len(measures)
    for i, (line, measure) in enumerate(zip(cells(table), measures, strict=True)):
        assert plain(line[0]) == plain(measure.heading)
        for text, cell in zip(
            (peers.texts(territory.id)[i], *(peer.texts[i] for peer in found)),
            line[1:],
            strict=True,
        ):
            assert plain(cell) == plain(text or html.NO_FIGURE)
    unemployment = next(line for line in cells(table) if "chômage" in line[0])
    assert unemployment[1] == html.NO_FIGURE


def test_real_figures_say_so_beside_simulated_ones(peers: Peers, directory: Directory) -> None:
    territory = directory.parse("region-53")
    block = peers_block(peers, territory, Dataset.DEMONSTRATION)
    assert plain(REAL_MARK.strip()) in plain(read(block).text)
    assert "reelle" in block
    assert "donnée réelle" in read(block).text
    shown = peers_block(peers, territory, Dataset.PUBLIE)
    assert "Donnée réelle –" not in plain(read(shown).text)


def test_a_territory_unlike_any_other_is_said_so(peers: Peers, directory: Directory) -> None:
    for text, said in (
        ("region-11", "Aucune n’est vraiment proche"),
        ("departement-75", "Aucun n’est vraiment proche"),
    ):
        block = peers_block(peers, directory.parse(text), Dataset.PUBLIE)
        assert said in plain(read(block).text)
    near = peers_block(peers, directory.parse("departement-29"), Dataset.PUBLIE)
    assert "vraiment proche" not in plain(read(near).text)


def test_the_link_to_compare_is_one_that_the_page_understands(
    peers: Peers, directory: Directory, published: Published
) -> None:
    territory = directory.parse("region-53")
    block = peers_block(peers, territory, Dataset.PUBLIE)
    (address,) = [t["href"] for t in tags(block, "a") if (t["href"] or "").startswith("/comparer")]
    params = dict(parse_qsl((address or "").partition("?")[2]))
    selection = resolve_selection(params, published, directory).selection
    assert selection.level is Level.REGION
    expected = {territory.id, *(peer.territory.id for peer in peers.of(territory.id))}
    assert set(selection.compared) == expected
    for text in ("commune-35238", "epci-200046977"):
        other = peers_block(peers, directory.parse(text), Dataset.PUBLIE)
        assert "/comparer" not in other


def test_without_peers_the_page_says_why(peers: Peers, directory: Directory) -> None:
    assert peers_block(peers, directory.parse("pays-FR"), Dataset.PUBLIE) == ""
    for text in ("commune-29155", "commune-97502"):
        said = read(peers_block(peers, directory.parse(text), Dataset.PUBLIE)).text
        assert "moins de la moitié des mesures" in said


def test_hostile_names_are_only_text(peers: Peers, directory: Directory) -> None:
    territory = poison(directory.parse("region-53"))
    territory = replace(territory, id=directory.parse("region-53").id)
    block = peers_block(peers, territory, Dataset.PUBLIE)
    check_harmless(block)
    assert HOSTILE in read(block).text
