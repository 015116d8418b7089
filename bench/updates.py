"""Measure updates, from a file to what everyone reads: ``python -m bench.updates``.

Needs Chromium, about ten minutes. Prints a table and writes it under bench/results/.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bench import hostile, update_pages
from bench.report import Row, number, spread, write_report
from bench.update_files import build_file
from territoires.domain.directory import Directory
from territoires.domain.publishing import TERMINAL
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.domain.updates import Choices
from territoires.domain.versions import Act, Original
from territoires.tables.directory import read_directory
from territoires.tables.matching.places import build_place_names
from territoires.tables.profiles import add_profiles
from territoires.tables.published import read_dataset
from territoires.tables.snapshots import (
    raise_tables,
    read_snapshot,
    read_tables,
    to_contents,
    to_tables,
)
from territoires.tables.store import current_number, import_release, open_store, publish, read
from territoires.tables.store.connection import Store
from territoires.tables.store.contents import Contents
from territoires.tables.updates.compare import Tables, compare_tables, counts
from territoires.views.disclosure import protect
from territoires.views.update_diff import build_comparison
from territoires.views.update_review import review_update

TURNS = 7
REVIEW_S, PUBLISH_S = 3.0, 3.0
CALLS = 1_000
WORDS = (
    "Médiane (minimum–maximum). Mémoire d’un fichier hostile : pointe au-dessus de ce que le "
    "processus tenait avant lui."
)


class Stopwatch:
    """Seconds of each part of each turn."""

    def __init__(self) -> None:
        self.parts: dict[str, list[float]] = {}

    def time(self, what: str, action: Callable[[], Any]) -> Any:
        """Do something and keep how long it took."""
        start = time.perf_counter()
        done = action()
        self.parts.setdefault(what, []).append(time.perf_counter() - start)
        return done


def measure_reviews(directory: Directory, turns: int) -> tuple[Stopwatch, float]:
    """Check and publish files of 18 and of 34,875 rows, as the page does."""
    known, names = directory.known_codes(), build_place_names(directory)
    contents = read_snapshot(known)
    data = read_dataset(Dataset.PUBLIE, known)
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/versions.sqlite")
        import_release(store, contents, "Banc d’essai")
        for turn in range(turns + 1):
            for level in (Level.REGION, Level.COMMUNE):
                file = build_file(directory, level, turn)
                # Tables are read once by the page, for the version everyone reads.
                tables = to_tables(read(store, current_number(store)))
                review = watch.time(
                    f"vérifier {level}",
                    lambda file=file, tables=tables: review_update(
                        file, "essai.csv", Choices(confirmed=True), tables, directory, names, data
                    ),
                )
                assert review.is_publishable, review.problems[:3]
                if level is Level.COMMUNE:
                    _publish(watch, store, directory, tables, review.tables, file, data)
        start = time.perf_counter()
        for _ in range(CALLS):
            current_number(store)
        each = (time.perf_counter() - start) / CALLS
    for part in watch.parts.values():
        del part[0]
    return watch, each


def _publish(  # noqa: PLR0917 - all that a publication is made of
    watch: Stopwatch,
    store: Store,
    directory: Directory,
    tables: Tables,
    new: Tables,
    file: bytes,
    data: object,
) -> None:
    """Do what « Publier » does: compare, hold to the contracts, read for everyone, write."""
    known = directory.known_codes()
    comparison = watch.time("comparer", lambda: build_comparison(tables, new, data, directory))
    assert not comparison.is_empty
    start = time.perf_counter()
    contents: Contents = watch.time("publier : écrire les tables", lambda: to_contents(new))
    written = watch.time("publier : relire les cellules", lambda: to_tables(contents))
    watch.time("publier : contrats", lambda: raise_tables(written, known))
    read_back = watch.time("publier : relire", lambda: read_tables(written, known))
    safe = watch.time("publier : secret statistique", lambda: protect(read_back, directory))
    watch.time("publier : profils", lambda: add_profiles(safe, directory))
    watch.time(
        "publier : base",
        lambda: publish(
            store, contents, Act("Banc d’essai", "Mesure"), base=current_number(store),
            caller=TERMINAL, original=Original("essai.csv", file),
            counts=counts(compare_tables(tables, new)),
        ),
    )  # fmt: skip
    watch.parts.setdefault("publier", []).append(time.perf_counter() - start)


def say_reviews(watch: Stopwatch, each: float) -> list[Row]:
    """Write these measures."""
    parts = watch.parts
    rows = [
        Row("Vérifier 18 lignes", spread(parts["vérifier region"])),
        _held("Vérifier 34 875 lignes", parts["vérifier commune"], REVIEW_S),
        Row("Comparer 34 875 lignes", spread(parts["comparer"])),
        _held("Publier 34 875 lignes", parts["publier"], PUBLISH_S),
    ]
    rows += [
        Row(f"dont {what.partition(' : ')[2]}", spread(took))
        for what, took in parts.items()
        if " : " in what
    ]
    return [*rows, Row("Numéro de la version en ligne, par appel", f"{number(1e6 * each, 0)} µs")]


def _held(what: str, took: list[float], limit: float) -> Row:
    middle = sorted(took)[len(took) // 2]
    return Row(what, spread(took), f"≤ {number(limit, 0)} s", middle <= limit)


def main() -> None:
    """Run every measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.updates", description=__doc__)
    parser.add_argument("--tours", type=int, default=TURNS, help="mesures par ligne (7)")
    parser.add_argument(
        "--sans", nargs="*", default=[], choices=["tables", "pages", "hostiles"], help="à sauter"
    )
    options = parser.parse_args()
    directory = Directory(read_directory())
    rows: list[Row] = []
    if "tables" not in options.sans:
        rows += say_reviews(*measure_reviews(directory, options.tours))
    if "pages" not in options.sans:
        rows += update_pages.build_rows(directory, options.tours)
    if "hostiles" not in options.sans:
        rows += hostile.build_rows()
    print(write_report("Mesures des mises à jour", WORDS, rows, "mises-a-jour"))


if __name__ == "__main__":
    main()
