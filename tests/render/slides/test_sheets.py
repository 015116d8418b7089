"""What fits on a slide, what goes on over the next one, and hostile words that stay words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.domain.selection import Dataset
from territoires.render.slides import (
    About,
    Card,
    CardsSlide,
    TableSlide,
    TextSlide,
    text_slides,
    title_slides,
)
from territoires.render.slides.markup import clip, plain
from territoires.render.slides.sheets import MAX_TITLE_LINES, cut_title, title_box, title_size
from tests.render.slides.conftest import texts, write

HEADINGS, WIDTHS = ("Nom", "Valeur"), (3.0, 1.0)


def table_of(slide):
    return next(shape for shape in slide.shapes if shape.has_table).table


def cells(slide) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table_of(slide).rows]


def test_a_long_table_goes_on_under_the_same_headings() -> None:
    rows = tuple((f"Ligne {i}", str(i)) for i in range(40))
    slides = list(write(TableSlide("Tableau", HEADINGS, rows, WIDTHS)).slides)
    assert len(slides) > 2
    assert slides[1].shapes.title.text_frame.text == "Tableau (suite)"
    assert all(cells(slide)[0] == [*HEADINGS] for slide in slides)
    assert [tuple(row) for slide in slides for row in cells(slide)[1:]] == [*rows]


def test_a_table_of_one_page_says_how_many_rows_are_in_the_notes() -> None:
    rows = tuple((f"Ligne {i}", str(i)) for i in range(40))
    (slide,) = write(TableSlide("T", HEADINGS, rows, WIDTHS, is_one_page=True)).slides
    shown = len(cells(slide)) - 1
    assert f"{40 - shown}\u00a0autres lignes dans les notes." in " ".join(texts(slide.shapes))
    assert "Ligne 39 – 39" in slide.notes_slide.notes_text_frame.text


def test_the_mark_is_the_last_row_of_a_table_over_its_whole_width() -> None:
    slide = TableSlide("T", HEADINGS, (("a", "1"),), WIDTHS, about=About(mark="MENTION"))
    table = table_of(write(slide, dataset=Dataset.DEMONSTRATION).slides[0])
    last = table.rows[len(table.rows) - 1]
    assert last.cells[0].text == "MENTION"
    assert last.cells[0].span_width == len(HEADINGS)


def test_a_title_is_cut_at_a_word_and_told_whole_in_the_notes() -> None:
    title = "Une question très longue posée à de nombreux acteurs " * 6
    slide = write(TextSlide(title, (("", "x"),))).slides[0]
    shown = slide.shapes.title.text_frame.text
    assert shown.endswith("…")
    assert title.strip() in slide.notes_slide.notes_text_frame.text
    most = MAX_TITLE_LINES * title_size(shown) * 1.2
    assert title_box(cut_title("m" * 900)).height <= most + 1


def test_long_words_go_on_over_the_next_slides_and_none_is_lost() -> None:
    words = [f"mot{i}" for i in range(900)]
    slides = write(TextSlide("Texte", (("", " ".join(words)),))).slides
    assert len(slides) > 1
    told = " ".join(slide.placeholders[1].text_frame.text for slide in slides)
    assert told.replace("\n", " ").split() == words


def test_answers_too_long_go_on_over_the_next_slide() -> None:
    card = Card("Question", "42\u00a0%", "Une explication. " * 20)
    slides = write(CardsSlide("Réponses", (card,) * 6)).slides
    assert len(slides) > 1
    assert sum(texts(slide.shapes).count("Question\n42\u00a0%") for slide in slides) == 6


def test_a_key_and_the_rest_never_cover_the_table() -> None:
    rows = tuple((f"Ligne {i}", str(i)) for i in range(40))
    key = "Une clé de deux lignes, qui dit ce qu’il faut savoir pour lire le tableau. " * 2
    slide = write(TableSlide("T", HEADINGS, rows, WIDTHS, key=key, is_one_page=True)).slides[0]
    frame = next(shape for shape in slide.shapes if shape.has_table)
    foot = next(shape for shape in slide.shapes if shape.name == "Clé")
    assert frame.top + frame.height <= foot.top


def test_free_words_are_kept_line_by_line() -> None:
    (slide,) = write(*text_slides("Titre", "Un\n\n Deux ", Dataset.PUBLIE)).slides
    assert slide.placeholders[1].text_frame.text == "Un\nDeux"


def test_a_story_without_words_has_no_empty_placeholder() -> None:
    file = write(
        *title_slides("Titre", "", Dataset.PUBLIE), *text_slides("Seul", "", Dataset.PUBLIE)
    )
    assert all(x.text_frame.text for slide in file.slides for x in slide.placeholders)


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x07\x1b[31mrouge",
        "<script>alert(1)</script>",
        "\"' & ]]>",
        "\u202egpj.exe",
        "\ufffe😀",
    ],
)
def test_hostile_words_stay_words(text: str) -> None:
    (slide,) = write(
        TableSlide(f"T {text}", (text, "b"), ((text, text),), WIDTHS, sentence=text)
    ).slides
    assert cells(slide)[1] == [plain(text)] * 2
    assert "\u202e" not in slide.shapes.title.text_frame.text


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    file = write(
        *title_slides(f"T{text}", text, Dataset.PUBLIE),
        *text_slides(f"T{text}", text, Dataset.PUBLIE),
        TableSlide("T", ("a", text), ((text, "1"),), WIDTHS, about=About((text,), notes=(text,))),
    )
    assert len(file.slides) >= 3


@given(st.text(max_size=80), st.integers(1, 60))
def test_a_cut_text_is_no_longer_than_asked(text: str, most: int) -> None:
    assert len(clip(text, most)) <= most + 1
