"""The choices of « Comparer »: level, indicator, wave, territories, the other wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from territoires.domain.selection import Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render.story_views import as_values, compare_territories, compare_waves
from territoires.ui import cache, selectors, state
from territoires.ui.kept_views import KeptViews
from territoires.views.comparison import (
    Comparison,
    other_waves,
    small_map_selections,
    wave_to_compare,
)
from territoires.views.comparison_sentence import why_not_drawn
from territoires.views.comparison_waves import Changes
from territoires.views.french import LEVEL_PLURALS, format_wave
from territoires.views.link_values import MAX_COMPARED
from territoires.views.map_view import MapView, Row
from territoires.views.selection import WIDE_LEVELS, resolve_selection
from territoires.views.shared_classes import share_classes


def comparison(selection: Selection) -> Comparison:
    """Give the territories side by side for what is in view."""
    return compare_territories(KeptViews(selection.dataset), cache.on_map(selection))


def changes(selection: Selection, compared: Comparison) -> Changes | None:
    """Give the two waves of the same territories; None where the indicator has only one."""
    return compare_waves(KeptViews(selection.dataset), selection, compared)


def small_maps(selection: Selection) -> tuple[MapView, ...]:
    """Give the small maps, in the same classes."""
    data = cache.published(selection.dataset)
    views = [cache.map_view(s) for s in small_map_selections(as_values(selection), data)]
    return share_classes(views, selection.classes)


def show_choosers(selection: Selection, view: Comparison) -> None:
    """Draw the choices of what is compared; each follows the link and writes it."""
    with st.container(key="choix", horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Niveau",
            WIDE_LEVELS,
            format_func=lambda level: LEVEL_PLURALS[level].capitalize(),
            required=True,
            **state.controlled("niveau", selection.level, lambda v: _at_level(selection, Level(v))),
        )
        selectors.show_indicator_selectors(selection)
    rows = {row.id: row for row in cache.map_view(as_values(selection)).rows}
    st.multiselect(
        f"Territoires ({MAX_COMPARED} au plus)",
        sorted(rows, key=lambda territory: rows[territory].name),
        format_func=lambda territory: _label(rows[territory]),
        max_selections=MAX_COMPARED,
        placeholder="Choisir des territoires…",
        filter_mode="contains",
        select_all=False,
        **state.controlled(
            "territoires",
            [row.id for row in sorted(view.rows, key=lambda row: row.id)],
            lambda chosen: replace(selection, compared=_in_order(chosen)),
        ),
    )


def show_other_wave(selection: Selection) -> None:
    """Draw the choice of the wave set against the one in view."""
    data = cache.published(selection.dataset)
    st.selectbox(
        "Comparer avec la vague",
        other_waves(selection, data),
        format_func=format_wave,
        filter_mode=None,
        width=280,
        **state.controlled(
            "vague2",
            wave_to_compare(selection, data),
            lambda v: replace(selection, other_wave=str(v)),
        ),
    )


def _label(row: Row) -> str:
    """Name a territory in the list, with what a chart of it would lack."""
    why = why_not_drawn(row.figure)
    return f"{row.name} ({why})" if why else row.name


def _in_order(chosen: Sequence[TerritoryId]) -> tuple[TerritoryId, ...]:
    return tuple(sorted(chosen))[:MAX_COMPARED]


def _at_level(selection: Selection, level: Level) -> Selection:
    """Change level: territories and other wave go, and an indicator not published there."""
    data = cache.published(selection.dataset)
    params = replace(selection, level=level, wave="", other_wave="", compared=()).to_params()
    if level not in data.catalogue[selection.indicator_id].levels:
        del params["indicateur"]
    return resolve_selection(params, data, cache.directory(data.dataset), WIDE_LEVELS).selection
