"""What the application ships, taken into the store once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib.metadata import version as installed_version

from territoires.errors import DataFileError
from territoires.tables.snapshots import peek_snapshot, read_snapshot
from territoires.tables.store.connection import Store
from territoires.tables.store.contents import hash_contents
from territoires.tables.store.releases import has_release, import_release
from territoires.tables.store.versions import is_empty


def take_in(
    store: Store, find_territories: Callable[[], Collection[tuple[str, str]]]
) -> DataFileError | None:
    """Take in the data shipped with the application; give what is wrong with it.

    It is checked once in its life: what the store holds already is only recognised.

    Parameters
    ----------
    find_territories
        Gives the known (level, code) pairs; asked only for data never seen before.

    Raises
    ------
    DataFileError
        When it is broken and there is no version to read in its place.
    StoreError
        When the database fails.
    """
    peeked = peek_snapshot()
    if peeked is not None and has_release(store, hash_contents(peeked)):
        return None
    try:
        checked = read_snapshot(find_territories())
    except DataFileError as error:
        if is_empty(store):
            raise
        return error
    label = f"Données livrées avec Territoires {installed_version('territoires')}"
    import_release(store, checked, label)
    return None
