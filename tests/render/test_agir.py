"""HTML of « Agir »: every resource with what is known of it, hostile texts shown as texts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from territoires.domain.assessment import STAGES
from territoires.domain.kit import Kit
from territoires.domain.selection import Dataset
from territoires.render import agir
from territoires.tables.published import Published
from territoires.views.kit import build_path, group_facts
from territoires.views.next_steps import build_next_steps
from tests.render.pieces import (
    HOSTILE,
    JAVASCRIPT,
    check_harmless,
    poison,
    read,
    rows,
    tags,
    without_cards,
)


@pytest.fixture
def kit(published: Published) -> Kit:
    return published.kit


def plain(html: str) -> str:
    return read(html).text.replace("\u00a0", " ")


def cards(html: str) -> list[str]:
    return re.findall(r'<li class="ressource.*?</details></li>', html)


def test_every_resource_has_its_card_with_producer_date_source_and_grade(
    published: Published,
) -> None:
    html = agir.path(build_path(published, None, ""))
    texts = [plain(card) for card in cards(html)]
    assert len(texts) == 19
    for text in texts:
        assert "Producteur : " in text
        assert "Partenaires : " in text
        assert "Source : " in text
        assert "fiabilité : " in text
        assert re.search(r"\b(19|20)\d\d\b", text)
    check_harmless(html)


def test_a_resource_without_address_says_so_and_the_others_are_linked(
    published: Published, kit: Kit
) -> None:
    html = agir.path(build_path(published, None, ""))
    links = {link["href"] for link in tags(html, "a")}
    for resource in kit.resources:
        assert not resource.url or resource.url in links
    without = sum(not resource.url for resource in kit.resources)
    assert html.count(agir.NO_ADDRESS) == without > 0


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_called_for_is_told_in_words_not_by_colour_alone(
    published: Published, stage: int
) -> None:
    path = build_path(published, stage, "")
    html = agir.path(path)
    number = sum(card.is_highlighted for step in path.steps for card in step.cards)
    assert html.count(">mise en avant<") == html.count('class="ressource choisie"') == number
    assert path.rule[:60] in plain(html)


def test_a_path_that_is_over_says_so(published: Published) -> None:
    html = agir.path(build_path(published, None, ""))
    (card,) = [card for card in cards(html) if ">achevé<" in card]
    assert "Parcours d’expérience" in plain(card)


def test_two_readings_stand_side_by_side_with_their_resource(published: Published) -> None:
    html = agir.path(build_path(published, None, ""))
    (card,) = [card for card in cards(html) if "JURIS Associations" in card]
    assert "Le journal des bonnes nouvelles" in plain(card)
    assert len(tags(card.partition("lectures")[2], "li")) == 2


def test_next_steps_name_their_resources_their_reason_and_the_rule(kit: Kit) -> None:
    view = build_next_steps(kit, 2, ("education",), True)
    html = agir.next_steps(view)
    text = plain(html)
    for step in view.steps:
        assert step.text.replace("\u00a0", " ") in text
        assert step.why[1:].replace("\u00a0", " ") in text
    assert "3 autres ressources, page Agir" in text
    assert view.rule[:50] in text
    assert "/catalyseurs" in {link["href"] for link in tags(html, "a")}
    check_harmless(html)


def test_a_step_says_which_resource_has_no_address(kit: Kit) -> None:
    text = plain(agir.next_steps(build_next_steps(kit, 1, (), False)))
    assert "collectivités territoriales (adresse non indiquée)" in text
    assert "(flyer interactif) (adresse" not in text


def test_the_invitation_leads_to_the_questions_wherever_they_stand(kit: Kit) -> None:
    view = build_next_steps(kit, None, (), False)
    away, here = agir.next_steps(view), agir.next_steps(view, questions="#maturite")
    assert agir.QUESTIONS in {link["href"] for link in tags(away, "a")}
    (link,) = [link for link in tags(here, "a") if link["href"] == "#maturite"]
    assert "data-interne" not in link
    assert "Répondre aux cinq questions" not in agir.next_steps(view, questions="")


def test_with_a_rung_nothing_invites_to_answer(kit: Kit) -> None:
    assert "cinq questions" not in agir.next_steps(build_next_steps(kit, 4, (), False))


def test_on_agir_the_whole_kit_is_on_the_page_itself(kit: Kit) -> None:
    html = agir.next_steps(build_next_steps(kit, 2, (), False), questions="")
    assert "#kit" in {link["href"] for link in tags(html, "a")}


def test_the_summary_leads_to_titles_that_exist() -> None:
    links = [link["href"] for link in tags(agir.introduction(Dataset.PUBLIE), "a")]
    assert len(links) == 5
    for link in links:
        assert f'id="{link[1:]}"' in agir.title(link[1:])


def test_real_data_is_marked_among_simulated_ones_only(datasets: tuple[Published, ...]) -> None:
    for data in datasets:
        marked = data.dataset is Dataset.DEMONSTRATION
        assert ("Donnée réelle" in plain(agir.introduction(data.dataset))) is marked
        assert ("Donnée réelle" in plain(agir.path(build_path(data, 3, "")))) is marked


def test_facts_have_value_date_caveat_and_source_each_with_its_card(kit: Kit) -> None:
    html = agir.facts(group_facts(kit), kit.sources)
    assert rows(html) == 42
    assert html.count('<template class="fiche">') == 41
    crte = html.partition("Catalyseurs territoriaux (")[0]
    assert "distinct du bilan interinspections" in crte
    assert all("reelle" in table["class"].split() for table in tags(html, "table"))
    assert without_cards(html).count("non disponible") > 1
    check_harmless(html)


def test_without_facts_the_page_says_so() -> None:
    assert "Aucun repère chiffré" in agir.facts({}, {})


def test_a_domain_tells_its_actors_its_source_and_leads_to_its_figures(
    published: Published,
) -> None:
    html = agir.domain_help(build_path(published, None, "emploi").help)
    text = plain(html)
    assert "Acteurs attendus, d’après la source : entreprises." in text
    assert "Source : Synthèse" in text
    assert tags(html, "a")
    assert agir.domain_help(None) == ""
    unknown = agir.domain_help(build_path(published, None, "niveau_vie").help)
    assert "La source ne précise aucun acteur attendu." in plain(unknown)


@pytest.mark.parametrize("text", [HOSTILE, JAVASCRIPT])
def test_hostile_cells_are_shown_as_texts(published: Published, kit: Kit, text: str) -> None:
    hostile = replace(
        kit,
        resources=tuple(poison(replace(r, note="x", partners="x"), text) for r in kit.resources),
        facts=tuple(replace(poison(f, text), date="2021") for f in kit.facts),
        domains=tuple(replace(d, label=text, note=text) for d in kit.domains),
        divergences={name: poison(d, text) for name, d in kit.divergences.items()},
        sources={name: poison(s, text) for name, s in kit.sources.items()},
    )
    hostile = replace(
        hostile,
        resources=tuple(
            replace(r, kind=k.kind, resource_id=k.resource_id, url=text, date="2021")
            for r, k in zip(hostile.resources, kit.resources, strict=True)
        ),
    )
    data = replace(published, kit=hostile)
    check_harmless(agir.path(build_path(data, 2, "")))
    check_harmless(agir.domain_help(build_path(data, 2, "emploi").help))
    check_harmless(agir.next_steps(build_next_steps(hostile, 2, ("emploi",), True)))
    html = agir.facts(group_facts(hostile), hostile.sources)
    check_harmless(html)
    assert text in read(html).text.replace("\u00a0", " ")
