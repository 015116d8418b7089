"""What the reader is looking at, in step with the link; the only module that touches the session.

The link is the state: it is read on every run and written when a choice is made, so that deep
links, the back button and a shared address all follow the same path (docs/adr/0003).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from territoires.domain.selection import Selection
from territoires.domain.story import Step, Story
from territoires.domain.territories import TerritoryId
from territoires.ui.work import Work
from territoires.views.search import MAX_QUERY_LENGTH

#: Number of the last choice made on each map, so that one choice is followed once.
_LAST_MAP_CHOICE = "dernier_choix_carte"
_WORK = "fichier_prepare"
_DRAFT, _LEFT, _TOLD = "brouillon", "brouillon_quitte", "annonce"
_AUTHOR, _REASON = "nom_donne", "raison_donnee"
_STORY, _UNDO = "recit_en_cours", "recit_d_avant"
_AWAITING, _RESUMED, _ADDRESS = "etape_en_attente", "recit_repris", "adresse_de_la_salle"
_OPENED = "recit_ouvert"


def link() -> dict[str, str]:
    """Give the parameters of the link, as they stand."""
    return dict(st.query_params)


def write_selection(selection: Selection) -> None:
    """Write the link; it becomes a step of the browser's history."""
    st.query_params.from_dict(selection.to_params())


def write_link(params: Mapping[str, str]) -> None:
    """Write the parameters of a page that is no view of the data; it becomes a step of the history."""
    st.query_params.from_dict(dict(params))


def clear_link() -> None:
    """Forget every parameter of the link."""
    st.query_params.clear()


def controlled(
    key: str, value: object, on_choice: Callable[[Any], Selection], *, steady: bool = False
) -> dict[str, Any]:
    """Prepare a widget whose value follows the link.

    The value is written to the widget's key before it is drawn (``index=`` would lose every
    second change, a bare ``key=`` is forgotten on leaving the page); the choice is written to the
    link in the callback, before the page runs again.

    Returns
    -------
    dict
        ``key`` and ``on_change`` for the widget.
    """
    # What is written is imposed on the browser: on a widget whose options never change (``steady``),
    # it would take back an answer given while the page was running.
    if not steady or key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value

    def follow() -> None:
        write_selection(on_choice(st.session_state[key]))

    return {"key": key, "on_change": follow}


def steered(key: str, value: object, on_choice: Callable[[Any], None]) -> dict[str, Any]:
    """Prepare a widget whose value is kept elsewhere than in the link, as ``controlled``.

    ``on_choice`` keeps what is chosen, before the page runs again.
    """
    st.session_state[key] = value
    return {"key": key, "on_change": lambda: on_choice(st.session_state[key])}


def held_choice(key: str) -> object:
    """Give what a widget holds now; None before it has anything."""
    return st.session_state.get(key)


def controlled_text(key: str, value: str) -> dict[str, Any]:
    """Prepare a text field that follows the link, as ``controlled``.

    What is typed goes to the link as it is, under the field's own name: it is checked there like
    any parameter, and what is wrong with it is told in a notice.
    """
    st.session_state[key] = value

    def follow() -> None:
        st.query_params[key] = str(st.session_state[key]).strip()

    return {"key": key, "on_change": follow}


def follow_map_choice(key: str, selection: Selection) -> None:
    """Write the territory chosen on a map to the link (callback of the map)."""
    if territory := _new_map_choice(key):
        write_selection(replace(selection, territory=territory))


def follow_map_limit(key: str, on_choice: Callable[[TerritoryId], Selection]) -> None:
    """Write to the link what the territory chosen on a map makes of it (callback of the map)."""
    if territory := _new_map_choice(key):
        write_selection(on_choice(territory))


def open_map_choice(key: str, selection: Selection) -> None:
    """Open the page of the territory chosen on a map."""
    if territory := _new_map_choice(key):
        params = replace(selection, territory=territory).to_params()
        st.switch_page("pages/territoire.py", query_params=params)


def _new_map_choice(key: str) -> TerritoryId | None:
    """Read what a map answers; each choice counts once, though the map repeats it on every run."""
    answer = st.session_state.get(key)
    choice = answer if isinstance(answer, Mapping) else {}
    number, text = choice.get("n"), choice.get("territoire")
    seen: dict[str, object] = st.session_state.setdefault(_LAST_MAP_CHOICE, {})
    if number is None or not isinstance(text, str) or seen.get(key) == number:
        return None
    seen[key] = number
    return TerritoryId.parse(text)


def hold_left(draft: object) -> None:
    """Keep the draft that was set aside, for the session."""
    st.session_state[_LEFT] = draft


def held_left() -> object:
    """Give what ``hold_left`` kept; None without anything."""
    return st.session_state.get(_LEFT)


def hold_work(key: tuple[str, ...], work: Work) -> None:
    """Keep a file that takes long to make, the last one alone, for the session."""
    drop_work()
    st.session_state[_WORK] = (key, work)


def held_work(key: tuple[str, ...]) -> Work | None:
    """Give the file kept under a key; None when another one is, or none."""
    kept: tuple[tuple[str, ...], Work] | None = st.session_state.get(_WORK)
    return kept[1] if kept is not None and kept[0] == key else None


def drop_work() -> None:
    """Forget the file that is kept; it is made no further."""
    kept: tuple[tuple[str, ...], Work] | None = st.session_state.pop(_WORK, None)
    if kept is not None:
        kept[1].stop()


def tell(place: str, message: str) -> None:
    """Keep what came of an action (HTML) for one place of the page that follows it."""
    st.session_state[_TOLD] = {place: message}


def take_told(place: str) -> str:
    """Give what ``tell`` kept for a place, once; empty without anything."""
    told: dict[str, str] = st.session_state.get(_TOLD, {})
    return told.pop(place, "")


def author() -> str:
    """Give the name this person gave last in this session."""
    return str(st.session_state.get(_AUTHOR, ""))


def remember_author(name: str) -> None:
    """Keep the name a person gives, so that they give it once."""
    st.session_state[_AUTHOR] = name


def reason() -> str:
    """Give why a person wanted to publish what could not be yet; empty otherwise."""
    return str(st.session_state.get(_REASON, ""))


def remember_reason(text: str) -> None:
    """Keep why a person wants to publish: a conflict takes the field away for a while."""
    st.session_state[_REASON] = text


def held_draft() -> object | None:
    """Give what ``hold_draft`` was given in this session; None before it was called."""
    return st.session_state.get(_DRAFT)


def hold_draft(draft: object) -> None:
    """Keep this reader's draft for the session; False where there is none to look for."""
    st.session_state[_DRAFT] = draft


def uploaded(key: str) -> bytes | None:
    """Give the content of the file that a field holds; None without one."""
    file = st.session_state.get(key)
    return file.getvalue() if file is not None else None


def held_story() -> Story:
    """Give the presentation this reader is making in this session; empty before the first step."""
    story = st.session_state.get(_STORY)
    return story if isinstance(story, Story) else Story("")


def hold_story(story: Story, *, undo: str = "") -> None:
    """Keep the presentation; ``undo`` says what may be undone, which the one before is kept for."""
    st.session_state[_UNDO] = (undo, held_story()) if undo else None
    st.session_state[_STORY] = story


def hold_before(said: str, story: Story) -> None:
    """Keep another presentation than the one in the making, to go back to it; ``said`` says why."""
    st.session_state[_UNDO] = (said, story)


def story_before() -> tuple[str, Story] | None:
    """Give what may be undone, in words, and the presentation as it was; None without anything."""
    before: tuple[str, Story] | None = st.session_state.get(_UNDO)
    return before


def hold_awaiting(step: Step) -> None:
    """Keep the step to add once the browser has told which story it keeps, numbered."""
    number, _ = st.session_state.get(_AWAITING, (0, None))
    st.session_state[_AWAITING] = (number + 1, step)


def awaiting() -> tuple[int, Step | None]:
    """Give the step to add and its number; None without any."""
    waiting: tuple[int, Step | None] = st.session_state.get(_AWAITING, (0, None))
    return waiting


def take_awaiting() -> Step | None:
    """Give the step to add, once."""
    number, step = awaiting()
    st.session_state[_AWAITING] = (number, None)
    return step


def has_resumed() -> bool:
    """Tell whether this session knows the story that the browser kept before it."""
    return bool(st.session_state.get(_RESUMED))


def hold_resumed() -> None:
    """Remember that the browser told which story it keeps."""
    st.session_state[_RESUMED] = True


def room_address() -> str:
    """Give the address that the room opens, as it was typed: that of the link, else the last one."""
    if "adresse" in st.query_params:
        st.session_state[_ADDRESS] = st.query_params["adresse"]
    return str(st.session_state.get(_ADDRESS, ""))


def opened_at(recit: str, current: int) -> int:
    """Give the step that a presentation was opened at in this session: the ``current`` one at first."""
    opened, step = st.session_state.get(_OPENED, ("", 0))
    if opened != recit:
        step = current
        st.session_state[_OPENED] = (recit, step)
    return int(step)


def asked_name() -> str:
    """Give what a link looks for (« q »), for who has no script to search with."""
    return str(st.query_params.get("q", ""))[:MAX_QUERY_LENGTH].strip()
