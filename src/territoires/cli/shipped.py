"""The shipped data, read as the application does."""

from __future__ import annotations

from territoires.domain.directory import Directory
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE, Level
from territoires.tables.boundaries import read_boundaries, topojson_path
from territoires.tables.directory import read_directory
from territoires.tables.published import Published, read_dataset
from territoires.tables.search_index import read_search_table, search_index_path
from territoires.views.search import build_search_index, search

_DRAWN = (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)


def find_territories(text: str) -> str:
    """Give one line by territory that answers to a text, by the rules of the search field.

    Raises
    ------
    TerritoiresError
        When the search index is missing or altered.
    """
    matches = search(build_search_index(read_search_table()), text)
    return "\n".join(f"{match.id}\t{match.name}\t{match.detail}" for match in matches)


def check_data() -> str:
    """Read every data file as the application does; give one French line by set of data.

    Raises
    ------
    TerritoiresError
        When a file is missing, altered or breaks its contract.
    """
    directory = Directory(read_directory())
    for level in _DRAWN:
        read_boundaries(level)
        topojson_path(level)
    for departement in directory.children(FRANCE, Level.DEPARTEMENT):
        topojson_path(Level.COMMUNE, departement.code)
    search_index_path()
    known = directory.known_codes()
    published = read_dataset(Dataset.PUBLIE, known)
    demonstration = read_dataset(Dataset.DEMONSTRATION, known, published)
    return (
        f"Tout est en règle : {len(directory)} territoires.\n"
        f"Données publiées : {_count(published)}.\n"
        f"Démonstration (enquête et catalyseurs simulés, contexte réel) : {_count(demonstration)}."
    )


def _count(published: Published) -> str:
    return (
        f"{len(published.catalogue)} indicateurs, {len(published.observations)} chiffres, "
        f"{len(published.catalysts)} acteurs, {len(published.sources)} sources"
    )
