"""HTML around the map: sentence, summary, caveats, table, sources; the numbers of the view."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.catalysts import ListNote
from territoires.domain.directory import Directory
from territoires.domain.indicators import Fiabilite, Nature
from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render import html, map_page
from territoires.render.typography import escape
from territoires.tables.published import Published
from territoires.views.actors import ActorCount
from territoires.views.french import LEVEL_LABELS, NBSP
from territoires.views.limits import Layer, crumbs, descents
from territoires.views.map_view import MapView, Row, State, build_map_view
from territoires.views.search_index import normalize
from territoires.views.selection import offered_layers, resolve_selection
from tests.render.pieces import HOSTILE, cells, check_harmless, poison, read, rows, tags

DEFAULT = Selection("adhesion_maires_region", "2016-11")
SIMULATED = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
NORMANDIE, BRETAGNE = TerritoryId(Level.REGION, "28"), TerritoryId(Level.REGION, "53")
PARTIAL = ListNote("catalysts", "acteurs", exhaustive=False, caveat="")
COMPLETE = replace(PARTIAL, exhaustive=True)
SHORT_DIFFERENCES = {
    Flag.PLUS_HAUT: "plus haut que la France",
    Flag.PLUS_BAS: "plus bas que la France",
    Flag.NON_SIGNIFICATIF: "pas de différence établie",
}


def plain(text: str) -> str:
    """Read a text without what typography changes: no-break spaces."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def headings(table: str) -> list[str]:
    return re.findall(r'<button type="button" data-tri="1">(.*?)</button>', table)


def caption(table: str) -> str:
    (found,) = re.findall(r"<caption>(.*?)</caption>", table)
    return read(found).text


def notes(table: str) -> list[str]:
    """Give the note of each row of the table, empty where there is none."""
    body = table.partition("<tbody>")[2]
    return [attributes.get("data-n") or "" for attributes in tags(body, "tr")]


def link_of(sentence: str) -> str:
    (paragraph,) = tags(sentence, "p")
    assert paragraph["class"] == "phrase"
    return paragraph["data-vue"] or ""


def is_sampled(view: MapView) -> bool:
    return any(row.figure and row.figure.interval for row in view.rows)


# The sentence


@pytest.mark.parametrize("territory", [None, NORMANDIE])
def test_the_sentence_holds_the_link_to_this_very_view(
    view: MapView, published: Published, directory: Directory, territory: TerritoryId | None
) -> None:
    wanted = replace(DEFAULT, territory=territory)
    address, _, query = link_of(map_page.sentence(view, wanted)).partition("?")
    assert address == "/carte"
    assert resolve_selection(dict(parse_qsl(query)), published, directory).selection == wanted


def test_the_sentence_comes_with_its_caveat_where_there_is_one(views: list[MapView]) -> None:
    told = set()
    for view in views:
        piece = map_page.sentence(view, DEFAULT)
        assert plain(read(piece).text) == plain(f"{view.sentence} {view.sentence_caveat}").strip()
        reserves = [span for span in tags(piece, "span") if span["class"] == "reserve"]
        assert len(reserves) == bool(view.sentence_caveat)
        told.add(bool(view.sentence_caveat))
    assert told == {True, False}


def test_a_hostile_sentence_or_link_is_only_text(view: MapView) -> None:
    piece = map_page.sentence(
        replace(view, sentence=HOSTILE, sentence_caveat=HOSTILE),
        replace(DEFAULT, indicator_id=HOSTILE, wave=HOSTILE),
    )
    check_harmless(piece)
    assert read(piece).text == f"{HOSTILE} {HOSTILE}"
    params = dict(parse_qsl(link_of(piece).partition("?")[2]))
    assert params["indicateur"] == params["vague"] == HOSTILE


# The table


def test_the_table_has_the_rows_and_the_values_of_the_map(views: list[MapView]) -> None:
    for view in views:
        table = map_page.data_table(view, DEFAULT)
        assert rows(table) == len(view.rows)
        by_name = view.level in {Level.ZONE, Level.EPCI, Level.COMMUNE}
        ordered = sorted(view.rows, key=lambda row: normalize(row.name)) if by_name else view.rows
        for cell, row in zip(cells(table), ordered, strict=True):
            assert cell[0] == row.name
            shown = row.figure.short_text if row.figure else "non disponible"
            assert plain(cell[1]) == plain(shown)
        check_harmless(table)


def test_columns_are_those_that_the_figures_can_fill(views: list[MapView]) -> None:
    seen = set()
    for view in views:
        unit = escape(view.indicator.unit_label) or "Valeur"
        names = [LEVEL_LABELS[view.level].capitalize(), unit]
        survey = view.indicator.nature is Nature.ENQUETE
        if is_sampled(view):
            names += ["Intervalle à 95 %".replace(" %", f"{NBSP}%"), "Réponses", "Précision"]
            names += ["Par rapport à la France"] if view.national else []
        elif survey:
            names += ["Réponses"]
        names += ["Fiabilité"] if survey else []
        assert headings(map_page.data_table(view, DEFAULT)) == names
        seen.add((survey, is_sampled(view), view.is_symbols))
    assert seen == {(True, True, False), (True, False, False), (True, False, True)} | {
        (False, False, symbols) for symbols in (True, False)
    }


def test_known_samples_show_interval_answers_grade_and_test(views: list[MapView]) -> None:
    checked = 0
    for view in views:
        if not is_sampled(view):
            continue
        for cell, row in zip(cells(map_page.data_table(view, SIMULATED)), view.rows, strict=True):
            figure = row.figure
            if figure is None or figure.interval is None:
                assert cell[2:6] == [""] * 4
                continue
            low, high = re.fullmatch(r"(\d+) – (\d+)", cell[2]).groups()
            assert abs(int(low) - figure.interval.low) <= 0.5
            assert abs(int(high) - figure.interval.high) <= 0.5
            assert int(re.sub(r"\D", "", cell[3])) == figure.respondents
            assert cell[4] == figure.precision.value
            assert cell[5] == SHORT_DIFFERENCES[row.difference]
            checked += 1
    assert checked > 1000


def test_nothing_stands_beside_france_where_france_is_not_known(simulated: MapView) -> None:
    table = map_page.data_table(replace(simulated, national=None), SIMULATED)
    assert "Par rapport à la France" not in headings(table)
    assert {len(cell) for cell in cells(table)} == {len(headings(table))}
    assert not set(SHORT_DIFFERENCES.values()) & {text for cell in cells(table) for text in cell}


def test_unknown_samples_say_so_and_are_compared_with_nothing(views: list[MapView]) -> None:
    checked = 0
    for view in views:
        if is_sampled(view) or view.indicator.nature is not Nature.ENQUETE:
            continue
        table = map_page.data_table(view, DEFAULT)
        for cell, row in zip(cells(table), view.rows, strict=True):
            assert cell[2] == ("effectif non communiqué" if row.figure else "")
            checked += row.figure is not None
        assert not set(SHORT_DIFFERENCES.values()) & {
            text for cell in cells(table) for text in cell
        }
    assert checked > 40


def test_one_unknown_sample_among_known_ones_is_said_so(
    published: Published, directory: Directory
) -> None:
    key = (DEFAULT.indicator_id, Level.REGION)
    first, *others = published.of_indicator(*key)
    mixed = (first, *(replace(o, respondents=400) for o in others))
    data = replace(published, by_indicator={**published.by_indicator, key: mixed})
    view = build_map_view(DEFAULT, data, directory)
    found = dict(
        zip((row.id for row in view.rows), cells(map_page.data_table(view, DEFAULT)), strict=True)
    )
    assert found[first.territory][2:6] == ["", "", "effectif non communiqué", ""]
    assert all(found[other.territory][3] == "400" for other in others)


def test_official_figures_have_neither_sample_nor_doubt_nor_link(views: list[MapView]) -> None:
    for view in views:
        table = map_page.data_table(view, DEFAULT)
        survey = view.indicator.nature is Nature.ENQUETE
        links = [link["href"] for link in tags(table.partition("<template")[0], "a")]
        assert len(links) == (len(view.rows) if survey else 0)
        if not survey:
            assert all(len(cell) == 2 for cell in cells(table))


def test_a_hidden_figure_shows_words_and_no_digit(
    demonstration: Published, directory: Directory, views: list[MapView]
) -> None:
    words = {"effectif insuffisant", "masqué pour protéger un autre territoire"}
    seen = set()
    for view in views:
        table = map_page.data_table(view, SIMULATED)
        columns = zip(cells(table), notes(table), view.rows, strict=True)
        for cell, note, row in columns:
            if row.state is State.SUPPRIME:
                assert cell[1] in words
                assert cell[2:6] == [""] * 4
                assert not any(character.isdigit() for character in "".join(cell) + note)
                seen.add(cell[1])
    assert seen == words
    hidden = build_map_view(SIMULATED, demonstration, directory)
    for row in hidden.rows:
        if row.state is State.SUPPRIME:
            summed = map_page.summary(
                replace(hidden, national=None),
                replace(SIMULATED, territory=row.id),
                (),
                COMPLETE,
            )
            value = re.sub(r"<template.*?</template>", "", summed, flags=re.DOTALL)
            said = read(value.partition("acteur")[0]).text.removesuffix(f"0{NBSP}")
            assert not any(character.isdigit() for character in said)


def test_the_card_of_the_table_is_written_once_and_opens_from_the_values(
    views: list[MapView],
) -> None:
    for view in views:
        table = map_page.data_table(view, DEFAULT)
        assert len(tags(table, "template")) == 1
        card = html.indicator_card(view.indicator, view.wave, view.sources[: map_page.MAX_SOURCES])
        assert table.count(card) == 1
        (opened,) = tags(table, "table")
        assert opened["data-fiches"] == "1"


def test_only_a_row_with_its_own_caveat_or_reading_has_a_note(views: list[MapView]) -> None:
    told = set()
    for view in views:
        for note, row in zip(notes(map_page.data_table(view, DEFAULT)), view.rows, strict=True):
            figure = row.figure
            own = figure.caveat if figure and figure.caveat not in view.caveats else ""
            readings = figure.other_readings if figure else ()
            assert bool(note) == bool(own or readings)
            assert plain(own) in plain(note)
            for reading in readings:
                assert plain(reading) in plain(note)
                assert "Autre lecture publiée" in note
            told.add((bool(own), bool(readings)))
    assert told >= {(False, False), (True, False)}


def test_a_shared_caveat_is_told_above_and_not_in_every_row(view: MapView) -> None:
    shared = replace(view, caveats=(*view.caveats, "Réserve commune."))
    with_caveat = tuple(
        replace(row, figure=replace(row.figure, caveat="Réserve commune.")) if row.figure else row
        for row in view.rows
    )
    assert set(notes(map_page.data_table(replace(shared, rows=with_caveat), DEFAULT))) == {""}
    alone = map_page.data_table(replace(view, rows=with_caveat), DEFAULT)
    assert notes(alone).count("Réserve commune.") == sum(bool(row.figure) for row in view.rows)


def test_another_published_reading_is_in_the_note_of_its_row(view: MapView) -> None:
    changed = tuple(
        replace(row, figure=replace(row.figure, caveat="", other_readings=("46 %", "64 %")))
        if row.id == NORMANDIE
        else row
        for row in view.rows
    )
    found = [n for n in notes(map_page.data_table(replace(view, rows=changed), DEFAULT)) if n]
    assert "Autre lecture publiée : 46 % ; 64 %" in {plain(note) for note in found}


def test_the_caption_says_simulated_or_real_in_the_demonstration_and_gives_france(
    views: list[MapView],
) -> None:
    for view in views:
        simulated = view.indicator.nature is Nature.ENQUETE or view.level is Level.ZONE
        mark = "Démonstration, données simulées – " if simulated else "Donnée réelle – "
        expected = view.title if view.dataset is Dataset.PUBLIE else mark + view.title
        expected += f" · France : {view.national.text}" if view.national else ""
        assert plain(caption(map_page.data_table(view, DEFAULT))) == plain(expected)


def test_only_a_table_of_official_figures_goes_without_a_watermark(views: list[MapView]) -> None:
    seen = set()
    for view in views:
        (table,) = tags(map_page.data_table(view, DEFAULT), "table")
        real = "reelle" in table["class"].split()
        survey = view.indicator.nature is Nature.ENQUETE
        assert real == (not survey and view.level is not Level.ZONE)
        seen.add(real)
    assert seen == {True, False}


def test_the_territory_in_view_is_marked_in_the_table(view: MapView) -> None:
    table = map_page.data_table(view, replace(DEFAULT, territory=NORMANDIE))
    marks = [tag.get("class") for tag in tags(table, "tr")][1:]
    assert [row.name for row, mark in zip(view.rows, marks, strict=True) if mark] == ["Normandie"]
    for elsewhere in (None, TerritoryId(Level.COMMUNE, "53130")):
        table = map_page.data_table(view, replace(DEFAULT, territory=elsewhere))
        assert "choisi" not in table


# The summary


def summarise(view: MapView, territory: TerritoryId | None) -> str:
    return map_page.summary(view, replace(DEFAULT, territory=territory), (), PARTIAL)


def own_lines(summary: str) -> str:
    """Read a summary without the card that opens on demand."""
    return plain(read(re.sub(r"<template.*?</template>", "", summary, flags=re.DOTALL)).text)


@pytest.mark.parametrize(
    ("level", "words"), [(Level.REGION, "une région"), (Level.DEPARTEMENT, "un département")]
)
@pytest.mark.parametrize("territory", [None, TerritoryId(Level.COMMUNE, "53130")])
def test_without_a_territory_of_this_map_the_reader_is_told_how_to_choose_one(
    view: MapView, level: Level, words: str, territory: TerritoryId | None
) -> None:
    text = read(summarise(replace(view, level=level), territory)).text
    assert f"Choisissez {words}" in text
    assert all(way in text for way in ("souris", "doigt", "Tab", "Entrée"))


def test_each_state_is_summed_up_in_its_words(views: list[MapView]) -> None:
    seen = set()
    for view in views:
        rows_by_state = {row.state: row for row in view.rows}
        for state, row in rows_by_state.items():
            summary = summarise(view, row.id)
            check_harmless(summary)
            text = own_lines(summary)
            assert plain(row.name) in text
            assert plain(view.indicator.label) in text
            assert ("intervalle à 95 %" in text) == bool(row.figure and row.figure.interval)
            assert ("aucune valeur publiée" in text) == (row.figure is None)
            if row.figure:
                assert plain(row.figure.text) in text
                assert len(tags(summary, "template")) == 1
            if view.national:
                assert f"France : {plain(view.national.text)}" in text
            for flag, words in SHORT_DIFFERENCES.items():
                said = words if flag is not Flag.NON_SIGNIFICATIF else "pas de différence établie"
                assert (said in text) == (row.difference is flag)
            seen.add(state)
    assert seen == set(State)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.INDICATIF, "précision : indicative"),
        (State.IMPRECIS, "précision : trop imprécise"),
        (State.SUPPRIME, "effectif insuffisant"),
    ],
)
def test_the_summary_says_how_far_a_value_can_be_trusted(
    simulated: MapView, state: State, words: str
) -> None:
    row = next(row for row in simulated.rows if row.state is state)
    text = own_lines(summarise(simulated, row.id))
    assert words in text
    assert "donnée simulée" in text


def test_the_summary_of_an_unknown_sample_says_so_and_compares_nothing(view: MapView) -> None:
    text = own_lines(summarise(view, NORMANDIE))
    assert "effectif non communiqué" in text
    assert "intervalle" not in text
    assert "plus " not in text
    assert "simulée" not in text


def test_a_real_figure_seen_in_the_demonstration_is_said_real(views: list[MapView]) -> None:
    for view in views:
        if view.indicator.nature is Nature.ENQUETE:
            continue
        row = next(row for row in view.rows if row.figure)
        said = "donnée réelle" in own_lines(summarise(view, row.id))
        zone = view.level is Level.ZONE
        assert said == (view.dataset is Dataset.DEMONSTRATION and not zone)
        assert ("donnée simulée" in own_lines(summarise(view, row.id))) == zone


@pytest.mark.parametrize(
    ("actors", "note", "words"),
    [
        ((), PARTIAL, "0 acteur recensé ici (liste non exhaustive)."),
        ((1,), PARTIAL, "1 acteur recensé ici (liste non exhaustive)."),
        ((7,), PARTIAL, "7 acteurs recensés ici (liste non exhaustive)."),
        ((7,), COMPLETE, "7 acteurs recensés ici."),
    ],
)
def test_actors_are_counted_and_an_incomplete_list_is_said_so(
    view: MapView, actors: Sequence[int], note: ListNote, words: str
) -> None:
    counts = [ActorCount(NORMANDIE, "Normandie", total, 0, ()) for total in actors]
    counts.append(ActorCount(BRETAGNE, "Bretagne", 99, 0, ()))
    summary = map_page.summary(view, replace(DEFAULT, territory=NORMANDIE), counts, note)
    assert words in own_lines(summary)
    (link,) = [a for a in tags(summary, "a") if a["class"] == "bouton plein"]
    assert link["href"] == "/territoire?territoire=region-28"


# Caveats, sources, hostile texts


def test_caveats_are_listed_and_nothing_is_said_without_any(view: MapView) -> None:
    piece = map_page.caveats(replace(view, caveats=("Une.", "Deux.")))
    assert re.findall(r"<li>(.*?)</li>", piece) == ["Une.", "Deux."]
    assert map_page.caveats(replace(view, caveats=())) == ""


@pytest.mark.parametrize(
    ("number", "label", "more"),
    [(1, "Source :", ""), (2, "Sources :", ""), (3, "Sources :", "1 autre"), (5, "S", "3 autres")],
)
def test_two_sources_are_named_and_the_others_counted(
    view: MapView, number: int, label: str, more: str
) -> None:
    some = tuple(replace(view.sources[0], title=f"Titre {i}", url="") for i in range(number))
    piece = map_page.sources(replace(view, sources=some))
    text = plain(read(piece).text)
    assert text.startswith(label)
    assert [f"Titre {i}" in text for i in range(number)] == [i < 2 for i in range(number)]
    assert [link["href"] for link in tags(piece, "a")] == (["/sources"] if more else [])
    assert more in text


def test_no_source_is_said_so(view: MapView) -> None:
    assert "aucune valeur publiée" in read(map_page.sources(replace(view, sources=()))).text


def test_hostile_texts_of_the_data_are_only_text(view: MapView, simulated: MapView) -> None:
    for real in (view, simulated):
        hostile = replace(
            real,
            indicator=poison(real.indicator),
            rows=tuple(poisoned(row) for row in real.rows),
            sources=tuple(poison(source) for source in real.sources),
            national=poison(real.national),
            caveats=(HOSTILE,),
            title=HOSTILE,
        )
        selection = replace(DEFAULT, territory=next(r.id for r in real.rows if r.figure))
        for piece in (
            map_page.data_table(hostile, selection),
            map_page.summary(hostile, selection, (), PARTIAL),
            map_page.caveats(hostile),
            map_page.sources(hostile),
        ):
            check_harmless(piece)
            assert HOSTILE in read(piece).text


def poisoned(row: Row) -> Row:
    return replace(row, name=HOSTILE, figure=poison(row.figure) if row.figure else None)


def test_every_grade_and_fiabilite_is_written_in_words(simulated: MapView) -> None:
    texts = {text for cell in cells(map_page.data_table(simulated, SIMULATED)) for text in cell}
    graded = {row.figure.precision for row in simulated.rows if row.figure and row.figure.interval}
    assert graded > {Precision.PRECISE, Precision.INDICATIVE}
    assert {grade.value for grade in graded} <= texts
    ambiguous = tuple(
        replace(row, figure=replace(row.figure, fiabilite=Fiabilite.AMBIGUE)) if row.figure else row
        for row in simulated.rows
    )
    table = map_page.data_table(replace(simulated, rows=ambiguous), SIMULATED)
    assert {cell[-1] for cell in cells(table)} == {"source ambiguë ou contredite"}


def test_the_table_is_the_same_in_every_mode(
    demonstration: Published, directory: Directory
) -> None:
    tables = {
        map_page.data_table(
            build_map_view(replace(SIMULATED, mode=mode), demonstration, directory), SIMULATED
        )
        for mode in Mode
    }
    assert len(tables) == 1


MAYENNE = TerritoryId(Level.DEPARTEMENT, "53")
COMMUNES = Selection("population_municipale", "2026", level=Level.COMMUNE)


def asked(link: str | None) -> dict[str, str]:
    address, _, query = (link or "").partition("?")
    assert address == "/carte"
    return dict(parse_qsl(query))


def test_the_way_out_of_a_zoom_goes_up_to_the_country_and_changes_nothing_else(
    directory: Directory,
) -> None:
    trail = map_page.trail(crumbs(MAYENNE, directory))
    check_harmless(trail)
    # The country is named: the browser would complete the link with the limit in view.
    assert [asked(link["href"]) for link in tags(trail, "a")] == [
        {"dans": "pays-FR"},
        {"dans": "region-52"},
    ]
    assert read(trail).text == "FrancePays de la LoireMayenne"
    assert [t.get("aria-current") for t in tags(trail, "span")] == ["true"]


def test_the_summary_leads_down_to_each_finer_level(
    published: Published, directory: Directory
) -> None:
    selection = Selection("population_municipale", "2026", level=Level.DEPARTEMENT)
    view = build_map_view(selection, published, directory)
    below = descents(MAYENNE, offered_layers(published), directory)
    seen = replace(selection, territory=MAYENNE)
    summary = map_page.summary(view, seen, (), PARTIAL, below)
    links = [link for link in tags(summary, "a") if link["href"].startswith("/carte?")]
    assert [asked(link["href"]) for link in links] == [
        {"niveau": "epci", "dans": "departement-53"},
        {"niveau": "commune", "dans": "departement-53"},
    ]
    text = plain(read(summary).text)
    assert "Descendre d’un niveau : 10 intercommunalités · 240 communes" in text
    assert "Descendre" not in map_page.summary(view, seen, (), PARTIAL)


def test_a_hostile_name_stays_text_on_the_way_in_and_out(
    published: Published, directory: Directory
) -> None:
    selection = replace(COMMUNES, within=MAYENNE)
    poisoned = [poison(territory) for territory in crumbs(MAYENNE, directory)]
    check_harmless(map_page.trail(poisoned))
    view = poison(build_map_view(selection, published, directory))
    (row, *_) = view.rows
    below = descents(MAYENNE, [Layer(Level.COMMUNE)], directory)
    check_harmless(map_page.ways_down(row, below))
    check_harmless(map_page.data_table(view, selection))


def test_the_table_of_all_communes_keeps_the_hundred_largest_and_says_so(
    published: Published, directory: Directory
) -> None:
    view = build_map_view(COMMUNES, published, directory)
    chosen = replace(COMMUNES, territory=TerritoryId(Level.COMMUNE, "69123"))
    table = map_page.data_table(view, chosen)
    assert rows(table) == 100
    assert plain(caption(table)).startswith(
        "Population municipale – ensemble du territoire, 2026 – les 100 communes les plus peuplées "
        "sur 34 875 ; zoomez sur un département pour les avoir toutes"
    )
    names = [line[0] for line in cells(table)]
    assert names[:3] == ["Paris (75056)", "Marseille (13055)", "Lyon (69123)"]
    numbers = [int(re.sub(r"\D", "", line[1])) for line in cells(table)]
    assert numbers == sorted(numbers, reverse=True)
    (marked,) = [tag for tag in tags(table, "tr") if tag.get("class") == "choisi"]
    assert marked


def test_the_table_of_a_departement_has_all_its_communes(
    published: Published, directory: Directory
) -> None:
    view = build_map_view(replace(COMMUNES, within=MAYENNE), published, directory)
    table = map_page.data_table(view, COMMUNES)
    assert rows(table) == 240
    assert "plus peuplées" not in caption(table)
    assert "en Mayenne" not in caption(table), "without forms of names"
    assert "dans le territoire" in plain(caption(table))


def test_the_way_down_to_the_zones_of_a_zoning_names_it(
    demonstration: Published, zoned: Directory
) -> None:
    seen = replace(SIMULATED, territory=BRETAGNE)
    view = build_map_view(SIMULATED, demonstration, zoned)
    below = descents(BRETAGNE, [Layer(Level.ZONE, "demo_pays_petr")], zoned)
    summary = map_page.summary(view, seen, (), COMPLETE, below)
    (link,) = [link for link in tags(summary, "a") if link["href"].startswith("/carte?")]
    assert asked(link["href"]) == {
        "niveau": "zone",
        "zonage": "demo_pays_petr",
        "dans": "region-53",
    }
