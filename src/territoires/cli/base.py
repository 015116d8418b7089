"""What a file is compared with: the current version, or the shipped data where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.selection import Dataset
from territoires.domain.updates import Row
from territoires.errors import StoreError
from territoires.tables.directory import read_directory
from territoires.tables.published import Published, read_dataset
from territoires.tables.snapshots import read_snapshot, read_tables, to_tables
from territoires.tables.store.connection import Store, has_database, open_store
from territoires.tables.store.shipped import take_in
from territoires.tables.store.versions import current_number, is_empty, read


@dataclass(frozen=True, slots=True)
class Base:
    """The published tables; ``number`` is that of the version, None for the shipped data.

    ``published`` names what there is; no page is drawn here, so nothing is hidden nor derived.
    """

    number: int | None
    tables: Mapping[str, tuple[Row, ...]]
    directory: Directory
    published: Published


def find_store() -> Store:
    """Open the store that is there.

    Raises
    ------
    StoreError
        When there is none, or it cannot be read.
    """
    if not has_database(settings.DATABASE_URL):
        raise StoreError(
            "Il n’y a pas encore de base des versions.",
            remedy="Ouvrez le tableau de bord une fois, ou publiez un fichier.",
        )
    return open_store()


def prepare_store(directory: Directory) -> Store:
    """Open the store, made if there is none, with what the application ships.

    Raises
    ------
    TerritoiresError
        When it cannot be written, or is empty and the shipped data is broken.
    """
    store = open_store()
    take_in(store, directory.known_codes)
    return store


def read_territories() -> Directory:
    """Give the directory of the territories."""
    return Directory(read_directory())


def read_base(directory: Directory, store: Store | None) -> Base:
    """Read the current version, or the shipped data without a store."""
    known = directory.known_codes()
    number: int | None = None
    if store is None:
        tables = to_tables(read_snapshot(known))
    else:
        number = current_number(store)
        tables = to_tables(read(store, number))
    published = read_dataset(Dataset.PUBLIE, known, read_tables(tables, known))
    return Base(number, tables, directory, published)


def find_base(directory: Directory) -> Base:
    """Read what is published, from the store where there is one that holds something."""
    if not has_database(settings.DATABASE_URL):
        return read_base(directory, None)
    store = open_store()
    return read_base(directory, None if is_empty(store) else store)
