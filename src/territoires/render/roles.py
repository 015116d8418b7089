"""HTML and charts of roles: who is expected on each domain, and the profiles of mayors."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.indicators import Fiabilite
from territoires.render import html
from territoires.render.portrait_tables import comparison_table
from territoires.render.typography import escape
from territoires.views.datasets import EDITIONS, is_simulated_set
from territoires.views.portrait_figures import Comparison
from territoires.views.roles import ACTORS, DomainRoles, Expectation, Roles

_FRANCE = "France"
_READING_KEY = {
    Expectation.ATTENDU: "« attendu » : la source nomme cet acteur pour ce domaine",
    Expectation.NON_RETENU: "« non retenu » : moins de la moitié des réponses simulées",
    Expectation.NON_PRECISE: "« non précisé » : case vide dans la source, ce n’est pas « non »",
}


def matrix(roles: Roles) -> str:
    """Write the domains against the four actors, in words and not by colour alone."""
    headings = [("Domaine", False), *((label, False) for label in ACTORS.values())]
    rows = [
        [escape(domain.label) + _note(domain), *(_expectation(one) for one in domain.expectations)]
        for domain in roles.domains
    ]
    found = dict.fromkeys(one for domain in roles.domains for one in domain.expectations)
    key = " ; ".join(text for expectation, text in _READING_KEY.items() if expectation in found)
    table = html.table(
        headings,
        rows,
        caption=f"{EDITIONS[roles.dataset].mark}Qui est attendu pour agir, domaine par domaine, dans "
        f"l’ordre de la source, pour la France entière. {key[:1].upper()}{key[1:]}.",
        label="Acteurs attendus par domaine",
        stacked=True,
    )
    general = html.paragraph(roles.general_note, "reserve") if roles.general_note else ""
    return table + general + _source(roles)


def expected(roles: Roles) -> str:
    """Write how many expect each actor; empty where the set has no such figure."""
    return _figures(roles, roles.expected, roles.expected_sentence, "Qui est attendu, en part")


def profiles(roles: Roles) -> str:
    """Write the profiles of mayors: their shares, or what is not published of them."""
    title = "Les profils de maires"
    if roles.profiles or roles.profiles_number is None:
        return _figures(roles, roles.profiles, roles.profiles_sentence, title)
    indicator, figure = roles.profiles_number
    button = html.figure_button(figure.text, html.figure_card(figure, indicator, place=_FRANCE))
    return (
        f"<h3>{escape(title)}</h3>{html.empty_state(roles.profiles_sentence)}"
        f'<p class="reserve">Le chiffre et sa source : {button}</p>'
    )


def others(roles: Roles) -> str:
    """Write the other figures on actors and roles, each in its own words."""
    if not roles.others:
        return ""
    mark = EDITIONS[roles.dataset].mark
    own = [line for line in roles.others if line.local]
    france = [line for line in roles.others if not line.local]
    tables = "".join(
        comparison_table(
            lines, f"{mark}Acteurs et rôles, {_places(lines)} : chaque ligne a sa propre question"
        )
        for lines in (own, france)
        if lines
    )
    return f"<h3>Ce que les enquêtes disent des acteurs</h3>{tables}"


def _figures(roles: Roles, lines: Sequence[Comparison], sentence: str, title: str) -> str:
    if not lines:
        return ""
    mark = EDITIONS[roles.dataset].mark
    caveats = dict.fromkeys(line.indicator.caveat for line in lines if line.indicator.caveat)
    notes = "".join(html.paragraph(text, "reserve") for text in caveats)
    return (
        f"<h3>{escape(title)}</h3>{html.paragraph(sentence, 'phrase-seconde')}"
        f"{comparison_table(lines, f'{mark}{title}, {_places(lines)}')}{notes}"
    )


def _places(lines: Sequence[Comparison]) -> str:
    holder = next((line.holder for line in lines if line.holder), None)
    return f"{holder.territory.name} et {_FRANCE}" if holder else _FRANCE


def _expectation(expectation: Expectation) -> str:
    text = escape(expectation)
    if expectation is Expectation.ATTENDU:
        return f"<strong>{text}</strong>"
    return f"<span class='reserve'>{text}</span>"


def _note(domain: DomainRoles) -> str:
    """Write what is to be known of one domain, under its name."""
    parts = [f"<span class='reserve'>{escape(domain.note)}</span>"] if domain.note else []
    if domain.fiabilite is Fiabilite.AMBIGUE:
        parts.append(html.fiabilite_tag(domain.fiabilite, bare=True))
    return "".join(f"<br>{part}" for part in parts)


def _source(roles: Roles) -> str:
    named = " ; ".join(html.source_text(source) for source in roles.sources)
    label = "Source" if len(roles.sources) == 1 else "Sources"
    simulated = f" {html.simulated_tag()}" if is_simulated_set(roles.dataset) else ""
    return f'<p class="source">{label} : {named}.{simulated}</p>'
