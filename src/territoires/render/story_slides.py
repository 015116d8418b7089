"""The slides of a presentation: each of its steps, in order, one slide or a few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from territoires.domain.indicators import Nature, Source
from territoires.domain.selection import Dataset
from territoires.domain.story import Step, StepKind, Story
from territoires.render.press import Press
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
    NO_THEME,
    OTHER_SET,
    Side,
    ViewsOf,
    actors_of,
    compared,
    map_views,
    marked_sets,
    next_steps_of,
    portrait_of,
    read_sides,
    shows_actors,
    theme_of,
)
from territoires.views.citation import (
    Taken,
    cite,
    cite_changes,
    cite_comparison,
    cite_figures,
    name_source,
    say_licence,
)
from territoires.views.datasets import watermark_of_sets
from territoires.views.french import NBSP
from territoires.views.map_view import MapView

#: Sets of data that mark what is of the whole presentation.
Marks = tuple[Dataset, ...]

_UNTITLED, _SOURCES, _TWICE = "Sans titre", "Sources de cette présentation", 2


def story_slides(story: Story, press_of: ViewsOf[Press], day: date) -> bytes:
    """Make the slides of a presentation (PPTX); each is marked after its own set of data."""
    return build_slides(story_deck(story, press_of, day))


def story_deck(story: Story, press_of: ViewsOf[Press], day: date) -> Deck:
    """Choose the slides of a presentation: those of its steps, then the sources of all of them."""
    read = [read_sides(step, press_of) for step in story.steps]
    marks = marked_sets(story, lambda params: _dataset_of(press_of(params)))
    slides: list[Slide] = []
    sources: list[Source] = []
    for step, sides in zip(story.steps, read, strict=True):
        if not step.kind.is_view:
            slides += _of_words(step, marks)
            continue
        for part in _of_view(step, sides, marks):
            slides += part.slides
            sources += part.sources
    title = story.title.strip()
    if (title or not slides) and not isinstance(slides[0] if slides else None, TitleSlide):
        slides = [*title_slides(title or _UNTITLED, "", *marks), *slides]
    has_map = any(isinstance(slide, MapSlide) for slide in slides)
    terms = _terms(sources, marks, day, has_map=has_map)
    slides += _list_sources(sources, marks, terms)
    sets = marks or (Dataset.PUBLIE,)
    return Deck(title or _UNTITLED, sets, tuple(_apart(slides)), day, "Présentation", terms)


def _dataset_of(press: Press | None) -> Dataset | None:
    return press.published.dataset if press else None


def _terms(sources: Sequence[Source], marks: Marks, day: date, *, has_map: bool) -> str:
    """Say under what terms the whole may be used; a draft that is in it is no published figure."""
    dataset = Dataset.BROUILLON if Dataset.BROUILLON in marks else Dataset.PUBLIE
    cited = cite(dataset, Nature.ENQUETE, "", sources, Taken(day), boundaries=has_map)
    return cited.licence if sources else ""


def _of_words(step: Step, marks: Marks) -> tuple[Slide, ...]:
    write = title_slides if step.kind is StepKind.TITRE else text_slides
    return write(step.title or _UNTITLED, step.text, *marks)


@dataclass(frozen=True, slots=True)
class _Part:
    """The slides of a view, and the sources of what they show."""

    slides: Sequence[Slide]
    sources: Sequence[Source] = ()


def _of_view(step: Step, sides: Sequence[Side[Press] | None], marks: Marks) -> list[_Part]:
    """Give the slides of a view, then those of what stands beside it, each named after its own."""
    known = [side for side in sides if side]
    views = iter(map_views(known) if step.kind is StepKind.CARTE and known else ())
    parts: list[_Part] = []
    for rank, side in enumerate(sides):
        said = "" if parts else step.text
        if side is None and None in sides[:rank]:
            continue
        if side is None:
            title = step.title or (known[0].name if known else _UNTITLED)
            missing = text_slides(title, OTHER_SET, *marks)
            parts.append(_Part(_introduce(missing, title, (said,))))
            continue
        title = step.title
        if title and len(sides) > 1 and side.name != title:
            title = f"{title}{NBSP}: {side.name}"
        if step.kind is StepKind.CARTE:
            view = next(views)
            own = _map(side, view, with_actors=shows_actors(known, view))
        else:
            own = _BODIES[step.kind](side)
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


def _map(side: Side[Press], view: MapView, *, with_actors: bool) -> _Part:
    press = side.views
    actors = press.actors_on(view) if with_actors else ()
    drawn = press.drawn(view, side.selection.territory, actors=actors, is_thin=True)
    return _Part(map_slides(drawn), drawn.sources)


def _territory(side: Side[Press]) -> _Part:
    found = portrait_of(side)
    if found is None:
        return _Part(text_slides(side.name, NO_TERRITORY, side.views.published.dataset))
    portrait, steps = found
    told = [line for answer in portrait.answers for line in answer.told]
    figures = [figure for line in told for figure in (line.local, line.national)]
    sources = [figure.source for figure in figures if figure]
    return _Part(answer_slides(portrait, side.views.published, steps, side.views.taken), sources)


def _comparison(side: Side[Press]) -> _Part:
    view, changes = compared(side)
    if changes is None:
        cited = cite_comparison(view, side.views.taken)
        return _Part(comparison_slides(view, notes=cited.notes), cited.sources)
    cited = cite_changes(changes, side.views.taken)
    return _Part(changes_slides(changes, notes=cited.notes), cited.sources)


def _landmarks(side: Side[Press]) -> _Part:
    view = theme_of(side)
    if view is None:
        return _Part(text_slides(side.name, NO_THEME, side.views.published.dataset))
    figures = [one.figure for one in view.counted]
    cited = cite_figures(view.dataset, view.theme.label, figures, side.views.taken)
    charts = view.questions[:FIRST_QUESTIONS]
    drawn = [one.figure.source for question in charts for one in question.landmarks]
    slides = landmark_slides(view, notes=cited.notes, is_short=True)
    return _Part(slides, drawn or cited.sources)


def _catalysts(side: Side[Press]) -> _Part:
    view, published = actors_of(side), side.views.published
    shown = dict.fromkeys((*(one.catalyst for one in view.placed), *view.listed[:MAX_LISTED]))
    sources = [published.sources[actor.source_id] for actor in shown]
    return _Part(side.views.actor_slides(view), sources)


def _agir(side: Side[Press]) -> _Part:
    published = side.views.published
    steps = next_steps_of(side)
    # Chosen from the answers of the reader, not from a simulated figure.
    return _Part(next_step_slides(steps, published.dataset, published.kit, nature=Nature.CONTEXTE))


_BODIES: Mapping[StepKind, Callable[[Side[Press]], _Part]] = {
    StepKind.TERRITOIRE: _territory,
    StepKind.COMPARER: _comparison,
    StepKind.REPERES: _landmarks,
    StepKind.CATALYSEURS: _catalysts,
    StepKind.AGIR: _agir,
}


def _list_sources(sources: Sequence[Source], marks: Marks, terms: str) -> tuple[Slide, ...]:
    """List the sources of every slide at the end, each once; addresses and terms are in the notes."""
    known = tuple(dict.fromkeys(sources))
    items = dict.fromkeys(name_source(one) for one in known)
    if not items:
        return ()
    notes = (*say_sources(known), say_licence(terms))
    told = About(mark=watermark_of_sets(marks), notes=notes)
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
