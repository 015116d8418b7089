"""The sentence of the directory: how many actors answer, where they are, which are nearest."""

from __future__ import annotations

from collections.abc import Mapping

from territoires.domain.territories import TerritoryId
from territoires.views.catalyst_list import CatalystsView, PlacedActor
from territoires.views.catalysts import PARTIAL, say_distance, where_in
from territoires.views.datasets import EDITIONS
from territoires.views.french import NBSP, agree, count, format_number, say_of, singular

#: Actors named in the sentence; the table holds the others.
_NAMED = 3


def say_list(view: CatalystsView) -> str:
    """Say how many actors answer to what is asked, and how many have a place."""
    parts = [f"{EDITIONS[view.dataset].mark}{_number(view)}{_split(view)}."]
    if view.maybe and view.within:
        known = agree(view.maybe, "autre, connu", "autres, connus")
        are = agree(view.maybe, "n’est pas compté", "ne sont pas comptés")
        parts.append(
            f"{format_number(view.maybe)}{NBSP}{known} seulement par un territoire plus vaste, "
            f"{are} : rien ne dit {agree(view.maybe, 's’il est', 's’ils sont')} "
            f"{where_in(view.within.id.level)}."
        )
    if not view.note.exhaustive:
        parts.append(PARTIAL)
    return " ".join(parts)


def _number(view: CatalystsView) -> str:
    """Count the actors found, among all where something limits the list."""
    one = singular(view.note.label)
    among = f" sur {format_number(view.total)}" if view.is_filtered else ""
    if not view.found:
        return f"Aucun {one}{among}"
    return f"{format_number(view.found)}{NBSP}{one if view.found == 1 else view.note.label}{among}"


def _split(view: CatalystsView) -> str:
    """Tell apart the actors that have a place from the others."""
    placed, wide = len(view.placed), view.found - len(view.placed)
    if not view.found:
        return ""
    if not wide:
        return agree(view.found, ", placé sur la carte", ", tous placés sur la carte")
    known = agree(
        wide,
        "connu seulement par son département ou sa région",
        "connus seulement par leur département ou leur région",
    )
    if not placed:
        return f", {known}"
    return (
        f" : {format_number(placed)} {agree(placed, 'placé', 'placés')} sur la carte, "
        f"{format_number(wide)} {known}"
    )


def say_nearest(view: CatalystsView) -> str:
    """Name the actors nearest to the place in view, or say why no distance is measured."""
    if view.territory is None:
        return ""
    if view.origin is None:
        return (
            f"Aucune distance depuis {view.territory.name} : sa position n’est pas connue ici. "
            "La liste reste entière."
        )
    near = [actor for actor in view.placed if actor.distance_km is not None]
    if not near:
        return (
            f"Aucune distance depuis {view.origin.point} : aucun acteur de ce choix n’est placé "
            "de ce côté de la mer."
        )
    named = " ; ".join(map(_say_near, near[:_NAMED]))
    lead = agree(len(near), "le plus proche", "les plus proches")
    among = "parmi les acteurs recensés ici"
    if view.is_filtered:
        among += " qui répondent à ce choix"
    return f"À vol d’oiseau, depuis {view.origin.point}, {lead} {among} : {named}."


def _say_near(actor: PlacedActor) -> str:
    distance = say_distance(actor.distance_km or 0.0)
    return f"{actor.catalyst.name}, à {distance} ({actor.catalyst.place_name})"


def say_choice(view: CatalystsView, kinds: Mapping[str, str]) -> tuple[str, ...]:
    """List what limits the list, in words, each with what undoing it would be called."""
    asked = view.asked
    words = []
    if asked.kind:
        words.append(f"la nature « {kinds[asked.kind]} »")
    if asked.metier:
        words.append(f"le métier « {asked.metier} »")
    if view.within:
        words.append(f"le territoire « {view.within.name} »")
    if asked.text:
        words.append(f"le texte « {asked.text} »")
    return tuple(words)


def name_list(view: CatalystsView, kinds: Mapping[str, str]) -> str:
    """Name the list in view, as a title: what limits it, and the place distances start from."""
    asked = view.asked
    what = kinds[asked.kind] if asked.kind else "Catalyseurs et acteurs recensés"
    parts = [what, asked.metier, f"« {asked.text} »" if asked.text else ""]
    parts.append(view.within.name if view.within else "")
    parts.append(f"autour {say_of(view.territory.name)}" if view.origin and view.territory else "")
    return ", ".join(part for part in parts if part)


def say_number(view: CatalystsView, territory: TerritoryId) -> str:
    """Count the actors of a territory; of a partial list, none is no information."""
    number = view.counts.get(territory, 0)
    if not number and not view.note.exhaustive:
        return ""
    return count(number, "acteur recensé", "acteurs recensés")


def say_placeless(view: CatalystsView) -> str:
    """Say what is known of the actors without a place."""
    number = sum(len(group.catalysts) for group in view.wide)
    return (
        f"{count(number, 'acteur', 'acteurs')} sans lieu précis dans les sources : "
        f"{agree(number, 'compté', 'comptés')} ici par territoire, hors de la carte et des distances."
    )
