"""HTML of a territory's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from territoires.domain.catalysts import Catalyst, ListNote
from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Source
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.render import html
from territoires.render.portrait_tables import (
    comparison_table,
    domains_table,
    local_figure,
    national_figure,
)
from territoires.render.typography import escape
from territoires.views.datasets import EDITIONS, mark_of
from territoires.views.french import (
    LEVEL_LABELS,
    NBSP,
    actor_label,
    count,
    format_number,
    format_wave,
)
from territoires.views.map_view import DIFFERENCE_LABELS
from territoires.views.portrait import Portrait, Profile
from territoires.views.portrait_figures import Comparison, Holder
from territoires.views.search import normalize

_TEST_NOTE = (
    "Sous chaque chiffre, son intervalle de confiance à 95 %. « Par rapport à la France » : test exact au "
    "seuil de 5 %, divisé par le nombre de territoires de même niveau qui ont un chiffre, comme "
    "sur la carte ; « pas de différence établie » ne veut pas dire « pareil »."
)
_ELSEWHERE = (
    "Les autres chiffres d’enquête sont plus bas : « Où en est la co-construction » et « Les 16 "
    "domaines de fragilité »."
)


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


def sentence(portrait: Portrait) -> str:
    """Write the sentence of the page and what must be known before it is repeated elsewhere."""
    caveat = portrait.sentence_caveat
    return html.paragraph(portrait.sentence, "phrase") + (
        html.paragraph(caveat, "reserve") if caveat else ""
    )


def regions_list(directory: Directory) -> str:
    """List the régions, for who would rather browse than type."""
    items = "".join(
        f"<li>{html.internal_link(html.territory_url(region.id), region.name)}</li>"
        for region in sorted(
            directory.of_level(Level.REGION), key=lambda region: normalize(region.name)
        )
    )
    return f'<h2>Ou choisissez une région</h2><ul class="liste-serree">{items}</ul>'


def surveys(portrait: Portrait) -> str:
    """Write the survey figures, those of each territory apart, or say plainly there are none."""
    forms = portrait.region_forms
    if forms is None:
        return ""
    elsewhere = {*portrait.maturity, *(c for d in portrait.domains.lines for c in d.perceived)}
    lines = [line for line in portrait.surveys if line not in elsewhere]
    parts = ["<h2>Ce que disent les enquêtes</h2>"]
    if not portrait.surveys:
        parts.append(_no_survey(forms))
    simulated = portrait.dataset is Dataset.DEMONSTRATION
    title = f"Résultats d’enquête {'simulés' if simulated else 'publiés'}"
    parts.append(_by_holder(portrait, lines, title))
    if any(line.difference in DIFFERENCE_LABELS for line in lines):
        parts.append(html.paragraph(_TEST_NOTE, "reserve"))
    if len(lines) < len(portrait.surveys):
        parts.append(html.paragraph(_ELSEWHERE, "reserve"))
    return "".join(parts) + _groupings(portrait)


def _no_survey(forms: NameForms) -> str:
    return html.empty_state(
        f"Aucun résultat d’enquête n’est publié {forms.en}. Les études nationales ne "
        "donnent pas de chiffre pour chaque région, et rien n’est estimé à la place. "
        "Les résultats nationaux ci-dessous restent un repère."
    )


def _by_holder(portrait: Portrait, lines: Sequence[Comparison], title: str) -> str:
    """Write one table per territory that holds figures, named where it is not the one in view."""
    holders: list[Holder | None] = list(dict.fromkeys(line.holder for line in lines if line.holder))
    first, parts = (holders or [None])[0], []
    for holder in holders or [None]:
        # What is known of France only stands with the nearest figures.
        own = [line for line in lines if (line.holder or first) == holder]
        if not own:
            continue
        name = holder.territory.name if holder else ""
        if holder and (len(holders) > 1 or holder.territory != portrait.territory):
            is_region = holder.territory.id.level is Level.REGION
            of_level = "de la région" if is_region else "du département"
            parts.append(f"<h3>{escape(f'Chiffres {of_level} : {name}')}</h3>")
        mark = mark_of(portrait.dataset, own[0].indicator.nature)
        where = f"{name} et France" if name else "France"
        parts.append(comparison_table(own, f"{mark}{title}, {where}"))
    return "".join(parts)


def _groupings(portrait: Portrait) -> str:
    """Write what is published for a group of régions, never shared out."""
    if portrait.groupings.empty:
        return ""
    items = "".join(
        f"<li>{escape(str(row.statement))} : {format_number(float(str(row.value)))}{NBSP}"
        f"{escape(str(row.unit))} ({escape(str(row.grouping_name))}, "
        f"{escape(actor_label(str(row.actor)))}, {escape(format_wave(str(row.wave)))})</li>"
        for row in portrait.groupings.itertuples(index=False)
    )
    return (
        "<p>Publié pour un regroupement dont la région fait partie, à ne pas répartir :</p>"
        f'<ul class="liste-serree">{items}</ul>'
    )


def context(portrait: Portrait) -> str:
    """Write the region's context indicators (Insee) beside France's."""
    if portrait.region is None or not portrait.context:
        return ""
    caption = f"Donnée réelle (Insee) : région {portrait.region.name} et France"
    return "<h2>Le contexte mesuré par l’Insee</h2>" + comparison_table(portrait.context, caption)


def maturity(portrait: Portrait) -> str:
    """Write what is known of the maturity of co-construction, readings side by side."""
    lines = portrait.maturity
    if not lines:
        return ""
    note = ""
    if not any(Level.REGION in line.indicator.levels for line in lines):
        note = html.paragraph(
            "La maturité n’est publiée que pour la France entière : aucune région n’a de chiffre "
            "propre.",
            "reserve",
        )
    tables = _by_holder(portrait, lines, "Maturité de la co-construction")
    return "<h2>Où en est la co-construction</h2>" + note + tables


def domains(portrait: Portrait) -> str:
    """Write the 16 domains: perceived (surveys) beside measured (Insee), and their order."""
    region = f" et {portrait.region.name}" if portrait.region else ""
    simulated = portrait.dataset is Dataset.DEMONSTRATION
    kinds = (
        "« Perçu » est simulé ; « mesuré » est une donnée réelle de l’Insee."
        if simulated
        else "« Perçu » vient des enquêtes, « mesuré » de l’Insee."
    )
    mark = mark_of(portrait.dataset, Nature.ENQUETE)
    caption = f"{mark}Domaines de fragilité : ce qui est connu pour la France{region}"
    if simulated:
        caption += " (colonne Insee : donnée réelle)"
    return (
        "<h2>Les 16 domaines de fragilité</h2>"
        + html.paragraph(f"{portrait.domains.order} {kinds}", "reserve")
        + domains_table(portrait.domains, caption)
    )


def profile_counts(profile: Profile) -> str:
    """Write the profile of the collectivités as a table: sizes of communes, EPCI, population."""
    rows = [
        (
            escape(f"Communes de {size.label}"),
            local_figure(size.number_line),
            local_figure(size.share_line),
            national_figure(size.share_line),
        )
        for size in profile.sizes
    ]
    rows += [(escape(line.indicator.label), local_figure(line), "", "") for line in profile.counts]
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
        real=True,
    )


def actors(
    portrait: Portrait,
    kinds: Mapping[str, str],
    sources: Mapping[str, Source],
    note: ListNote,
) -> str:
    """List the actors known in the territory, then those of the rest of its région."""
    parts = ["<h2>Qui peut aider autour de vous</h2>", html.paragraph(note.caveat, "reserve")]
    mark = EDITIONS[portrait.dataset].mark
    around = portrait.region or portrait.territory
    for catalysts, where in (
        (portrait.catalysts_here, portrait.territory.name),
        (portrait.catalysts_region, around.name),
    ):
        if catalysts:
            parts.append(_actor_table(catalysts, where, mark, kinds, sources))
    if len(parts) == 2:  # noqa: PLR2004 - only the title and the caveat
        parts.append(
            html.empty_state(
                "Aucun acteur recensé ici ne porte sur ce territoire."
                if note.exhaustive
                else "Aucun acteur recensé ici ne porte sur ce territoire. Cela ne veut pas dire "
                "qu’il n’y en a pas : la liste n’est pas complète."
            )
        )
    return "".join(parts)


def _actor_table(
    catalysts: tuple[Catalyst, ...],
    where: str,
    mark: str,
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
        caption=f"{mark}{where} : {count(len(rows), 'acteur recensé', 'acteurs recensés')}",
        label=f"Acteurs recensés, {where}",
        stacked=True,
    )
