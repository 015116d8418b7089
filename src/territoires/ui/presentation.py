"""The stage: the step of a story that the link asks for, full screen, and the way to the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from territoires.domain.selection import Dataset, Selection
from territoires.domain.story import Step, StepKind, Story, step_of
from territoires.domain.story_files import ReadStory, read_link
from territoires.domain.territories import Level
from territoires.errors import StoryError
from territoires.render import html, qr
from territoires.render import presentation as render
from territoires.render.assets import asset_url
from territoires.render.story_views import read_sides
from territoires.ui import cache, link, shell, state
from territoires.ui.blocks import show_html
from territoires.ui.kept_views import views_of
from territoires.ui.stage_bodies import BODIES, Drawn
from territoires.ui.stage_maps import StageView, show_frames
from territoires.views.datasets import EDITIONS
from territoires.views.french import quote_short
from territoires.views.stories import READY_MADE, build_story

_PAGE = "presentation"
_STORY_CODE = "Code QR de cette présentation"


@dataclass(frozen=True, slots=True)
class Asked:
    """The story of a link: what it holds, the step in view (0 is the first), where the QR code leads.

    ``notices`` are those of the step in view; those of the story are with it.
    """

    read: ReadStory
    params: Mapping[str, str]
    current: int
    base: str
    notices: tuple[str, ...]

    @property
    def story(self) -> Story:
        """Give the story itself."""
        return self.read.story

    def url(self, current: int, **changes: str) -> str:
        """Give the address of a step of this story."""
        return html.page_url(_PAGE, {**self.params, "etape": str(current + 1)} | changes)


def is_playing() -> bool:
    """Tell whether the link asks for the stage; else the presentation is being prepared."""
    params = state.link()
    return bool(params.get("recit")) and "edition" not in params


def read_story(params: Mapping[str, str]) -> ReadStory:
    """Read the story of a link: a ready-made one by its name, or one that the link holds whole.

    Raises
    ------
    StoryError
        When it cannot be read.
    """
    text = params.get("recit", "")
    if text not in {ready.name for ready in READY_MADE}:
        return read_link(text)
    selected = link.read_params({k: params[k] for k in ("jeu", "territoire") if k in params})
    dataset, places = selected.selection.dataset, cache.directory(selected.selection.dataset)
    territory, notices = selected.selection.territory, list(selected.notices)
    region = places.region_of(territory) if territory else None
    if territory and region is None and territory.level is not Level.PAYS:
        notices.append("Ce territoire n’est dans aucune région : voici la plus peuplée.")
    story = build_story(
        text, cache.published(dataset), places, cache.names(), region.id if region else None
    )
    return ReadStory(story or Story(""), tuple(notices))


def read_asked() -> Asked:
    """Read the whole link.

    Raises
    ------
    StoryError
        When there is no story in it, or one without a step.
    """
    params = state.link()
    read = read_story(params)
    if not read.story.steps:
        raise StoryError(
            "Ce récit n’a aucune étape.",
            remedy="Ajoutez-en depuis la carte, un territoire ou une autre page : « Ajouter à la "
            "présentation ».",
        )
    notices, number = [], params.get("etape", "1")
    current = _read_number(number, len(read.story.steps))
    if current is None:
        notices.append(f"L’étape « {quote_short(number)} » n’existe pas : voici la première.")
    try:
        base = qr.read_base(params.get("adresse", ""))
    except StoryError as error:
        base = ""
        notices.append(error.message)
    kept = {name: params[name] for name in ("recit", "jeu", "territoire") if name in params}
    return Asked(
        read,
        kept | ({"adresse": base} if base else {}),
        current or 0,
        base or link.own_base(),
        tuple(notices),
    )


def _read_number(text: str, last: int) -> int | None:
    """Read the number of a step, counted from 0; None where there is none of that number."""
    is_short = len(text) <= len(str(last))
    number = int(text) if is_short and text.isascii() and text.isdigit() else 0
    return number - 1 if 1 <= number <= last else None


def show_stage() -> None:
    """Draw the step in view."""
    asked = read_asked()
    steps = [_to_view(step) for step in asked.story.steps]
    step, view = asked.story.steps[asked.current], steps[asked.current]
    drawn = BODIES[step.kind](view) if view else _words(step, asked)
    title = step.title or drawn.title
    number = f"{asked.current + 1}/{len(steps)}"
    selection = view.selection if view else _of_story(steps)
    shell.name_page(f"{number} {title}", selection)
    # Actors without any point have the whole width for their names.
    look = "liste" if step.kind is StepKind.CATALYSEURS and view and not view.has_map else step.kind
    kind = f"{look}{' cote' if view and len(view.sides) > 1 else ''}"
    watermark = drawn.watermark or EDITIONS[selection.dataset].watermark
    with st.container(key="scene"):
        with st.container(key="scene_tete"):
            told = (*_told(asked), *(view.notices if view else ()))
            st.html(
                f'<div class="scene-genre {kind}">'
                + render.head(title, drawn.subtitle, watermark, told)
                + "</div>"
            )
        with st.container(key="scene_cartes"):
            show_frames(steps, asked.current)
        with st.container(key="scene_corps"):
            if step.text and view:
                st.html(render.said(step.text))
            drawn.show()
        with st.container(key="scene_pied"):
            st.html(_foot(asked, step, view, drawn))
    show_assets()


def _told(asked: Asked) -> tuple[str, ...]:
    """Say what had to be replaced: in the whole story, on the step that its link was opened at."""
    opened = state.opened_at(asked.params["recit"], asked.current)
    return (*asked.notices, *(asked.read.notices if opened == asked.current else ()))


def show_assets() -> None:
    """Load the look and the keys of the stage."""
    st.html(f"<style>@import url('{asset_url('ui/presentation.css')}');</style>")
    st.html(
        f'<script type="module" src="{asset_url("ui/presentation.js")}"></script>',
        unsafe_allow_javascript=True,
    )


def _to_view(step: Step) -> StageView | None:
    """Check what a step asks for against what exists; a title or a text asks for nothing."""
    sides = tuple(side for side in read_sides(step, views_of) if side)
    return StageView(sides) if sides else None


def _of_story(steps: list[StageView | None]) -> Selection:
    """Find what a title or a text stands among: a view of a marked set of data if there is one."""
    views = [view.selection for view in steps if view]
    marked = (selection for selection in views if selection.dataset is not Dataset.PUBLIE)
    return next(marked, views[0] if views else Selection("", ""))


def _words(step: Step, asked: Asked) -> Drawn:
    """Draw a title or a text."""
    address = _full(asked, asked.url(asked.current))
    code = qr.qr_image(address, _STORY_CODE)
    if step.kind is StepKind.TEXTE:
        return Drawn("Texte", partial(show_html, render.text_step(step.text, code)))
    code = code or render.no_code(qr.why_no_code(address))
    return Drawn(asked.story.title, partial(show_html, render.title_step(step.text, code)))


def _foot(asked: Asked, step: Step, view: StageView | None, drawn: Drawn) -> str:
    number, last = asked.current, len(asked.story.steps) - 1
    bar = render.Bar(
        number=number + 1,
        total=last + 1,
        previous=asked.url(number - 1) if number else "",
        following=asked.url(number + 1) if number < last else "",
        first=asked.url(0),
        last=asked.url(last),
        leave=html.page_url(_PAGE, {**asked.params, "edition": "oui"}),
    )
    path, name = asked.url(number), _STORY_CODE
    if view:
        # What its page reads alone: a shorter address is a code read from farther.
        asked_there = step_of(step.kind, view.sides[0].asked.to_params())
        path = html.page_url(step.kind, dict(asked_there.params))
        name = "Code QR de cette vue"
    address = _full(asked, path)
    code = render.code_button(qr.qr_image(address, name), qr.why_no_code(address))
    return render.foot(bar, drawn.source, code)


def _full(asked: Asked, path: str) -> str:
    return f"{asked.base}{path}" if asked.base else ""
