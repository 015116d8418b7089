"""HTML of a territory's page."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.render import html
from territoires.render.groupings import groupings
from territoires.render.portrait_tables import (
    comparison_table,
    domains_table,
    local_figure,
    national_figure,
)
from territoires.render.typography import escape
from territoires.views.datasets import EDITIONS, draft_mark, is_simulated_set, mark_of
from territoires.views.map_view import DIFFERENCE_LABELS
from territoires.views.portrait import Portrait
from territoires.views.portrait_brief import Answer
from territoires.views.portrait_figures import Comparison, Holder
from territoires.views.portrait_gap import GAP_NOTE, say_gap
from territoires.views.portrait_lines import survey_lines
from territoires.views.portrait_profile import Profile
from territoires.views.search import normalize

_TEST_NOTE = (
    "Sous chaque chiffre, son intervalle de confiance à 95 %. « Par rapport à la France » : test exact au "
    "seuil de 5 %, divisé par le nombre de territoires de même niveau qui ont un chiffre, comme "
    "sur la carte ; « pas de différence établie » ne veut pas dire « pareil »."
)
_WHOSE = {
    Dataset.PUBLIE: "publiés",
    Dataset.DEMONSTRATION: "simulés",
    Dataset.BROUILLON: "du brouillon",
}
_OF_LEVEL = {
    Level.REGION: "de la région",
    Level.DEPARTEMENT: "du département",
    Level.EPCI: "de l’intercommunalité",
    Level.COMMUNE: "de la commune",
}
_ELSEWHERE = "Les autres chiffres d’enquête sont plus bas : fragilités, maturité, acteurs attendus."


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


def brief(answers: Sequence[Answer], dataset: Dataset) -> str:
    """Write the page in a few answers; each leads to its part, each figure opens its card."""
    mark = EDITIONS[dataset].watermark
    told = html.paragraph(mark, "reserve") if mark else ""
    items = "".join(
        f'<li><h2><a href="#{escape(answer.anchor)}">{escape(answer.question)}</a></h2>'
        f'<p class="valeur{"" if answer.line else " mots"}">{_answer(answer)}</p>'
        f"{html.paragraph(answer.text, 'enonce')}</li>"
        for answer in answers
    )
    return f'{told}<ul class="chiffres reponses">{items}</ul>'


def _answer(answer: Answer) -> str:
    if answer.line is None:
        return escape(answer.words)
    write = local_figure if answer.is_local else national_figure
    whose = f'<span class="de-qui">{escape(answer.whose)} : </span>' if answer.whose else ""
    return whose + write(answer.line)


def missing(portrait: Portrait) -> str:
    """Say what is not known of the territory, and how it may be added."""
    if not portrait.missing:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in portrait.missing)
    link = html.internal_link("/mise_a_jour", "Mise à jour")
    return (
        f'<ul class="liste-serree">{items}</ul>'
        "<p class='reserve'>Rien n’est estimé à la place. Vous avez un de ces chiffres, avec sa "
        f"source ? Un analyste l’apporte en un fichier, par la page « {link} ».</p>"
    )


def surveys(portrait: Portrait) -> str:
    """Write the survey figures, those of each territory apart, or say plainly there are none."""
    if portrait.region_forms is None:
        return ""
    lines = survey_lines(portrait)
    parts = []
    if not portrait.shared.surveys:
        parts.append(html.empty_state(say_no_survey(portrait)))
        lines = list(portrait.shared.landmarks)
    title = f"Résultats d’enquête {_WHOSE[portrait.dataset]}"
    parts.append(_by_holder(portrait, lines, title))
    if any(line.difference in DIFFERENCE_LABELS for line in lines):
        parts.append(html.paragraph(_TEST_NOTE, "reserve"))
    if portrait.shared.surveys and len(lines) < len(portrait.shared.surveys):
        parts.append(html.paragraph(_ELSEWHERE, "reserve"))
    return "".join(parts) + groupings(portrait.shared.groupings)


def say_no_survey(portrait: Portrait) -> str:
    """Say that no survey has a figure there, and why none is put in its place."""
    forms, start = portrait.region_forms, "Aucun résultat d’enquête n’est publié"
    if portrait.dataset is Dataset.BROUILLON:
        start = "Le brouillon n’a aucun résultat d’enquête"
    told = (
        f"{start}{f' {forms.en}' if forms else ''}. Les études nationales ne donnent pas de chiffre "
        "pour chaque région, et rien n’est estimé à la place."
    )
    below = " Les résultats nationaux ci-dessous restent un repère."
    return f"{told}{below}" if portrait.shared.landmarks else told


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
            of_level = _OF_LEVEL[holder.territory.id.level]
            parts.append(f"<h3>{escape(f'Chiffres {of_level} : {name}')}</h3>")
        mark = mark_of(portrait.dataset, own[0].indicator.nature)
        where = f"{name} et France" if name else "France"
        parts.append(comparison_table(own, f"{mark}{title}, {where}"))
    return "".join(parts)


def context(portrait: Portrait) -> str:
    """Write the region's context indicators (Insee) beside France's."""
    if portrait.region is None or not portrait.shared.context:
        return ""
    # Insee figures are given by région; an analyst may bring finer ones.
    if any(
        line.holder and line.holder.territory != portrait.region for line in portrait.shared.context
    ):
        return _by_holder(portrait, portrait.shared.context, "Contexte (Insee)")
    mark = draft_mark(portrait.dataset)
    caption = f"{mark}Donnée réelle (Insee) : région {portrait.region.name} et France"
    return comparison_table(portrait.shared.context, caption)


def domains(portrait: Portrait) -> str:
    """Write the 16 domains: perceived (surveys) beside measured (Insee), and their order."""
    forms = portrait.region_forms
    region = f" et {forms.with_article}" if forms else ""
    simulated = is_simulated_set(portrait.dataset)
    kinds = (
        "« Perçu » est simulé ; « mesuré » est une donnée réelle de l’Insee."
        if simulated
        else "« Perçu » vient des enquêtes, « mesuré » de l’Insee."
    )
    mark = mark_of(portrait.dataset, Nature.ENQUETE)
    caption = f"{mark}Domaines de fragilité : ce qui est connu pour la France{region}"
    if simulated:
        caption += " (colonne Insee : donnée réelle)"
    domains = portrait.shared.domains
    order = html.paragraph(f"{domains.order} {kinds}", "reserve")
    rest = [line for line in domains.lines if line not in domains.first]
    others = f"Les {len(rest)} autres domaines"
    folded = domains_table(rest, f"{caption} ({others[0].lower()}{others[1:]})") if rest else ""
    note = html.paragraph(GAP_NOTE, "reserve") if any(map(say_gap, domains.lines)) else ""
    return order + domains_table(domains.first, caption) + html.folded(others, folded) + note


def profile_counts(profile: Profile, mark: str = "") -> str:
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
        caption=f"{mark}Donnée réelle : profil des collectivités, {profile.territory.name}, "
        "COG 2026 (EPCI ayant au moins une commune dans le territoire)",
        label="Profil des collectivités",
        stacked=True,
        real=True,
    )
