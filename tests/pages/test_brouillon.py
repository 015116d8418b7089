"""The whole application on a reader's own draft: shown to this reader alone, marked everywhere."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from html import unescape

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.domain.updates import Choices, Scale
from territoires.tables.published import Published
from territoires.ui.cache import reviews
from territoires.ui.cache.drafts import Draft
from territoires.views.datasets import EDITIONS
from tests.pages.conftest import (
    ROOT,
    TIMEOUT_S,
    components,
    has_map,
    html_of,
    notices_of,
    plain,
    text_of,
)

FILE = """Région;Taux;Effectif
Bretagne;72;120
Normandie;81;210
Île-de-France;64;150
Mayotte;50;4
""".encode()
MARK, WATERMARK = "Brouillon, non publié – ", "BROUILLON – non publié"
#: Every page that shows figures, actors or what is published of them.
PAGES = {
    "accueil": ("", {}),
    "carte": ("carte", {}),
    "carte-difference": ("carte", {"voir": "difference", "territoire": "region-53"}),
    "carte-communes": ("carte", {"niveau": "commune", "dans": "departement-53"}),
    "carte-population": ("carte", {"indicateur": "population_municipale"}),
    "region": ("territoire", {"territoire": "region-53"}),
    "departement": ("territoire", {"territoire": "departement-29"}),
    "commune": ("territoire", {"territoire": "commune-53130"}),
    "pays": ("territoire", {"territoire": "pays-FR"}),
    "comparer": ("comparer", {"avec": "region-53 region-28"}),
    "comparer-insee": ("comparer", {"indicateur": "taux_pauvrete", "niveau": "region"}),
    "catalyseurs": ("catalyseurs", {}),
    "catalyseurs-pres-de": ("catalyseurs", {"territoire": "commune-53130"}),
    "agir": ("agir", {"reponses": "12122", "domaine": "emploi"}),
    "reperes": ("reperes", {}),
    "reperes-methode": ("reperes", {"theme": "methode-et-echantillons"}),
    "methode": ("methode", {}),
    "sources": ("sources", {}),
}
#: Tables that hold nothing of the set of data: rules and keys.
NOT_DATA = re.compile(r"<div class=\"methode\">.*", re.DOTALL)


@pytest.fixture(scope="module")
def draft(published: Published) -> Draft:
    choices = Choices(
        indicator_id="adhesion_maires_region",
        wave="2016-11",
        level=Level.REGION,
        source_id=next(iter(published.sources)),
        fiabilite="claire",
        study="Essai",
        statement="Part des maires",
        scale=Scale.PERCENT,
        confirmed=True,
    )
    digest = hashlib.sha256(FILE).hexdigest()
    return Draft("cle", "essai.csv", FILE, digest, choices, 0, is_kept=False)


def open_with(draft: object, slug: str, **params: str) -> AppTest:
    """Open a page as the person who holds a draft."""
    script = f"pages/{slug}.py" if slug else "dashboard.py"
    at = AppTest.from_file(str(ROOT / script), default_timeout=TIMEOUT_S)
    at.session_state["brouillon"] = draft
    for name, value in params.items():
        at.query_params[name] = value
    return at.run()


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, draft: Draft) -> AppTest:
    slug, params = PAGES[request.param]
    return open_with(draft, slug, jeu="brouillon", **params)


def captions(html: str) -> list[str]:
    return [plain(unescape(text)) for text in re.findall(r"<caption>(.*?)</caption>", html)]


def sentences(html: str) -> list[str]:
    found = re.findall(r'<p class="phrase(?:-seconde)?"[^>]*>(.*?)</p>', html)
    return [plain(unescape(re.sub(r"<[^>]*>", "", text))) for text in found]


def test_every_page_opens_on_a_draft_under_its_banner(page: AppTest) -> None:
    assert not page.exception
    assert notices_of(page) == []
    body = html_of(page)
    assert body.count('class="contexte bandeau-brouillon"') == 1
    assert 'href="/mise_a_jour"' in body
    assert "donnée simulée" not in body
    assert EDITIONS[Dataset.DEMONSTRATION].mark not in plain(body)


def test_every_table_of_a_draft_says_so_in_its_title(page: AppTest) -> None:
    for caption in captions(NOT_DATA.sub("", html_of(page))):
        assert caption.startswith(MARK), caption


def test_every_sentence_about_figures_of_a_draft_says_so(page: AppTest) -> None:
    told = [s for s in sentences(html_of(page)) if re.search(r"\d", s)]
    for sentence in told:
        assert sentence.startswith(MARK), sentence


def test_every_chart_and_map_of_a_draft_bears_its_watermark(page: AppTest) -> None:
    for chart in page.get("plotly_chart"):
        shapes = json.loads(chart.proto.spec)["layout"].get("shapes", ())
        labels = [shape.get("label", {}).get("text", "") for shape in shapes]
        assert WATERMARK in {text.replace("<br>", " ") for text in labels}
    for component in components(page):
        args = json.loads(component.proto.json_args)
        painted = args["feature_group"].encode().decode("unicode_escape", "ignore")
        assert "BROUILLON" in painted
    for before in html_of(page).split('class="barres')[1:]:
        assert WATERMARK in plain(before[:2000])


def test_the_document_of_a_draft_is_named_after_it(draft: Draft, monkeypatch) -> None:
    titles: list[str] = []
    monkeypatch.setattr(st, "set_page_config", lambda **kinds: titles.append(kinds["page_title"]))
    open_with(draft, "carte", jeu="brouillon")
    assert titles[-1].startswith("BROUILLON – ")


def test_the_map_shows_what_the_draft_would_publish(draft: Draft) -> None:
    at = open_with(draft, "carte", jeu="brouillon")
    assert has_map(at)
    (sentence,) = [s for s in sentences(html_of(at)) if "Adhésion" in s]
    assert sentence.startswith(f"{MARK}Adhésion à la dynamique partenariale")
    assert "5 régions sur 18 ont une valeur dans le brouillon, de 64 % à 100 %" in sentence
    assert "3 régions sur 18 ont une valeur publiée" in plain(text_of(open_with(draft, "carte")))


def test_statistical_secrecy_holds_on_a_draft(draft: Draft) -> None:
    text = plain(text_of(open_with(draft, "territoire", jeu="brouillon", territoire="region-06")))
    assert "1 résultat d’enquête dans le brouillon, masqué (effectif insuffisant)" in text
    assert "50 %" not in text


def test_the_draft_is_offered_on_every_page_to_the_person_who_has_one(draft: Draft) -> None:
    body = html_of(open_with(draft, "sources"))
    assert "bandeau-brouillon" not in body
    assert "jeu=brouillon" in body
    assert body.count("data-jeu") == 3


def test_the_draft_of_another_person_is_neither_offered_nor_shown() -> None:
    at = open_with(False, "carte", jeu="brouillon")
    body = html_of(at)
    assert "bandeau-brouillon" not in body
    assert body.count("data-jeu") == 2
    (notice,) = notices_of(at)
    assert "Vous n’avez pas de brouillon" in plain(notice)


def test_a_reader_without_a_draft_has_nothing_reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nothing to review")

    monkeypatch.setattr(reviews, "_review", refuse)
    assert not open_with(False, "sources").exception


def test_a_draft_that_is_not_confirmed_is_not_offered(draft: Draft) -> None:
    unsure = replace(draft, choices=replace(draft.choices, confirmed=False))
    at = open_with(unsure, "carte", jeu="brouillon")
    assert "bandeau-brouillon" not in html_of(at)
    assert html_of(at).count("data-jeu") == 2
    assert not at.exception
