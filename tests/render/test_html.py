"""Pieces of HTML: whatever the text, only the elements we wrote."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.analysis.precision import Interval, Precision
from territoires.domain.indicators import (
    Direction,
    Fiabilite,
    Indicator,
    Kind,
    Nature,
    Source,
    Status,
    Suppression,
    Usage,
)
from territoires.domain.territories import Level, TerritoryId
from territoires.render import html
from territoires.render.typography import hold_together
from territoires.settings import STATIC
from territoires.views.figure import SUPPRESSION_TEXTS, Figure
from territoires.views.french import FIABILITE_LABELS
from tests.render.pieces import HOSTILE, JAVASCRIPT, cells, check_harmless, poison, read, tags

SOURCE = Source("s", "Synthèse", "Le RAMEAU", "2017-08", "https://example.org/a?b=1&c=2", "pdf", "")
FIGURE = Figure(
    77.0,
    "77 %",
    "77 %",
    "2016-11",
    None,
    Fiabilite.CLAIRE,
    "",
    "",
    SOURCE,
    precision=Precision.INCONNUE,
)
SAMPLED = replace(
    FIGURE, respondents=302, interval=Interval(71.9, 81.4), precision=Precision.PRECISE
)
SURVEY = Indicator(
    indicator_id="adhesion",
    label="Adhésion",
    description="Adhèrent",
    theme="Adhésion",
    study="PHARE",
    actor="maires",
    actor_label="maires",
    unit="%",
    unit_label="%",
    kind=Kind.RATE,
    direction=Direction.HAUT_FAVORABLE,
    base="",
    levels=(Level.PAYS,),
    waves=("2016-11",),
    comparable_with=(),
    domain_ids=(),
    nature=Nature.ENQUETE,
    usage=Usage.RESULTAT,
    status=Status.PUBLIE,
    decimals=0,
    caveat="",
)
INSEE = replace(SURVEY, nature=Nature.CONTEXTE)
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
        html.figure_button(text, html.figure_card(figure, poison(SURVEY, text), place=text)),
        html.figure_card(figure, poison(INSEE, text)),
        html.indicator_card(poison(SURVEY, text), "2025", [source, source], statement=text),
        html.table((("A", False), ("B", True)), [("a", "b")], caption=text, notes=[text]),
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
    shown = hold_together(text)
    assert read(html.paragraph(text, "x")).text == shown
    assert read(html.empty_state(text)).text == shown
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


def terms(card: str) -> dict[str, str]:
    """Read a card: what stands beside each of its lines."""
    lines = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", card)
    return {plain(read(term).text): plain(read(definition).text) for term, definition in lines}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_card_of_a_figure_names_all_that_must_be_known() -> None:
    figure = replace(SAMPLED, caveat="Petit effectif.", statement="Adhèrent", deff=1.2)
    card = html.figure_card(figure, SURVEY, place="Bretagne")
    assert plain(read(card).text).startswith("Adhésion – Bretagne77 %")
    assert terms(card) == {
        "Étude": "PHARE",
        "Date": "novembre 2016",
        "Interrogés": "maires",
        "Énoncé": "« Adhèrent »",
        "Réponses": "302 réponses",
        "Intervalle de confiance (95 %)": "de 72 à 81 %",
        "Précision": "précise",
        "Effet de plan": "1,20",
        "Fiabilité": "source claire",
        "Réserve": "Petit effectif.",
        "Source": "Synthèse, août 2017 ",
    }


def test_an_interval_without_design_effect_is_told_optimistic() -> None:
    card = terms(html.figure_card(SAMPLED, SURVEY))
    assert "optimiste si les réponses sont pondérées" in card["Effet de plan"]


def test_a_figure_of_unknown_sample_has_neither_interval_nor_design_effect() -> None:
    card = terms(html.figure_card(FIGURE, SURVEY))
    assert card["Réponses"] == card["Précision"] == "effectif non communiqué"
    assert "Effet de plan" not in card
    assert not any("Intervalle" in term for term in card)


def test_nothing_is_told_of_a_sample_kept_secret() -> None:
    text = SUPPRESSION_TEXTS[Suppression.EFFECTIF]
    hidden = replace(
        FIGURE,
        value=None,
        text=text,
        short_text=text,
        precision=Precision.SUPPRIMEE,
        suppression=Suppression.EFFECTIF,
    )
    card = terms(html.figure_card(hidden, SURVEY))
    assert card["Réponses"] == "effectif insuffisant"
    assert "Précision" not in card
    assert "Effet de plan" not in card


def test_the_card_of_an_official_figure_asks_nobody_and_says_real() -> None:
    card = terms(html.figure_card(replace(FIGURE, precision=None, statement="Part"), INSEE))
    assert card["Champ"] == "maires"
    assert card["Définition"] == "« Part »"
    assert "Réponses" not in card
    assert "Interrogés" not in card
    assert card["Source"].endswith("donnée réelle")


def test_a_simulated_figure_says_so_in_its_card_and_in_that_of_its_table() -> None:
    simulated = replace(SURVEY, status=Status.SIMULE)
    assert terms(html.figure_card(FIGURE, simulated))["Source"].endswith("donnée simulée")
    assert terms(html.indicator_card(simulated, "2025", [SOURCE]))["Source"].endswith(
        "donnée simulée"
    )
    assert "donnée" not in html.figure_card(FIGURE, SURVEY)


@pytest.mark.parametrize(
    ("others", "title"),
    [
        (("64 % – Autrement",), "Deux lectures publiées"),
        (("84 %", "91 %"), "Trois lectures publiées"),
        (("13 %", "11 %", "10 %"), "4 lectures publiées"),
    ],
)
def test_contradictory_readings_stand_side_by_side(others: tuple[str, ...], title: str) -> None:
    card = html.figure_card(replace(FIGURE, other_readings=others), SURVEY)
    readings = tags(card, "li")
    assert title in terms(card)
    assert len(readings) == len(others) + 1
    assert terms(card)[title].startswith("77 %")


def test_a_reading_that_says_the_same_is_no_contradiction() -> None:
    card = html.figure_card(replace(FIGURE, other_readings=("77 %",)), SURVEY)
    assert "lectures" not in card


def test_a_figure_is_a_button_followed_by_its_card() -> None:
    piece = html.figure_button("77 %", html.figure_card(FIGURE, SURVEY))
    (button,) = tags(piece, "button")
    assert button == {"type": "button", "class": "chiffre-lien", "aria-haspopup": "dialog"}
    assert re.search(r"</button><template class=.fiche.>.*</template>$", piece)


def test_a_table_carries_one_card_whatever_its_rows() -> None:
    headings = (("Région", False), ("%", True))
    card = html.indicator_card(SURVEY, "2016-11", [SOURCE])

    def table(number: int, **options: object) -> str:
        rows = [("Bretagne", "77")] * number
        return html.table(headings, rows, caption="c", card=card, figure_columns=(1,), **options)

    assert len(tags(table(100), "template")) == 1
    (attributes,) = tags(table(100), "table")
    assert attributes["data-fiches"] == "1"
    # A row more costs its own text only.
    assert len(table(101)) - len(table(100)) == len("<tr><th>Bretagne<td>77")
    noted = table(3, notes=["", "Petit « effectif »", ""])
    assert [row.get("data-n") for row in tags(noted, "tr")[1:]] == [
        None,
        "Petit «\u00a0effectif\u00a0»",
        None,
    ]
    assert "data-fiches" not in html.table(headings, [("a", "b")], caption="c")


def test_a_table_of_real_figures_is_told_from_a_simulated_one() -> None:
    headings = (("A", False),)
    (table,) = tags(html.table(headings, [("a",)], caption="c", real=True), "table")
    assert "reelle" in table["class"].split()
    (other,) = tags(html.table(headings, [("a",)], caption="c"), "table")
    assert "reelle" not in other["class"].split()
    css = (STATIC / "ui" / "territoires.css").read_text(encoding="utf-8")
    assert "table.donnees:not(.reelle)" in css


def test_the_browser_knows_what_stands_where_a_figure_would() -> None:
    script = (STATIC / "ui" / "card.js").read_text(encoding="utf-8")
    assert f'const NO_FIGURE = "{html.NO_FIGURE}";' in script


@pytest.mark.parametrize("fiabilite", Fiabilite)
def test_how_surely_a_figure_is_read_is_said_in_words(fiabilite: Fiabilite) -> None:
    words = FIABILITE_LABELS[fiabilite]
    assert plain(read(html.fiabilite_tag(fiabilite)).text) == f"fiabilité : {words}"
    assert read(html.fiabilite_tag(fiabilite, bare=True)).text == words


@pytest.mark.parametrize("precision", Precision)
def test_how_much_a_figure_can_carry_is_said_on_its_own_scale(precision: Precision) -> None:
    tag = html.precision_tag(replace(FIGURE, precision=precision))
    text = plain(read(tag).text)
    is_grade = precision not in {Precision.SUPPRIMEE, Precision.INCONNUE}
    assert text == (f"précision : {precision}" if is_grade else precision)
    assert "fiabilité" not in text
    (attributes,) = tags(tag, "span")
    assert "precision" in attributes["class"].split()


def test_what_is_no_sample_has_no_precision() -> None:
    assert html.precision_tag(replace(FIGURE, precision=None)) == ""
