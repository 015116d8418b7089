"""The file itself: sound parts, nothing of the default template, French, one title per slide."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from lxml import etree
from pypdf import PdfReader

from territoires.render.slides.markup import FONT
from territoires.views.datasets import EDITIONS, REAL_WATERMARK
from tests.render.slides.conftest import Written, texts

ENGLISH = re.compile(
    rb"Click to edit|Master title|Title Slide|Second level|Slide Number|On-screen|Steve Canny|"
    rb"Calibri|en-US|Placeholder \d|generated using python-pptx"
)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def test_every_part_is_well_formed_and_every_relation_leads_to_a_part(decks) -> None:
    for deck in decks:
        content = parts(deck.data)
        for name, data in content.items():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(data)
            if name.endswith(".rels"):
                folder = dirname(dirname(name))
                for rel in etree.fromstring(data):
                    assert rel.get("TargetMode") != "External", deck.name
                    target = rel.get("Target")
                    path = target.lstrip("/") if target[0] == "/" else join(folder, target)
                    assert normpath(path) in content, (deck.name, name, target)


def test_nothing_of_the_default_template_is_left(decks) -> None:
    for deck in decks:
        content = parts(deck.data)
        for name, data in content.items():
            assert not ENGLISH.search(data), (deck.name, name, ENGLISH.search(data))
        assert not [name for name in content if "thumbnail" in name or "printer" in name]
        assert len([name for name in content if "/slideLayout" in name and "rels" not in name]) == 3


def test_shapes_of_a_slide_have_numbers_of_their_own(decks) -> None:
    for deck in decks:
        for slide in deck.file.slides:
            ids = [shape.get("id") for shape in slide.element.iter("{*}cNvPr")]
            assert len(ids) == len(set(ids))
            assert "0" not in ids


def test_each_slide_has_a_title_and_no_empty_placeholder(decks) -> None:
    for deck in decks:
        titles = [slide.shapes.title.text_frame.text for slide in deck.file.slides]
        assert all(titles)
        assert len(set(titles)) == len(titles), deck.name
        for slide in deck.file.slides:
            assert slide.shapes[0].placeholder_format.type in (1, 3)
            assert all(holder.text_frame.text for holder in slide.placeholders)


def test_slides_are_wide_numbered_and_in_a_font_that_every_computer_has(decks) -> None:
    for deck in decks:
        assert deck.file.slide_width / deck.file.slide_height == pytest.approx(16 / 9)
        for slide in deck.file.slides:
            fields = list(slide.element.iter("{*}fld"))
            assert [field.get("type") for field in fields] == ["slidenum"]
        themes = [data for name, data in parts(deck.data).items() if "theme1.xml" in name]
        assert FONT.encode() in themes[0]


def test_every_run_is_said_to_be_french(decks) -> None:
    for deck in decks:
        for name, data in parts(deck.data).items():
            if re.search(r"slides/slide|notesSlide|charts/chart", name) and name.endswith(".xml"):
                for run in etree.fromstring(data).iter("{*}r"):
                    assert run.find("{*}rPr").get("lang") == "fr-FR", (deck.name, name)


def test_the_mark_of_the_set_stands_on_every_slide_and_in_the_notes(decks) -> None:
    for deck in decks:
        marks = {EDITIONS[deck.portrait.dataset].watermark, REAL_WATERMARK}
        for slide in deck.file.slides:
            shown = set(texts(slide.shapes))
            notes = slide.notes_slide.notes_text_frame.text
            if "" in marks:
                assert REAL_WATERMARK not in shown
                assert "simulé" not in notes.lower()
            else:
                assert marks & shown, slide.shapes.title.text_frame.text
                assert any(mark in notes for mark in marks)


def test_each_slide_has_notes_with_what_to_cite(decks) -> None:
    for deck in decks:
        for slide in deck.file.slides:
            notes = slide.notes_slide.notes_text_frame.text
            assert "Territoires" in notes or "Source" in notes, slide.shapes.title.text_frame.text
        assert "extrait le 5 janvier 2026" in deck.file.slides[1].notes_slide.notes_text_frame.text


def test_the_file_says_what_it_is(decks) -> None:
    for deck in decks:
        known = deck.file.core_properties
        assert known.title == f"{EDITIONS[deck.portrait.dataset].mark}{deck.deck.title}"
        assert (known.author, known.last_modified_by, known.language) == (
            "Territoires",
            "Territoires",
            "fr-FR",
        )
        assert known.created.date() == deck.deck.day


def test_pictures_charts_tables_and_maps_are_told_in_words(decks) -> None:
    for deck in decks:
        for slide in deck.file.slides:
            for shape in slide.shapes:
                if shape.has_text_frame:
                    continue
                properties = next(shape._element.iter("{*}cNvPr"))
                assert len(properties.get("descr")) > 10, (deck.name, shape.name)


def test_nothing_stands_outside_the_slide_nor_on_its_foot(decks) -> None:
    for deck in decks:
        width, height = deck.file.slide_width, deck.file.slide_height
        for slide in deck.file.slides:
            for shape in slide.shapes:
                if not shape.width:
                    continue
                assert shape.left >= 0
                assert shape.left + shape.width <= width + 1, (deck.name, shape.name)
                foot = height if shape.is_placeholder or shape.name == "Jeu de données" else None
                limit = foot or height * 490 / 540
                assert shape.top + shape.height <= limit, (deck.name, shape.name)


def test_texts_of_the_body_are_large_enough(simulated_deck: Written) -> None:
    for slide in simulated_deck.file.slides:
        for shape in slide.shapes:
            if shape.is_placeholder and shape.placeholder_format.type in (13, 15):
                continue
            if shape.has_text_frame and shape.name != "Jeu de données":
                sizes = [r.font.size for p in shape.text_frame.paragraphs for r in p.runs]
                least = 28 if shape == slide.shapes.title else 18
                assert all(size is None or size.pt >= least for size in sizes if size), shape.name


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it_page_for_page_and_word_for_word(
    simulated_deck: Written, tmp_path: Path
) -> None:
    source = tmp_path / "deck.pptx"
    source.write_bytes(simulated_deck.data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = ["--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run(["soffice", profile, "--headless", *kind, source], check=True, timeout=120)
    pages = PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == len(simulated_deck.file.slides)
    for page, slide in zip(pages, simulated_deck.file.slides, strict=True):
        words = slide.shapes.title.text_frame.text.split()
        assert set(words) <= set(page.extract_text().split()), words
