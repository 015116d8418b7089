"""Roles: an empty cell is no « no », a simulated share is marked, unknown profiles are said so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.indicators import Fiabilite
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.portrait_figures import Holder, TerritoryFigures
from territoires.views.roles import ACTORS, Expectation, Roles, build_roles, short_name

Build = Callable[..., Roles]
MARK = EDITIONS[Dataset.DEMONSTRATION].mark


@pytest.fixture(scope="module")
def build(directory: Directory, names: Mapping[TerritoryId, NameForms]) -> Build:
    def roles(data: Published, text: str) -> Roles:
        territory = directory.parse(text)
        nearest = (territory, *reversed(directory.ancestors(territory.id)))
        levels = (Level.REGION, Level.DEPARTEMENT)
        holders = [Holder(one, names.get(one.id)) for one in nearest if one.id.level in levels]
        return build_roles(data, TerritoryFigures(data, holders))

    return roles


def test_every_domain_stands_in_the_order_of_the_source(
    build: Build, datasets: tuple[Published, Published]
) -> None:
    for data in datasets:
        roles = build(data, "region-53")
        ordered = data.domains.sort_values("source_order")["label"].tolist()
        assert [domain.label for domain in roles.domains] == ordered
        assert all(len(domain.expectations) == len(ACTORS) for domain in roles.domains)


def test_an_empty_cell_is_not_a_no(build: Build, published: Published) -> None:
    roles = build(published, "region-53")
    rows = {str(row.label): row for row in published.domains.itertuples(index=False)}
    for domain in roles.domains:
        for actor, expectation in zip(ACTORS, domain.expectations, strict=True):
            written = getattr(rows[domain.label], actor)
            expected = Expectation.ATTENDU if written == "true" else Expectation.NON_PRECISE
            assert expectation is expected
    assert "« non précisé », pas « non »" in roles.sentence


def test_a_no_of_the_simulation_is_a_no(build: Build, demonstration: Published) -> None:
    roles = build(demonstration, "region-53")
    found = {one for domain in roles.domains for one in domain.expectations}
    assert found == {Expectation.ATTENDU, Expectation.NON_RETENU}
    assert "vide" not in roles.sentence


def test_the_sentence_counts_what_the_matrix_shows(
    build: Build, datasets: tuple[Published, Published]
) -> None:
    for data in datasets:
        roles = build(data, "region-53")
        counts = Counter(
            actor
            for domain in roles.domains
            for actor, one in zip(ACTORS, domain.expectations, strict=True)
            if one is Expectation.ATTENDU
        )
        for actor, label in ACTORS.items():
            assert f"les {label.lower()} sur {counts[actor] or 'aucun'}" in roles.sentence
        assert roles.sentence.startswith(EDITIONS[data.dataset].mark)


def test_what_every_note_says_is_said_once(build: Build, published: Published) -> None:
    roles = build(published, "region-53")
    assert "Collectivités : rôle transversal" in roles.general_note.replace("\u00a0", " ")
    for domain in roles.domains:
        assert "rôle transversal" not in domain.note
    notes = {domain.label: domain.note for domain in roles.domains}
    assert notes["Santé"] == ""
    assert "création de richesse" in notes["Développement économique"]
    doubtful = [d.label for d in roles.domains if d.fiabilite is Fiabilite.AMBIGUE]
    assert "Sécurité" in doubtful


def test_profiles_without_names_are_said_so(build: Build, published: Published) -> None:
    roles = build(published, "region-53")
    indicator, figure = roles.profiles_number
    assert roles.profiles == ()
    assert figure.text in roles.profiles_sentence
    assert figure.value == 5
    assert "non publiés" in roles.profiles_sentence
    assert indicator.study in roles.profiles_sentence


def test_no_profile_is_invented_without_the_indicator(build: Build, published: Published) -> None:
    name = "profils_maires_nombre"
    data = replace(
        published,
        catalogue={key: one for key, one in published.catalogue.items() if key != name},
        by_territory={
            place: tuple(o for o in found if o.indicator_id != name)
            for place, found in published.by_territory.items()
        },
    )
    roles = build(data, "region-53")
    assert roles.profiles_number is None
    assert roles.profiles_sentence == ""


def test_simulated_shares_are_told_with_their_mark(build: Build, demonstration: Published) -> None:
    for text in ("region-53", "region-06", "commune-35238", "pays-FR"):
        roles = build(demonstration, text)
        assert [short_name(x.indicator) for x in roles.expected] == [
            label.lower() for label in ACTORS.values()
        ]
        assert len(roles.profiles) == 5
        assert roles.others == ()
        for sentence, lines in (
            (roles.expected_sentence, roles.expected),
            (roles.profiles_sentence, roles.profiles),
        ):
            assert sentence.startswith(MARK)
            figures = {f.text for x in lines for f in (x.local, x.national) if f}
            assert set(re.findall(r"\d+\u00a0%", sentence)) <= figures
            for line in lines:
                assert short_name(line.indicator) in sentence


def test_the_published_set_tells_only_what_was_asked(build: Build, published: Published) -> None:
    for text in ("region-24", "region-53", "pays-FR"):
        roles = build(published, text)
        assert roles.expected == ()
        assert roles.expected_sentence == ""
        names = {line.indicator.indicator_id for line in roles.others}
        assert "role_entreprises_emploi_associations" in names
        assert ("leviers_region_maires" in names) is (text == "region-24")


def test_a_cell_that_says_nothing_known_is_not_stated(build: Build, published: Published) -> None:
    domains = published.domains.assign(citoyens="peut-être")
    roles = build(replace(published, domains=domains), "region-53")
    assert {domain.expectations[0] for domain in roles.domains} == {Expectation.NON_PRECISE}
