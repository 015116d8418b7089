"""The steps of a presentation as sections of the page to carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from territoires.domain.indicators import Nature
from territoires.domain.story import Step, StepKind, Story
from territoires.render.kit_help import steps as write_steps
from territoires.render.kit_map import MAX_FULL, MAX_SHAPES, map_part
from territoires.render.kit_parts import NO_FIGURE, bullets, source_line, table, told
from territoires.render.kit_territory import answers
from territoires.render.portrait_tables import say_difference
from territoires.render.press import Press
from territoires.render.story_views import (
    NO_TERRITORY,
    NO_THEME,
    OTHER_SET,
    Side,
    actors_of,
    compared,
    map_views,
    next_steps_of,
    only,
    portrait_of,
    read_sides,
    shows_actors,
    theme_of,
)
from territoires.render.typography import escape
from territoires.views.catalyst_sentence import say_list
from territoires.views.comparison_sentence import why_untested
from territoires.views.datasets import EDITIONS, mark_of, watermark_of
from territoires.views.figure import Figure, interval_text
from territoires.views.french import format_wave
from territoires.views.map_view import MapView
from territoires.views.portrait_brief import answer_next

#: Actors named in a step; the list itself is on the site and in the data.
_MAX_ACTORS = 60
#: Characters that a map of communes (a picture), or of EPCI, may take with its table.
_PICTURE, _SHAPES = 1_700_000, 800_000
_TOO_LARGE = (
    "Cette carte a trop de territoires pour la place qui reste dans cette page : elle se prend "
    "seule, sur la page « Carte » du site."
)


@dataclass(frozen=True, slots=True)
class StepPart:
    """A step ready for the page: its anchor, its title, its HTML."""

    anchor: str
    title: str
    content: str


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a view stands: its anchor, how many characters the page may still take, its map.

    ``has_actors`` tells whether actors stand on the map.
    """

    anchor: str
    room: int
    view: MapView | None
    has_actors: bool


def story_parts(press: Press, story: Story, room: int) -> list[StepPart]:
    """Write every step, in order; what one asks for and does not exist is said where it stands.

    ``room`` is how many characters they may take: large maps that have no room left are told.
    """
    parts: list[StepPart] = []
    for number, step in enumerate(story.steps, 1):
        parts.append(_part(press, step, number, room))
        room -= len(parts[-1].content)
    return parts


def _part(press: Press, step: Step, number: int, room: int) -> StepPart:
    anchor = f"etape-{number}"
    text = bullets((escape(line) for line in step.text.splitlines() if line.strip()), "texte")
    if not step.kind.is_view:
        title = step.title or "Texte"
        kind = "titre" if step.kind is StepKind.TITRE else ""
        mark = EDITIONS[press.published.dataset].watermark
        return StepPart(anchor, title, _write(anchor, title, [text], kind=kind, mark=mark))
    sides = read_sides(step, only(press))
    first = sides[0]
    title = step.title or (first.name if first else "Sans titre")
    known = [side for side in sides if side]
    views = iter(map_views(known) if step.kind is StepKind.CARTE and known else ())
    views_of: list[str] = []
    for rank, side in enumerate(sides, 1):
        if side is None:
            views_of.append(told(OTHER_SET, "avis"))
            continue
        # A step named after its view needs no second title.
        own = "" if side.name == title else f"<h4>{escape(side.name)}</h4>"
        view = next(views, None)
        has_actors = view is not None and shows_actors(known, view)
        spot = _Spot(f"{anchor}-{rank}", room, view, has_actors)
        notices = "".join(told(notice, "avis") for notice in side.notices)
        views_of.append(f"{notices}{own}{_BODIES[step.kind](side, spot)}")
        room -= len(views_of[-1])
    shown = "".join(f'<div class="vue">{one}</div>' for one in views_of)
    body = [text, f'<div class="vues">{shown}</div>']
    mark = " – ".join(dict.fromkeys(_mark(side, step.kind) for side in known))
    return StepPart(anchor, title, _write(anchor, title, body, mark=mark))


def _mark(side: Side[Press], kind: StepKind) -> str:
    """Give the mark of a view: a real figure is no simulated one, on the stage either."""
    published = side.views.published
    shown = published.catalogue.get(side.selection.indicator_id or "")
    is_of_one = shown is not None and kind in {StepKind.CARTE, StepKind.COMPARER}
    return watermark_of(published.dataset, shown.nature if shown and is_of_one else Nature.ENQUETE)


def _write(anchor: str, title: str, body: Sequence[str], *, kind: str = "", mark: str = "") -> str:
    """Write a step under its title; it is no landmark, being one of many.

    ``mark`` is shown on the stage alone: the head of the page, which says it, is not there.
    """
    look = f"etape {kind}".rstrip()
    return (
        f'<div class="{look}" id="{anchor}">{told(mark, "jeu scene")}<h3>{escape(title)}</h3>'
        f"{''.join(body)}</div>"
    )


def _map(side: Side[Press], spot: _Spot) -> str:
    view = spot.view
    if view is None:
        return ""
    needed = _PICTURE if len(view.rows) > MAX_SHAPES else _SHAPES
    if len(view.rows) > MAX_FULL and spot.room < needed:
        return told(view.sentence, "phrase") + told(_TOO_LARGE, "vide")
    actors = side.views.actors_on(view) if spot.has_actors else ()
    return map_part(side.views, view, side.selection.territory, spot.anchor, actors)


def _territory(side: Side[Press], spot: _Spot) -> str:  # noqa: ARG001 - as the others
    found = portrait_of(side)
    if found is None:
        return told(NO_TERRITORY, "vide")
    portrait, steps = found
    lines = [line for answer in portrait.answers for line in answer.told]
    figures = [figure for line in lines for figure in (line.local, line.national) if figure]
    return answers(portrait, (*portrait.answers, answer_next(steps)), "h4") + source_line(
        figure.source for figure in figures
    )


def _comparison(side: Side[Press], spot: _Spot) -> str:  # noqa: ARG001 - as the others
    view, changes = compared(side)
    mark = mark_of(view.dataset, view.indicator.nature)
    if changes is not None:
        heads = (
            "Territoire",
            format_wave(changes.earlier),
            format_wave(changes.later),
            "Évolution",
        )
        rows = [
            (
                escape(one.name),
                _value(one.before),
                _value(one.after),
                escape(one.reason or one.verdict),
            )
            for one in changes.lines
        ]
        body = told(changes.sentence, "phrase") + table(f"{mark}{changes.title}", heads, rows)
        return body + bullets(map(escape, changes.caveats), "notes") + source_line(view.sources)
    verdicts = [say_difference(row.difference, row.figure) for row in view.rows]
    rows_now: list[tuple[str, ...]] = [(escape(x.name), _value(x.figure)) for x in view.rows]
    if view.national:
        rows_now.append((escape(view.france_name), _value(view.national)))
    heads_now: tuple[str, ...] = ("Territoire", "Valeur")
    if any(verdicts):
        heads_now = (*heads_now, "Par rapport à la France")
        texts = [*verdicts, ""][: len(rows_now)]
        rows_now = [
            (*cells, escape(text or "–")) for cells, text in zip(rows_now, texts, strict=True)
        ]
    return (
        told(view.sentence, "phrase")
        + told(view.sentence_caveat)
        + table(f"{mark}{view.title}", heads_now, rows_now)
        + told(why_untested(view.indicator, view.national))
        + bullets(map(escape, view.caveats), "notes")
        + source_line(view.sources)
    )


def _landmarks(side: Side[Press], spot: _Spot) -> str:  # noqa: ARG001 - as the others
    view = theme_of(side)
    if view is None:
        return told(NO_THEME, "vide")
    mark = EDITIONS[view.dataset].mark
    rows = [
        (
            escape(one.figure.statement or one.indicator.label),
            _value(one.figure),
            escape(one.indicator.actor_label),
            escape(format_wave(one.figure.wave)),
        )
        for one in view.counted
    ]
    heads = ("Chiffre national", "Valeur", "Interrogés", "Date")
    return (
        told(view.sentence, "phrase")
        + table(f"{mark}{view.theme.label}", heads, rows, is_stacked=True)
        + source_line(one.figure.source for one in view.counted)
    )


def _catalysts(side: Side[Press], spot: _Spot) -> str:  # noqa: ARG001 - as the others
    view, published = actors_of(side), side.views.published
    kinds, sources = published.catalyst_kinds, published.sources
    found = [one.catalyst for one in view.placed]
    found += [catalyst for group in view.wide for catalyst in group.catalysts]
    rows = [
        (escape(one.name), escape(kinds.get(one.kind, one.kind)), escape(one.place_name))
        for one in found[:_MAX_ACTORS]
    ]
    caption = f"{EDITIONS[view.dataset].mark}Acteurs recensés"
    if len(found) > _MAX_ACTORS:
        caption += f" : {_MAX_ACTORS} sur {len(found)}"
    return (
        told(say_list(view), "phrase")
        + table(caption, ("Acteur", "Nature", "Lieu"), rows, is_stacked=True)
        + told(view.note.caveat)
        + source_line(sources[one.source_id] for one in found if one.source_id in sources)
    )


def _agir(side: Side[Press], spot: _Spot) -> str:  # noqa: ARG001 - as the others
    return write_steps(next_steps_of(side))


def _value(figure: Figure | None) -> str:
    if figure is None:
        return NO_FIGURE
    if figure.interval is None:
        return escape(figure.short_text)
    sure = escape(interval_text(figure.interval))
    return f'{escape(figure.short_text)} <span class="petit">{sure}</span>'


_BODIES: Mapping[StepKind, Callable[[Side[Press], _Spot], str]] = {
    StepKind.CARTE: _map,
    StepKind.TERRITOIRE: _territory,
    StepKind.COMPARER: _comparison,
    StepKind.REPERES: _landmarks,
    StepKind.CATALYSEURS: _catalysts,
    StepKind.AGIR: _agir,
}
