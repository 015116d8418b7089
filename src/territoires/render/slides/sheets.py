"""Slides laid out: where each thing stands, what fits, what goes on over the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from territoires.render.slides.deck import (
    About,
    BarChart,
    Card,
    CardsSlide,
    TextSlide,
    TitleSlide,
)
from territoires.render.slides.markup import (
    ACCENT,
    BODY_BOTTOM,
    BODY_WIDTH,
    INK,
    LEAST_TITLE_SIZE,
    MARGIN,
    PALE,
    SOFT,
    TEXT_SIZE,
    TITLE_SIZE,
    TITLE_TOP,
    Box,
    Run,
    clip,
    height_of,
    lines_of,
    paragraph,
    plain,
    solid,
    text_box,
)
from territoires.render.slides.template import FREE_LAYOUT, TEXT_LAYOUT, TITLE_LAYOUT

MAX_TITLE_LINES = 3
_TITLE_LINE, _TITLE_GAP = 1.2, 10.0
GAP = 10.0
#: Characters of a paragraph and of an answer, at most.
_MAX_PARAGRAPH, _MAX_CARD = 900, 480
_QUESTION_WIDTH, _CARD_PADDING, _CARD_GAP = 236.0, 8.0, 6.0
_ANSWER_SIZE = 28.0
CONTINUED = " (suite)"
#: Lines above cards, and characters of a sentence above anything, at most.
_LINES_ABOVE_CARDS, _MAX_SENTENCE = 3, 420
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a slide, and what it shows in words."""

    data: bytes
    box: Box
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One slide, ready to be written: its title, its shapes in XML, what stands at its foot.

    ``body`` are the paragraphs of the text placeholder, with its ``place``; ``told`` is what was
    cut for want of room, and stands in the notes.
    """

    layout: int
    title: str
    about: About
    shapes: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    place: Box | None = None
    chart: tuple[BarChart, Box, str] | None = None
    picture: Picture | None = None
    told: tuple[str, ...] = ()


def title_size(title: str) -> float:
    """Give the size of a title: smaller where it takes more than a line."""
    return TITLE_SIZE if _title_lines(title, TITLE_SIZE) == 1 else LEAST_TITLE_SIZE


def _title_lines(title: str, size: float) -> int:
    return lines_of(title, BODY_WIDTH, size, bold=True)


def title_box(title: str) -> Box:
    """Give the place of a title, as tall as its lines."""
    size = title_size(title)
    number = min(_title_lines(title, size), MAX_TITLE_LINES)
    return Box(MARGIN, TITLE_TOP, BODY_WIDTH, number * size * _TITLE_LINE)


def cut_title(title: str) -> str:
    """Cut a title that takes too many lines, at a word; the notes hold it whole."""
    most = _LONGEST
    words = clip(title, most)
    while _title_lines(words, LEAST_TITLE_SIZE) > MAX_TITLE_LINES:
        most -= 10
        words = clip(title, most)
    return words


#: Characters of a title, at most.
_LONGEST = 170


def top_of(title: str) -> float:
    """Give where what stands under a title begins."""
    box = title_box(title)
    return box.y + box.height + _TITLE_GAP


def draw_title(slide: TitleSlide) -> list[Sheet]:
    """Lay out the first slide: large words, what they are about, and a few lines."""
    body = [paragraph([Run(slide.subtitle, 24, colour=ACCENT)])] if slide.subtitle else []
    body += [paragraph([Run(text, colour=SOFT)], gap=6) for text in slide.lines if text]
    title = cut_title(slide.title)
    return [
        Sheet(
            TITLE_LAYOUT, title, slide.about, body=tuple(body), told=cut_words(title, slide.title)
        )
    ]


def draw_text(slide: TextSlide) -> list[Sheet]:
    """Lay out paragraphs, over as many slides as they need."""
    title = cut_title(slide.title)
    blocks = [([Run(part)], False) for part in _paragraphs(slide.lead)]
    blocks += [(_item(*item), True) for item in _split_items(slide.items)]
    heights = [height_of([runs], BODY_WIDTH - 18) + GAP for runs, _ in blocks]
    top, parts = share_out(title, heights)
    return [
        Sheet(
            TEXT_LAYOUT,
            numbered(title, number),
            slide.about,
            body=tuple(paragraph(runs, gap=GAP, bullet=bullet) for runs, bullet in blocks[part]),
            place=Box(MARGIN, top, BODY_WIDTH, BODY_BOTTOM - top),
            told=cut_words(title, slide.title),
        )
        for number, part in enumerate(parts)
    ]


def share_out(
    title: str, heights: Sequence[float], above: float = 0.0
) -> tuple[float, list[slice]]:
    """Share what stands under a title among slides; give where it begins, and each one's part.

    The title of the second slide is longer: it is measured only where there is one. ``above`` is
    the height of what stands between.
    """
    for words in (title, title + CONTINUED):
        top = top_of(words) + above
        starts, used = [0], 0.0
        for place, height in enumerate(heights):
            if place > starts[-1] and used + height > BODY_BOTTOM - top:
                starts.append(place)
                used = 0.0
            used += height
        if len(starts) == 1:
            break
    ends = [*starts[1:], len(heights)]
    return top, [slice(start, end) for start, end in zip(starts, ends, strict=True)]


def _paragraphs(text: str) -> list[str]:
    """Cut a text longer than a slide holds."""
    return wrap(plain(text), _MAX_PARAGRAPH, break_on_hyphens=False)


def _split_items(items: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    parts = []
    for strong, text in items:
        first, *others = _paragraphs(text) or [""]
        parts += [(clip(strong, _MAX_PARAGRAPH), first), *(("", other) for other in others)]
    return parts


def _item(strong: str, text: str) -> list[Run]:
    runs = [Run(strong, bold=True)] if strong else []
    return [*runs, *([Run(text)] if text else [])]


def draw_cards(slide: CardsSlide) -> list[Sheet]:
    """Lay out answers one under the other: question and figure on the left, words on the right."""
    title = cut_title(slide.title)
    cards = [replace(card, text=clip(card.text, _MAX_CARD)) for card in slide.cards]
    heights = [_card_height(card) + _CARD_GAP for card in cards]
    lines, end, left_out = sentence_above(slide.sentence, top_of(title), _LINES_ABOVE_CARDS)
    top, parts = share_out(title, heights, end - top_of(title))
    if len(parts) > 1:
        lines, _, _ = sentence_above(slide.sentence, top_of(title + CONTINUED), _LINES_ABOVE_CARDS)
    sheets = []
    for number, part in enumerate(parts):
        shapes = [*lines]
        y = top
        for card, height in zip(cards[part], heights[part], strict=True):
            shapes += _card(card, y, height - _CARD_GAP)
            y += height
        told = (*cut_words(title, slide.title), *left_out)
        told += tuple(x.text for x in slide.cards[part] if len(plain(x.text)) > _MAX_CARD)
        sheets.append(free_sheet(numbered(title, number), slide.about, shapes, told=told))
    return sheets


def _card_height(card: Card) -> float:
    left = height_of(_card_head(card), _QUESTION_WIDTH - 2 * _CARD_PADDING)
    right = height_of([[Run(card.text)]], BODY_WIDTH - _QUESTION_WIDTH - 2 * _CARD_PADDING)
    return max(left, right) + 2 * _CARD_PADDING


def _card_head(card: Card) -> list[list[Run]]:
    short = len(card.answer) <= _SHORT
    size = _ANSWER_SIZE if short else TEXT_SIZE
    return [
        [Run(card.question, bold=True, colour=ACCENT)],
        [Run(card.answer, size, bold=True, colour=INK)],
    ]


#: An answer in words is written smaller than a figure.
_SHORT = 16


def _card(card: Card, y: float, height: float) -> list[str]:
    left = Box(MARGIN, y, _QUESTION_WIDTH, height)
    right = Box(MARGIN + _QUESTION_WIDTH, y, BODY_WIDTH - _QUESTION_WIDTH, height)
    head, words = [paragraph(runs) for runs in _card_head(card)], [paragraph([Run(card.text)])]
    boxes = ((card.question, left, head), (f"{card.question} : détail", right, words))
    return [
        text_box(name, box, told, anchor="ctr", fill=solid(PALE), inset=_CARD_PADDING)
        for name, box, told in boxes
    ]


def free_sheet(
    title: str, about: About, shapes: Sequence[str], *, told: tuple[str, ...] = ()
) -> Sheet:
    """Give a slide without a text placeholder."""
    return Sheet(FREE_LAYOUT, title, about, tuple(shapes), told=told)


def numbered(title: str, number: int) -> str:
    """Name the slides that go on with what the first one began."""
    if number > 1:
        return f"{title}{CONTINUED.removesuffix(')')} {number})"
    return f"{title}{CONTINUED}" if number else title


def cut_words(shown: str, whole: str) -> tuple[str, ...]:
    """Give the whole words where less is shown, for the notes."""
    return () if shown == plain(whole) else (whole,)


def sentence_above(
    sentence: str, top: float, lines: int
) -> tuple[list[str], float, tuple[str, ...]]:
    """Write a sentence under the title; give where it ends, and what had no room."""
    if not sentence:
        return [], top, ()
    shown = _shorten(sentence, lines)
    height = height_of([[Run(shown)]], BODY_WIDTH)
    box = Box(MARGIN, top, BODY_WIDTH, height)
    written = [text_box("Phrase", box, [paragraph([Run(shown)])])]
    return written, top + height + GAP, () if shown == plain(sentence) else (sentence,)


def _shorten(text: str, lines: int) -> str:
    """Keep of a text the whole sentences that stand above a drawing; the first one, at least."""
    kept = _SENTENCE_END.split(plain(text))
    while len(kept) > 1 and lines_of(" ".join(kept), BODY_WIDTH, TEXT_SIZE) > lines:
        kept.pop()
    return clip(" ".join(kept), _MAX_SENTENCE)
