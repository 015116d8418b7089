"""« Agir » opened at its links: answers kept in the link, the kit whole, nothing simulated."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from territoires.domain.assessment import QUESTIONS
from territoires.views.datasets import REAL_WATERMARK
from tests.pages.conftest import Open, html_of, notices_of, plain, text_of
from tests.pages.test_bad_data import change_cell, hostile
from tests.pages.test_open import link_to_copy

KEYS = tuple(f"reponse_{question.key}" for question in QUESTIONS)
SEEDS = (
    "Les outils de la co-construction territoriale (flyer interactif)",
    "Fiche repère – Profil d’acteur",
    "Étude IMPACT-Élus locaux",
    "Étude PHARE-Institutions",
    "Film « Les bonnes nouvelles des territoires »",
    "Dossier JURIS Associations « Les bonnes nouvelles des Territoires »",
    "Parcours « Alliances & Territoires » (7 étapes)",
    "Plateforme « L’innovation territoriale en actions ! »",
    "Réseau des 350 catalyseurs territoriaux",
    "Rapport sur les enseignements des 100 premiers CRTE",
    "Le parcours d’expérience de 2018",
)


def answers_of(at: AppTest) -> str:
    """Read the answers of the link."""
    held = at.query_params.get("reponses", "")
    return held[0] if isinstance(held, list) else held


def erasers(at: AppTest) -> list:
    return [button for button in at.button if button.label == "Effacer mes réponses"]


def path_of(at: AppTest) -> str:
    """Give the sentence of the path, the second of the page."""
    return re.findall(r'<p class="phrase">(.*?)</p>', html_of(at))[1]


def test_every_seed_of_the_record_is_found(open_page: Open) -> None:
    at = open_page("agir")
    text = plain(text_of(at))
    assert [seed for seed in SEEDS if seed not in text] == []
    assert not at.exception


def test_an_empty_link_shows_the_whole_kit_and_invites_to_answer(open_page: Open) -> None:
    at = open_page("agir")
    assert [at.radio(key=key).value for key in KEYS] == [None] * 5
    assert "Répondez aux cinq questions : l’échelon s’affiche ici." in plain(text_of(at))
    assert "19 ressources" in plain(path_of(at))
    assert not erasers(at)
    assert notices_of(at) == []
    assert not at.exception


@pytest.mark.parametrize("number", range(5))
def test_each_question_answered_twice_in_a_row_holds_both_times(
    open_page: Open, number: int
) -> None:
    at = open_page("agir")
    for answer in (1, 3):
        at.radio(key=KEYS[number]).set_value(answer).run()
        assert at.radio(key=KEYS[number]).value == answer
        assert answers_of(at) == "".join(str(answer) if i == number else "-" for i in range(5))
        assert not at.exception


def test_five_answers_give_a_rung_a_path_and_a_link_to_share(open_page: Open) -> None:
    at = open_page("agir")
    for key, answer in zip(KEYS, (2, 2, 1, 2, 2), strict=True):
        at.radio(key=key).set_value(answer).run()
    assert answers_of(at) == "22122"
    assert "« dynamique émergente », échelon 3 sur 5" in plain(text_of(at))
    assert "Le point le plus bas : l’animation." in plain(text_of(at))
    assert "6 ressources mises en avant" in plain(path_of(at))
    assert "reponses=22122" in link_to_copy(at)
    again = open_page("agir", reponses="22122")
    assert [again.radio(key=key).value for key in KEYS] == [2, 2, 1, 2, 2]
    assert path_of(again) == path_of(at)
    assert not at.exception
    assert not again.exception


def test_the_answers_can_be_erased(open_page: Open) -> None:
    at = open_page("agir", reponses="22122", domaine="emploi")
    (button,) = erasers(at)
    button.click().run()
    assert answers_of(at) == ""
    assert [at.radio(key=key).value for key in KEYS] == [None] * 5
    assert at.selectbox(key="domaine").value == "emploi"
    assert not erasers(at)
    assert not at.exception


def test_a_domain_chosen_twice_in_a_row_holds_and_keeps_the_answers(open_page: Open) -> None:
    at = open_page("agir", reponses="22122")
    for domain, told in (("emploi", "entreprises"), ("education", "citoyens et associations")):
        at.selectbox(key="domaine").set_value(domain).run()
        assert at.query_params["domaine"] in (domain, [domain])
        assert answers_of(at) == "22122"
        assert f"d’après la source : {told}." in plain(text_of(at))
        assert "6 ressources mises en avant" in plain(path_of(at))
    at.selectbox(key="domaine").set_value("").run()
    assert "domaine" not in at.query_params
    assert not at.exception


@pytest.mark.parametrize("answers", ["44444", "123", "<script>", "0" * 400, "٣٣٣٣٣", "0,1,2"])
def test_hostile_answers_fall_back_to_none_with_a_notice(open_page: Open, answers: str) -> None:
    at = open_page("agir", reponses=answers)
    (notice,) = notices_of(at)
    assert "reponses" in notice
    assert [at.radio(key=key).value for key in KEYS] == [None] * 5
    assert "<script>" not in html_of(at)
    assert not at.exception


def test_an_unknown_domain_falls_back_to_the_whole_kit_with_a_notice(open_page: Open) -> None:
    at = open_page("agir", domaine="inconnu")
    (notice,) = notices_of(at)
    assert "inconnu" in notice
    assert at.selectbox(key="domaine").value == ""
    assert "19 ressources" in plain(path_of(at))
    assert not at.exception


@pytest.mark.parametrize("domain", ["<script>alert(1)</script>", "x" * 500])
def test_a_hostile_domain_is_never_written(open_page: Open, domain: str) -> None:
    at = open_page("agir", domaine=domain)
    assert domain not in html_of(at)
    assert at.selectbox(key="domaine").value == ""
    assert not at.exception


def test_a_half_answered_link_asks_for_the_rest(open_page: Open) -> None:
    at = open_page("agir", reponses="01---")
    assert "Répondez aux 3 questions restantes" in plain(text_of(at))
    assert not at.exception


def test_the_demonstration_shows_the_real_kit_and_says_so(open_page: Open) -> None:
    published = open_page("agir", reponses="22122", domaine="emploi")
    simulated = open_page("agir", jeu="demonstration", reponses="22122", domaine="emploi")
    assert sentence_starts(simulated, "Donnée réelle – ")
    assert not sentence_starts(published, "Donnée réelle")
    assert 'class="donnees' in html_of(simulated)
    for table in re.findall(r'<table class="([^"]*)"', html_of(simulated)):
        assert "reelle" in table.split()
    for chart in simulated.get("plotly_chart"):
        layout = json.loads(chart.proto.spec)["layout"]
        labels = [shape["label"]["text"] for shape in layout["shapes"] if "label" in shape]
        texts = [plain(label.replace("<br>", " ")) for label in labels]
        assert REAL_WATERMARK in texts
    assert "simul" not in re.sub(
        r'<div class="contexte.*?</div>|<footer.*?</footer>',
        "",
        html_of(simulated),
        flags=re.DOTALL,
    )
    assert not simulated.exception


def sentence_starts(at: AppTest, text: str) -> bool:
    first = re.findall(r'<p class="phrase">(.*?)</p>', html_of(at))
    return all(plain(sentence).startswith(text) for sentence in first)


def test_the_funnel_and_the_chronology_are_charts_with_words_and_tables(open_page: Open) -> None:
    at = open_page("agir")
    assert len(at.get("plotly_chart")) == 4
    text = plain(text_of(at))
    assert "Territoires visés : 12 ; territoires sollicités : 13" in text
    assert "Chronologie 2008 – 2016, 16 jalons :" in text
    assert 'aria-label="Chronologie"' in html_of(at)
    assert not at.exception


def test_a_script_in_a_cell_is_shown_as_text(open_page: Open, home: Path) -> None:
    cells = (
        "resources.title",
        "resources.note",
        "milestones.description",
        "programme_experience.detail",
        "context_facts.statement",
        "domains.label",
        "sources.title",
    )
    for cell in cells:
        table, _, column = cell.partition(".")
        change_cell(table, 2, column, hostile(cell))(home)
    at = open_page("agir", domaine="emploi", reponses="00000")
    html, read = html_of(at), text_of(at)
    read += " ".join(option for box in at.selectbox for option in box.options)
    for cell in cells:
        assert hostile(cell) not in html
        assert hostile(cell) in read or cell == "sources.title", cell
    assert not at.exception


def test_a_kit_that_breaks_its_contract_is_told_with_its_line(open_page: Open, home: Path) -> None:
    change_cell("resources", 2, "step", "Rêver")(home)
    at = open_page("agir")
    (notice,) = notices_of(at)
    assert "resources.csv, ligne 2, colonne step" in plain(notice)
    assert not at.exception
