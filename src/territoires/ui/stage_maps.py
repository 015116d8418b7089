"""The maps of a presentation: one frame per layer of the story, kept from step to step.

A frame that stays is painted again in a few hundredths of a second; a new one loads its geometry.
So every frame of the story has its own place, whatever the step, and the ones that are not in view
wait behind with what the next step shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from territoires.domain.selection import Selection
from territoires.domain.story import StepKind
from territoires.domain.territories import Level
from territoires.render.story_views import Side, actors_of, map_views, shows_actors
from territoires.ui import catalysts as actors
from territoires.ui import maps
from territoires.ui.kept_views import KeptViews
from territoires.views.catalyst_list import CatalystsView
from territoires.views.limits import layer_of
from territoires.views.map_view import MapView

#: Too heavy to wait behind for long: drawn for the step in view and the next one.
_HEAVY = (Level.EPCI, Level.COMMUNE)


@dataclass(frozen=True)
class StageView:
    """A step as it is drawn: a view, or two side by side; what they show is built once."""

    sides: tuple[Side[KeptViews], ...]

    @property
    def kind(self) -> StepKind:
        """Give the kind of the step."""
        return self.sides[0].kind

    @property
    def selection(self) -> Selection:
        """Give what is in view, on the left where there are two."""
        return self.sides[0].selection

    @property
    def notices(self) -> tuple[str, ...]:
        """Say what had to be replaced in what was asked for."""
        return tuple(notice for side in self.sides for notice in side.notices)

    @cached_property
    def maps(self) -> tuple[MapView, ...]:
        """Give the map of a step, or its two maps."""
        return map_views(self.sides)

    @cached_property
    def actors(self) -> CatalystsView:
        """Give the actors of a step."""
        return actors_of(self.sides[0])

    @property
    def has_map(self) -> bool:
        """Tell whether a frame stands on the step: actors without any point are only named."""
        if self.kind is StepKind.CATALYSEURS:
            return bool(self.actors.placed)
        return self.kind is StepKind.CARTE


@dataclass(frozen=True, slots=True)
class _Slot:
    """The place of a frame: the same for every step that shows this layer on this side."""

    kind: StepKind
    level: Level
    zoning: str
    right: bool

    @property
    def key(self) -> str:
        side = "droite" if self.right else "gauche"
        return "-".join(("scene", self.kind, self.level, *filter(None, (self.zoning,)), side))


def show_frames(steps: Sequence[StageView | None], current: int) -> None:
    """Draw every frame of the story in its place; those of the ``current`` step are in view."""
    slots = list(dict.fromkeys(slot for step in steps if step for slot in _slots(step)))
    now = steps[current]
    shown = set(_slots(now)) if now else set()
    for number, slot in enumerate(slots):
        state = "vue" if slot in shown else "attente"
        with st.container(key=f"scene_cadre_{number}"):
            # Always there, and first: what follows keeps its place.
            st.html(f'<i class="cadre-{state} {"droite" if slot.right else "gauche"}"></i>')
            step = _step_of(slot, steps, current)
            if step is not None:
                _draw(slot, step)


def _slots(step: StageView) -> list[_Slot]:
    if not step.has_map:
        return []
    if step.kind is StepKind.CATALYSEURS:
        level = Level.DEPARTEMENT if step.actors.within else Level.REGION
        return [_Slot(step.kind, level, "", right=False)]
    layers = [layer_of(side.selection) for side in step.sides]
    return [
        _Slot(step.kind, layer.level, layer.zoning_id, bool(rank))
        for rank, layer in enumerate(layers)
    ]


def _step_of(slot: _Slot, steps: Sequence[StageView | None], current: int) -> StageView | None:
    """Choose what a frame shows: the step in view, else the next one that needs it, else the last.

    Frames of another set of data than the step in view are not drawn: the actors of one set only
    stand in the page.
    """
    now = steps[current]
    near = [*steps[current:], *reversed(steps[:current])]
    if slot.level in _HEAVY:
        near = [*steps[current : current + 2]]
    for step in near:
        if step is None or slot not in _slots(step):
            continue
        if now is None or now.selection.dataset is step.selection.dataset:
            return step
    return None


def _draw(slot: _Slot, step: StageView) -> None:
    if slot.kind is StepKind.CATALYSEURS:
        actors.show_points_map(step.actors, step.selection, key=slot.key, height=maps.STAGE_HEIGHT)
        return
    view = step.maps[slot.right]
    maps.show_stage_map(
        view,
        step.sides[slot.right].selection,
        slot.key,
        actors=shows_actors(step.sides, view),
    )
