"""HTML of the top of a territory's page: where it stands, what matters first, what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from territoires.domain.directory import Territory
from territoires.domain.selection import Selection
from territoires.domain.territories import Level
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.french import LEVEL_LABELS, NBSP, format_number
from territoires.views.map_view import MapView
from territoires.views.portrait_places import InnerMap, Place, level_name, say_population

#: Longer lists are folded; the map of the territory shows them all.
MAX_LISTED = 12
_SHOWN_POSTCODES = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its anchor and its title."""

    anchor: str
    title: str


def trail(place: Place) -> str:
    """Write the way up the hierarchy, the country first."""
    if not place.ancestors:
        return ""
    every = (*place.ancestors, place.territory)
    names = [
        # Overseas a département has the name of its région: which is which must be said.
        t.name if t.name != before.name else f"{t.name} ({LEVEL_LABELS[t.id.level]})"
        for before, t in pairwise((place.ancestors[0], *every[1:]))
    ]
    steps = "".join(
        f"<li>{html.internal_link(html.territory_url(wider.id), name)}</li>"
        for wider, name in zip(place.ancestors, (every[0].name, *names), strict=False)
    )
    here = f'<li aria-current="page">{escape(names[-1])}</li>'
    return f'<nav class="fil" aria-label="Fil d’Ariane"><ol>{steps}{here}</ol></nav>'


def identity(place: Place) -> str:
    """Say what the territory is: kind, population, postcodes, codes, zones it belongs to."""
    territory = place.territory
    facts = [place.kind.capitalize()]
    if territory.population is not None:
        facts.append(say_population(territory))
    if postcodes := territory.postcodes[:_SHOWN_POSTCODES]:
        more = "…" if len(territory.postcodes) > len(postcodes) else ""
        facts.append(f"code postal {', '.join(postcodes)}{more}")
    name = "SIREN" if territory.id.level is Level.EPCI else "code officiel"
    if territory.id.level is not Level.ZONE:
        facts.append(f"{name} {territory.id.code}")
    text = html.paragraph(" · ".join(facts), "reserve")
    if place.is_overseas_collectivity:
        text += html.paragraph(
            "Les enquêtes, les contours et les cartes de ce site portent sur les 18 régions : "
            "cette collectivité n’y figure pas. Les résultats nationaux restent un repère.",
            "",
        )
    if place.departements:
        every = ", ".join(_link(departement) for departement in place.departements)
        text += (
            f'<p class="reserve">À cheval sur plusieurs départements : {every}. Les chiffres de '
            "région ou de département sont ceux du principal, par la population.</p>"
        )
    if place.zones:
        zones = ", ".join(_link(zone) for zone in place.zones)
        text += f'<p class="reserve">Aussi dans : {zones}</p>'
    return text


def contents(sections: Sequence[Section]) -> str:
    """Link to the parts of the page."""
    items = "".join(
        f'<li><a href="#{section.anchor}">{escape(section.title)}</a></li>' for section in sections
    )
    return f'<nav class="sommaire-court" aria-label="Sur cette page"><ul>{items}</ul></nav>'


def title(section: Section) -> str:
    """Write the title of a part, which its anchor leads to."""
    return f'<h2 id="{section.anchor}">{escape(section.title)}</h2>'


def children(place: Place) -> str:
    """List what the territory holds, most populated first, and lead to the maps of the others."""
    if place.children_level is None:
        return ""
    head, rest = place.children[:MAX_LISTED], place.children[MAX_LISTED:]
    number = len(place.children)
    noun = level_name(place.children_level, number)
    text = f"<p>{format_number(number)}{NBSP}{noun}, par population :</p>{_list(head)}"
    if rest:
        text += (
            f"<details><summary>Les {format_number(len(rest))} autres</summary>"
            f"{_list(rest)}</details>"
        )
    return text


def _list(territories: Sequence[Territory]) -> str:
    items = "".join(
        f"<li>{_link(territory)}"
        + (
            f" <span class='reserve'>{format_number(territory.population)}</span>"
            if territory.population is not None
            else ""
        )
        + "</li>"
        for territory in territories
    )
    return f'<ul class="enfants">{items}</ul>'


def map_title(drawn: InnerMap, view: MapView, people: MapView | None = None) -> str:
    """Name the territory's own map and say how to use it."""
    beside = f" et {people.indicator.label.lower()}" if people else ""
    number = len(view.rows)
    text = (
        f"{drawn.within_name} : {format_number(number)}{NBSP}{level_name(drawn.level, number)}, "
        "Code officiel géographique 2026. Choisissez-en une pour ouvrir sa page."
    )
    return f"<h2>{escape(view.indicator.label + beside)}</h2>{html.paragraph(text, 'reserve')}"


def map_link(seen: Selection) -> str:
    """Lead from the territory's own map to the same one, large, with its table."""
    wanted = {"indicateur", "vague", "niveau", "dans"}
    params = {name: text for name, text in seen.to_params().items() if name in wanted}
    link = html.internal_link(html.page_url("carte", params), "La même carte en grand")
    return f"<p class='source'>{link}, avec son tableau, ses fichiers et d’autres indicateurs.</p>"


def map_links(place: Place) -> str:
    """Lead to the maps of the territory, one for each finer level it holds."""
    territory = place.territory.id
    items = []
    for level, number in place.inner_counts:
        params = {"niveau": level.value}
        if territory.level is not Level.PAYS:
            params["dans"] = str(territory)
        text = f"Carte : {format_number(number)}{NBSP}{level_name(level, number)}"
        items.append(html.internal_link(html.page_url("carte", params), text))
    return f"<p class='source'>{' · '.join(items)}</p>" if items else ""


def _link(territory: Territory) -> str:
    return html.internal_link(html.territory_url(territory.id), territory.name)
