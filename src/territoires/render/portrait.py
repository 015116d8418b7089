"""HTML of a territory's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from territoires.domain.catalysts import Catalyst
from territoires.domain.directory import Directory, Territory
from territoires.domain.indicators import Indicator, Source
from territoires.domain.territories import Level
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.figure import Figure
from territoires.views.french import (
    LEVEL_LABELS,
    NBSP,
    actor_label,
    count,
    format_number,
    format_wave,
)
from territoires.views.portrait import Comparison, Portrait, Profile
from territoires.views.search import normalize

_UNPUBLISHED = "non disponible"


def head(portrait: Portrait) -> str:
    """Name the territory, its kind, its population, and the territories it belongs to."""
    territory = portrait.territory
    above = " › ".join(
        html.internal_link(html.territory_url(t.id), t.name) for t in portrait.ancestors
    )
    facts = [LEVEL_LABELS[territory.id.level].capitalize()]
    if territory.population is not None:
        facts.append(f"{format_number(territory.population)}{NBSP}habitants")
    if territory.postcodes:
        facts.append(f"code postal {', '.join(territory.postcodes[:4])}")
    facts.append(f"code officiel {territory.id.code}")
    on_map = html.internal_link(f"/carte?territoire={territory.id}", "Voir sur la carte")
    trail = f'<p class="fil">{above} · {on_map}</p>' if above else ""
    return f"{trail}<p class='reserve'>{escape(' · '.join(facts))}</p>"


def regions_list(directory: Directory) -> str:
    """List the régions, for who would rather browse than type."""
    items = "".join(
        f"<li>{html.internal_link(html.territory_url(region.id), region.name)}</li>"
        for region in sorted(
            directory.of_level(Level.REGION), key=lambda region: normalize(region.name)
        )
    )
    return f'<h2>Ou choisissez une région</h2><ul class="liste-serree">{items}</ul>'


def comparisons(
    lines: Iterable[Comparison], local_name: str, sources_note: str, *, survey: bool
) -> str:
    """Write figures beside France's, each with its date, source and fiabilité."""
    lines = tuple(lines)
    has_local = any(line.local for line in lines)
    rows = []
    for line in lines:
        indicator = line.indicator
        figure = line.local or line.national
        if figure is None:
            continue
        name = f"<strong>{escape(indicator.label)}</strong>"
        name += f"<br><span class='reserve'>{escape(_subtitle(indicator, survey=survey))}</span>"
        card = html.provenance(
            figure, study=indicator.study, actor_label=indicator.actor_label, survey=survey
        )
        rows.append(
            (
                name,
                *([_cell(line.local)] if has_local else []),
                _cell(line.national),
                escape(format_wave(figure.wave)),
                ("" if line.local or not has_local else "France seulement ")
                + html.fiabilite_tag(figure.fiabilite)
                + card,
            )
        )
    headings = (
        ("Indicateur", False),
        *([(local_name, True)] if has_local else []),
        ("France", True),
        ("Date", False),
        ("Fiabilité et source", False),
    )
    return html.table(headings, rows, caption=sources_note, label=sources_note, stacked=True)


def _subtitle(indicator: Indicator, *, survey: bool) -> str:
    """Say who was asked and the unit, where the cells only hold a number."""
    parts = [indicator.actor_label] if survey else []
    if indicator.unit_label != "%":
        parts.append(indicator.unit_label)
    return " · ".join(part for part in parts if part)


def _cell(figure: Figure | None) -> str:
    return escape(figure.short_text) if figure else _UNPUBLISHED


def surveys(portrait: Portrait) -> str:
    """Write the region's survey figures, or say plainly that there are none."""
    region, forms = portrait.region, portrait.region_forms
    if region is None or forms is None:
        return ""
    start = "<h2>Ce que disent les enquêtes</h2>"
    if portrait.surveys and portrait.territory.id.level is not Level.REGION:
        start += html.paragraph(
            f"Les enquêtes ne descendent pas sous la région : ces chiffres sont ceux {forms.de}.",
            "reserve",
        )
    if portrait.surveys:
        start += comparisons(
            portrait.surveys,
            region.name,
            f"Résultats d’enquête publiés {forms.en}, à côté de la France quand la même "
            "question y a été posée",
            survey=True,
        )
    else:
        start += html.empty_state(
            f"Aucun résultat d’enquête n’est publié {forms.en}. Les études nationales ne "
            "donnent pas de chiffre pour chaque région, et rien n’est estimé à la place. "
            "Les résultats nationaux ci-dessous restent un repère."
        )
    if not portrait.groupings.empty:
        start += (
            "<p>Publié pour un regroupement dont la région fait partie, à ne pas répartir :</p>"
        )
        start += '<ul class="liste-serree">'
        for row in portrait.groupings.itertuples(index=False):
            start += (
                f"<li>{escape(str(row.statement))} : {format_number(float(str(row.value)))}{NBSP}"
                f"{escape(str(row.unit))} ({escape(str(row.grouping_name))}, "
                f"{escape(actor_label(str(row.actor)))}, {escape(format_wave(str(row.wave)))})</li>"
            )
        start += "</ul>"
    return start


def context(portrait: Portrait) -> str:
    """Write the region's context indicators (Insee) beside France's."""
    if portrait.region is None:
        return ""
    return "<h2>Le contexte mesuré par l’Insee</h2>" + comparisons(
        portrait.context,
        portrait.region.name,
        f"Donnée réelle (Insee) : région {portrait.region.name} et France",
        survey=False,
    )


def maturity(portrait: Portrait) -> str:
    """Write what is published on the maturity of co-construction, readings side by side."""
    return (
        "<h2>Où en est la co-construction</h2>"
        + html.paragraph(
            "La maturité n’est publiée que pour la France entière : aucune région n’a de chiffre "
            "propre, et la répartition complète des réponses n’est pas lisible dans la source.",
            "reserve",
        )
        + comparisons(
            portrait.maturity,
            portrait.region.name if portrait.region else "Territoire",
            "Maturité de la co-construction, résultats nationaux",
            survey=True,
        )
    )


def domains(portrait: Portrait) -> str:
    """Write the 16 domains in the source's order: perceived (surveys) beside measured (Insee)."""
    rows = [
        (escape(line.label), _figures(line.perceived), _figures(line.measured))
        for line in portrait.domains
    ]
    region = f" et {portrait.region.name}" if portrait.region else ""
    return (
        "<h2>Les 16 domaines de fragilité</h2>"
        + html.paragraph(
            "Dans l’ordre de la source : les effectifs n’étant pas communiqués, ils ne se classent "
            "pas. « Perçu » vient des enquêtes, « mesuré » de l’Insee.",
            "reserve",
        )
        + html.table(
            (("Domaine", False), ("Perçu", False), ("Mesuré", False)),
            rows,
            caption=f"Domaines de fragilité : ce qui est publié pour la France{region}",
            label="Domaines de fragilité",
            stacked=True,
        )
    )


def _figures(lines: tuple[Comparison, ...]) -> str:
    if not lines:
        return _UNPUBLISHED
    items = []
    for line in lines:
        values = []
        if line.local:
            values.append(f"<strong>{escape(line.local.text)}</strong>")
        if line.national:
            values.append(f"France {escape(line.national.text)}")
        figure = line.local or line.national
        when = format_wave(figure.wave) if figure else ""
        items.append(
            f"<li>{escape(line.indicator.label)} : {', '.join(values)} "
            f"<span class='reserve'>({escape(line.indicator.actor_label)}, {escape(when)})</span></li>"
        )
    return f'<ul class="liste-serree">{"".join(items)}</ul>'


def profile_counts(profile: Profile) -> str:
    """Write the profile of the collectivités as a table: sizes of communes, EPCI, population."""
    rows = [
        (
            escape(f"Communes de {size.label}"),
            format_number(size.number),
            f"{format_number(size.share_pct, 1)}{NBSP}%",
            f"{format_number(size.national_share_pct, 1)}{NBSP}%",
        )
        for size in profile.sizes
    ]
    rows += [(escape(line.indicator.label), _number(line.local), "", "") for line in profile.counts]
    return html.table(
        (
            ("Collectivités", False),
            (profile.territory.name, True),
            ("Part", True),
            ("Part en France", True),
        ),
        rows,
        caption=f"Donnée réelle : profil des collectivités, {profile.territory.name}, "
        "COG 2026 (EPCI ayant au moins une commune dans le territoire)",
        label="Profil des collectivités",
        stacked=True,
    )


def _number(figure: Figure | None) -> str:
    return format_number(figure.value) if figure and figure.value is not None else _UNPUBLISHED


def actors(
    portrait: Portrait,
    kinds: Mapping[str, str],
    sources: Mapping[str, Source],
    caveat: str,
) -> str:
    """List the actors known in the territory, then those of the rest of its région."""
    parts = ["<h2>Qui peut aider autour de vous</h2>", html.paragraph(caveat, "reserve")]
    if portrait.catalysts_here:
        parts.append(_actor_table(portrait.catalysts_here, portrait.territory, kinds, sources))
    if portrait.catalysts_region:
        around = portrait.region or portrait.territory
        parts.append(_actor_table(portrait.catalysts_region, around, kinds, sources))
    if len(parts) == 2:  # noqa: PLR2004 - only the title and the caveat
        parts.append(
            html.empty_state(
                "Aucun acteur recensé ici ne porte sur ce territoire. Cela ne veut pas dire qu’il "
                "n’y en a pas : la liste complète des catalyseurs n’est pas publiée."
            )
        )
    return "".join(parts)


def _actor_table(
    catalysts: tuple[Catalyst, ...],
    where: Territory,
    kinds: Mapping[str, str],
    sources: Mapping[str, Source],
) -> str:
    rows = [
        (
            f"<strong>{escape(c.name)}</strong>",
            escape(kinds.get(c.kind, c.kind)),
            escape(c.place_name) + ("" if c.is_point else " <em>(lieu précis non publié)</em>"),
            html.source_text(sources[c.source_id]),
        )
        for c in catalysts
    ]
    return html.table(
        (("Acteur", False), ("Nature", False), ("Lieu", False), ("Source", False)),
        rows,
        caption=f"{where.name} : {count(len(rows), 'acteur recensé', 'acteurs recensés')}",
        label=f"Acteurs recensés, {where.name}",
        stacked=True,
    )
