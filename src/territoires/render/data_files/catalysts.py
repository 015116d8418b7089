"""From the filtered list of actors to its table, and to the points of those that have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from territoires.render.data_files.geo_files import Shapes
from territoires.render.data_files.tables import (
    Cell,
    Column,
    DataTable,
    context_column,
    head_notes,
    number_column,
    story_column,
    without_empty,
)
from territoires.views.catalyst_sentence import say_list, say_nearest
from territoires.views.citation import Taken, cite_catalysts
from territoires.views.datasets import EDITIONS
from territoires.views.french import FIABILITE_LABELS, format_source_date

if TYPE_CHECKING:
    from territoires.domain.catalysts import Catalyst
    from territoires.domain.indicators import Source
    from territoires.tables.published import Published
    from territoires.views.catalyst_index import CatalystIndex
    from territoires.views.catalyst_list import CatalystsView

#: Decimals of a place in degrees (about one metre), and of a distance.
_DEGREES, _KILOMETRES = 5, 1


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor with all that a row tells of it."""

    catalyst: Catalyst
    nature: str
    departement: str
    region: str
    point: tuple[float, float] | None
    distance_km: float | None
    source: Source


def catalysts_table(
    view: CatalystsView, published: Published, index: CatalystIndex, taken: Taken
) -> DataTable:
    """Give the actors found, with a place or without: those that have one first."""
    return _to_table(view, published, taken, list(_actors(view, published, index)))


def catalysts_layer(
    view: CatalystsView, published: Published, index: CatalystIndex, taken: Taken
) -> tuple[DataTable, Shapes]:
    """Give the actors that have a point, and these points."""
    import shapely  # noqa: PLC0415 - spared to pages that export nothing

    placed = [actor for actor in _actors(view, published, index) if actor.point]
    points = tuple(shapely.to_wkb(shapely.Point(actor.point)) for actor in placed)
    return _to_table(view, published, taken, placed), points


def _actors(view: CatalystsView, published: Published, index: CatalystIndex) -> Iterator[Actor]:
    places = index.places
    ranks = {catalyst.actor_id: rank for rank, catalyst in enumerate(places.catalysts)}
    distances = {actor.catalyst.actor_id: actor.distance_km for actor in view.placed}
    for catalyst in view.listed:
        rank = ranks[catalyst.actor_id]
        yield Actor(
            catalyst,
            published.catalyst_kinds[catalyst.kind],
            index.departements[rank],
            index.regions[rank],
            places.positions.get(rank),
            distances.get(catalyst.actor_id),
            published.sources[catalyst.source_id],
        )


def _to_table(
    view: CatalystsView, published: Published, taken: Taken, actors: list[Actor]
) -> DataTable:
    citation = cite_catalysts(view, published, taken)
    dataset, *others = _of_view(view)
    fields = (dataset, *FIELDS, *others, *CODES)
    columns, rows = without_empty(
        [column for column, _ in fields],
        [tuple([read(actor) for _, read in fields]) for actor in actors],
    )
    notes = [
        ("Titre", citation.marked_title),
        *head_notes(view.dataset),
        ("Ce qu’on y lit", " ".join(text for text in (say_list(view), say_nearest(view)) if text)),
        *(("À savoir", caveat) for caveat in citation.caveats),
    ]
    return DataTable(
        citation,
        columns,
        rows,
        tuple(actor.catalyst.actor_id for actor in actors),
        indicators=(),
        comparable={},
        notes=tuple(notes),
        layer="catalyseurs",
        has_points=True,
    )


def _of_view(view: CatalystsView) -> tuple[tuple[Column, Callable[[Actor], Cell]], ...]:
    """Give the columns that depend on what the list is of, and on where distances start from."""
    origin = view.origin
    start = f"{origin.territory.name}, {origin.point}" if origin else ""
    return (
        (
            Column("jeu", "Jeu de données", "Jeu de données d’où vient la ligne.", width=24),
            lambda _: EDITIONS[view.dataset].name,
        ),
        (
            context_column(
                "distance_depuis", "Distance depuis", "Point d’où la distance est mesurée.", 30
            ),
            lambda actor: start if actor.distance_km is not None else "",
        ),
        (
            story_column(
                "reserve_de_la_liste",
                "Réserve de la liste",
                "Ce qu’il faut savoir de la liste entière.",
                50,
            ),
            lambda _: view.note.caveat,
        ),
    )


def _text(name: str, heading: str, description: str, width: int = 16) -> Column:
    return Column(name, heading, description, width=width)


def _degrees(actor: Actor, axis: int) -> Cell:
    return round(actor.point[axis], _DEGREES) if actor.point else None


FIELDS: tuple[tuple[Column, Callable[[Actor], Cell]], ...] = (
    (
        Column("nom", "Nom", "Nom de l’acteur.", width=40, is_optional=False),
        lambda actor: actor.catalyst.name,
    ),
    (_text("nature", "Nature", "Nature de l’acteur.", 30), lambda actor: actor.nature),
    (_text("metier", "Métier", "Métier, s’il est publié.", 24), lambda a: a.catalyst.metier),
    (
        _text("lieu", "Lieu", "Lieu que donne la source.", 28),
        lambda actor: actor.catalyst.place_name,
    ),
    (
        _text(
            "precision",
            "Précision du lieu",
            "Territoire le plus fin qui soit connu : un acteur connu par son seul département, ou sa "
            "seule région, n’a pas de point.",
        ),
        lambda actor: actor.catalyst.precision.value,
    ),
    (_text("departement", "Département", "Nom du département.", 24), lambda a: a.departement),
    (_text("region", "Région", "Nom de la région.", 26), lambda actor: actor.region),
    (
        number_column(
            "distance_km",
            "Distance (km)",
            "À vol d’oiseau ; vide sans point, ou quand la mer sépare.",
            _KILOMETRES,
        ),
        lambda a: None if a.distance_km is None else round(a.distance_km, _KILOMETRES),
    ),
    (
        _text("statut_dans_la_source", "Statut dans la source", "Mots de la source.", 30),
        lambda actor: actor.catalyst.status_in_source,
    ),
    (_text("note", "Note", "Ce qu’il faut savoir de l’acteur.", 40), lambda a: a.catalyst.note),
    (
        context_column(
            "fiabilite", "Fiabilité", "La ligne se lit-elle sans doute dans sa source ?", 26
        ),
        lambda actor: FIABILITE_LABELS[actor.catalyst.fiabilite],
    ),
    (
        context_column("source", "Source", "Titre du document publié.", 40),
        lambda actor: actor.source.title,
    ),
    (
        context_column("editeur", "Éditeur", "Qui publie ce document.", 28),
        lambda a: a.source.publisher,
    ),
    (
        context_column("date_source", "Date de la source", "Date du document.", 20),
        lambda actor: format_source_date(actor.source.date),
    ),
    (
        context_column(
            "adresse", "Adresse", "Adresse publique du document, si elle est connue.", 40
        ),
        lambda actor: actor.source.url,
    ),
)
#: What other software reads: after the rest.
_CODES: tuple[tuple[Column, Callable[[Actor], Cell]], ...] = (
    (
        Column(
            "identifiant", "Identifiant", "Identifiant de l’acteur.", width=22, is_optional=False
        ),
        lambda actor: actor.catalyst.actor_id,
    ),
    (
        _text("code_commune", "Code commune", "Code officiel géographique (Insee).", 13),
        lambda actor: actor.catalyst.insee_commune,
    ),
    (
        _text("code_intercommunalite", "Code intercommunalité", "SIREN de l’intercommunalité.", 13),
        lambda actor: actor.catalyst.epci_code,
    ),
    (
        _text("code_departement", "Code département", "Code du département.", 13),
        lambda actor: actor.catalyst.departement_code,
    ),
    (
        _text("code_region", "Code région", "Code de la région.", 9),
        lambda actor: actor.catalyst.region_code,
    ),
    (
        number_column(
            "longitude",
            "Longitude",
            "Degrés (WGS 84) : mairie de la commune, ou point dans l’intercommunalité.",
            _DEGREES,
        ),
        lambda actor: _degrees(actor, 0),
    ),
    (
        number_column("latitude", "Latitude", "Degrés (WGS 84), du même point.", _DEGREES),
        lambda actor: _degrees(actor, 1),
    ),
)
CODES = tuple((replace(column, is_code=True), read) for column, read in _CODES)
