"""The filtered list of actors as files: CSV for French spreadsheets, GeoJSON for maps."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from territoires.domain.indicators import Fiabilite
from territoires.render.file_names import name_file
from territoires.tables.updates.plain_text import neutralise
from territoires.views.datasets import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from territoires.domain.catalysts import Catalyst
    from territoires.tables.published import Published
    from territoires.views.catalyst_index import CatalystIndex
    from territoires.views.catalyst_list import CatalystsView

_HEADINGS = (
    "jeu",
    "identifiant",
    "nom",
    "nature",
    "metier",
    "lieu",
    "precision",
    "code_commune",
    "code_intercommunalite",
    "code_departement",
    "departement",
    "code_region",
    "region",
    "longitude",
    "latitude",
    "distance_km",
    "distance_depuis",
    "statut_dans_la_source",
    "note",
    "fiabilite",
    "source",
    "editeur",
    "date",
    "adresse",
    "reserve_de_la_liste",
)
#: Written with a decimal comma; a minus is theirs, not a formula's.
_NUMBERS = frozenset({"longitude", "latitude", "distance_km"})
_FIABILITE = {
    Fiabilite.CLAIRE: "claire",
    Fiabilite.AMBIGUE: "ambiguë ou contredite",
    Fiabilite.SANS_OBJET: "sans objet (simulé)",
}
Record = dict[str, str | float | None]


def file_name(view: CatalystsView, extension: str) -> str:
    """Name a file after the set of data and what limits the list."""
    asked = (view.asked.kind, view.asked.metier, view.asked.text)
    within = view.within.id if view.within else ""
    return name_file(view.dataset, "catalyseurs", within, *asked, extension=extension)


def to_csv(view: CatalystsView, published: Published, index: CatalystIndex) -> bytes:
    """Write the actors found, placed or not: semicolons, decimal commas, UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for record in _records(view, published, index):
        writer.writerow([_cell(name, record[name]) for name in _HEADINGS])
    return text.getvalue().encode("utf-8-sig")


def to_geojson(view: CatalystsView, published: Published, index: CatalystIndex) -> bytes:
    """Write the actors that have a point, in degrees (WGS 84), with their source and caveat."""
    features = [
        {
            "type": "Feature",
            "id": record["identifiant"],
            "geometry": {
                "type": "Point",
                "coordinates": [record["longitude"], record["latitude"]],
            },
            "properties": {
                name: value
                for name, value in record.items()
                if value not in {None, ""} and name not in {"longitude", "latitude"}
            },
        }
        for record in _records(view, published, index)
        if record["longitude"] is not None
    ]
    collection = {
        "type": "FeatureCollection",
        "jeu": EDITIONS[view.dataset].name,
        "reserve": view.note.caveat,
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1).encode()


def _cell(name: str, value: str | float | None) -> str:
    if value is None:
        return ""
    if name in _NUMBERS:
        return str(value).replace(".", ",")
    return neutralise(str(value))


def _records(view: CatalystsView, published: Published, index: CatalystIndex) -> Iterator[Record]:
    """Give one record per actor found: those that have a point first, in the order of the page."""
    places = index.places
    rows = {catalyst.actor_id: row for row, catalyst in enumerate(places.catalysts)}
    distances = {a.catalyst.actor_id: a.distance_km for a in view.placed}
    found = [a.catalyst for a in view.placed]
    found += [catalyst for group in view.wide for catalyst in group.catalysts]
    for catalyst in found:
        row = rows[catalyst.actor_id]
        record = _record(catalyst, view, published)
        record["departement"], record["region"] = index.departements[row], index.regions[row]
        record["longitude"], record["latitude"] = places.positions.get(row, (None, None))
        distance = distances.get(catalyst.actor_id)
        if distance is not None and view.origin:
            record["distance_km"] = round(distance, 1)
            record["distance_depuis"] = f"{view.origin.territory.name}, {view.origin.point}"
        yield record


def _record(catalyst: Catalyst, view: CatalystsView, published: Published) -> Record:
    source = published.sources[catalyst.source_id]
    return {
        **dict.fromkeys(_HEADINGS),
        "jeu": EDITIONS[view.dataset].name,
        "identifiant": catalyst.actor_id,
        "nom": catalyst.name,
        "nature": published.catalyst_kinds[catalyst.kind],
        "metier": catalyst.metier,
        "lieu": catalyst.place_name,
        "precision": catalyst.precision.value,
        "code_commune": catalyst.insee_commune,
        "code_intercommunalite": catalyst.epci_code,
        "code_departement": catalyst.departement_code,
        "code_region": catalyst.region_code,
        "statut_dans_la_source": catalyst.status_in_source,
        "note": catalyst.note,
        "fiabilite": _FIABILITE[catalyst.fiabilite],
        "source": source.title,
        "editeur": source.publisher,
        "date": source.date,
        "adresse": source.url,
        "reserve_de_la_liste": view.note.caveat,
    }
