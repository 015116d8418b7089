"""A source or an indicator that is not known yet, described beside the file that brings it."""

from __future__ import annotations

import re
from functools import partial

import streamlit as st

from territoires.domain.updates import Severity
from territoires.render import update_report as report
from territoires.tables.indicators import read_contract
from territoires.tables.updates.catalogue import read_new_indicators
from territoires.tables.updates.catalogue_words import to_label
from territoires.tables.zoning_columns import plain
from territoires.ui import state
from territoires.ui.cache import drafts, reviews
from territoires.ui.cache.drafts import Draft
from territoires.views.french import count

#: Kind of document that a person may cite: never a simulation.
_SOURCE_KINDS = ("enquête", "synthèse", "note", "flyer", "page web", "reprise", "Insee", "COG")
_INDICATOR_TEXTS = {
    "label": "Libellé court (70 caractères au plus)",
    "description": "Énoncé exact de la question ou définition",
    "study": "Étude",
    "actor_label": "Qui a été interrogé, en toutes lettres",
    "base": "Population sur laquelle la mesure est calculée",
    "unit_label": "Unité, comme elle se lit après le nombre",
}
_INDICATOR_LISTS = {
    "theme": "Thème",
    "actor": "Acteur interrogé",
    "unit": "Unité",
    "kind": "Nature de la mesure",
    "direction": "Sens de lecture",
    "nature": "Origine",
}
_DEFAULTS = {"unit_label": "%", "nature": "enquete"}


def show_new_source() -> None:
    """Draw the form of a source; it goes with the draft."""
    with st.form("formulaire_source", border=False):
        st.text_input("Titre du document", max_chars=300, key="source_title")
        with st.container(horizontal=True):
            st.text_input("Éditeur", max_chars=200, key="source_publisher")
            st.text_input("Date (2026-11-05, 2026-11, 2026 ou non datée)", key="source_date")
            st.selectbox("Nature", _SOURCE_KINDS, key="source_kind")
        st.text_input("Adresse publique, si elle est connue", max_chars=500, key="source_url")
        st.text_input("Licence, si elle est connue", max_chars=200, key="source_licence")
        st.form_submit_button("Prendre cette source", on_click=_take_source)


def _take_source() -> None:
    columns = ("title", "publisher", "date", "url", "kind", "licence")
    row = {column: str(state.held_choice(f"source_{column}") or "").strip() for column in columns}
    row["source_id"] = to_identifier(row["title"], "-") or "source"
    drafts.change_draft(new_source=tuple(row.items()), source_id=row["source_id"])


def show_new_indicator(draft: Draft) -> None:
    """Draw the form of an indicator, and the field for a file that describes several."""
    _show_catalogue_file(draft)
    fields = {field["name"]: field for field in read_contract("indicators")["fields"]}
    with st.form("formulaire_indicateur", border=False):
        for column, label in _INDICATOR_TEXTS.items():
            longest = fields[column].get("constraints", {}).get("maxLength", 500)
            value = _DEFAULTS.get(column, "")
            st.text_input(label, value, max_chars=longest, key=f"indicateur_{column}")
        with st.container(horizontal=True):
            for column, label in _INDICATOR_LISTS.items():
                values = [v for v in fields[column]["constraints"]["enum"] if v != "cog"]
                st.selectbox(
                    label,
                    values,
                    index=values.index(_DEFAULTS[column]) if column in _DEFAULTS else None,
                    placeholder="à choisir",
                    format_func=partial(to_label, column),
                    key=f"indicateur_{column}",
                )
            st.number_input("Décimales affichées", 0, 3, 0, key="indicateur_decimals")
        st.form_submit_button("Ajouter cet indicateur", on_click=_take_indicator)


def _show_catalogue_file(draft: Draft) -> None:
    """Draw the field for a file of several entries, what is wrong with it, and what takes it."""
    brought = st.file_uploader(
        "Plusieurs à la fois : un fichier du catalogue (voir le modèle)", key="catalogue_joint"
    )
    if brought is None:
        return
    rows, problems = read_new_indicators(brought.getvalue(), brought.name, reviews.base_tables())
    if problems:
        st.html(report.problems_table(problems, "Problèmes du fichier du catalogue"))
    if rows and not any(problem.severity is Severity.BLOCKING for problem in problems):
        st.button(
            f"Ajouter {count(len(rows), 'indicateur')}",
            on_click=lambda: _add(draft, [dict(row) for row in rows]),
            key="ajouter_indicateurs",
        )


def _take_indicator() -> None:
    held = drafts.draft()
    columns = (*_INDICATOR_TEXTS, *_INDICATOR_LISTS, "decimals")
    row = {
        column: str(state.held_choice(f"indicateur_{column}") or "").strip() for column in columns
    }
    row["decimals"] = row["decimals"] or "0"
    words = f"{row['label']} {row['actor']}"
    row |= {"indicator_id": to_identifier(words, "_"), "usage": "resultat", "status": "publie"}
    if held is not None:
        _add(held, [row])
        drafts.change_draft(indicator_id=row["indicator_id"])


def _add(draft: Draft, rows: list[dict[str, str]]) -> None:
    """Set rows beside those of the draft; a newer entry takes the place of its elder."""
    known = {dict(row)["indicator_id"]: row for row in draft.choices.new_indicators}
    columns = [field["name"] for field in read_contract("indicators")["fields"]]
    known |= {row["indicator_id"]: tuple((c, row.get(c, "")) for c in columns) for row in rows}
    drafts.change_draft(new_indicators=tuple(known.values()))


def drop_new_indicator(indicator_id: str) -> None:
    """Take an indicator off the draft again."""
    held = drafts.draft()
    if held is not None:
        kept = [r for r in held.choices.new_indicators if dict(r)["indicator_id"] != indicator_id]
        drafts.change_draft(new_indicators=tuple(kept))


def to_identifier(text: str, hyphen: str) -> str:
    """Make an identifier of a title: plain letters and digits, sixty at most."""
    return hyphen.join(re.findall(r"[a-z0-9]+", plain(text)))[:60].strip(hyphen)
