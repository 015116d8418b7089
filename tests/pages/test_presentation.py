"""« Présentation »: prepared with the keyboard, played from its link, hostile links included."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from territoires.domain.story import MAX_STEPS, Step, StepKind, Story
from territoires.domain.story_files import read_link, to_link
from tests.pages.conftest import Open, components, html_of, plain, text_of
from tests.render.pieces import tags

DEMO = {"jeu": "demonstration", "indicateur": "demo_mandat_collectif", "niveau": "region"}
MAP = Step(StepKind.CARTE, params={"jeu": "publie", "indicateur": "taux_pauvrete"})
OTHER = Step(StepKind.CARTE, params={"jeu": "publie", "indicateur": "part_75_ans_plus"})
STORY = Story(
    "Essai",
    (
        Step(StepKind.TITRE, "Bonjour", "Un sous-titre"),
        MAP,
        OTHER,
        Step(StepKind.CARTE, params=DEMO | {"vague": "2025"}, beside=DEMO | {"vague": "2023"}),
        Step(StepKind.TERRITOIRE, params={"territoire": "region-53"}),
        Step(StepKind.COMPARER, params=DEMO | {"vague2": "2023"}),
        Step(StepKind.REPERES, params={"jeu": "publie", "theme": "fragilites-et-priorites"}),
        Step(
            StepKind.CATALYSEURS, "Nos acteurs", "À voir.", {"jeu": "publie", "dans": "region-53"}
        ),
        Step(StepKind.AGIR, params={"jeu": "publie"}),
        Step(StepKind.TEXTE, "Merci", "<b>Au revoir</b>"),
    ),
)


@pytest.fixture
def play(open_page: Open) -> Callable[..., AppTest]:
    def stage(story: Story, step: int = 1, **params: str) -> AppTest:
        return open_page("presentation", recit=to_link(story), etape=str(step), **params)

    return stage


def heading(at: AppTest) -> str:
    (title,) = re.findall(r"<h1>(.*?)</h1>", html_of(at))
    return plain(title)


def steps_of(at: AppTest) -> list[str]:
    found = re.findall(r"</span>([^<]*)</h3>", html_of(at))
    return [plain(text) for text in found]


def press(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


def test_a_real_figure_among_simulated_ones_bears_one_mark_which_says_so(play) -> None:
    real = {"jeu": "demonstration", "indicateur": "taux_pauvrete"}
    html = html_of(play(Story("Essai", (Step(StepKind.COMPARER, params=real),))))
    assert [plain(mark) for mark in re.findall(r'<p class="scene-jeu">(.*?)</p>', html)] == [
        "Donnée réelle, vue dans le jeu de démonstration"
    ]


@pytest.mark.parametrize(
    ("step", "title", "holds"),
    [
        (1, "Bonjour", "Un sous-titre"),
        (2, "Taux de pauvreté", "Contours : IGN"),
        (4, "Intention de", "ne sont pas testés"),
        (5, "Bretagne", "Ce qui pèse"),
        (6, "Intention de", "Losange"),
        (7, "Fragilités et priorités", "page « Repères »"),
        (8, "Nos acteurs", "À voir."),
        (9, "Agir", "Prendre connaissance du kit"),
        (10, "Merci", "<b>Au revoir</b>"),
    ],
)
def test_each_kind_of_step_fills_the_stage(
    play: Callable[..., AppTest], step: int, title: str, holds: str
) -> None:
    at = play(STORY, step)
    assert heading(at).startswith(title)
    assert holds in plain(text_of(at))
    assert f"{step} / 10" in text_of(at)
    body = html_of(at)
    # No chrome, and the mark of the set that the step is made of.
    assert 'nav class="menu"' not in body
    assert 'class="pied"' not in body
    assert ("scene-jeu" in body) == (step in {1, 4, 6, 10})
    assert 'class="avis"' not in body
    assert not at.exception


def test_every_map_of_a_story_has_its_frame_whatever_the_step(
    play: Callable[..., AppTest],
) -> None:
    alone = Story("T", (MAP, Step(StepKind.TITRE, "Pause"), OTHER))
    keys = []
    for step in (1, 2, 3):
        (frame,) = components(play(alone, step))
        keys.append(frame.proto.id)
    assert len(set(keys)) == 1


def test_the_code_opens_the_same_view_at_the_address_given(play: Callable[..., AppTest]) -> None:
    body = html_of(play(STORY, 2, adresse="192.168.1.20:8501"))
    (image,) = tags(body, "img")
    assert image["src"].startswith("data:image/svg+xml")
    assert "http://192.168.1.20:8501/carte" in body
    assert "adresse=http" in body
    refused = play(STORY, 2, adresse="javascript:alert(1)")
    assert "n’est pas une adresse" in plain(text_of(refused))


def test_a_ready_made_story_is_played_by_its_name(open_page: Open) -> None:
    at = open_page("presentation", recit="region", territoire="commune-53130", etape="2")
    assert heading(at) == "Pays de la Loire"
    assert not at.exception


@pytest.mark.parametrize(
    "step",
    ["", "0", "11", "-1", "00012", "0001" + "9" * 5000, "１", "²", "deux", "9" * 400, "<script>"],
)
def test_a_step_that_does_not_exist_gives_the_first_one(open_page: Open, step: str) -> None:
    at = open_page("presentation", recit=to_link(STORY), etape=step)
    assert heading(at) == "Bonjour"
    assert "n’existe pas : voici la première" in plain(text_of(at))
    assert not at.exception


@pytest.mark.parametrize(
    "recit", ["<script>alert(1)</script>", "AAAA", "x" * 9000, to_link(Story("Vide"))]
)
def test_a_story_that_cannot_be_read_says_why_and_where_to_go(open_page: Open, recit: str) -> None:
    at = open_page("presentation", recit=recit)
    assert "Pour y remédier" in text_of(at)
    assert "<script>alert" not in html_of(at)
    assert any(link["href"] == "/presentation" for link in tags(html_of(at), "a"))
    assert not at.exception


def test_what_a_step_asks_and_does_not_exist_is_replaced_with_a_notice(
    play: Callable[..., AppTest],
) -> None:
    asked = {"jeu": "zzz", "indicateur": "<script>", "territoire": "region-99", "niveau": "canton"}
    at = play(
        Story("T", (Step(StepKind.CARTE, params=asked), Step(StepKind.TERRITOIRE, params=asked)))
    )
    assert "n’existe pas" in plain(text_of(at))
    assert "<script>" not in html_of(at).replace('<script type="module"', "")
    assert not at.exception
    at.query_params["etape"] = "2"
    at.run()
    assert "Cette étape ne nomme aucun territoire connu." in text_of(at)
    assert not at.exception


def test_what_was_replaced_in_a_link_is_told_on_the_step_it_was_opened_at(
    open_page: Open,
) -> None:
    at = open_page("presentation", recit="region", territoire="region-99", etape="3")
    assert "« region-99 » n’existe pas" in plain(text_of(at))
    assert any(button.get("data-scene") == "fermer" for button in tags(html_of(at), "button"))
    at.query_params["etape"] = "4"
    at.run()
    assert "region-99" not in text_of(at)
    at.query_params["etape"] = "3"
    at.run()
    assert "« region-99 » n’existe pas" in plain(text_of(at))
    assert not at.exception


def test_the_address_of_the_room_serves_every_presentation(open_page: Open) -> None:
    at = open_page("presentation")
    assert "aucun code QR n’est projeté" in plain(text_of(at))
    at.text_input(key="adresse").set_value("192.168.1.20:8501").run()
    assert "Adresse enregistrée" in text_of(at)
    assert "http://192.168.1.20:8501/" in text_of(at)
    plays = [link["href"] for link in tags(html_of(at), "a") if "plein" in link.get("class", "")]
    assert len(plays) == 3
    assert all("adresse=http%3A%2F%2F192.168.1.20%3A8501" in href for href in plays)
    # It outlives the link: one leaves for another page to add a step.
    del at.query_params["adresse"]
    assert at.run().text_input(key="adresse").value == "192.168.1.20:8501"
    at.text_input(key="adresse").set_value("ftp://x").run()
    assert "n’est pas une adresse" in plain(text_of(at))
    assert not at.exception


def test_a_full_presentation_takes_no_more(open_page: Open) -> None:
    full = Story("T", (Step(StepKind.TITRE, "Encore"),) * MAX_STEPS)
    at = press(open_page("presentation", edition="oui", recit=to_link(full)), "ajouter_titre")
    assert "12 étapes, le plus" in plain(text_of(at))
    assert len(steps_of(at)) == MAX_STEPS
    assert not at.exception


def test_the_search_page_of_territories_is_no_step(open_page: Open) -> None:
    at = press(open_page("territoire"), "ajouter_etape")
    assert "Choisissez d’abord un territoire." in text_of(at)
    assert not at.exception


def test_a_presentation_is_put_in_order_changed_and_undone(open_page: Open) -> None:
    at = open_page("presentation", edition="oui", recit=to_link(STORY))
    assert len(steps_of(at)) == 10
    press(at, "descendre_0")
    assert steps_of(at)[1] == "Bonjour"
    press(at, "descendre_1")
    assert steps_of(at)[2] == "Bonjour"
    press(at, "monter_2")
    assert steps_of(at)[1] == "Bonjour"
    press(at, "retirer_1")
    assert "Bonjour" not in steps_of(at)
    (undo,) = [button for button in at.button if button.label == "Annuler"]
    undo.click().run()
    assert steps_of(at)[1] == "Bonjour"
    at.text_input(key="titre_1").set_value("Bienvenue").run()
    assert steps_of(at)[1] == "Bienvenue"
    at.text_input(key="titre_1").set_value("Bienvenue à tous").run()
    assert steps_of(at)[1] == "Bienvenue à tous"
    press(at, "ajouter_texte")
    assert steps_of(at)[-1] == "Nouveau texte"
    # The link says it all: a page loaded again finds the same.
    held = read_link(at.query_params["recit"]).story
    assert [step.title for step in held.steps][1] == "Bienvenue à tous"
    press(at, "tout_retirer")
    assert "Votre présentation est vide" in text_of(at)
    assert not at.exception


def test_a_second_view_is_set_beside_a_map(open_page: Open) -> None:
    story = Story("T", (Step(StepKind.CARTE, params=DEMO | {"vague": "2025"}),))
    at = open_page("presentation", edition="oui", recit=to_link(story))
    offered = at.selectbox(key="cote_0").options
    assert offered[1] == "La même carte, 2023"
    assert "Une autre carte : Taux de pauvreté" in offered
    at.selectbox(key="cote_0").select("La même carte, 2023").run()
    (step,) = read_link(at.query_params["recit"]).story.steps
    assert step.beside["vague"] == "2023"
    assert step.beside["jeu"] == "demonstration"
    assert not at.exception


def test_what_may_stand_beside_a_view_is_offered_or_said_not_to(open_page: Open) -> None:
    kinds = (
        Step(StepKind.CARTE, params={"indicateur": "communes_moins_500_part", "niveau": "epci"}),
        Step(StepKind.TERRITOIRE, params={"territoire": "commune-53130"}),
        Step(StepKind.COMPARER, params={"indicateur": "taux_pauvrete"}),
    )
    at = open_page("presentation", edition="oui", recit=to_link(Story("T", kinds)))
    on_map, beside = at.selectbox(key="cote_0").options, at.selectbox(key="cote_1").options
    assert {"La même carte, départements", "La même carte, Bretagne (région)"} <= set(on_map)
    assert beside[1:4] == [
        "CA Laval Agglomération (intercommunalité)",
        "Mayenne (département 53)",
        "Pays de la Loire (région)",
    ]
    assert "Château-Gontier-sur-Mayenne (commune)" in beside
    assert "Une comparaison met déjà" in at.caption[0].value
    # Every button says which step it acts on.
    assert at.button(key="retirer_1").label == "Retirer :small[l’étape 2, Laval]"
    assert not at.exception


def test_a_ready_made_story_is_a_start(open_page: Open) -> None:
    at = open_page("presentation", territoire="region-53")
    assert at.selectbox(key="region_du_recit").value == "region-53"
    press(at, "partir_region")
    assert "Bretagne" in steps_of(at)
    assert not at.exception


def test_a_file_is_opened_or_refused(open_page: Open) -> None:
    at = open_page("presentation")
    good = json.dumps({"titre": "F", "etapes": [{"genre": "titre", "titre": "Du fichier"}], "x": 1})
    at.file_uploader(key="recit_apporte").upload("a.json", good.encode(), "application/json").run()
    assert steps_of(at) == ["Du fichier"]
    assert "Clés inconnues" in text_of(at)
    bad = json.dumps({"etapes": [{"genre": "titre"}] * 200})
    at.file_uploader(key="recit_apporte").upload("b.json", bad.encode(), "application/json").run()
    assert "200 étapes" in plain(text_of(at))
    assert steps_of(at) == ["Du fichier"]
    assert not at.exception


def test_a_territory_on_stage_names_its_sources(open_page: Open) -> None:
    params = {"recit": "region", "territoire": "region-28", "etape": "2"}
    assert "7 enseignements-clés" in text_of(open_page("presentation", **params))
