"""Fourth step: every problem at once, rows left out, the list and the annotated file to take away."""

from __future__ import annotations

import streamlit as st

from territoires.render import update as render
from territoires.render import update_report as report
from territoires.tables.updates.report_files import to_annotated_copy, to_problem_list
from territoires.ui import state
from territoires.ui.cache import drafts
from territoires.ui.cache.drafts import Draft
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
        sheet, problems = review.sheet, review.problems
        with st.container(horizontal=True):
            st.download_button(
                "Liste des problèmes (CSV)",
                lambda: to_problem_list(problems, draft.name),
                render.report_name(draft.name),
                "text/csv",
                key="liste_problemes",
            )
            st.download_button(
                "Copie annotée du fichier",
                lambda: to_annotated_copy(sheet, problems, draft.content)[1],
                render.annotated_name(draft.name),
                key="copie_annotee",
            )


def _show_excluded(draft: Draft, review: Review) -> None:
    held = draft.choices.excluded
    offered = _offered(review, held)
    if not offered or review.sheet is None:
        return
    shown = {
        row.number: " ; ".join(cell for cell in row.cells if cell) for row in review.sheet.rows
    }
    with st.container(key="verification_lignes"):
        _show_rows(offered, held, shown)


def _show_rows(offered: list[int], held: tuple[int, ...], shown: dict[int, str]) -> None:
    st.multiselect(
        "Écarter des lignes (le fichier n’est pas changé)",
        offered,
        format_func=lambda row: f"ligne {row} : {shown.get(row, '')[:60]}",
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
