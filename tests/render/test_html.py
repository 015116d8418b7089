"""Pieces of HTML: whatever the text, only the elements we wrote."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.domain.indicators import Fiabilite, Source
from territoires.domain.territories import Level, TerritoryId
from territoires.render import html
from territoires.settings import STATIC
from territoires.views.figure import Figure
from tests.render.pieces import HOSTILE, JAVASCRIPT, cells, check_harmless, read, tags

SOURCE = Source("s", "Synthèse", "Le RAMEAU", "2017-08", "https://example.org/a?b=1&c=2", "pdf", "")
FIGURE = Figure(77.0, "77 %", "77 %", "2016-11", None, Fiabilite.CLAIRE, "", "", SOURCE)
BRETAGNE = TerritoryId(Level.REGION, "53")
#: Characters that no element of HTML can hold as they are.
texts = st.text(st.characters(exclude_characters="\r\0", exclude_categories=("Cs",)), max_size=60)


def every_piece(text: str) -> list[str]:
    """Call every public function with one text wherever it takes one."""
    source = Source(text, text, text, text, text, text, text)
    figure = replace(FIGURE, text=text, short_text=text, caveat=text, statement=text, source=source)
    return [
        html.paragraph(text, "phrase"),
        html.internal_link(f"/carte?{text}", text),
        html.external_link(text, text),
        html.external_link(f"https://example.org/{text}", text),
        html.notice([text, text], details=[text], remedy=text),
        html.empty_state(text),
        html.table(((text, False), (text, True)), [("a", "b")], caption=text, label=text),
        html.source_text(source),
        html.provenance(figure, study=text, actor_label=text),
        html.provenance(figure, study=text, actor_label=text, survey=False),
    ]


@pytest.mark.parametrize(
    "text", [HOSTILE, JAVASCRIPT, "'", '"', "&", "</p></div></table>", "<!--", "]]>", "{{ x }}"]
)
def test_hostile_text_is_only_text(text: str) -> None:
    for piece in every_piece(text):
        check_harmless(piece)
        assert text in read(piece).text


@given(texts)
def test_any_text_is_read_as_it_was_given(text: str) -> None:
    assert read(html.paragraph(text, "x")).text == text
    assert read(html.empty_state(text)).text == text
    for piece in every_piece(text):
        check_harmless(piece)


@pytest.mark.parametrize(
    "url",
    [
        JAVASCRIPT,
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example",
        "/carte",
        "file:///etc/passwd",
        "",
        "http:evil",
        "https",
    ],
)
def test_only_http_addresses_become_links(url: str) -> None:
    assert tags(html.external_link(url, "Source"), "a") == []
    assert html.external_link(url, "Source") == "Source"
    assert tags(html.source_text(replace(SOURCE, url=url)), "a") == []


@pytest.mark.parametrize("url", ["http://example.org", "https://example.org/a?b=1&c='2'"])
def test_an_http_address_is_a_link_that_gives_nothing_away(url: str) -> None:
    (link,) = tags(html.external_link(url, "Source"), "a")
    assert link["href"] == url
    assert link["rel"] == "noopener noreferrer"


def test_a_page_address_keeps_its_parameters_whatever_they_hold() -> None:
    assert html.page_url("carte", {}) == "/carte"
    assert html.page_url("", {"jeu": "publie"}) == "/?jeu=publie"
    assert html.page_url("carte", {"a": "b&c=d é<"}) == "/carte?a=b%26c%3Dd+%C3%A9%3C"


def test_the_address_of_a_territory_holds_its_level_and_code() -> None:
    assert html.territory_url(BRETAGNE) == "/territoire?territoire=region-53"


def test_a_notice_is_announced_and_lists_details_and_remedy() -> None:
    piece = html.notice(["Un", "Deux"], details=["ligne 2"], remedy="Corrigez.")
    (box,) = tags(piece, "div")
    assert box == {"class": "avis", "role": "status"}
    assert len(tags(piece, "li")) == 1
    assert "Pour y remédier. Corrigez." in read(piece).text
    assert "Pour y remédier" not in html.notice(["Un"])
    assert "<ul>" not in html.notice(["Un"])


def test_a_table_has_a_caption_headings_and_a_region_the_keyboard_reaches() -> None:
    piece = html.table(
        (("Région", False), ("Valeur", True)),
        [("Bretagne", "77"), ("Corse", "80")],
        caption="Titre",
        chosen=1,
        label="Données",
    )
    # In the body, a heading's scope is implied: it heads its row.
    assert [t.get("scope") for t in tags(piece, "th")] == ["col", "col", None, None]
    assert piece.index("<th>Bretagne<td>77") > piece.index("<tbody>")
    assert [t.get("class") for t in tags(piece, "tr")] == [None, None, "choisi"]
    assert cells(piece) == [["Bretagne", "77"], ["Corse", "80"]]
    (region,) = tags(piece, "div")
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", "Données")
    assert "<caption>Titre</caption>" in piece


def test_a_column_of_numbers_is_told_by_its_heading_and_by_the_table() -> None:
    headings = (("Nom", False), ("Un", True), ("Texte", False), ("Deux", True))
    piece = html.table(headings, [("a", "1", "b", "2")], caption="Titre")
    (table,) = tags(piece, "table")
    assert set(table["class"].split()) == {"donnees", "n2", "n4"}
    assert [t.get("class") for t in tags(piece, "th")] == [
        "texte",
        "nombre",
        "texte",
        "nombre",
        None,
    ]


def test_the_style_sheet_knows_every_column_of_numbers() -> None:
    """The classes n2, n3… would be words in the air if the style sheet held no rule for them."""
    css = (STATIC / "ui" / "territoires.css").read_text(encoding="utf-8")
    for number in range(2, 6):
        assert re.search(rf"\.n{number}\b", css), number


@pytest.mark.parametrize("row", [(), ("a",), ("a", "b", "c")])
def test_a_row_that_misses_a_cell_is_refused(row: tuple[str, ...]) -> None:
    """Without closing tags nothing else would tell: the numbers would stand in the wrong column."""
    with pytest.raises(ValueError, match=f"{len(row)} cells for 2 columns"):
        html.table((("A", False), ("B", True)), [("a", "b"), row], caption="Titre")


def test_an_unknown_number_of_answers_is_told() -> None:
    assert html.respondents_text(None) == "effectif non communiqué"
    assert html.respondents_text(1).replace("\u00a0", " ") == "1 réponse"
    assert html.respondents_text(302).replace("\u00a0", " ") == "302 réponses"


def test_the_card_of_a_figure_names_all_that_must_be_known() -> None:
    figure = replace(FIGURE, caveat="Petit effectif.", statement="Adhèrent")
    card = read(html.provenance(figure, study="PHARE", actor_label="maires")).text
    for words in (
        "ÉtudePHARE",
        "Datenovembre 2016",
        "Interrogésmaires",
        "Réponseseffectif non communiqué",
        "Adhèrent",
        "Fiabilitésource claire",
        "RéservePetit effectif.",
        "SourceSynthèse, août 2017",
    ):
        assert words in card


def test_the_card_of_an_official_figure_asks_nobody() -> None:
    card = read(html.provenance(FIGURE, study="Insee", actor_label="tous", survey=False)).text
    assert "Champtous" in card
    assert "Réponses" not in card


@pytest.mark.parametrize("fiabilite", Fiabilite)
def test_how_surely_a_figure_is_read_is_said_in_words(fiabilite: Fiabilite) -> None:
    assert read(html.fiabilite_tag(fiabilite)).text == html.FIABILITE_LABELS[fiabilite]
