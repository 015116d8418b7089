"""The slides of a presentation: each of its steps, in order, one slide or a few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from territoires.domain.indicators import Source
from territoires.domain.selection import Dataset
from territoires.domain.story import Step, StepKind, Story
from territoires.render.slides import (
    About,
    ChartSlide,
    Deck,
    MapSlide,
    Slide,
    TextSlide,
    TitleSlide,
    answer_slides,
    build_slides,
    catalyst_slides,
    changes_slides,
    comparison_slides,
    landmark_slides,
    map_slides,
    next_step_slides,
    text_slides,
    title_slides,
)
from territoires.render.slides.actors import MAX_LISTED
from territoires.render.slides.deck import say_sources
from territoires.render.slides.figures import title_of
from territoires.render.slides.steps import FIRST_QUESTIONS
from territoires.render.story_views import (
    NO_TERRITORY,
    OTHER_SET,
    PressOf,
    Side,
    actors_of,
    compared,
    map_views,
    next_steps_of,
    read_sides,
)
from territoires.views.citation import (
    cite_catalysts,
    cite_changes,
    cite_comparison,
    cite_figures,
)
from territoires.views.datasets import EDITIONS
from territoires.views.french import NBSP, format_source_date
from territoires.views.landmarks import build_theme_view
from territoires.views.map_view import MapView
from territoires.views.portrait_steps import build_portrait_steps

_UNTITLED, _SOURCES, _TWICE = "Sans titre", "Sources de cette présentation", 2


def story_slides(story: Story, press_of: PressOf, day: date) -> bytes:
    """Make the slides of a presentation (PPTX); each is marked after its own set of data."""
    return build_slides(story_deck(story, press_of, day))


def story_deck(story: Story, press_of: PressOf, day: date) -> Deck:
    """Choose the slides of a presentation: those of its steps, then the sources of all of them."""
    read = [read_sides(step, press_of) for step in story.steps]
    dataset = _set_of(side.press.published.dataset for sides in read for side in sides if side)
    slides: list[Slide] = []
    sources: list[Source] = []
    for step, sides in zip(story.steps, read, strict=True):
        if not step.kind.is_view:
            slides += _of_words(step, dataset)
            continue
        for part in _of_view(step, sides, dataset):
            slides += part.slides
            sources += part.sources
    title = story.title.strip()
    if (title or not slides) and not isinstance(slides[0] if slides else None, TitleSlide):
        slides = [*title_slides(title or _UNTITLED, "", dataset), *slides]
    slides += _list_sources(sources, dataset)
    return Deck(title or _UNTITLED, dataset, tuple(_apart(slides)), day, "Présentation")


def _set_of(datasets: Iterable[Dataset]) -> Dataset:
    """Give the set of data that marks a whole: one that must be marked if it holds any."""
    return next((one for one in datasets if one is not Dataset.PUBLIE), Dataset.PUBLIE)


def _of_words(step: Step, dataset: Dataset) -> tuple[Slide, ...]:
    write = title_slides if step.kind is StepKind.TITRE else text_slides
    return write(step.title or _UNTITLED, step.text, dataset)


@dataclass(frozen=True, slots=True)
class _Part:
    """The slides of a view, and the sources of what they show."""

    slides: Sequence[Slide]
    sources: Sequence[Source] = ()


def _of_view(step: Step, sides: Sequence[Side | None], dataset: Dataset) -> list[_Part]:
    """Give the slides of a view, then those of what stands beside it, each named after its own."""
    known = [side for side in sides if side]
    views = iter(map_views(known) if step.kind is StepKind.CARTE and known else ())
    parts: list[_Part] = []
    for side in sides:
        if side is None:
            if not parts:
                parts.append(_Part(text_slides(step.title or _UNTITLED, OTHER_SET, dataset)))
            continue
        title = step.title
        if title and len(sides) > 1 and side.name != title:
            title = f"{title}{NBSP}: {side.name}"
        own = _map(side, next(views)) if step.kind is StepKind.CARTE else _BODIES[step.kind](side)
        said = step.text if side is known[0] else ""
        parts.append(replace(own, slides=_introduce(own.slides, title, (said, *side.notices))))
    return parts


def _in_line(text: str) -> str:
    """Write lines as sentences that follow one another."""
    lines = (line.strip() for line in text.splitlines())
    return " ".join(line if line[-1] in ".!?…:;" else f"{line}." for line in lines if line)


def _introduce(slides: Sequence[Slide], title: str, words: Iterable[str]) -> list[Slide]:
    """Give the first slide of a view the title of its step, and what is said of it."""
    first, *others = slides
    # The question of a chart stands above it, even when the step has another title.
    asked = first.title if title and isinstance(first, ChartSlide) and not first.sentence else ""
    told = " ".join(_in_line(text) for text in (asked, *words) if text)
    if isinstance(first, MapSlide):
        sentence = f"{told} {first.drawn.sentence}".strip()
        drawn = replace(first.drawn, sentence=sentence)
        return [replace(first, title=title, drawn=drawn), *others]
    first = replace(first, title=title or first.title)
    if isinstance(first, TextSlide):
        return [replace(first, lead=f"{told} {first.lead}".strip()), *others]
    if isinstance(first, TitleSlide):
        return [first, *others]
    return [replace(first, sentence=f"{told} {first.sentence}".strip()), *others]


def _map(side: Side, view: MapView) -> _Part:
    drawn = side.press.drawn(view, side.selection.territory, is_thin=True)
    return _Part(map_slides(drawn), view.sources)


def _territory(side: Side) -> _Part:
    press, territory = side.press, side.selection.territory
    if territory is None:
        return _Part(text_slides(side.name, NO_TERRITORY, press.published.dataset))
    portrait = press.portraits.build(territory)
    steps = build_portrait_steps(portrait, press.published.kit, side.selection.answers)
    sources = [answer.figure.source for answer in portrait.answers if answer.figure]
    return _Part(answer_slides(portrait, steps, press.taken), sources)


def _comparison(side: Side) -> _Part:
    view, changes = compared(side)
    if changes is None:
        cited = cite_comparison(view, side.press.taken)
        return _Part(comparison_slides(view, notes=(cited.line,)), cited.sources)
    cited = cite_changes(changes, side.press.taken)
    return _Part(changes_slides(changes, notes=(cited.line,)), cited.sources)


def _landmarks(side: Side) -> _Part:
    view = build_theme_view(side.press.published, side.selection.theme)
    figures = [one.figure for one in view.counted]
    cited = cite_figures(view.dataset, view.theme.label, figures, side.press.taken)
    charts = view.questions[:FIRST_QUESTIONS]
    drawn = [one.figure.source for question in charts for one in question.landmarks]
    slides = landmark_slides(view, notes=(cited.line,), is_short=True)
    return _Part(slides, drawn or cited.sources)


def _catalysts(side: Side) -> _Part:
    view, published = actors_of(side), side.press.published
    cited = cite_catalysts(view, published, side.press.taken)
    shown = [one.catalyst for one in view.placed[:MAX_LISTED]]
    return _Part(
        catalyst_slides(view, published, notes=(cited.line,)),
        [published.sources[actor.source_id] for actor in shown],
    )


def _agir(side: Side) -> _Part:
    published = side.press.published
    return _Part(next_step_slides(next_steps_of(side), published.dataset, published.kit))


_BODIES: Mapping[StepKind, Callable[[Side], _Part]] = {
    StepKind.TERRITOIRE: _territory,
    StepKind.COMPARER: _comparison,
    StepKind.REPERES: _landmarks,
    StepKind.CATALYSEURS: _catalysts,
    StepKind.AGIR: _agir,
}


def _list_sources(sources: Sequence[Source], dataset: Dataset) -> tuple[Slide, ...]:
    """List the sources of every slide at the end, each once; their addresses are in the notes."""
    known = tuple(dict.fromkeys(sources))
    items = dict.fromkeys(f"{one.title}, {format_source_date(one.date)}" for one in known)
    if not items:
        return ()
    told = About(mark=EDITIONS[dataset].watermark, notes=say_sources(known))
    return (TextSlide(_SOURCES, tuple(("", item) for item in items), about=told),)


def _apart(slides: Sequence[Slide]) -> list[Slide]:
    """Number the slides that would have the title of another: a title is how one is found."""
    seen: dict[str, int] = {}
    apart: list[Slide] = []
    for slide in slides:
        title = title_of(slide) if isinstance(slide, MapSlide) else slide.title
        seen[title] = number = seen.get(title, 0) + 1
        # A comparison after the map of the same figures.
        other = "le graphique" if isinstance(slide, ChartSlide) and number == _TWICE else number
        apart.append(slide if number == 1 else replace(slide, title=f"{title} ({other})"))
    return apart
