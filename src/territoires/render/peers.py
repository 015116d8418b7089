"""HTML of the territories that look like the one in view, below the title of the page's part."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, Territory
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.datasets import mark_of
from territoires.views.french import LEVEL_PLURALS, join_words
from territoires.views.peers import Peer, Peers

#: Levels that « Comparer » sets side by side.
_COMPARED = (Level.REGION, Level.DEPARTEMENT)
_FAR = "ressemblance lointaine"


def peers_block(peers: Peers, territory: Territory, dataset: Dataset) -> str:
    """Write the nearest territories, why, their measures side by side, and the method.

    Empty for the country, which has no peer; a sentence says why where there is none otherwise.
    """
    if territory.id.level is Level.PAYS:
        return ""
    found = peers.of(territory.id)
    if not found:
        return html.empty_state(_why_none(territory))
    items = "".join(_item(peer) for peer in found)
    detail = (
        peers_table(peers, territory, found, dataset)
        + html.paragraph(peers.method(territory.id.level), "reserve")
        + _sources(peers, territory)
    )
    return (
        f"{html.paragraph(_sentence(territory, found, dataset), 'phrase-seconde')}"
        f'<ul class="liste-serree semblables">{items}</ul>'
        f"{html.folded('Les mesures côte à côte, la méthode', detail)}"
        f"{_compare_link(territory, found)}"
    )


def peers_table(peers: Peers, territory: Territory, found: Sequence[Peer], dataset: Dataset) -> str:
    """Write every measure of the resemblance, known or not, for the territory and its peers."""
    own = peers.texts(territory.id)
    rows = [
        (escape(measure.heading), *(_value(texts[i]) for texts in (own, *(p.texts for p in found))))
        for i, measure in enumerate(peers.measures(territory.id.level))
    ]
    mark = mark_of(dataset, Nature.COG)
    return html.table(
        [("Mesure", False), (territory.name, True), *((full_name(p), True) for p in found)],
        rows,
        caption=f"{mark}{territory.name} et les {LEVEL_PLURALS[territory.id.level]} les plus "
        "semblables, mesure par mesure (Insee, Code officiel géographique 2026)",
        label="Mesures de la ressemblance",
        stacked=True,
        real=True,
    )


def full_name(peer: Peer) -> str:
    """Name a peer, with its département where its name may be that of others."""
    return f"{peer.territory.name} ({peer.where})" if peer.where else peer.territory.name


def _sentence(territory: Territory, found: Sequence[Peer], dataset: Dataset) -> str:
    names = join_words([full_name(peer) for peer in found])
    near = [peer for peer in found if not peer.is_far]
    level = LEVEL_PLURALS[territory.id.level]
    start = f"{mark_of(dataset, Nature.COG)}{level.capitalize()} les plus semblables à"
    text = f"{start} {territory.name}, d’après les chiffres officiels : {names}."
    if not near:
        ending = "" if territory.id.level is Level.DEPARTEMENT else "e"
        text += f" Aucun{ending} n’est vraiment proche : c’est un territoire à part."
    return text


def _item(peer: Peer) -> str:
    """Write a peer with its reasons in words, and what sets it most apart."""
    link = html.internal_link(html.territory_url(peer.territory.id), peer.territory.name)
    where = f" ({peer.where})" if peer.where else ""
    tag = f' <span class="etiquette">{escape(_FAR)}</span>' if peer.is_far else ""
    apart = ""
    if peer.contrast:
        apart = f"<br><span class='reserve'>{escape(f'Ce qui les sépare le plus : {peer.contrast}.')}</span>"
    reasons = " ; ".join(peer.reasons)
    return (
        f"<li><strong>{link}</strong>{escape(where)}{tag}<br>"
        f"{escape(f'{reasons[:1].upper()}{reasons[1:]}.')}{apart}</li>"
    )


def _value(text: str) -> str:
    return escape(text) if text else html.NO_FIGURE


def _why_none(territory: Territory) -> str:
    if territory.id.level is Level.ZONE:
        return (
            "Pas de rapprochement pour une zone : les zones d’un zonage ne se comparent pas à "
            "celles d’un autre."
        )
    return (
        f"Aucun territoire ne peut être rapproché de {territory.name} : moins de la moitié des "
        "mesures nécessaires sont connues (population, communes, intercommunalité)."
    )


def _sources(peers: Peers, territory: Territory) -> str:
    sources = peers.sources(territory.id.level)
    if not sources:
        return ""
    label = "Source" if len(sources) == 1 else "Sources"
    named = " ; ".join(html.source_text(source) for source in sources)
    return f'<p class="source">{label} : {named}. {html.real_tag()}</p>'


def _compare_link(territory: Territory, found: Sequence[Peer]) -> str:
    """Lead to the same territories side by side, where the page can show them."""
    if territory.id.level not in _COMPARED:
        return ""
    ids = " ".join(str(one.id) for one in (territory, *(peer.territory for peer in found)))
    url = html.page_url("comparer", {"niveau": str(territory.id.level), "avec": ids})
    return f"<p>{html.internal_link(url, 'Comparer ces territoires')}</p>"
