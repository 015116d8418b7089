"""HTML of the home page."""

from __future__ import annotations

from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.datasets import EDITIONS, is_simulated_set
from territoires.views.figure import interval_text
from territoires.views.french import count, format_number, format_wave
from territoires.views.home import CoverageLine, HomeView, KeyFigure
from territoires.views.map_view import MapView

_COVERAGE_TITLES = {
    Dataset.PUBLIE: "Ce qui est publié, ce qui manque",
    Dataset.DEMONSTRATION: "Ce que contient la démonstration",
    Dataset.BROUILLON: "Ce que contient le brouillon, ce qui manque",
}


def introduction() -> str:
    """Ask the reader's question and say what the site answers, in two lines."""
    title = 'Où en est la <span class="insecable">co-construction</span> dans votre territoire ?'
    return f"<h1>{title}</h1>" + html.paragraph(
        "Quelles fragilités d’abord, où en sont les alliances, qui peut agir ? Retrouvez votre "
        "territoire : les chiffres, leurs sources, les acteurs connus autour de vous.",
        "phrase",
    )


def national_figures(view: HomeView) -> str:
    """Show the national figures, each with its statement; each opens its card."""
    if not view.key_figures:
        return ""
    items = "".join(_key_figure(key) for key in view.key_figures)
    first = view.key_figures[0]
    title = f"Ce que disent les {first.indicator.actor_label}, {format_wave(first.figure.wave)}"
    return (
        f"<h2>{escape(title)}</h2>"
        f"{_mark_line(view.dataset)}"
        f'<ul class="chiffres" style="padding:0">{items}</ul>'
    )


def _mark_line(dataset: Dataset) -> str:
    mark = EDITIONS[dataset].watermark
    return html.paragraph(mark, "reserve") if mark else ""


def _key_figure(key: KeyFigure) -> str:
    figure, indicator = key.figure, key.indicator
    card = html.figure_card(figure, indicator, place="France")
    sample = f" · {interval_text(figure.interval)}" if figure.interval else ""
    facts = f"{indicator.study} · {html.respondents_text(figure.respondents)}{sample}"
    # An unknown sample is told once, beside the study: no grade of précision to add.
    tags = [html.fiabilite_tag(figure.fiabilite)]
    tags += [html.precision_tag(figure)] if figure.interval else []
    tags += [html.status_tag(indicator)]
    return (
        f'<li><p class="valeur">{html.figure_button(figure.text, card)}</p>'
        f'<p class="enonce">{escape(figure.statement)}</p>'
        f'<p class="provenance">{escape(facts)}</p>'
        f'<p class="etiquettes">{" ".join(tag for tag in tags if tag)}</p></li>'
    )


def map_caption(view: MapView) -> str:
    """Name the small map and say in one sentence what it shows."""
    return f"<h2>{escape(view.indicator.label)}</h2>{html.paragraph(view.sentence, 'reserve')}"


def map_door() -> str:
    """Lead to the large map, where the legend and the table are."""
    link = html.internal_link("/carte", "Ouvrir la carte, sa légende et son tableau")
    return f"<p class='source'>Choisissez une région pour ouvrir sa page. {link}</p>"


def coverage(view: HomeView) -> str:
    """Say what there is and what is missing, with its numbers."""
    title = _COVERAGE_TITLES[view.dataset]
    rows = [
        (
            escape(line.label) + (f" {tag}" if (tag := _coverage_tag(line, view)) else ""),
            format_number(line.indicators),
            format_number(line.figures),
            f"{format_number(line.regions)} sur {format_number(view.regions)}",
        )
        for line in view.coverage
    ]
    table = html.table(
        (
            ("Famille", False),
            ("Indicateurs", True),
            ("Chiffres", True),
            ("Régions couvertes", True),
        ),
        rows,
        caption=f"{EDITIONS[view.dataset].mark}Nombre d’indicateurs et de chiffres par famille, et "
        "régions ayant au moins un chiffre",
        label=title,
    )
    parts = [_missing_regions(view), _hidden(view), _unavailable(view), _actors(view)]
    return (
        f"<h2>{title}</h2>"
        + table
        + "".join(html.paragraph(text, "reserve") for text in parts if text)
        + f"<p>{html.internal_link('/sources', 'Tout le détail des sources')}</p>"
    )


def _coverage_tag(line: CoverageLine, view: HomeView) -> str:
    """Tell simulated families from real ones, where both stand in one table."""
    if not is_simulated_set(view.dataset):
        return ""
    return html.real_tag() if line.nature is not Nature.ENQUETE else html.simulated_tag()


def _missing_regions(view: HomeView) -> str:
    if not view.regions_without_survey:
        return "Chaque région a au moins un chiffre d’enquête."
    why = " (effectif insuffisant)" if view.hidden else ""
    start = "Aucun chiffre d’enquête n’est publié pour"
    if view.dataset is Dataset.BROUILLON:
        start = "Le brouillon n’a aucun chiffre d’enquête pour"
    return (
        f"{start} {count(len(view.regions_without_survey), 'région')} : "
        f"{', '.join(view.regions_without_survey)}{why}. Aucune valeur n’est estimée à leur place."
    )


def _hidden(view: HomeView) -> str:
    if not view.hidden:
        return ""
    number = count(view.hidden, "chiffre masqué", "chiffres masqués")
    return f"{number} pour protéger les réponses (effectif insuffisant), non comptés ici."


def _unavailable(view: HomeView) -> str:
    if not view.unavailable:
        return ""
    number = count(view.unavailable, "résultat illisible", "résultats illisibles")
    return f"{number} dans les documents d’origine : non disponibles."


def _actors(view: HomeView) -> str:
    """Count the actors; what a partial list leaves out is said of the real list only."""
    every = view.placed == view.catalysts
    placed = f"{'tous' if every else f'dont {format_number(view.placed)}'} placés sur la carte"
    if is_simulated_set(view.dataset):
        text = f"{count(view.catalysts, 'catalyseur simulé', 'catalyseurs simulés')}, {placed}"
    else:
        text = (
            f"{count(view.catalysts, 'acteur nommé', 'acteurs nommés')} par les sources, {placed}"
        )
    if view.is_list_exhaustive:
        return f"{text} ; la liste est déclarée complète."
    if is_simulated_set(view.dataset):
        return f"{text} ; la liste n’est pas complète."
    return f"{text} ; la liste des quelque 350 catalyseurs territoriaux n’est pas publiée."


def doors() -> str:
    """Lead to the pages."""
    doors_ = (
        ("carte", "La carte", "Un indicateur, région par région ou département par département."),
        ("territoire", "Les territoires", "La page de chaque région, département, commune."),
        ("comparer", "Comparer", "Quelques territoires côte à côte, ou deux vagues d’enquête."),
        ("reperes", "Les repères", "Les résultats nationaux, question par question."),
        ("methode", "La méthode", "Intervalles, précision, fiabilité : lire un chiffre."),
        ("sources", "Les sources", "D’où vient chaque chiffre, et ce qu’il faut en savoir."),
    )
    items = "".join(
        f"<li>{html.internal_link(f'/{slug}', title)}<p>{escape(text)}</p></li>"
        for slug, title, text in doors_
    )
    return f'<h2>Aller plus loin</h2><ul class="portes">{items}</ul>'
