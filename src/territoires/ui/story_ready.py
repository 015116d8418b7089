"""The ready-made presentations, one card each: what it is for, play it, take its slides, start from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from territoires.domain.selection import Dataset, Selection
from territoires.domain.story import Story
from territoires.domain.territories import Level, Territory, TerritoryId
from territoires.render import html
from territoires.render import story_builder as render
from territoires.ui import cache, state
from territoires.ui.story_exports import show_slides
from territoires.views.search_index import normalize
from territoires.views.stories import READY_MADE, ReadyMade, build_story

_PAGE = "presentation"
_REPLACED = "Une présentation prête a pris la place de la vôtre."


def show_ready_made(
    selection: Selection, keep: Callable[[Story, str], None], base: str = ""
) -> None:
    """Draw the cards; ``keep`` takes the story that a person starts from, ``base`` leads the codes."""
    for column, one in zip(st.columns(len(READY_MADE)), READY_MADE, strict=True):
        with column, st.container(key=f"recit_pret_{one.name}"):
            _show_card(one, selection, keep, base)


def _show_card(
    one: ReadyMade, selection: Selection, keep: Callable[[Story, str], None], base: str
) -> None:
    dataset = selection.dataset
    places = cache.directory(dataset)
    top = st.container()
    region = places.region_of(selection.territory) if selection.territory else None
    place = region.id if region else None
    params = {"recit": one.name, "jeu": dataset.value} | ({"adresse": base} if base else {})
    if one.name == "region":
        place = _choose_region(selection, place)
        params["territoire"] = str(place)
    story = build_story(one.name, cache.published(dataset), places, cache.names(), place)
    if story is None:
        return
    top.html(render.ready_made(one, len(story.steps)))
    with st.container(key=f"recit_pret_actions_{one.name}", horizontal=True):
        link = html.internal_link(html.page_url(_PAGE, params), "Projeter", "bouton plein")
        st.html(link, width="content")
        show_slides(story, one.name)
    st.button(
        "Partir de celle-ci",
        key=f"partir_{one.name}",
        on_click=keep,
        args=(story, _REPLACED),
        type="tertiary",
    )


def _choose_region(selection: Selection, own: TerritoryId | None) -> TerritoryId:
    regions = {str(region.id): region for region in _regions(selection.dataset)}
    chosen = st.selectbox(
        "Région",
        list(regions),
        format_func=lambda code: regions[code].name,
        filter_mode="contains",
        **state.controlled(
            "region_du_recit",
            str(own) if own else next(iter(regions)),
            lambda code: replace(selection, territory=regions[str(code)].id),
        ),
    )
    return regions[chosen].id


def _regions(dataset: Dataset) -> list[Territory]:
    regions = cache.directory(dataset).of_level(Level.REGION)
    return sorted(regions, key=lambda region: normalize(region.name))
