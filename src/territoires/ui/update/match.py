"""Third step: what each column and each territory is taken for, shown before anything is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import (
    Absent,
    ColumnMatch,
    ColumnRole,
    FileKind,
    Grade,
    PlaceMatch,
)
from territoires.render import update as render
from territoires.tables.matching.fields import FIELDS, IGNORED
from territoires.tables.updates.actor_places import bare_text
from territoires.ui import state
from territoires.ui.blocks import plain_label
from territoires.ui.cache import drafts, geography, reviews
from territoires.ui.cache.drafts import Draft
from territoires.ui.update.constants import show_constants
from territoires.views.update_review import Review

#: Columns and places a page can hold; beyond, the file itself is to be mended.
MAX_COLUMNS, MAX_PLACES = 40, 40
_LEAVE_OUT = "ecarter"
#: Kinds of files that may leave out what is published, and within which scope.
ABSENT_WHERE = {
    FileKind.OBSERVATIONS: "même indicateur, même vague, même niveau",
    FileKind.CATALYSTS: "acteurs de la même source",
}
ABSENTS = {
    Absent.KEEP: "Les garder : le fichier complète ce qui est publié",
    Absent.REMOVE: "Les retirer : le fichier remplace ce qui est publié",
}


def show_matches(draft: Draft, review: Review) -> None:
    """Draw what was found, to be corrected, and the button that confirms it all."""
    st.html('<h2 id="correspondances">2. Correspondances</h2>')
    st.html(render.matching_sentence(review))
    _show_columns(draft, review)
    if draft.choices.kind in ABSENT_WHERE:
        _show_absent(draft)
    show_constants(draft, review)
    open_places = [match for match in review.places if match.grade is not Grade.EXACT]
    _show_places(draft, open_places)
    st.html(render.exact_places(review.places, geography.directory_of(geography.geography())))
    if not draft.choices.confirmed or _unsettled(draft, open_places):
        # The session keeps what a callback holds: no part of it may be the review itself.
        shown = _shown_places(draft, open_places)
        roles = tuple(column.role for column in review.columns)
        st.button(
            "Confirmer les correspondances",
            type="primary",
            key="confirmer",
            on_click=partial(_confirm, shown, roles, review.level),
        )
    else:
        st.html(render.confirmed())


def _show_columns(draft: Draft, review: Review) -> None:
    sheet = review.sheet
    if sheet is None:
        return
    with st.container(key="colonnes"):
        for match in review.columns[:MAX_COLUMNS]:
            told, chosen = st.columns([3, 4], vertical_alignment="center")
            with told:
                st.html(render.column(match, sheet))
            with chosen, st.container(horizontal=True, vertical_alignment="bottom"):
                _show_role(draft, review.columns, match)
    if len(review.columns) > MAX_COLUMNS:
        st.html(render.more_columns(len(review.columns) - MAX_COLUMNS))


def _show_role(draft: Draft, columns: Sequence[ColumnMatch], match: ColumnMatch) -> None:
    labels = {IGNORED: "Laisser de côté"}
    labels |= {field.name: field.label for field in FIELDS[draft.choices.kind]}
    role, place = match.role, match.role.position
    st.selectbox(
        f"La colonne « {plain_label(match.heading)} » contient",
        list(labels),
        format_func=labels.__getitem__,
        **state.steered(
            f"role_{place}",
            role.field if role.field in labels else IGNORED,
            lambda field: _set_role(columns, ColumnRole(place, field)),
        ),
    )
    is_wide = sum(column.role.field == "value" for column in columns) > 1
    if role.field == "value" and (is_wide or role.indicator_id or role.wave):
        catalogue = reviews.published_catalogue()
        st.selectbox(
            f"Indicateur de « {plain_label(match.heading)} »",
            ["", *catalogue],
            format_func=lambda name: render.indicator_name(catalogue.get(name), "celui du fichier"),
            **state.steered(
                f"role_indicateur_{place}",
                role.indicator_id if role.indicator_id in catalogue else "",
                lambda name: _set_role(columns, replace(role, indicator_id=name)),
            ),
        )
        st.text_input(
            f"Vague de « {plain_label(match.heading)} »",
            placeholder="celle du fichier",
            **state.steered(
                f"role_vague_{place}",
                role.wave,
                lambda wave: _set_role(columns, replace(role, wave=wave.strip())),
            ),
        )


def _set_role(columns: Sequence[ColumnMatch], role: ColumnRole) -> None:
    roles = (role if one.role.position == role.position else one.role for one in columns)
    drafts.change_draft(columns=tuple(roles))


def _show_absent(draft: Draft) -> None:
    st.radio(
        f"Ce qui est publié et n’est pas dans le fichier ({ABSENT_WHERE[draft.choices.kind]})",
        list(Absent),
        format_func=ABSENTS.__getitem__,
        **state.steered(
            "absents", draft.choices.absent, lambda chosen: drafts.change_draft(absent=chosen)
        ),
    )


def _show_places(draft: Draft, matches: Sequence[PlaceMatch]) -> None:
    """Set what is written beside what it may be, for each territory that is not sure."""
    if not matches:
        return
    st.html(render.open_places_title(len(matches)))
    for number, match in enumerate(matches[:MAX_PLACES]):
        told, chosen = st.columns([3, 4], vertical_alignment="center")
        with told:
            st.html(render.place(match))
        with chosen:
            _show_place(draft, number, match)
    if len(matches) > MAX_PLACES:
        st.html(render.more_places(len(matches) - MAX_PLACES))


def _show_place(draft: Draft, number: int, match: PlaceMatch) -> None:
    settled = dict(draft.choices.places)
    options = [*_candidates(match), _LEAVE_OUT]
    held = settled.get(match.written)
    current = _proposal(match) if held is None else held or _LEAVE_OUT
    st.selectbox(
        f"« {plain_label(bare_text(match.written))} » est",
        options,
        index=None,
        placeholder="à choisir",
        format_func=_name_place,
        **state.steered(
            f"lieu_{number}_{match.written}",
            current if current in options else None,
            lambda chosen: _set_places({match.written: _to_choice(chosen)}),
        ),
    )


def _candidates(match: PlaceMatch) -> list[str]:
    """Give what a written place may be: what was found first, else its whole level when short."""
    found = [match.territory] if match.territory else []
    found += [place for place in match.candidates if place not in found]
    places = geography.directory_of(geography.geography())
    level = found[0].level if found else Level.REGION
    if level in {Level.REGION, Level.DEPARTEMENT}:
        found += [one.id for one in places.of_level(level) if one.id not in found]
    return [str(place) for place in found]


def _proposal(match: PlaceMatch) -> str | None:
    """Give what stands in the field before the person chose: nothing that is not shown as such."""
    if match.grade is Grade.TOTAL:
        return _LEAVE_OUT
    if match.grade is Grade.CLOSE and match.territory:
        return str(match.territory)
    return None


def _name_place(option: str) -> str:
    if option == _LEAVE_OUT:
        return "Laisser ces lignes de côté"
    territory = TerritoryId.parse(option)
    name = geography.directory_of(geography.geography()).get(territory).name
    return f"{name} ({territory.code})"


def _to_choice(option: str | None) -> str | None:
    return "" if option == _LEAVE_OUT else option


def _set_places(chosen: dict[str, str | None]) -> None:
    held = drafts.draft()
    if held is not None:
        merged: dict[str, str | None] = {**dict(held.choices.places), **chosen}
        kept = ((text, place) for text, place in merged.items() if place is not None)
        drafts.change_draft(places=tuple(kept))


def _unsettled(draft: Draft, matches: Sequence[PlaceMatch]) -> bool:
    settled = dict(draft.choices.places)
    return any(match.written not in settled for match in matches)


def _shown_places(draft: Draft, matches: Sequence[PlaceMatch]) -> dict[str, str | None]:
    """Give what the screen proposes for the places that the person said nothing of."""
    settled = dict(draft.choices.places)
    return {
        match.written: _to_choice(_proposal(match))
        for match in matches[:MAX_PLACES]
        if match.written not in settled
    }


def _confirm(
    shown: dict[str, str | None], roles: tuple[ColumnRole, ...], level: Level | None
) -> None:
    """Take what is on the screen as said by the person; what has no proposal stays to choose."""
    _set_places(shown)
    drafts.change_draft(columns=roles, level=level, confirmed=True)
