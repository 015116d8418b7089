"""Slides (PPTX): a deck of French slides with native tables, charts and maps that can be edited."""

from territoires.render.slides.actors import catalyst_slides
from territoires.render.slides.comparisons import changes_slides, comparison_slides
from territoires.render.slides.deck import (
    About,
    Bar,
    BarChart,
    Card,
    CardsSlide,
    ChartSlide,
    Deck,
    MapSlide,
    Series,
    Slide,
    TableSlide,
    TextSlide,
    TitleSlide,
)
from territoires.render.slides.maps import read_slide_drawing
from territoires.render.slides.portrait import answer_slides, territory_deck
from territoires.render.slides.records import (
    funnel_slides,
    ladder_slides,
    size_slides,
    timeline_slides,
)
from territoires.render.slides.steps import (
    landmark_slides,
    map_slides,
    next_step_slides,
    text_slides,
    title_slides,
)
from territoires.render.slides.writing import build_slides

__all__ = [
    "About",
    "Bar",
    "BarChart",
    "Card",
    "CardsSlide",
    "ChartSlide",
    "Deck",
    "MapSlide",
    "Series",
    "Slide",
    "TableSlide",
    "TextSlide",
    "TitleSlide",
    "answer_slides",
    "build_slides",
    "catalyst_slides",
    "changes_slides",
    "comparison_slides",
    "funnel_slides",
    "ladder_slides",
    "landmark_slides",
    "map_slides",
    "next_step_slides",
    "read_slide_drawing",
    "size_slides",
    "territory_deck",
    "text_slides",
    "timeline_slides",
    "title_slides",
]
