"""The maps of a presentation: one frame per layer of the story, kept from step to step.

A frame that stays is painted again in a few hundredths of a second; a new one loads its geometry.
So every frame of the story has its own place, whatever the step, and the ones that are not in view
wait behind with what the next step shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from territoires.domain.selection import Selection
from territoires.domain.story import StepKind
from territoires.domain.territories import Level
from territoires.ui import cache, maps
from territoires.ui import catalysts as actors
from territoires.views.map_view import MapView
from territoires.views.shared_classes import set_beside

#: Too heavy to wait behind for long: drawn for the step in view and the next one.
_HEAVY = (Level.EPCI, Level.COMMUNE)


@dataclass(frozen=True, slots=True)
class StageView:
    """A step as it is drawn: its kind, what is in view, what is set beside it."""

    kind: StepKind
    selection: Selection
    beside: Selection | None = None

    @property
    def has_map(self) -> bool:
        """Tell whether a frame stands on the step."""
        return self.kind in {StepKind.CARTE, StepKind.CATALYSEURS}

    @property
    def side_by_side(self) -> bool:
        """Tell whether two frames do."""
        return self.kind is StepKind.CARTE and self.beside is not None


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


def map_views(view: StageView) -> tuple[MapView, ...]:
    """Give the map of a step, or its two maps, in the same classes where they show one indicator."""
    asked = [view.selection, *([view.beside] if view.beside else [])]
    return set_beside([cache.map_view(one) for one in asked], view.selection.classes)


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
        view = actors.catalysts_view(step.selection)
        return [
            _Slot(step.kind, Level.DEPARTEMENT if view.within else Level.REGION, "", right=False)
        ]
    sides = [step.selection, *([step.beside] if step.beside else [])]
    return [
        _Slot(step.kind, side.level, side.zoning if side.level is Level.ZONE else "", bool(rank))
        for rank, side in enumerate(sides)
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
        view = actors.catalysts_view(step.selection)
        actors.show_points_map(view, step.selection, key=slot.key, height=maps.STAGE_HEIGHT)
        return
    view_of_side = map_views(step)[slot.right]
    selection = step.beside if slot.right and step.beside else step.selection
    maps.show_stage_map(
        view_of_side,
        cache.on_map(selection),
        slot.key,
        # Two legends stand under two maps: there is no room for a third.
        actors=not step.side_by_side and maps.shows_actors(view_of_side, selection),
    )
