"""What holds for every row of a file that does not say it itself."""

from __future__ import annotations

import streamlit as st

from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.domain.updates import FileKind, Scale
from territoires.render import update as render
from territoires.tables.matching.waves import normalise_wave
from territoires.ui import cache, state
from territoires.ui.blocks import plain_label
from territoires.ui.cache import drafts, reviews
from territoires.ui.cache.drafts import Draft
from territoires.ui.update.additions import (
    drop_new_indicator,
    show_new_indicator,
    show_new_source,
)
from territoires.views.french import LEVEL_LABELS
from territoires.views.update_review import Review

LEVELS = (Level.PAYS, Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
SCALES = {
    Scale.UNKNOWN: "comme elles sont écrites",
    Scale.PERCENT: "des pourcentages (77 pour 77 %)",
    Scale.PROPORTION: "des proportions (0,77 pour 77 %) : multiplier par 100",
}
FIABILITES = {
    "": "à préciser",
    "claire": "claire : la valeur se lit sans ambiguïté à sa source",
    "ambigue": "ambiguë : approchée, contredite ou non relue",
}


def show_constants(draft: Draft, review: Review) -> None:
    """Draw what the file leaves unsaid, by kind of file."""
    kind, fields = draft.choices.kind, {column.role.field for column in review.columns}
    if kind is FileKind.CATALOGUE:
        return
    st.html(render.constants_title())
    with st.container(key="constantes"):
        if kind is FileKind.ZONING:
            _write("Nom du zonage", "zoning_name", draft.choices.zoning_name)
            return
        if kind is FileKind.OBSERVATIONS:
            _show_figures(draft, review, fields)
        _show_provenance(draft)


def _show_figures(draft: Draft, review: Review, fields: set[str]) -> None:
    choices, catalogue = draft.choices, reviews.published_catalogue()
    new = {dict(row)["indicator_id"]: dict(row).get("label", "") for row in choices.new_indicators}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if "indicator" not in fields and not _says_indicators(review):
            st.selectbox(
                "Indicateur du fichier",
                ["", *new, *catalogue],
                format_func=lambda name: (
                    new.get(name) or render.indicator_name(catalogue.get(name))
                ),
                **state.steered(
                    "constante_indicateur",
                    choices.indicator_id if choices.indicator_id in {*catalogue, *new} else "",
                    lambda name: drafts.change_draft(indicator_id=name),
                ),
            )
        if "wave" not in fields:
            _show_wave(choices.wave)
        if "level" not in fields:
            held = review.level
            st.selectbox(
                "Niveau des territoires",
                [None, *LEVELS],
                format_func=lambda level: LEVEL_LABELS[level] if level else "à préciser",
                **state.steered(
                    "constante_niveau",
                    held if held in LEVELS else None,
                    lambda level: drafts.change_draft(level=level),
                ),
            )
        st.selectbox(
            "Les parts sont",
            list(SCALES),
            format_func=SCALES.__getitem__,
            **state.steered(
                "constante_echelle", choices.scale, lambda scale: drafts.change_draft(scale=scale)
            ),
        )
    if "indicator" not in fields or new:
        with st.expander(
            "Un indicateur qui n’est pas encore au catalogue", key="nouvel_indicateur"
        ):
            show_new_indicator(draft)
    for name, label in new.items():
        st.button(
            f"Retirer le nouvel indicateur « {plain_label(label)} »",
            key=f"retirer_{name}",
            on_click=drop_new_indicator,
            args=(name,),
        )


def _says_indicators(review: Review) -> bool:
    """Tell whether each column of values says whose values it holds."""
    columns = [column.role for column in review.columns if column.role.field == "value"]
    return bool(columns) and all(role.indicator_id for role in columns)


def _show_wave(held: str) -> None:
    st.text_input(
        "Vague ou millésime",
        placeholder="2026-11, 2026 ou T1 2026",
        **state.steered(
            "constante_vague",
            held,
            lambda text: drafts.change_draft(wave=normalise_wave(text) or text.strip()),
        ),
    )


def _show_provenance(draft: Draft) -> None:
    choices, register = draft.choices, cache.published(Dataset.PUBLIE).sources
    new = dict(choices.new_source)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        options = ["", *([new["source_id"]] if new else []), *register]
        names = {"": "à préciser"} | {name: one.title for name, one in register.items()}
        if new:
            names[new["source_id"]] = f"{new['title']} (nouvelle)"
        st.selectbox(
            "Source",
            options,
            format_func=lambda name: names.get(name, name),
            **state.steered(
                "constante_source",
                choices.source_id if choices.source_id in options else "",
                lambda name: drafts.change_draft(source_id=name),
            ),
        )
        st.selectbox(
            "Fiabilité",
            list(FIABILITES),
            format_func=FIABILITES.__getitem__,
            **state.steered(
                "constante_fiabilite",
                choices.fiabilite if choices.fiabilite in FIABILITES else "",
                lambda one: drafts.change_draft(fiabilite=one),
            ),
        )
    if draft.choices.kind is FileKind.CATALYSTS:
        _write("Ce que la source dit de ces acteurs", "statement", choices.statement)
    elif draft.choices.kind is FileKind.OBSERVATIONS:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = "Réserve à afficher"
            if choices.fiabilite == "ambigue":
                label += " (demandée : la fiabilité est ambiguë)"
            _write(label, "caveat", choices.caveat)
            _write("Étude", "study", choices.study, "celle de l’indicateur")
            _write("Énoncé de la question", "statement", choices.statement, "celui de l’indicateur")
    with st.expander("Une source qui n’est pas encore au registre", key="nouvelle_source"):
        show_new_source()


def _write(label: str, part: str, held: str, placeholder: str | None = None) -> None:
    st.text_input(
        label,
        max_chars=500,
        placeholder=placeholder,
        **state.steered(
            f"constante_{part}", held, lambda text: drafts.change_draft(**{part: text.strip()})
        ),
    )
