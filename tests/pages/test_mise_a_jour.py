"""« Mise à jour » run by Streamlit's own test runner: each step, and what it refuses."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import CellType

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.publishing import TERMINAL
from territoires.domain.versions import Act, Version
from territoires.tables.sheets import Sheet
from territoires.tables.snapshots import to_contents, to_tables
from territoires.tables.store import open_store, publish, read, versions
from territoires.tables.store.connection import Store
from territoires.tables.store.shipped import take_in
from territoires.tables.updates.extents import with_extents
from territoires.ui.cache import releases, reviews
from territoires.ui.cache import versions as cache_versions
from territoires.views.update_review import Review
from tests.pages.conftest import Open, html_of, plain, text_of

FILE = "Région;Taux;Effectif\nBretagne;72,5;120\nNormandie;81;210\n".encode("cp1252")
SOURCE = "11e-rapport-regional-de-l-observatoire-des-partenariats"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, directory: Directory) -> Path:
    """Give a store that has taken in what is shipped, and that nobody has open."""
    path = tmp_path_factory.mktemp("livraison") / "versions.sqlite"
    store = open_store(f"sqlite:///{path}")
    take_in(store, directory.known_codes)
    store.engine.dispose()
    return path


@pytest.fixture(autouse=True)
def own_store(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the pages a store of their own, so that a publication stays in its test."""
    url = f"sqlite:///{shutil.copy(shipped, tmp_path)}"
    monkeypatch.setattr(settings, "DATABASE_URL", url)
    forget_versions()
    yield url
    forget_versions()


def forget_versions() -> None:
    """Forget what is kept under the number of a version: another store has others.

    What is kept by address, content or date stays: reading it again takes a second for each test.
    """
    for forget in (*cache_versions._OF_VERSION, releases._waiting.clear):
        forget()


def let_publish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page publish: the test runner's requests have no header to be judged by."""
    for module in ("update.steps", "update.publish", "update.history", "update.release"):
        monkeypatch.setattr(f"territoires.ui.{module}.find_caller", lambda: TERMINAL)
    monkeypatch.setattr("territoires.ui.cache.drafts.find_caller", lambda: TERMINAL)


@pytest.fixture
def open_publishing(monkeypatch: pytest.MonkeyPatch, own_store: str) -> str:
    let_publish(monkeypatch)
    return own_store


def bring(open_page: Open, content: bytes = FILE, name: str = "essai.csv") -> AppTest:
    at = open_page("mise_a_jour")
    at.file_uploader(key="fichier_apporte").set_value((name, content, "text/csv"))
    return at.run()


def describe(at: AppTest) -> AppTest:
    """Say all that the file leaves unsaid."""
    at.selectbox(key="constante_indicateur").select("adhesion_maires_region").run()
    at.text_input(key="constante_vague").set_value("novembre 2026").run()
    at.selectbox(key="constante_source").select(SOURCE).run()
    return at.selectbox(key="constante_fiabilite").select("claire").run()


def confirm(at: AppTest) -> AppTest:
    return at.button(key="confirmer").click().run()


def press(at: AppTest, label: str) -> AppTest:
    """Press the button of a form or of the page."""
    button = next(one for one in at.button if one.label == label)
    return button.click().run()


def sign(at: AppTest, author: str = "Camille", message: str = "Vague 2026") -> AppTest:
    at.text_input(key="auteur").set_value(author)
    at.text_input(key="message_de_publication").set_value(message)
    return press(at, "Publier")


def listed(url: str) -> tuple[Version, ...]:
    return versions(open_store(url))


def test_the_page_opens_on_what_may_be_brought_and_what_is_online(open_page: Open) -> None:
    at = open_page("mise_a_jour")
    said = plain(text_of(at))
    assert "Rien n’est publié sans votre accord" in said
    assert "La version 0 est en ligne" in said
    assert "Publier n’est pas ouvert sur ce serveur" in said
    assert not at.exception


def test_each_template_can_be_asked_for(open_page: Open) -> None:
    at = open_page("mise_a_jour")
    for kind in ("chiffres", "catalogue", "catalyseurs", "zonage"):
        at.segmented_control(key="nature_du_fichier").set_value(kind).run()
        labels = [button.label for button in at.get("download_button")]
        assert len(labels) == 4
        assert "Table Schema (JSON)" in labels
    assert not at.exception


def test_a_file_is_read_matched_checked_and_compared_before_anything_is_said(
    open_page: Open,
) -> None:
    at = bring(open_page)
    said = plain(text_of(at))
    assert "Lu : 2 lignes et 3 colonnes" in said
    assert "texte Windows (ANSI, cp1252), séparateur point-virgule, virgule décimale" in said
    assert "3 colonnes reconnues sur 3 ; 2 territoires reconnus sur 2" in said
    for asked in ("un indicateur", "une vague ou un millésime", "des correspondances relues"):
        assert asked in said
    assert not at.exception


def test_no_widget_of_the_page_holds_what_was_checked(open_page: Open) -> None:
    """Streamlit keeps the callback of a widget as long as the session: a file weighs megabytes."""
    at = bring(open_page)
    checked = [one for one in gc.get_objects() if isinstance(one, Review | Sheet)]
    assert checked
    held = [one for one in gc.get_referrers(*checked) if isinstance(one, CellType | partial)]
    assert held == []
    assert not at.exception


def test_a_described_and_confirmed_file_is_published_and_undone_in_one_click(
    open_page: Open, open_publishing: str
) -> None:
    at = confirm(describe(bring(open_page)))
    assert "rien ne bloque" in text_of(at)
    assert "2 chiffres ajoutés" in plain(text_of(at))
    sign(at)
    newest, first = listed(open_publishing)
    assert (newest.author, newest.message, newest.added) == ("Camille", "Vague 2026", 2)
    assert newest.file_name == "essai.csv"
    assert "Version 1 en ligne" in text_of(at)
    at.button(key="annuler").click().run()
    undone, *_ = listed(open_publishing)
    assert (undone.restores, undone.fingerprint) == (0, first.fingerprint)
    assert "retour à la version 0" in plain(text_of(at))
    assert not at.exception


@pytest.mark.parametrize(
    ("author", "message", "reason"),
    [("", "Vague 2026", "Donnez votre nom"), ("Camille", " ", "Dites pourquoi")],
)
def test_a_publication_without_name_or_reason_is_refused_and_loses_nothing(
    open_page: Open, open_publishing: str, author: str, message: str, reason: str
) -> None:
    at = confirm(describe(bring(open_page)))
    sign(at, author, message)
    assert reason in text_of(at)
    assert len(listed(open_publishing)) == 1
    assert "rien ne bloque" in text_of(at)
    sign(at)
    assert len(listed(open_publishing)) == 2
    assert not at.exception


@pytest.mark.usefixtures("open_publishing")
def test_nothing_is_published_before_the_matches_are_confirmed(open_page: Open) -> None:
    at = describe(bring(open_page))
    assert "des correspondances relues par une personne" in plain(text_of(at))
    assert not [one for one in at.button if one.label == "Publier"]
    assert not at.exception


def test_somebody_else_published_meanwhile_and_the_file_starts_again_from_there(
    open_page: Open, open_publishing: str
) -> None:
    at = confirm(describe(bring(open_page)))
    store = open_store(open_publishing)
    publish_something(store)
    at.run()
    assert "Une autre mise à jour a été publiée" in text_of(at)
    assert "par Dominique : Correction" in plain(text_of(at))
    press(at, "Repartir de ce qui est publié maintenant")
    sign(at)
    newest, *_ = listed(open_publishing)
    assert (newest.number, newest.parent) == (2, 1)
    assert b"Corrig" in read(store, 2)["sources"]
    assert not at.exception


def publish_something(store: Store) -> None:
    contents = dict(read(store, 0))
    contents["sources"] = contents["sources"].replace(b"11e rapport", b"Corrige : 11e rapport", 1)
    publish(store, contents, Act("Dominique", "Correction"), base=0, caller=TERMINAL)


def test_two_wishes_to_publish_from_the_same_base_have_one_winner(
    open_page: Open, open_publishing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = confirm(describe(bring(open_page)))
    # The other one publishes between this page and its button.
    monkeypatch.setattr(
        "territoires.ui.cache.warm", lambda _: publish_something(open_store(open_publishing))
    )
    sign(at)
    assert "part de la version 0, et la version 1 est maintenant en ligne" in plain(text_of(at))
    assert len(listed(open_publishing)) == 2
    # What was typed is not typed again.
    press(at, "Repartir de ce qui est publié maintenant")
    assert at.text_input(key="auteur").value == "Camille"
    assert at.text_input(key="message_de_publication").value == "Vague 2026"
    assert not at.exception


def test_an_undo_from_an_older_page_takes_nobody_elses_version_away(
    open_page: Open, open_publishing: str
) -> None:
    at = confirm(describe(bring(open_page)))
    sign(at)
    store = open_store(open_publishing)
    contents = dict(read(store, 1))
    contents["sources"] = contents["sources"].replace(b"11e rapport", b"Corrige : 11e rapport", 1)
    publish(store, contents, Act("Dominique", "Correction"), base=1, caller=TERMINAL)
    at.button(key="annuler").click().run()
    assert "la version 2 est maintenant en ligne" in plain(text_of(at))
    assert listed(open_publishing)[0].number == 2
    assert not at.exception


def test_a_file_left_by_mistake_is_taken_up_again_with_its_choices(open_page: Open) -> None:
    at = describe(bring(open_page))
    press(at, "Changer de fichier")
    press(at, "Reprendre « essai.csv »")
    assert at.selectbox(key="constante_source").value == SOURCE
    assert not at.exception


def test_a_reader_of_a_closed_server_may_check_but_not_publish(
    open_page: Open, own_store: str
) -> None:
    at = confirm(describe(bring(open_page)))
    assert "rien ne bloque" in text_of(at)
    assert "Publier n’est pas ouvert sur ce serveur" in text_of(at)
    labels = {one.label for one in at.button}
    assert not labels & {"Publier", "Publier cette livraison"}
    assert not any("Annuler" in label for label in labels)
    assert len(listed(own_store)) == 1
    assert not at.exception


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vide.csv", b"", "vide"),
        ("image.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "attendu"),
        ("titres.csv", b"a;b;c\n", "ligne"),
        ("<script>alert(1)</script>.csv", b"\0\0\0", "attendu"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_may_be_changed(
    open_page: Open, name: str, content: bytes, said: str
) -> None:
    at = bring(open_page, content, name)
    assert "bloque" in text_of(at)
    assert said in text_of(at).lower()
    assert "<script>alert" not in html_of(at)
    press(at, "Changer de fichier")
    assert at.file_uploader(key="fichier_apporte")
    assert not at.exception


def test_a_row_can_be_left_out_and_taken_back(open_page: Open) -> None:
    at = describe(bring(open_page, FILE + b"Corse;187,5;50\n"))
    assert "entre 0 et 100" in plain(text_of(at))
    at.multiselect(key="lignes_ecartees").set_value([4]).run()
    assert "entre 0 et 100" not in plain(text_of(at))
    at.multiselect(key="lignes_ecartees").set_value([]).run()
    assert "entre 0 et 100" in plain(text_of(at))
    assert not at.exception


def test_a_close_name_is_shown_beside_its_territory_and_a_person_decides(open_page: Open) -> None:
    at = bring(open_page, FILE + "Ile de Frnace;70;50\n".encode("cp1252"))
    (box,) = [one for one in at.selectbox if one.label == "« Ile de Frnace » est"]
    assert box.value == "region-11"
    box.select("ecarter").run()
    confirm(describe(at))
    assert "2 chiffres ajoutés" in plain(text_of(at))
    assert not at.exception


def test_a_new_source_and_a_new_indicator_come_with_their_figures(
    open_page: Open, open_publishing: str
) -> None:
    at = bring(open_page)
    at.text_input(key="source_title").set_value("Baromètre 2026 des alliances")
    at.text_input(key="source_date").set_value("2026-11")
    press(at, "Prendre cette source")
    at.text_input(key="indicateur_label").set_value("Confiance envers les alliances")
    at.text_input(key="indicateur_description").set_value("Font confiance aux alliances")
    at.text_input(key="indicateur_study").set_value("Baromètre 2026")
    at.text_input(key="indicateur_actor_label").set_value("maires")
    at.text_input(key="indicateur_base").set_value("Maires interrogés")
    for column, chosen in (
        ("theme", "Adhésion aux alliances"),
        ("actor", "maires"),
        ("unit", "%"),
        ("kind", "rate"),
        ("direction", "haut_favorable"),
    ):
        at.selectbox(key=f"indicateur_{column}").select(chosen)
    press(at, "Ajouter cet indicateur")
    at.text_input(key="constante_vague").set_value("2026-11").run()
    at.selectbox(key="constante_fiabilite").select("claire").run()
    confirm(at)
    assert "rien ne bloque" in text_of(at)
    sign(at)
    contents = read(open_store(open_publishing), 1)
    assert b"Confiance envers les alliances" in contents["indicators"]
    assert "Baromètre 2026 des alliances".encode() in contents["sources"]
    carte = open_page("carte", indicateur="confiance_envers_les_alliances_maires")
    assert "Confiance envers les alliances" in text_of(carte)
    assert not at.exception


def test_a_newer_release_waits_until_somebody_publishes_it(
    open_page: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_publish(monkeypatch)
    open_page("carte")
    path = home / "data" / "indicators" / "sources.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("11e rapport", "Onzième rapport", 1),
        encoding="utf-8",
    )
    st.cache_resource.clear()
    at = open_page("mise_a_jour")
    assert "Une livraison attend" in text_of(at)
    assert "Onzième rapport" not in text_of(open_page("sources"))
    at.text_input(key="auteur_livraison").set_value("Camille").run()
    press(at, "Publier cette livraison")
    assert "La livraison est en ligne" in text_of(at)
    assert "Onzième rapport" in text_of(open_page("sources"))
    assert not at.exception


def test_a_broken_release_is_told_and_takes_nothing_away(open_page: Open, home: Path) -> None:
    open_page("carte")
    path = home / "data" / "indicators" / "observations.csv"
    path.write_text("observation_id\nabc\n", encoding="utf-8")
    st.cache_resource.clear()
    at = open_page("mise_a_jour")
    assert "ne peuvent pas être proposées" in text_of(at)
    assert "La version 0 est en ligne" in plain(text_of(at))
    assert not at.exception


@pytest.fixture
def with_hidden_figure(own_store: str) -> str:
    """Publish a figure of seven people, which secrecy hides from every reader."""
    store = open_store(own_store)
    tables = to_tables(read(store, 0))
    model = next(row for row in tables["observations"] if row["observation_id"] == "PI16-02")
    hidden = {
        **model,
        "observation_id": "petit",
        "wave": "2024-11",
        "value": "71.4",
        "respondents": "7",
        "caveat": "Cinq sur sept, soit 71,4 %.",
    }
    rows = (*tables["observations"], hidden)
    indicators = with_extents(tables["indicators"], rows, {"adhesion_maires_region"})
    contents = to_contents({**tables, "observations": rows, "indicators": indicators})
    publish(store, contents, Act("Camille", "Vague 2024"), base=0, caller=TERMINAL)
    return own_store


@pytest.mark.usefixtures("with_hidden_figure")
@pytest.mark.parametrize("row", ["28;1;100000", "28;71,4;", "28;71,3;", "FR;10;5000"])
def test_nothing_said_of_a_readers_file_tells_what_secrecy_hides(open_page: Open, row: str) -> None:
    at = bring(open_page, f"Code;Taux;Effectif\n{row}\n".encode())
    at.selectbox(key="constante_indicateur").select("adhesion_maires_region").run()
    at.text_input(key="constante_vague").set_value("2024-11").run()
    at.selectbox(key="constante_source").select(SOURCE).run()
    at.selectbox(key="constante_fiabilite").select("claire").run()
    confirm(at)
    said = plain(text_of(at)).replace(row.split(";")[1], "")
    for secret in ("71,4", "71.4", "Cinq sur sept", "7 réponses"):
        assert secret not in said
    assert not at.exception


@pytest.mark.usefixtures("with_hidden_figure")
def test_templates_and_drafts_of_readers_hold_nothing_that_secrecy_hides(open_page: Open) -> None:
    open_page("mise_a_jour")
    rows = reviews.base_tables()["observations"]
    assert not [row for row in rows if row["observation_id"] == "petit"]
    (indicator,) = [
        row
        for row in reviews.base_tables()["indicators"]
        if row["indicator_id"] == "adhesion_maires_region"
    ]
    assert indicator["waves"] == "2016-11"


def test_where_nothing_can_be_kept_the_shipped_data_is_read_and_the_page_says_so(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fichier").write_text("pas un dossier")
    monkeypatch.setattr(settings, "DATABASE_URL", f"sqlite:///{tmp_path}/fichier/base.sqlite")
    st.cache_resource.clear()
    at = open_page("mise_a_jour")
    assert "Aucune version n’est gardée" in text_of(at)
    assert "3 régions sur 18" in plain(text_of(open_page("carte")))
    assert not at.exception
    st.cache_resource.clear()
