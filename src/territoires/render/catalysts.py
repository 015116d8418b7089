"""HTML of the directory of actors: its sentence, its tables, the card of each actor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from territoires.domain.catalysts import Catalyst, Precision
from territoires.domain.selection import Dataset, Selection
from territoires.render import html
from territoires.render.typography import escape
from territoires.tables.published import Published
from territoires.views.catalyst_list import CatalystsView, PlacedActor, WideGroup
from territoires.views.catalyst_sentence import (
    say_choice,
    say_list,
    say_nearest,
    say_placeless,
)
from territoires.views.catalysts import say_distance, where_in
from territoires.views.datasets import EDITIONS, draft_mark
from territoires.views.french import (
    FIABILITE_LABELS,
    LEVEL_LABELS,
    count,
    format_number,
    format_source_date,
)

_CARD_TITLE = "Qui est cet acteur ?"
#: What the card of an actor says first, where its set is not the published one.
_CARD_SETS = {
    Dataset.DEMONSTRATION: "donnée simulée",
    Dataset.BROUILLON: "brouillon, non publié",
}
_PRECISIONS = {
    Precision.COMMUNE: "placé au point de sa commune",
    Precision.EPCI: "placé à un point intérieur de son intercommunalité",
    Precision.DEPARTEMENT: "connu par son département seulement",
    Precision.REGION: "connu par sa région seulement",
}


def introduction(view: CatalystsView, selection: Selection) -> str:
    """Write what the list is, how many answer, which are nearest, and what it never says."""
    link = html.page_url("catalyseurs", selection.to_params())
    sentence = (
        f'<p class="phrase" data-vue="{escape(link)}">{escape(say_list(view))}</p>'
        + html.paragraph(view.note.caveat, "reserve")
    )
    nearest = say_nearest(view)
    if not nearest:
        return sentence
    return sentence + html.paragraph(f"{draft_mark(view.dataset)}{nearest}", "phrase-seconde")


def place_in_view(view: CatalystsView) -> str:
    """Name the place distances start from."""
    if view.territory is None:
        return ""
    link = html.internal_link(html.territory_url(view.territory.id), view.territory.name)
    level = LEVEL_LABELS[view.territory.id.level]
    return f'<p class="lieu-choisi">Au plus près de <strong>{link}</strong> ({escape(level)})</p>'


def placed_table(view: CatalystsView, published: Published, first: int, last: int) -> str:
    """Write the actors that have a point, from one rank to another (the first is 0).

    Sorting in the browser only moves the rows shown: the caption says so where some are not.
    """
    shown = view.placed[first:last]
    has_distance = view.origin is not None
    has_metier = bool(view.metiers)
    headings = [("Acteur", False), ("Nature", False)]
    headings += [("Métier", False)] if has_metier else []
    headings += [("Distance", True)] if has_distance else []
    headings += [("Lieu", False), ("Source", False)]
    rows = []
    for actor in shown:
        cells = [_name(actor.catalyst, published), escape(_kind(actor.catalyst, published))]
        cells += [escape(actor.catalyst.metier) or "–"] if has_metier else []
        cells += [_distance(actor, view)] if has_distance else []
        rows.append([*cells, _place(actor), _source(actor.catalyst, published)])
    order = "par distance à vol d’oiseau" if has_distance else "par région, département et nom"
    caption = (
        f"{EDITIONS[view.dataset].mark}"
        f"{count(len(view.placed), 'acteur placé', 'acteurs placés')} sur la carte, {order}"
    )
    if len(shown) < len(view.placed):
        caption += (
            f" ; lignes {format_number(first + 1)} à {format_number(first + len(shown))}, le tri "
            "par une colonne ne porte que sur elles"
        )
    return html.table(headings, rows, caption=caption, label="Acteurs placés", stacked=True)


def wide_table(view: CatalystsView, published: Published) -> str:
    """Write the actors known by a région or a département alone, counted in each."""
    if not view.wide:
        return ""
    rows = [_wide_row(group, published) for group in view.wide]
    table = html.table(
        (("Territoire", False), ("Niveau", False), ("Acteurs", True), ("Lesquels", False)),
        rows,
        caption=f"{EDITIONS[view.dataset].mark}Acteurs connus sans lieu précis, par territoire",
        label="Acteurs connus sans lieu précis",
        stacked=True,
    )
    head = "<h2>Connus sans lieu précis</h2>" + html.paragraph(say_placeless(view), "reserve")
    return head + table


def nobody(view: CatalystsView, published: Published) -> str:
    """Say that no actor answers, and which choice to loosen."""
    choices = say_choice(view, published.catalyst_kinds)
    parts = ["Aucun acteur recensé ne répond à ce choix."]
    if choices:
        loosen = ", ou ".join(choices)
        parts.append(f"Élargissez-le en retirant {loosen}.")
    if not view.note.exhaustive:
        parts.append("La liste est partielle : cela ne veut pas dire qu’il n’y en a pas.")
    return html.empty_state(" ".join(parts))


def nobody_placed(view: CatalystsView) -> str:
    """Say that the actors found have no place, hence no point on the map."""
    number = count(view.found, "acteur répond", "acteurs répondent")
    return html.empty_state(f"{number} à ce choix, sans lieu précis : voir la liste plus bas.")


def actor_button(catalyst: Catalyst, published: Published) -> str:
    """Write the name of an actor, which opens its card.

    The card is text on the button, from which the browser builds it (static/ui/card.js): a
    hundred of them written in HTML would be most of the page.
    """
    lines = actor_card(catalyst, published)
    card = "\n".join("|".join(map(_in_card, line)) for line in lines)
    return (
        f'<button type="button" class="chiffre-lien" aria-haspopup="dialog" '
        f'data-question="{escape(_CARD_TITLE)}" data-fiche="{escape(card)}">'
        f"{escape(catalyst.name)}</button>"
    )


def actor_card(catalyst: Catalyst, published: Published) -> list[tuple[str, ...]]:
    """Gather all that a source says of an actor, and how surely: term, text, maybe an address."""
    source = published.sources[catalyst.source_id]
    lines = [
        ("Jeu", _CARD_SETS.get(published.dataset, "")),
        ("Nature", _kind(catalyst, published)),
        ("Métier", catalyst.metier),
        ("Lieu", f"{catalyst.place_name} ({_PRECISIONS[catalyst.precision]})"),
        ("Dans la source", catalyst.status_in_source),
        ("À savoir", catalyst.note),
        ("Fiabilité", FIABILITE_LABELS[catalyst.fiabilite]),
        ("Date de la source", format_source_date(source.date) if source.date else ""),
        ("Source", source.title, source.url),
    ]
    return [line for line in lines if line[1]]


def _in_card(text: str) -> str:
    """Keep from a text what separates the parts of a card."""
    return " ".join(text.replace("|", "¦").split())


def _name(catalyst: Catalyst, published: Published) -> str:
    status = f'<br><span class="reserve">{escape(catalyst.status_in_source)}</span>'
    return actor_button(catalyst, published) + (status if catalyst.status_in_source else "")


def _kind(catalyst: Catalyst, published: Published) -> str:
    return published.catalyst_kinds[catalyst.kind]


def _place(actor: PlacedActor) -> str:
    """Write the place as the source names it, then what it lies in."""
    around = ", ".join(dict.fromkeys(name for name in (actor.departement, actor.region) if name))
    return f'{escape(actor.catalyst.place_name)}<br><span class="reserve">{escape(around)}</span>'


def _distance(actor: PlacedActor, view: CatalystsView) -> str:
    """Write a distance; across the sea none is measured."""
    if actor.distance_km is None:
        return escape("outre-mer" if _is_mainland(view) else "au-delà de la mer")
    text = say_distance(actor.distance_km)
    if actor.is_approximate:
        text += " environ"
    if actor.is_inside and view.territory:
        return f'{escape(text)}<br><span class="reserve">{escape(where_in(view.territory.id.level))}</span>'
    return escape(text)


def _is_mainland(view: CatalystsView) -> bool:
    return view.origin is not None and not view.origin.is_overseas


def _source(catalyst: Catalyst, published: Published) -> str:
    """Write who publishes the source, linked to it; its title is in the card."""
    source = published.sources[catalyst.source_id]
    if not source.url:
        return escape(source.publisher)
    return html.external_link(source.url, source.publisher)


def _wide_row(group: WideGroup, published: Published) -> Sequence[str]:
    territory = group.territory
    names = _list(
        f"{actor_button(c, published)} <span class='reserve'>{escape(_kind(c, published))}</span>"
        for c in group.catalysts
    )
    return (
        html.internal_link(html.territory_url(territory.id), territory.name),
        escape(LEVEL_LABELS[territory.id.level]),
        format_number(len(group.catalysts)),
        names,
    )


def _list(items: Iterable[str]) -> str:
    return '<ul class="liste-serree">' + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
