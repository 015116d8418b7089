"""The slides of a territory and of a story: what they hold, and what they never claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.indicators import Fiabilite
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render import slides
from territoires.render.carried import read_actors, read_roles
from territoires.render.slides import ChartSlide, TableSlide, TextSlide
from territoires.tables.published import Published
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_list import build_catalysts_view
from territoires.views.catalyst_places import build_actor_places
from territoires.views.citation import say_source
from territoires.views.comparison import build_comparison
from territoires.views.comparison_sentence import UNKNOWN_SAMPLES
from territoires.views.comparison_waves import build_changes
from territoires.views.landmarks import build_theme_view, themes_of
from territoires.views.map_view import MapView, build_map_view
from tests.render.slides.conftest import Written, write

COMPARED = tuple(TerritoryId(Level.REGION, code) for code in ("28", "53", "76"))


def titles(deck: Written) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.file.slides]


def of_kind(some, kind):
    return [slide for slide in some if isinstance(slide, kind)]


def test_a_territory_has_about_ten_slides_in_the_order_of_an_officials_questions(decks) -> None:
    for deck in decks:
        found = titles(deck)
        assert 9 <= len(found) <= 14, (deck.name, found)
        assert found[0] == deck.portrait.territory.name
        assert found[1].endswith("en quatre réponses")
        order = [
            next(i for i, title in enumerate(found) if title.startswith(start))
            for start in ("Ce qui pèse", "Où en est", "Qui est attendu", "Qui peut", "Vos pro")
        ]
        assert order == sorted(order)
        assert any(title.startswith("Sources") for title in found[-2:])


def test_without_any_survey_figure_no_survey_chart_is_drawn(decks) -> None:
    deck = next(one for one in decks if one.name == "publie region-53")
    assert not deck.portrait.shared.surveys
    assert not [title for title in titles(deck) if "enquêtes" in title]
    assert not of_kind(deck.deck.slides, ChartSlide)


def test_a_figure_without_a_known_sample_is_hollow_and_not_compared(decks) -> None:
    deck = next(one for one in decks if one.name == "publie region-28")
    (chart,) = of_kind(deck.deck.slides, ChartSlide)
    assert all(bar.is_hollow for series in chart.chart.series for bar in series.bars if bar)
    assert "effectif non communiqué" in chart.key
    assert "autre formulation" in chart.key


def test_doubtful_figures_bear_a_star_that_is_explained(decks) -> None:
    for deck in decks:
        for slide in of_kind(deck.deck.slides, TableSlide):
            starred = any("\u00a0*" in cell for row in slide.rows for cell in row)
            assert starred <= ("source ambiguë ou contredite" in slide.key.lower())


def test_what_is_hidden_is_not_on_the_slides(decks) -> None:
    deck = next(one for one in decks if one.name == "demonstration departement-976")
    ladder = next(s for s in of_kind(deck.deck.slides, ChartSlide) if "Où en est" in s.title)
    assert [series.name for series in ladder.chart.series] == ["France"]
    assert ladder.key.startswith("Barres : France.")
    assert all("effectif insuffisant" in row for row in ladder.chart.rows)


def test_a_slide_of_a_territory_cites_the_sources_of_what_it_shows_and_no_others(decks) -> None:
    deck = next(one for one in decks if one.name == "publie commune-53130")
    told = {slide.title: slide.about for slide in deck.deck.slides if hasattr(slide, "about")}
    cover = told["Laval"].sources
    assert len(cover) == 1
    assert cover[0].startswith("Code officiel géographique 2026")
    roles = deck.portrait.shared.roles.sources
    assert list(told["Qui est attendu, et sur quoi"].sources) == [say_source(s) for s in roles]
    for title in ("Qui est attendu, et sur quoi", "Qui peut aider"):
        assert not any("Insee" in note for note in told[title].notes if "Source" in note)
        assert any(note.startswith(f"Laval, {title[0].lower()}") for note in told[title].notes)


def test_the_slide_of_the_roles_and_that_of_the_actors_are_those_of_the_sheet(
    decks, published
) -> None:
    deck = next(one for one in decks if one.name == "publie commune-53130")
    slides_of = {slide.title: slide for slide in deck.deck.slides}
    read = read_roles(deck.portrait.shared.roles)
    roles = slides_of["Qui est attendu, et sur quoi"]
    assert sorted(roles.rows) == sorted((label, *cells) for label, cells in read.rows)
    silent = len(deck.portrait.shared.roles.domains) - len(read.rows)
    assert f"{silent}\u00a0autres domaines" in roles.key
    found = read_actors(deck.portrait, published)
    rows = slides_of["Qui peut aider"].rows
    assert rows[0][0] == found.outside[0].name
    assert rows[-1][3] == "lieu précis non publié"


def test_a_partial_list_of_actors_is_said_to_be_partial(decks) -> None:
    for deck in decks:
        if deck.portrait.dataset is not Dataset.PUBLIE:
            continue
        slide = next(s for s in deck.deck.slides if s.title == "Qui peut aider")
        told = slide.key if isinstance(slide, TableSlide) else slide.lead
        assert "partielle" in told


def test_the_answers_of_the_page_are_those_of_the_slide(decks) -> None:
    for deck in decks:
        cards = deck.deck.slides[1].cards
        assert [card.text for card in cards[:3]] == [a.text for a in deck.portrait.answers]
        assert len(cards) == 4


@pytest.fixture(scope="module")
def compared(simulated: MapView, names: Mapping[TerritoryId, NameForms]):
    seen = Selection(simulated.indicator.indicator_id, "2025", simulated.dataset, compared=COMPARED)
    return build_comparison(seen, simulated, names)


def test_a_comparison_is_a_chart_then_the_same_as_a_table(compared) -> None:
    chart, table = slides.comparison_slides(compared, notes=("À citer.",))
    bars = chart.chart.series[0].bars
    assert [bar.value for bar in bars[:-1]] == [round(row.figure.value) for row in compared.rows]
    assert chart.chart.rows[-1] == "France"
    assert [row[0] for row in table.rows] == [*(row.name for row in compared.rows), "France"]
    assert "À citer." in chart.about.notes
    assert chart.about.mark


def test_territories_without_figures_are_a_table_alone(
    view: MapView, names: Mapping[TerritoryId, NameForms]
) -> None:
    seen = Selection(view.indicator.indicator_id, view.wave, compared=COMPARED[1:2])
    (slide,) = slides.comparison_slides(replace(build_comparison(seen, view, names), national=None))
    assert isinstance(slide, TableSlide)
    assert slide.sentence


def test_unknown_samples_are_told_under_the_table(
    view: MapView, names: Mapping[TerritoryId, NameForms]
) -> None:
    seen = Selection(view.indicator.indicator_id, view.wave, compared=COMPARED)
    chart, table = slides.comparison_slides(build_comparison(seen, view, names))
    assert UNKNOWN_SAMPLES in table.key
    *rows, france = table.rows
    assert all("non comparable" in row[2] for row in rows if row[1] != "–")
    assert france == ("France (autre formulation)", "87\u00a0%", "–")
    assert not any("France" in row for row in chart.chart.rows)
    assert "La France a répondu à une autre formulation" in chart.key


def test_a_table_without_any_test_has_no_empty_column_and_says_why(
    published: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    seen = Selection("taux_pauvrete", "2021", compared=COMPARED)
    poverty = build_map_view(seen, published, directory, names)
    _, table = slides.comparison_slides(build_comparison(seen, poverty, names))
    assert table.headings == ("Territoire", "Valeur")
    assert {len(row) for row in table.rows} == {len(table.widths)} == {2}
    assert "Aucun test par rapport à la France" in table.key


def test_two_waves_are_two_series_with_their_verdicts(
    compared, simulated: MapView, demonstration: Published, directory: Directory, names
) -> None:
    seen = Selection(simulated.indicator.indicator_id, "2023", demonstration.dataset)
    other = build_map_view(seen, demonstration, directory)
    changes = build_changes(compared, other, demonstration, names)
    (slide,) = slides.changes_slides(changes)
    assert [series.name for series in slide.chart.series] == ["2023", "2025"]
    after = [bar and bar.value for bar in slide.chart.series[1].bars]
    assert after == [line.after and round(line.after.value) for line in changes.lines]


def test_every_theme_of_the_landmarks_makes_slides(datasets) -> None:
    for data in datasets:
        for theme in themes_of(data):
            view = build_theme_view(data, theme.slug)
            some = slides.landmark_slides(view)
            assert some
            assert len(of_kind(some, ChartSlide)) == len(view.questions)
            doubtful = [x for x in view.landmarks if x.figure.fiabilite is Fiabilite.AMBIGUE]
            notes = " ".join(note for slide in some for note in slide.about.notes)
            assert all(item.readings[0] in notes for item in view.contradictions)
            assert not doubtful or notes


def test_catalysts_are_those_of_the_page_in_its_order(
    published: Published, directory: Directory
) -> None:
    index = build_catalyst_index(published, directory, build_actor_places(published, directory))
    laval = TerritoryId(Level.COMMUNE, "53130")
    view = build_catalysts_view(Selection("", "", territory=laval), published, directory, index)
    (slide,) = slides.catalyst_slides(view, published)
    assert [row[0] for row in slide.rows] == [
        a.catalyst.name for a in view.placed[: len(slide.rows)]
    ]
    assert view.note.caveat in slide.about.notes[0]
    assert slide.title.endswith("autour de Laval")
    assert slide.sentence.startswith(f"Les {len(slide.rows)} plus proches des 74")
    bretagne = Selection("", "", within=TerritoryId(Level.REGION, "53"))
    (slide,) = slides.catalyst_slides(
        build_catalysts_view(bretagne, published, directory, index), published
    )
    # Known by its région alone: listed all the same.
    assert [row[2] for row in slide.rows] == ["Bretagne (lieu précis non publié)"]


def test_next_steps_name_their_resources_and_their_rule(decks) -> None:
    for deck in decks:
        slide = next(s for s in deck.deck.slides if s.title == "Vos prochains pas")
        assert isinstance(slide, TextSlide)
        assert any("règle" in note for note in slide.about.notes)
        assert slide.about.sources


def test_a_story_of_slides_of_all_kinds_opens(compared, simulated_deck: Written) -> None:
    some = (
        *slides.title_slides("Récit", "Sous-titre", Dataset.DEMONSTRATION),
        *slides.map_slides(simulated_deck.drawn),
        *slides.comparison_slides(compared),
        *slides.text_slides("Mots", "Un\nDeux", Dataset.DEMONSTRATION),
    )
    assert len(write(*some, dataset=Dataset.DEMONSTRATION).slides) == 5
