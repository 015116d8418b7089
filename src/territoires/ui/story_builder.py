"""The page where a presentation is prepared: ready-made ones, one's own, its link and its file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from territoires.domain.selection import Dataset, Selection
from territoires.domain.story import (
    MAX_TEXT,
    MAX_TITLE,
    Step,
    StepKind,
    Story,
    add_step,
    move_step,
    remove_step,
    replace_step,
)
from territoires.domain.story_files import read_story, to_link
from territoires.errors import StoryError
from territoires.render import html
from territoires.render import story_builder as render
from territoires.render.typography import escape
from territoires.ui import cache, link, presentation, state, story_keeper, story_room
from territoires.ui.blocks import plain_label, show_html
from territoires.ui.story_exports import show_file, show_slides
from territoires.ui.story_ready import show_ready_made
from territoires.ui.story_sides import offered_sides, why_alone
from territoires.views.stories import READY_MADE, name_step

_PLACE = "presentation"
_PAGE = "presentation"
_NEW_TITLE = Step(StepKind.TITRE, "Nouveau titre")
_NEW_TEXT = Step(StepKind.TEXTE, "Nouveau texte", "Écrivez ici ce que la salle doit lire.")


def show_builder(selection: Selection) -> None:
    """Draw the page."""
    _take_link()
    st.html(render.introduction())
    show_html(state.take_told(_PLACE))
    base = story_room.given_base()
    st.html("<h2>Prêtes à projeter</h2>")
    with st.container(key="recits_prets"):
        show_ready_made(selection, _keep, base)
    st.html("<h2>Votre présentation</h2>")
    story = state.held_story()
    with st.container(key="recit"):
        _show_undo()
        if story.steps:
            _show_story(story)
        else:
            st.html(render.empty())
        _show_additions(story)
        if story.steps:
            with st.container(key="recit_projeter"):
                _show_play(story, base)
        _show_opener()
    st.html("<h2>Code QR pour la salle</h2>")
    with st.container(key="recit_salle"):
        story_room.show_room(story)
    st.html(render.keys())
    presentation.show_assets()
    if state.has_resumed():
        story_keeper.keep(story)
    else:
        story_keeper.ask("page", _resume)


def _resume(kept: Story) -> None:
    """Take up the story that the browser kept, or offer it where a link brought another one."""
    state.hold_resumed()
    held = state.held_story()
    if not kept.steps or kept == held:
        return
    if held.steps:
        state.hold_before("Le navigateur gardait une autre présentation.", kept)
    else:
        _keep(kept)


def _take_link() -> None:
    """Open the story that the link holds, unless it is the one at hand."""
    params, held = state.link(), state.held_story()
    text = params.get("recit", "")
    if not text or text in {one.name for one in READY_MADE} or text == story_keeper.link_of(held):
        return
    try:
        read = presentation.read_story(params)
    except StoryError as error:
        st.html(html.notice([error.message], details=error.details, remedy=error.remedy))
        return
    state.hold_story(
        read.story, undo="La présentation du lien a remplacé la vôtre." if held.steps else ""
    )
    show_html(render.notices(read.notices))


def _keep(story: Story, undo: str = "") -> None:
    """Keep a change, in the session and in the link: the page may be loaded again."""
    state.hold_story(story, undo=undo)
    params = {k: v for k, v in state.link().items() if k not in {"recit", "etape"}}
    text = story_keeper.link_of(story)
    state.write_link(params | ({"edition": "oui", "recit": text} if text else {}))


def _show_undo() -> None:
    before = state.story_before()
    if before is None:
        return
    said, story = before
    with st.container(key="recit_annuler", horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="status">{escape(said)}</p>', width="content")
        st.button("Annuler", on_click=_keep, args=(story,))


def _show_story(story: Story) -> None:
    st.text_input(
        "Titre de la présentation",
        max_chars=MAX_TITLE,
        **state.steered(
            "titre_recit",
            story.title,
            lambda text: _keep(replace(state.held_story(), title=str(text))),
        ),
    )
    for index, step in enumerate(story.steps):
        with st.container(key=f"etape_{index}", horizontal=True, vertical_alignment="center"):
            _show_step(story, index, step)


def _show_step(story: Story, index: int, step: Step) -> None:
    asked = link.read_params(step.params).selection if step.kind.is_view else None
    dataset = asked.dataset if asked else Dataset.PUBLIE
    title = step.title or name_step(
        step.kind, asked, cache.published(dataset), cache.directory(dataset)
    )
    st.html(
        render.step_line(index + 1, step, title, asked.dataset if asked else None), width="stretch"
    )
    last = len(story.steps) - 1
    on_it = partial(_act_on, number=index + 1, title=title)
    st.button(
        on_it("Monter"),
        key=f"monter_{index}",
        disabled=index == 0,
        on_click=lambda: _keep(move_step(state.held_story(), index, -1)),
    )
    st.button(
        on_it("Descendre"),
        key=f"descendre_{index}",
        disabled=index == last,
        on_click=lambda: _keep(move_step(state.held_story(), index, 1)),
    )
    with st.popover(on_it("Modifier"), key=f"modifier_{index}"):
        _show_fields(index, step, title, asked)
    st.button(
        on_it("Retirer"),
        key=f"retirer_{index}",
        on_click=lambda: _keep(
            remove_step(state.held_story(), index), f"Étape {index + 1} retirée : « {title} »."
        ),
    )


def _show_fields(index: int, step: Step, title: str, asked: Selection | None) -> None:
    st.text_input(
        "Titre de l’étape",
        placeholder=title,
        max_chars=MAX_TITLE,
        **state.steered(
            f"titre_{index}", step.title, lambda text: _change(index, title=str(text).strip())
        ),
    )
    st.text_area(
        "Texte",
        max_chars=MAX_TEXT,
        **state.steered(
            f"texte_{index}", step.text, lambda text: _change(index, text=str(text).strip())
        ),
    )
    if asked is None:
        return
    sides = offered_sides(step.kind, asked)
    if not sides:
        st.caption(why_alone(step.kind))
        return
    labels = list(sides)
    current = next((name for name, params in sides.items() if params == step.beside), labels[0])
    st.selectbox(
        "Mettre à côté",
        labels,
        filter_mode="contains",
        **state.steered(
            f"cote_{index}", current, lambda name: _change(index, beside=sides[str(name)])
        ),
    )


def _act_on(verb: str, *, number: int, title: str) -> str:
    """Name a button of a step: its verb is seen, the step it acts on is heard (presentation.css)."""
    return f"{verb} :small[{plain_label(f'l’étape {number}, {title}')}]"


def _change(index: int, **changes: object) -> None:
    story = state.held_story()
    if index < len(story.steps):
        _keep(replace_step(story, index, replace(story.steps[index], **changes)))  # type: ignore[arg-type]


def _show_play(story: Story, base: str) -> None:
    try:
        kept = {"recit": to_link(story)} | ({"adresse": base} if base else {})
    except StoryError as error:
        st.html(html.notice([error.message], remedy=error.remedy))
    else:
        st.html(render.play(html.page_url(_PAGE, kept)))
    with st.container(key="recit_fichiers", horizontal=True):
        show_slides(story, "recit")
        show_file(story)


def _show_additions(story: Story) -> None:
    with st.container(key="recit_ajouts", horizontal=True, vertical_alignment="bottom"):
        for label, key, step in (
            ("Ajouter un titre", "ajouter_titre", _NEW_TITLE),
            ("Ajouter un texte", "ajouter_texte", _NEW_TEXT),
        ):
            st.button(label, key=key, on_click=_add, args=(step,))
        if story.steps:
            st.button(
                "Tout retirer",
                key="tout_retirer",
                on_click=_keep,
                args=(Story(""), "Présentation vidée."),
            )


def _show_opener() -> None:
    with st.expander("Ouvrir une présentation enregistrée"):
        st.file_uploader(
            "Fichier de présentation (.json)",
            type=["json"],
            key="recit_apporte",
            on_change=_open_file,
        )


def _add(step: Step) -> None:
    try:
        _keep(add_step(state.held_story(), step))
    except StoryError as error:
        state.tell(_PLACE, html.notice([error.message], remedy=error.remedy))


def _open_file() -> None:
    content = state.uploaded("recit_apporte")
    if content is None:
        return
    try:
        read = read_story(content)
    except StoryError as error:
        state.tell(_PLACE, html.notice([error.message], details=error.details, remedy=error.remedy))
        return
    _keep(
        read.story, "Le fichier a remplacé votre présentation." if state.held_story().steps else ""
    )
    state.tell(_PLACE, render.notices(read.notices))
