"""What the steps of a presentation show: links checked, views built, on stage as in what leaves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from territoires.domain.assessment import assess
from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.story import Step, StepKind, Story
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.catalyst_index import CatalystIndex
from territoires.views.catalyst_list import CatalystsView, build_catalysts_view
from territoires.views.comparison import Comparison, build_comparison, wave_to_compare
from territoires.views.comparison_waves import Changes, build_changes
from territoires.views.landmarks import ThemeView, build_theme_view
from territoires.views.limits import on_map
from territoires.views.map_view import MapView
from territoires.views.next_steps import NextSteps, build_next_steps
from territoires.views.portrait import Portrait
from territoires.views.portrait_steps import build_portrait_steps
from territoires.views.selection import MAP_LEVELS, WIDE_LEVELS, resolve_dataset, resolve_selection
from territoires.views.shared_classes import set_beside
from territoires.views.stories import name_step

NO_TERRITORY = "Cette étape ne nomme aucun territoire connu."
NO_THEME = "Ce jeu de données n’a aucun chiffre national d’enquête."
OTHER_SET = "Cette étape montre un autre jeu de données : elle n’est pas reprise ici."


class Views(Protocol):
    """The views of a set of data: built for a file, or kept in memory for all readers."""

    @property
    def published(self) -> Published:
        """The set of data."""

    @property
    def directory(self) -> Directory:
        """Its territories."""

    @property
    def names(self) -> Mapping[TerritoryId, NameForms]:
        """The names of territories in a sentence."""

    @property
    def catalyst_index(self) -> CatalystIndex:
        """What its directory of actors is searched with."""

    def map_view(self, selection: Selection) -> MapView:
        """Give the view of a map."""

    def portrait(self, territory: TerritoryId) -> Portrait:
        """Give the portrait of a territory."""


V = TypeVar("V", bound=Views)
#: What gives, for the parameters of a view, the views of its set of data; None where that set is
#: not at hand.
ViewsOf = Callable[[Mapping[str, str]], V | None]


@dataclass(frozen=True, slots=True)
class Side(Generic[V]):
    """A view of a step: what it is drawn from, what is in view, what had to be replaced in it.

    ``asked`` is what is in view on the page of that view, where a territory may be finer than the
    map.
    """

    views: V
    kind: StepKind
    selection: Selection
    asked: Selection
    notices: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name the view, for a step without a title of its own."""
        return name_step(self.kind, self.selection, self.views.published, self.views.directory)


def only(views: V) -> ViewsOf[V]:
    """Keep to one set of data: steps of another one are left out."""

    def views_of(params: Mapping[str, str]) -> V | None:
        dataset, _ = resolve_dataset(params, has_draft=True)
        return views if dataset is views.published.dataset else None

    return views_of


def marked_sets(
    story: Story, dataset_of: Callable[[Mapping[str, str]], Dataset | None]
) -> tuple[Dataset, ...]:
    """List the sets of data that a story shows and that mark it, each once, always in one order.

    ``dataset_of`` tells which set the parameters of a view show; None where it is not at hand.
    """
    views = [params for step in story.steps if step.kind.is_view for params in _asked(step)]
    shown = {dataset_of(params) for params in views}
    return tuple(one for one in Dataset if one in shown and one is not Dataset.PUBLIE)


def read_sides(step: Step, views_of: ViewsOf[V]) -> list[Side[V] | None]:
    """Check what a step asks for, then what stands beside it; None where its data are not at hand."""
    if not step.kind.is_view:
        return []
    return [_read(step.kind, params, views_of(params)) for params in _asked(step)]


def _asked(step: Step) -> tuple[Mapping[str, str], ...]:
    return (step.params, step.beside) if step.beside else (step.params,)


def _read(kind: StepKind, params: Mapping[str, str], views: V | None) -> Side[V] | None:
    if views is None:
        return None
    levels = WIDE_LEVELS if kind is StepKind.COMPARER else MAP_LEVELS
    resolved = resolve_selection(params, views.published, views.directory, levels)
    asked = resolved.selection
    if kind is StepKind.CATALYSEURS:
        asked = _limited(asked)
    seen = on_map(asked, views.directory) if kind in _DRAWN else asked
    return Side(views, kind, seen, asked, resolved.notices)


def _limited(selection: Selection) -> Selection:
    """Limit the list of actors to the région or département in view: a step is titled after it."""
    place = selection.territory
    if place is None or selection.within or place.level not in _WIDE:
        return selection
    return replace(selection, territory=None, within=place)


#: What is wide enough to hold a list of its own; around the others, the nearest actors are shown.
_WIDE = (Level.REGION, Level.DEPARTEMENT)
#: Kinds whose territory is brought to the level of what is drawn.
_DRAWN = (StepKind.CARTE, StepKind.COMPARER)


def map_views(sides: Sequence[Side[V]]) -> tuple[MapView, ...]:
    """Give the maps of a step, in the same classes where they show values of one indicator."""
    views = [side.views.map_view(side.selection) for side in sides]
    return set_beside(views, sides[0].selection.classes)


def shows_actors(sides: Sequence[Side[V]], view: MapView) -> bool:
    """Tell whether actors stand on the map of a step: neither on two side by side nor on verdicts."""
    return len(sides) == 1 and sides[0].selection.actors and view.mode is Mode.VALEUR


def portrait_of(side: Side[V]) -> tuple[Portrait, NextSteps] | None:
    """Give a territory and its next steps; None where the step names none that is known."""
    if side.selection.territory is None:
        return None
    portrait = side.views.portrait(side.selection.territory)
    kit = side.views.published.kit
    return portrait, build_portrait_steps(portrait, kit, side.selection.answers)


def compared(side: Side[V]) -> tuple[Comparison, Changes | None]:
    """Give territories side by side, and their two waves where the step asks for another one."""
    view = compare_territories(side.views, side.selection)
    if not side.selection.other_wave:
        return view, None
    return view, compare_waves(side.views, side.selection, view)


def compare_territories(views: Views, selection: Selection) -> Comparison:
    """Give territories side by side."""
    return build_comparison(selection, views.map_view(as_values(selection)), views.names)


def compare_waves(views: Views, selection: Selection, now: Comparison) -> Changes | None:
    """Give two waves of the same territories; None where the indicator has only one."""
    wave = wave_to_compare(selection, views.published)
    if not wave:
        return None
    other = views.map_view(replace(as_values(selection), wave=wave))
    return build_changes(now, other, views.published, views.names)


def as_values(selection: Selection) -> Selection:
    """Ask for the map of the values of the whole country, whatever the map page colours."""
    return replace(selection, mode=Mode.VALEUR, within=None)


def theme_of(side: Side[V]) -> ThemeView | None:
    """Give the national figures of a theme; None where there is none at all."""
    return build_theme_view(side.views.published, side.selection.theme)


def actors_of(side: Side[V]) -> CatalystsView:
    """Give the actors of a step."""
    views = side.views
    return build_catalysts_view(
        side.selection, views.published, views.directory, views.catalyst_index
    )


def next_steps_of(side: Side[V]) -> NextSteps:
    """Give the next steps of « Agir », from the answers and the domain that the step holds."""
    chosen = (side.selection.domain,) if side.selection.domain else ()
    stage = assess(side.selection.answers).stage
    return build_next_steps(side.views.published.kit, stage, chosen, has_actors_nearby=False)
