"""HTML of the roles: the matrix in words, simulated shares marked, each figure with its card."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, TerritoryId
from territoires.render import roles as render
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.portrait_figures import Holder, TerritoryFigures
from territoires.views.roles import Roles, build_roles
from tests.render.blocks import roles_block
from tests.render.pieces import (
    HOSTILE,
    cells,
    check_harmless,
    poison,
    read,
    rows,
    tags,
    without_cards,
)

Build = Callable[..., Roles]
TEXTS = ("region-53", "region-24", "region-06", "departement-29", "commune-35238", "pays-FR")


@pytest.fixture(scope="module")
def build(directory: Directory, names: Mapping[TerritoryId, NameForms]) -> Build:
    def roles(data: Published, text: str) -> Roles:
        territory = directory.parse(text)
        nearest = (territory, *reversed(directory.ancestors(territory.id)))
        levels = (Level.REGION, Level.DEPARTEMENT)
        holders = [Holder(one, names.get(one.id)) for one in nearest if one.id.level in levels]
        return build_roles(data, TerritoryFigures(data, holders))

    return roles


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("text", TEXTS)
def test_every_page_is_harmless_and_holds_its_sentences(
    build: Build, datasets: tuple[Published, Published], text: str
) -> None:
    for data in datasets:
        roles = build(data, text)
        block = roles_block(roles)
        check_harmless(block)
        said = plain(read(block).text)
        for sentence in (roles.sentence, roles.expected_sentence, roles.profiles_sentence):
            assert plain(sentence) in said
        assert block.count("chiffre-lien") == block.count("<template")


def test_the_matrix_says_each_cell_in_words(
    build: Build, datasets: tuple[Published, Published]
) -> None:
    for data in datasets:
        roles = build(data, "region-53")
        table = render.matrix(roles)
        assert rows(table) == 16
        for line, domain in zip(cells(table), roles.domains, strict=True):
            assert plain(line[0]).startswith(plain(domain.label))
            assert [plain(cell) for cell in line[1:]] == [str(e) for e in domain.expectations]


def test_the_key_explains_only_the_words_used(build: Build, published: Published) -> None:
    caption = plain(read(render.matrix(build(published, "region-53"))).text)
    assert "ce n’est pas « non »" in caption
    assert "« non retenu »" not in caption


def test_doubtful_and_noted_domains_say_so(build: Build, published: Published) -> None:
    lines = {plain(line[0]) for line in cells(render.matrix(build(published, "region-53")))}
    (security,) = (line for line in lines if line.startswith("Sécurité"))
    assert "lecture incertaine non retenue" in security
    assert "source ambiguë ou contredite" in security
    assert "Santé" in lines


def test_simulated_tables_are_marked(build: Build, demonstration: Published) -> None:
    block = roles_block(build(demonstration, "region-53"))
    mark = EDITIONS[Dataset.DEMONSTRATION].mark.strip(" –")
    assert len(tags(block, "caption")) == 3
    for part in block.split("<caption>")[1:]:
        assert part.startswith(mark)
    assert "donnée simulée" in read(block).text


def test_local_figures_stand_apart_from_those_of_france_alone(
    build: Build, published: Published
) -> None:
    block = without_cards(render.others(build(published, "region-24")))
    captions = [plain(part.partition("</caption>")[0]) for part in block.split("<caption>")[1:]]
    assert len(captions) == 2
    assert "Centre-Val de Loire et France" in captions[0]
    assert "Centre-Val de Loire" not in captions[1]
    assert render.others(build(published, "pays-FR")).count("<caption>") == 1


def test_profiles_that_are_not_published_are_an_honest_sentence(
    build: Build, published: Published
) -> None:
    block = render.profiles(build(published, "region-53"))
    assert "vide-explique" in block
    assert block.count("chiffre-lien") == 1
    assert "%" not in plain(read(without_cards(block)).text)


def test_hostile_texts_are_only_text(build: Build, datasets: tuple[Published, Published]) -> None:
    for data in datasets:
        roles = poison(build(data, "region-24"))
        block = roles_block(roles)
        check_harmless(block)
        assert HOSTILE in read(block).text
