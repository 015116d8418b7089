"""First step: bring a file, or take a template to fill."""

from __future__ import annotations

from functools import partial

import streamlit as st

from territoires.domain.updates import MAX_BYTES, Choices, FileKind
from territoires.render import update as render
from territoires.tables.updates.templates import TemplateDialect, build_schema, build_template
from territoires.ui import state
from territoires.ui.blocks import plain_label
from territoires.ui.cache import drafts, geography, reviews
from territoires.ui.exports import show_button

KINDS = {
    FileKind.OBSERVATIONS: "Des chiffres",
    FileKind.CATALYSTS: "Des catalyseurs",
    FileKind.ZONING: "Un zonage",
    FileKind.CATALOGUE: "Le catalogue des indicateurs",
}
DIALECTS: dict[TemplateDialect, str] = {
    "excel": "CSV pour Excel (;)",
    "xlsx": "Classeur Excel (XLSX)",
    "standard": "CSV standard (,)",
}
_KIND, _FILE = "nature_du_fichier", "fichier_apporte"


def show_bring() -> None:
    """Draw the choice of what is brought, the field for the file, and the templates."""
    if (left := drafts.left_draft()) is not None:
        st.button(
            f"Reprendre « {plain_label(left.name)} »", on_click=drafts.take_up, key="reprendre"
        )
    kind = st.segmented_control(
        "Qu’apportez-vous ?",
        list(FileKind),
        format_func=KINDS.__getitem__,
        default=FileKind.OBSERVATIONS,
        required=True,
        key=_KIND,
    )
    st.file_uploader(
        f"Votre fichier : CSV ou classeur XLSX, {MAX_BYTES // 1_000_000}\u00a0Mo et 200\u00a0000\u00a0lignes au plus",
        key=_FILE,
        on_change=_take,
    )
    _show_templates(FileKind(kind))


def show_held(draft: drafts.Draft) -> None:
    """Say which file is being prepared; leave it."""
    with st.container(horizontal=True, vertical_alignment="center", key="fichier_tenu"):
        st.html(
            render.held_file(draft.name, is_kept=draft.is_kept, is_found_back=draft.is_found_back),
            width="content",
        )
        st.selectbox(
            "Il apporte",
            list(FileKind),
            format_func=KINDS.__getitem__,
            width=280,
            **state.steered("nature_tenue", draft.choices.kind, _change_kind),
        )
        st.button("Changer de fichier", on_click=drafts.set_aside, key="changer_de_fichier")


def _change_kind(kind: FileKind) -> None:
    """Read the file as another kind: what was matched no longer holds."""
    drafts.change_draft(kind=kind, columns=(), places=(), confirmed=False)


def _take() -> None:
    brought = state.held_choice(_FILE)
    if brought is None:
        return
    kind = FileKind(str(state.held_choice(_KIND) or FileKind.OBSERVATIONS))
    name, content = str(getattr(brought, "name", "")), brought.getvalue()  # type: ignore[attr-defined]
    drafts.start_draft(name, content, Choices(kind=kind))


def _show_templates(kind: FileKind) -> None:
    with st.expander("Modèles à remplir, avec les données publiées", key="modeles"):
        indicator_id, wave = "", ""
        if kind is FileKind.OBSERVATIONS:
            indicator_id, wave = _choose_figures()
        st.html(render.template_help(kind))
        with st.container(horizontal=True):
            for dialect, label in DIALECTS.items():
                name = render.template_name(kind, dialect, indicator_id, wave)
                write = partial(_write_template, kind, dialect, indicator_id, wave)
                show_button(label, name, write, f"modele_{kind}_{dialect}")
            show_button(
                "Table Schema (JSON)",
                f"territoires_{kind}.schema.json",
                partial(build_schema, kind),
                f"schema_{kind}",
            )


def _write_template(
    kind: FileKind, dialect: TemplateDialect, indicator_id: str, wave: str
) -> bytes:
    """Write a template with what is published when it is asked for."""
    places, tables = geography.directory_of(geography.geography()), reviews.base_tables()
    return build_template(kind, tables, places, dialect, indicator_id, wave)[1]


def _choose_figures() -> tuple[str, str]:
    """Choose the indicator and the wave of a template; empty: everything."""
    catalogue = reviews.published_catalogue()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        indicator_id = st.selectbox(
            "Indicateur",
            ["", *catalogue],
            format_func=lambda name: render.indicator_name(catalogue.get(name)),
            key="modele_indicateur",
        )
        waves = ["", *catalogue[indicator_id].waves] if indicator_id else [""]
        wave = st.selectbox(
            "Vague", waves, format_func=render.wave_name, key=f"modele_vague_{indicator_id}"
        )
    return str(indicator_id or ""), str(wave or "")
