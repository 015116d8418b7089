"""From a deck to the bytes of a PPTX file: each slide drawn, numbered, noted, told in French."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

from territoires.render.fonts import text_width, wrap_text
from territoires.render.slides import charts, figures, sheets, template
from territoires.render.slides.deck import (
    About,
    CardsSlide,
    ChartSlide,
    Deck,
    MapSlide,
    Slide,
    TableSlide,
    TextSlide,
    TitleSlide,
)
from territoires.render.slides.markup import (
    FOOT_SIZE,
    LANGUAGE,
    MARK,
    NAMESPACES,
    SOFT,
    WHITE,
    Box,
    Run,
    body,
    emu,
    paragraph,
    plain,
    solid,
    text_box,
)
from territoires.render.slides.sheets import Sheet
from territoires.views.citation import say_licence
from territoires.views.datasets import EDITIONS, watermark_of_sets
from territoires.views.french import agree, count

_AUTHOR = "Territoires"
_FOOT_LINES = 2
_BADGE_PADDING = 8.0
_NOTES_PARTS = {"sldImg": "Diapositive", "body": "Notes"}
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
#: Letters that python-pptx takes of what a file says of itself.
_MOST_TOLD = 255


def build_slides(deck: Deck) -> bytes:
    """Write a deck as a PPTX file: 16:9, in French, everything in it native and editable.

    A table or a text too long for a slide goes on over the next ones, with the same title.
    """
    file = template.open_blank()
    for slide in deck.slides:
        for sheet in _lay_out(slide):
            _write(file, sheet)
    _tell(file, deck)
    _finish(file)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _lay_out(slide: Slide) -> list[Sheet]:
    match slide:
        case TitleSlide():
            return sheets.draw_title(slide)
        case TextSlide():
            return sheets.draw_text(slide)
        case CardsSlide():
            return sheets.draw_cards(slide)
        case ChartSlide():
            return figures.draw_chart(slide)
        case TableSlide():
            return figures.draw_table(slide)
        case MapSlide():
            return figures.draw_map(slide)


def _write(file: Any, sheet: Sheet) -> None:
    """Write one slide: its title first, as it is read first, its foot last."""
    slide = file.slides.add_slide(file.slide_layouts[sheet.layout])
    for old in list(slide.placeholders):
        old.element.getparent().remove(old.element)
    is_first = sheet.layout == template.TITLE_LAYOUT
    box = None if is_first else sheets.title_box(sheet.title)
    size = None if is_first else sheets.title_size(sheet.title)
    _add(slide, _title(sheet.title, box, size, kind="ctrTitle" if is_first else "title"))
    if sheet.layout != template.FREE_LAYOUT and sheet.body:
        kind = "subTitle" if is_first else "body"
        words = body(sheet.body).removeprefix("<p:txBody>").removesuffix("</p:txBody>")
        _add(slide, template.holder(kind, "Texte", sheet.place, words, place=1))
    _add(slide, "".join(sheet.shapes))
    if sheet.chart:
        chart, place, words = sheet.chart
        charts.add_chart(slide, chart, place, words, sheet.about.mark)
    if sheet.picture:
        _add_picture(slide, sheet.picture)
    _add(slide, _foot(sheet.about))
    slide.notes_slide.notes_text_frame.text = "\n".join(plain(text) for text in _notes(sheet))


def _add(slide: Any, shapes: str) -> None:
    """Put shapes on a slide, all parsed at once."""
    from pptx.oxml import parse_xml  # noqa: PLC0415 - slow to load, needed here only

    if shapes:
        for element in list(parse_xml(f"<p:spTree {NAMESPACES}>{shapes}</p:spTree>")):
            slide.shapes._spTree.append(element)


def _title(text: str, box: Box | None, size: float | None, *, kind: str) -> str:
    runs = Run(text, size, bold=True) if size else None
    words = (
        body([paragraph([runs])], anchor="b")
        if runs
        else f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="{LANGUAGE}"/>'
        f"<a:t>{_escaped(text)}</a:t></a:r></a:p></p:txBody>"
    )
    inner = words.removeprefix("<p:txBody>").removesuffix("</p:txBody>")
    return template.holder(kind, "Titre", box, inner)


def _escaped(text: str) -> str:
    from xml.sax.saxutils import escape  # noqa: PLC0415 - as above

    return escape(plain(text))


def _add_picture(slide: Any, picture: sheets.Picture) -> None:
    box = picture.box
    places = [emu(length) for length in (box.x, box.y, box.width, box.height)]
    shape = slide.shapes.add_picture(BytesIO(picture.data), *places)
    shape.name = "Carte"
    shape._element.nvPicPr.cNvPr.set("descr", plain(picture.words))


def _foot(about: About) -> str:
    """Write the mark of the set of data, the source, the date and the number of the slide."""
    shapes, box = "", template.FOOT_BOX
    if about.mark:
        width = text_width(plain(about.mark), FOOT_SIZE, bold=True) * 1.08 + 2 * _BADGE_PADDING
        badge = Box(box.x, box.y + 2, width, 22)
        words = paragraph([Run(about.mark, FOOT_SIZE, bold=True, colour=WHITE)], align="ctr")
        shapes = text_box("Jeu de données", badge, [words], anchor="ctr", fill=solid(MARK))
        box = Box(box.x + width + 12, box.y, box.width - width - 12, box.height)
    words = body([paragraph([Run(_foot_words(about, box.width), FOOT_SIZE, colour=SOFT)])])
    inner = words.removeprefix("<p:txBody>").removesuffix("</p:txBody>")
    shapes += template.holder("ftr", "Pied de page", box, inner, place=11)
    return shapes + template.holder("sldNum", "Numéro", None, template.NUMBER_WORDS, place=12)


def _foot_words(about: About, width: float) -> str:
    """Write the first source and the date on two lines at most; the notes hold the others."""
    if not about.sources:
        return "Territoires"
    first, *others = about.sources
    label = agree(len(about.sources), "Source", "Sources")
    rest = count(len(others), "autre") if len(others) > 1 else "une autre"
    more = f" et {rest} (voir les notes)" if others else ""
    when = f" – chiffres : {about.date}" if about.date else ""
    words = plain(first).split(" ")
    while True:
        told = f"{label} : {' '.join(words)}"
        told += more + when if len(words) == len(plain(first).split(" ")) else f"…{more}{when}"
        if len(wrap_text(plain(told), width * 0.94, FOOT_SIZE)) <= _FOOT_LINES or len(words) == 1:
            return told
        words.pop()


def _notes(sheet: Sheet) -> Sequence[str]:
    """Gather what the speaker has under the slide: what had no room, sources, caveats, method."""
    about = sheet.about
    told = [*sheet.told]
    told += [f"Jeu de données : {about.mark}."] if about.mark else []
    told += [f"Date des chiffres : {about.date}."] if about.date else []
    if about.sources:
        told.append(f"{agree(len(about.sources), 'Source', 'Sources')} :")
        told += [f"– {source}" for source in about.sources]
    return tuple(dict.fromkeys(text for text in (*told, *about.notes) if text))


def _tell(file: Any, deck: Deck) -> None:
    """Fill what the file says of itself."""
    known = file.core_properties
    editions = [EDITIONS[dataset] for dataset in deck.datasets]
    made = datetime.combine(deck.day, time())
    known.title = plain("".join((*(one.mark for one in editions), deck.title)))[:_MOST_TOLD]
    known.subject = plain(deck.subject)[:_MOST_TOLD]
    known.author = known.last_modified_by = _AUTHOR
    known.language = LANGUAGE
    known.comments = " "
    known.keywords, known.category, known.version = "Territoires, co-construction", "", ""
    known.content_status = watermark_of_sets(deck.datasets)
    known.created = known.modified = made
    known.revision = 1
    # python-pptx would cut it: the standard does not.
    words = (*(one.banner for one in editions), say_licence(deck.terms) if deck.terms else "")
    known._element.find(_DESCRIPTION).text = plain(" ".join(text for text in words if text))


def _finish(file: Any) -> None:
    """Number the shapes of each slide, and put every word in French, the notes' and the charts'."""
    for slide in file.slides:
        for rank, shape in enumerate(slide.element.iter("{*}cNvPr"), 1):
            shape.set("id", str(rank))
    for part in file.part.package.iter_parts():
        element = getattr(part, "_element", None)
        if element is None:
            continue
        if "/theme/" in part.partname:
            template.dress_theme(part)
        if str(element.tag).endswith(("}notes", "}notesMaster")):
            _dress_notes(element)
        for name in ("rPr", "defRPr", "endParaRPr"):
            for look in element.iter(f"{_DRAWING}{name}"):
                look.set("lang", LANGUAGE)
        for words in element.iter(f"{_DRAWING}r"):
            if words.find(f"{_DRAWING}rPr") is None:
                words.insert(0, words.makeelement(f"{_DRAWING}rPr", {"lang": LANGUAGE}))


def _dress_notes(element: Any) -> None:
    """Name in French what holds the notes, and leave out what is empty."""
    is_master = element.tag.endswith("}notesMaster")
    for shape in list(element.iter("{*}sp")):
        kind = shape.find(".//{*}ph").get("type", "body")
        shape.find(".//{*}cNvPr").set("name", _NOTES_PARTS.get(kind, "Texte"))
        if not is_master and kind not in _NOTES_PARTS:
            shape.getparent().remove(shape)
    for text in element.iter(f"{_DRAWING}t") if is_master else ():
        text.text = _NOTES_PARTS["body"]
