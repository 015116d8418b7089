"""What a deck of slides is made of, before anything is written: plain values, one per slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from territoires.domain.indicators import Source
from territoires.domain.selection import Dataset
from territoires.views.citation import say_source

if TYPE_CHECKING:
    from territoires.render.drawn_map import DrawnMap


@dataclass(frozen=True, slots=True)
class About:
    """What stands under a slide and in its notes.

    ``date`` is that of the figures, in French; ``mark`` the watermark of the set of data, empty
    for the published one; ``notes`` are the caveats, the method, the citation: one paragraph each.
    """

    sources: tuple[str, ...] = ()
    date: str = ""
    mark: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TitleSlide:
    """The first slide, or that of a part: large words, and a few lines below."""

    title: str
    subtitle: str = ""
    lines: tuple[str, ...] = ()
    about: About = About()


@dataclass(frozen=True, slots=True)
class TextSlide:
    """Paragraphs; ``lead`` stands above the list, whose items may begin with a bold word."""

    title: str
    items: tuple[tuple[str, str], ...]
    lead: str = ""
    about: About = About()


@dataclass(frozen=True, slots=True)
class Card:
    """One answer: its question, its figure or few words, and what it means."""

    question: str
    answer: str
    text: str


@dataclass(frozen=True, slots=True)
class CardsSlide:
    """Answers one under the other, below a sentence."""

    title: str
    cards: tuple[Card, ...]
    sentence: str = ""
    about: About = About()


@dataclass(frozen=True, slots=True)
class Bar:
    """A value on a chart: its interval, and whether its sample is of unknown size."""

    value: float
    low: float | None = None
    high: float | None = None
    is_hollow: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart; None where a row has no value that may be drawn."""

    name: str
    colour: str
    bars: tuple[Bar | None, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars, one row per name, from zero to ``scale`` (None: as far as the values go).

    ``last_colour`` is that of the last row of a single series, where it is another kind of row
    (France under its territories).
    """

    rows: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    decimals: int = 0
    scale: float | None = None
    last_colour: str = ""


@dataclass(frozen=True, slots=True)
class ChartSlide:
    """A chart, the sentence above it and the key of its marks below."""

    title: str
    sentence: str
    chart: BarChart
    #: The chart in words, for who does not see it.
    words: str
    key: str = ""
    about: About = About()


@dataclass(frozen=True, slots=True)
class TableSlide:
    """A table; ``widths`` are shares of the slide's, numeric columns stand right.

    Its rows go on over the next slides, or, where ``is_one_page``, into the notes.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numeric: tuple[int, ...] = ()
    sentence: str = ""
    about: About = About()
    #: What must be known to read it, under it.
    key: str = ""
    is_one_page: bool = False


@dataclass(frozen=True, slots=True)
class MapSlide:
    """A map with its legend: shapes that can be edited where there are few, else a picture."""

    drawn: DrawnMap
    title: str = ""


Slide = TitleSlide | TextSlide | CardsSlide | ChartSlide | TableSlide | MapSlide


@dataclass(frozen=True, slots=True)
class Deck:
    """Slides in their order, and what the file says of itself.

    ``datasets`` are the sets of data that it shows; ``day`` is that of its making; ``terms`` are
    those under which it may be used.
    """

    title: str
    datasets: tuple[Dataset, ...]
    slides: tuple[Slide, ...]
    day: date
    subject: str = ""
    terms: str = ""


def say_sources(sources: Sequence[Source]) -> tuple[str, ...]:
    """Write sources in plain text, each once."""
    return tuple(dict.fromkeys(say_source(source) for source in sources))
