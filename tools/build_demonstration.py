"""Simulate the demonstration set: ``python -m tools.build_demonstration``.

Writes data/demonstration/ in the contracts of data/indicators/, byte for byte the same each time.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from territoires import settings
from territoires.domain.territories import Level
from territoires.errors import TerritoiresError
from territoires.tables.boundaries import read_boundaries
from territoires.tables.contracts import read_schema
from territoires.tables.directory import read_directory
from territoires.tables.snapshots import SEAL, to_contents, to_tables
from territoires.tables.store.contents import hash_contents
from tools.demonstration.places import Row, to_territories
from tools.demonstration.readme import build_readme
from tools.demonstration.tables import build_tables, simulate
from tools.facts.files import typeset

OUTPUT = settings.DEMONSTRATION


def main(arguments: list[str] | None = None) -> int:
    """Write the demonstration set and print its row counts; a refusal gives exit code 1."""
    options = _parser().parse_args(arguments)
    try:
        files = build_files()
    except TerritoiresError as error:
        print(error, file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (options.out / name).write_bytes(content)
        print(f"{name} : {len(content)} octets")
    return 0


def build_files() -> dict[str, bytes]:
    """Give the content of every file, by name."""
    directory = read_directory()
    demonstration = simulate(to_territories(directory, read_boundaries(Level.EPCI)))
    tables = build_tables(demonstration)
    files = {f"{name}.csv": to_csv(_columns(name), rows) for name, rows in tables.items()}
    counts = {f"{name}.csv": len(rows) for name, rows in tables.items()}
    regions = directory[directory["level"] == "region"]
    names = dict(zip(regions["code"], regions["name"], strict=True))
    tables_as_read = {name.removesuffix(".csv"): content for name, content in files.items()}
    # What was built is in order: it is recognised, and not checked again at every start.
    files[SEAL] = f"{hash_contents(to_contents(to_tables(tables_as_read)))}\n".encode()
    files["README.md"] = build_readme(demonstration, counts, names).encode()
    return files


def to_csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Write rows as CSV: UTF-8, commas, LF, header first, French typography."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: typeset(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue().encode()


def _columns(table: str) -> list[str]:
    schema = read_schema(settings.INDICATORS / "schemas" / f"{table}.schema.json")
    return [field["name"] for field in schema["fields"]]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.build_demonstration",
        description="Simule le jeu de démonstration (données fictives, graine fixe).",
    )
    parser.add_argument("--out", type=Path, default=OUTPUT, metavar="DOSSIER")
    return parser


if __name__ == "__main__":
    sys.exit(main())
