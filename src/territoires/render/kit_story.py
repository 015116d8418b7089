"""The steps of a presentation as sections of the page to carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from territoires.domain.assessment import assess
from territoires.domain.selection import Mode, Selection
from territoires.domain.story import Step, StepKind, Story
from territoires.render.kit_help import steps as write_steps
from territoires.render.kit_map import MAX_FULL, MAX_SHAPES, map_part
from territoires.render.kit_parts import NO_FIGURE, bullets, source_line, table, told
from territoires.render.kit_territory import answers
from territoires.render.portrait_tables import say_difference
from territoires.render.press import Press
from territoires.render.typography import escape
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_list import build_catalysts_view
from territoires.views.catalyst_places import build_actor_places
from territoires.views.catalyst_sentence import say_list
from territoires.views.comparison import build_comparison, wave_to_compare
from territoires.views.comparison_waves import build_changes
from territoires.views.datasets import EDITIONS
from territoires.views.figure import Figure, interval_text
from territoires.views.french import format_wave
from territoires.views.landmarks import build_theme_view
from territoires.views.limits import is_of_layer, layer_of, limit_of
from territoires.views.next_steps import build_next_steps
from territoires.views.portrait_brief import answer_next
from territoires.views.portrait_steps import build_portrait_steps
from territoires.views.selection import MAP_LEVELS, WIDE_LEVELS, resolve_selection
from territoires.views.stories import name_step

#: Actors named in a step; the list itself is on the site and in the data.
_MAX_ACTORS = 60
#: Characters that a map of communes (a picture), or of EPCI, may take with its table.
_PICTURE, _SHAPES = 1_700_000, 800_000
_TOO_LARGE = (
    "Cette carte a trop de territoires pour la place qui reste dans cette page : elle se prend "
    "seule, sur la page « Carte » du site."
)
_OTHER_SET = "Cette étape montre un autre jeu de données que cette page : elle n’y est pas reprise."


@dataclass(frozen=True, slots=True)
class StepPart:
    """A step ready for the page: its anchor, its title, its HTML."""

    anchor: str
    title: str
    content: str


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a view stands: its anchor, and how many characters the page may still take."""

    anchor: str
    room: int


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
        return StepPart(anchor, title, _write(anchor, title, [text]))
    asked = [step.params, *([step.beside] if step.beside else [])]
    seen = [_read(press, step.kind, params) for params in asked]
    first = seen[0][0]
    title = step.title or name_step(step.kind, first, press.published, press.directory)
    body = [text]
    for rank, (selection, notices) in enumerate(seen):
        body += [told(notice, "avis") for notice in notices]
        if selection is not None:
            # A step named after its view needs no second title.
            own = name_step(step.kind, selection, press.published, press.directory)
            body.append("" if own == title else f"<h4>{escape(own)}</h4>")
            body.append(_BODIES[step.kind](press, selection, _Spot(f"{anchor}-{rank + 1}", room)))
            room -= len(body[-1])
    return StepPart(anchor, title, _write(anchor, title, body))


def _write(anchor: str, title: str, body: Sequence[str]) -> str:
    """Write a step under its title; it is no landmark, being one of many."""
    return f'<div class="etape" id="{anchor}"><h3>{escape(title)}</h3>{"".join(body)}</div>'


def _read(
    press: Press, kind: StepKind, params: Mapping[str, str]
) -> tuple[Selection | None, Sequence[str]]:
    """Check what a step asks for; two sets of data never stand in one page."""
    dataset = press.published.dataset
    if params.get("jeu", dataset.value) != dataset.value:
        return None, (_OTHER_SET,)
    levels = WIDE_LEVELS if kind is StepKind.COMPARER else MAP_LEVELS
    resolved = resolve_selection(params, press.published, press.directory, levels)
    return resolved.selection, resolved.notices


def _on_map(press: Press, selection: Selection) -> Selection:
    """Bring the territory in view to the level of the map: a commune stands in its région."""
    places, territory = press.directory, selection.territory
    seen = replace(selection, within=limit_of(selection, places))
    if territory is None or territory.level is selection.level:
        return seen
    around = (*places.ancestors(territory), *places.zones_of(territory))
    return replace(
        seen, territory=next((t.id for t in around if is_of_layer(t.id, layer_of(seen))), None)
    )


def _map(press: Press, selection: Selection, spot: _Spot) -> str:
    seen = _on_map(press, selection)
    view = press.map_view(seen)
    needed = _PICTURE if len(view.rows) > MAX_SHAPES else _SHAPES
    if len(view.rows) > MAX_FULL and spot.room < needed:
        return told(view.sentence, "phrase") + told(_TOO_LARGE, "vide")
    return map_part(press, view, seen.territory, spot.anchor)


def _territory(press: Press, selection: Selection, spot: _Spot) -> str:  # noqa: ARG001 - as the others
    if selection.territory is None:
        return told("Cette étape ne nomme aucun territoire connu.", "vide")
    portrait = press.portraits.build(selection.territory)
    steps = build_portrait_steps(portrait, press.published.kit, selection.answers)
    return answers(portrait, (*portrait.answers, answer_next(steps)), "h4")


def _comparison(press: Press, selection: Selection, spot: _Spot) -> str:  # noqa: ARG001 - as the others
    values = replace(selection, mode=Mode.VALEUR, within=None)
    view = build_comparison(_on_map(press, selection), press.map_view(values), press.names)
    mark = EDITIONS[view.dataset].mark
    if selection.other_wave and (wave := wave_to_compare(selection, press.published)):
        other = press.map_view(replace(values, wave=wave))
        changes = build_changes(view, other, press.published, press.names)
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
    rows_now = [
        (
            escape(row.name),
            _value(row.figure),
            escape(say_difference(row.difference, row.figure) or "–"),
        )
        for row in view.rows
    ]
    if view.national:
        rows_now.append(("France", _value(view.national), "–"))
    return (
        told(view.sentence, "phrase")
        + told(view.sentence_caveat)
        + table(
            f"{mark}{view.title}", ("Territoire", "Valeur", "Par rapport à la France"), rows_now
        )
        + bullets(map(escape, (*view.notes, *view.caveats)), "notes")
        + source_line(view.sources)
    )


def _landmarks(press: Press, selection: Selection, spot: _Spot) -> str:  # noqa: ARG001 - as the others
    view = build_theme_view(press.published, selection.theme)
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


def _catalysts(press: Press, selection: Selection, spot: _Spot) -> str:  # noqa: ARG001 - as the others
    places = build_actor_places(press.published, press.directory)
    index = build_catalyst_index(press.published, press.directory, places)
    view = build_catalysts_view(selection, press.published, press.directory, index)
    kinds, sources = press.published.catalyst_kinds, press.published.sources
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


def _agir(press: Press, selection: Selection, spot: _Spot) -> str:  # noqa: ARG001 - as the others
    chosen = (selection.domain,) if selection.domain else ()
    found = build_next_steps(
        press.published.kit, assess(selection.answers).stage, chosen, has_actors_nearby=False
    )
    return write_steps(found)


def _value(figure: Figure | None) -> str:
    if figure is None:
        return NO_FIGURE
    if figure.interval is None:
        return escape(figure.short_text)
    sure = escape(interval_text(figure.interval))
    return f'{escape(figure.short_text)} <span class="petit">{sure}</span>'


_BODIES: Mapping[StepKind, Callable[[Press, Selection, _Spot], str]] = {
    StepKind.CARTE: _map,
    StepKind.TERRITOIRE: _territory,
    StepKind.COMPARER: _comparison,
    StepKind.REPERES: _landmarks,
    StepKind.CATALYSEURS: _catalysts,
    StepKind.AGIR: _agir,
}
