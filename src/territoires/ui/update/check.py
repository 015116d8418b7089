"""Fourth step: every problem at once, rows left out, the list and the annotated file to take away."""

from __future__ import annotations

import streamlit as st

from territoires.render import update as render
from territoires.render import update_report as report
from territoires.tables.updates.report_files import to_annotated_copy, to_problem_list
from territoires.ui import state
from territoires.ui.cache import drafts, reviews
from territoires.ui.cache.drafts import Draft
from territoires.ui.exports import show_button
from territoires.views.update_review import Review

#: Rows offered to be left out: beyond, the file itself is to be mended.
MAX_ROWS_OFFERED = 500


def show_check(draft: Draft, review: Review) -> None:
    """Draw what is wrong with the file and what may be done about it."""
    st.html('<h2 id="verification">3. Vérification</h2>')
    st.html(report.check_sentence(review) + report.left_out(draft.choices.excluded))
    if review.problems:
        with st.container(key="problemes"):
            st.html(report.problems_table(review.problems, "Ce que la vérification a trouvé"))
    _show_excluded(draft, review)
    if review.problems and review.sheet is not None:
        name = draft.name
        with st.container(horizontal=True):
            show_button(
                "Liste des problèmes (CSV)",
                render.report_name(name),
                _list_problems,
                "liste_problemes",
            )
            show_button(
                "Copie annotée du fichier",
                render.annotated_name(name),
                _annotate,
                "copie_annotee",
            )


def _list_problems() -> bytes:
    draft, review = _checked()
    return to_problem_list(review.problems, draft.name)


def _annotate() -> bytes:
    draft, review = _checked()
    if review.sheet is None:
        raise LookupError("no sheet to be annotated")
    return to_annotated_copy(review.sheet, review.problems, draft.content)[1]


def _checked() -> tuple[Draft, Review]:
    """Give what is being prepared, asked again: a button that held it would keep it in memory."""
    draft, review = drafts.draft(), reviews.review()
    if draft is None or review is None:
        raise LookupError("no draft any more")
    return draft, review


def _show_excluded(draft: Draft, review: Review) -> None:
    held = draft.choices.excluded
    offered = _offered(review, held)
    if not offered or review.sheet is None:
        return
    # Those offered alone: the field keeps what names its options.
    named = set(offered)
    shown = {
        row.number: " ; ".join(cell for cell in row.cells if cell)[:60]
        for row in review.sheet.rows
        if row.number in named
    }
    with st.container(key="verification_lignes"):
        _show_rows(offered, held, shown)


def _show_rows(offered: list[int], held: tuple[int, ...], shown: dict[int, str]) -> None:
    st.multiselect(
        "Écarter des lignes (le fichier n’est pas changé)",
        offered,
        format_func=lambda row: f"ligne {row} : {shown.get(row, '')}",
        placeholder="Choisir des lignes",
        filter_mode="contains",
        select_all=False,
        **state.steered(
            "lignes_ecartees",
            sorted(held),
            lambda rows: drafts.change_draft(excluded=tuple(sorted(rows))),
        ),
    )


def _offered(review: Review, held: tuple[int, ...]) -> list[int]:
    """Offer every row of a short file: of two that disagree, a problem names one alone."""
    rows = [row.number for row in review.sheet.rows] if review.sheet is not None else []
    if len(rows) > MAX_ROWS_OFFERED:
        rows = list(dict.fromkeys(one.row for one in review.problems if one.row))
    return sorted({*rows[:MAX_ROWS_OFFERED], *held}) if review.problems or held else []
