"""Second step: how the file is read, said and editable; its first rows."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from territoires.domain.updates import Dialect
from territoires.render import update as render
from territoires.tables.sheets import Sheet
from territoires.tables.sheets.reading import list_sheets
from territoires.tables.sheets.sheet import ENCODINGS, SEPARATORS
from territoires.ui import state
from territoires.ui.cache import drafts
from territoires.ui.cache.drafts import Draft

_DECIMALS = {"": "trouvée", ",": "virgule (77,5)", ".": "point (77.5)"}
_FOUND = "trouvé"


def show_reading(draft: Draft, sheet: Sheet | None) -> None:
    """Say how the file was read, let it be read otherwise, show its first rows."""
    st.html('<h2 id="lecture">1. Lecture</h2>')
    if sheet is not None:
        st.html(render.reading_sentence(sheet))
    # A workbook whose first sheet holds no table still has others to choose.
    sheets = sheet.sheet_names if sheet is not None else list_sheets(draft.content)
    if len(sheets) > 1:
        # Which sheet is read is seen at once: the wrong one wastes everything below.
        asked, names = draft.choices.dialect.sheet, ["", *sheets]
        _choose("Feuille", "sheet", names, {"": "la première qui a un tableau"}, asked)
    with (
        st.expander("Lire le fichier autrement", expanded=sheet is None, key="lire_autrement"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        _show_dialect(draft.choices.dialect, is_text=not sheets)
    if sheet is not None:
        st.html(render.preview(sheet))


def _show_dialect(asked: Dialect, *, is_text: bool) -> None:
    if is_text:
        _choose("Encodage", "encoding", ["", *ENCODINGS], {"": _FOUND, **ENCODINGS}, asked.encoding)
        labels = {"": _FOUND, **SEPARATORS}
        _choose("Séparateur", "separator", ["", *SEPARATORS], labels, asked.separator)
    _choose("Décimale", "decimal", list(_DECIMALS), _DECIMALS, asked.decimal)
    st.number_input(
        "Ligne des titres (0 : trouvée)",
        min_value=0,
        max_value=200_000,
        step=1,
        **state.steered("lecture_titres", asked.heading_row, lambda row: _read(heading_row=row)),
    )


def _choose(label: str, part: str, options: list[str], names: dict[str, str], held: str) -> None:
    st.selectbox(
        label,
        options,
        format_func=lambda option: names.get(option, option),
        **state.steered(
            f"lecture_{part}",
            held if held in options else "",
            lambda chosen: _read(**{part: chosen}),
        ),
    )


def _read(**changes: object) -> None:
    """Read the file otherwise: what was matched on another reading no longer holds."""
    held = drafts.draft()
    if held is not None:
        dialect = replace(held.choices.dialect, **changes)  # type: ignore[arg-type]
        drafts.change_draft(dialect=dialect, columns=(), confirmed=False)
