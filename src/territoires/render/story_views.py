"""What the steps of a presentation show: links checked, views built, for all that leaves the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from territoires.domain.assessment import assess
from territoires.domain.selection import Mode, Selection
from territoires.domain.story import Step, StepKind
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_list import CatalystsView, build_catalysts_view
from territoires.views.catalyst_places import build_actor_places
from territoires.views.comparison import Comparison, build_comparison, wave_to_compare
from territoires.views.comparison_waves import Changes, build_changes
from territoires.views.limits import on_map
from territoires.views.map_view import MapView
from territoires.views.next_steps import NextSteps, build_next_steps
from territoires.views.selection import MAP_LEVELS, WIDE_LEVELS, resolve_selection
from territoires.views.shared_classes import set_beside
from territoires.views.stories import name_step

if TYPE_CHECKING:
    from territoires.render.press import Press

#: What gives, for the parameters of a view, what its set of data is drawn from; None where that set
#: is not at hand.
PressOf = Callable[[Mapping[str, str]], "Press | None"]

NO_TERRITORY = "Cette étape ne nomme aucun territoire connu."
OTHER_SET = "Cette étape montre un autre jeu de données : elle n’est pas reprise ici."


@dataclass(frozen=True, slots=True)
class Side:
    """A view of a step: what it is drawn from, what is in view, what had to be replaced in it."""

    press: Press
    kind: StepKind
    selection: Selection
    notices: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name the view, for a step without a title of its own."""
        return name_step(self.kind, self.selection, self.press.published, self.press.directory)


def only(press: Press) -> PressOf:
    """Keep to one set of data: steps of another one are left out."""
    own = press.published.dataset.value
    return lambda params: press if params.get("jeu", own) == own else None


def read_sides(step: Step, press_of: PressOf) -> list[Side | None]:
    """Check what a step asks for, then what stands beside it; None where its data are not at hand."""
    if not step.kind.is_view:
        return []
    asked = [step.params, *([step.beside] if step.beside else [])]
    return [_read(step.kind, params, press_of(params)) for params in asked]


def _read(kind: StepKind, params: Mapping[str, str], press: Press | None) -> Side | None:
    if press is None:
        return None
    levels = WIDE_LEVELS if kind is StepKind.COMPARER else MAP_LEVELS
    resolved = resolve_selection(params, press.published, press.directory, levels)
    seen = on_map(resolved.selection, press.directory) if kind in _DRAWN else resolved.selection
    return Side(press, kind, seen, resolved.notices)


#: Kinds whose territory is brought to the level of what is drawn.
_DRAWN = (StepKind.CARTE, StepKind.COMPARER)


def map_views(sides: Sequence[Side]) -> tuple[MapView, ...]:
    """Give the maps of a step, in the same classes where they show values of one indicator."""
    views = [side.press.map_view(side.selection) for side in sides]
    return set_beside(views, sides[0].selection.classes)


def compared(side: Side) -> tuple[Comparison, Changes | None]:
    """Give territories side by side, and their two waves where the step asks for another one."""
    press, selection = side.press, side.selection
    values = replace(selection, mode=Mode.VALEUR, within=None)
    view = build_comparison(selection, press.map_view(values), press.names)
    wave = wave_to_compare(selection, press.published) if selection.other_wave else ""
    if not wave:
        return view, None
    other = press.map_view(replace(values, wave=wave))
    return view, build_changes(view, other, press.published, press.names)


def actors_of(side: Side) -> CatalystsView:
    """Give the actors of a step."""
    published, directory = side.press.published, side.press.directory
    places = build_actor_places(published, directory)
    index = build_catalyst_index(published, directory, places)
    return build_catalysts_view(side.selection, published, directory, index)


def next_steps_of(side: Side) -> NextSteps:
    """Give the next steps of « Agir », from the answers and the domain that the step holds."""
    chosen = (side.selection.domain,) if side.selection.domain else ()
    stage = assess(side.selection.answers).stage
    return build_next_steps(side.press.published.kit, stage, chosen, has_actors_nearby=False)
