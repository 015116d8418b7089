"""Files made to break whoever opens them: how long and how much memory until they are refused.

``python -m bench.hostile`` prints a Markdown table. Each file is reviewed in a process of its own
that has read everything else already; its peak is counted above what it held before.
"""

from __future__ import annotations

import gc
import io
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from bench.mutated_files import write_book
from bench.mutations import read_world
from bench.report import Row, number
from territoires.domain.updates import MAX_BYTES, Choices, Severity
from territoires.views.update_review import review_update

REQUIRED_S, REQUIRED_MB = 2.0, 200
COLUMNS, LINES = 1_000, 200_000
_TYPES = "[Content_Types].xml"
_SHEET = "xl/worksheets/sheet1.xml"


def _book(**parts: str) -> bytes:
    """Give a sound workbook with other parts in the place of its own."""
    import random  # noqa: PLC0415 - a good workbook, drawn with nothing broken in it

    class Never(random.Random):
        def random(self) -> float:
            return 0.5

    sound = zipfile.ZipFile(
        io.BytesIO(write_book([["Région", "Taux"], ["Bretagne", "77"]], Never(0)))
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sound.namelist():
            archive.writestr(name, parts.get(name, sound.read(name).decode()))
        for name in parts.keys() - set(sound.namelist()):
            archive.writestr(name, parts[name])
    return packed.getvalue()


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{rank} "{f"&l{rank - 1};" * 10}">' for rank in range(1, 10))
    sheet = (
        f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{entities}]><worksheet><sheetData><row>'
        '<c t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>'
    )
    return _book(**{_SHEET: sheet})


def _sheet(rows: str) -> str:
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>"


def _deep() -> bytes:
    return _book(**{_SHEET: _sheet("<row>" * 500_000)})


def _rows(row: str, count: int) -> bytes:
    return (row * count)[: MAX_BYTES - 1].encode()


HEAD = b"Code;Taux;R\xc3\xa9pondants\n"
#: French name → what makes the file.
FILES: dict[str, Callable[[], bytes]] = {
    "bombe ZIP (90 Mo d’espaces)": lambda: _book(**{_SHEET: _sheet(" " * 90_000_000)}) ,
    "bombe ZIP de 2 500 parties": lambda: _book(**{f"xl/{n}": "" for n in range(2_500)}),
    "milliard de rires": _laughs,
    "XML imbriqué 500 000 fois": _deep,
    "octets au hasard (20 Mo)": lambda: os.urandom(MAX_BYTES - 1),
    "zéros (20 Mo)": lambda: bytes(MAX_BYTES - 1),
    "vide": lambda: b"",
    "titres seuls": lambda: HEAD,
    "1 000 colonnes": lambda: _rows(";".join(map(str, range(COLUMNS))) + "\n", 100),
    "1 000 colonnes, 20 Mo": lambda: _rows(";".join(map(str, range(COLUMNS))) + "\n", 5_000),
    "guillemets sans fin (20 Mo)": lambda: b'Code;Taux\n"' + b'"' * (MAX_BYTES - 100),
    "guillemet jamais fermé (20 Mo)": lambda: b'Code;Taux\n11;"' + b"11;77\n" * 3_300_000,
    "une ligne de 20 Mo": lambda: b"Code;Taux\n" + b"x" * (MAX_BYTES - 100),
    "points-virgules (20 Mo)": lambda: b";" * (MAX_BYTES - 1),
    "lignes vides (20 Mo)": lambda: HEAD + b"\n" * (MAX_BYTES - 100),
    "une formule dans chaque case (200 000 lignes)": lambda: HEAD + _rows("=1+1;=cmd|'/C calc'!A0;=A1\n", LINES - 10)[: MAX_BYTES - 100],
    "une formule dans chaque case (classeur)": lambda: _book(
        **{_SHEET: _sheet(f"<row>{'<c><f>1+1</f><v>2</v></c>' * 20}</row>" * 10_000)}
    ),
    "lieux tous inconnus et différents (100 000 lignes)": lambda: HEAD
    + "".join(f"Lieu-dit {n * 7919};{n % 101};100\n" for n in range(100_000)).encode(),
    "valeurs toutes fausses (200 000 lignes)": lambda: HEAD
    + "".join(f"11;x{n};y{n}\n" for n in range(LINES - 1)).encode(),
    "200 001 lignes": lambda: HEAD + b"11;77;100\n" * (LINES + 1),
}  # fmt: skip


def _memory(what: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(what))
    return int(line.split()[1]) / 1000


def _try(name: str, says: Connection) -> None:
    """Review a file in this process; say the seconds, the megabytes, and what was found."""
    world, content = read_world(), FILES[name]()
    gc.collect()
    # Forgets the peak reached while the file was being made.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, start = _memory("VmRSS"), time.perf_counter()
    choices = Choices(
        confirmed=True, indicator_id="adhesion_maires_region", wave="2024",
        source_id="cog-2026", fiabilite="claire",
    )  # fmt: skip
    review = review_update(
        content, "essai", choices, world.tables, world.directory, world.names, world.published
    )
    took = time.perf_counter() - start
    blocking = [p.code for p in review.problems if p.severity is Severity.BLOCKING]
    says.send((took, _memory("VmHWM") - before, blocking[0] if blocking else "", len(content)))


def measure_file(name: str) -> Row:
    """Review a file in a process of its own."""
    context = multiprocessing.get_context("fork")
    hears, says = context.Pipe(duplex=False)
    child = context.Process(target=_try, args=(name, says))
    child.start()
    says.close()
    try:
        took, more, code, size = hears.recv()
    except EOFError:
        return Row(f"Fichier hostile : {name}", "processus mort", "refusé", False)
    finally:
        child.join()
    what = f"Fichier hostile : {name} ({number(size / 1e6, 1)} Mo)"
    result = f"{number(took)} s ; {number(more, 0)} Mo ; {code or 'accepté'}"
    required = f"refusé, ≤ {number(REQUIRED_S, 0)} s ; ≤ {REQUIRED_MB} Mo"
    return Row(what, result, required, took <= REQUIRED_S and more <= REQUIRED_MB and bool(code))


def _run_command(path: Path, folder: Path) -> tuple[float, float, int]:
    """Check a file at the command line; give seconds, the peak in megabytes and the exit code."""
    url = f"sqlite:///{folder / 'base.sqlite'}"
    start = time.perf_counter()
    command = subprocess.Popen(
        [sys.executable, "-m", "territoires.cli", "check", str(path), "--json"],
        env={**os.environ, "TERRITOIRES_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(command.pid, 0)
    command.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, usage.ru_maxrss / 1000, command.returncode


def measure_command() -> list[Row]:
    """Check 200 MB at the command line, beside a file of 18 rows."""
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        small, big = folder / "petit.csv", folder / "enorme.csv"
        small.write_bytes(HEAD + b"11;77;100\n" * 18)
        with big.open("wb") as stream:
            for _ in range(200):
                stream.write(b"11;77;100\n" * 100_000)
        _run_command(small, folder)
        usual, held, _ = _run_command(small, folder)
        took, peak, code = _run_command(big, folder)
    result = f"{number(took)} s ; {number(peak - held, 0)} Mo ; code {code}"
    return [
        Row(
            "Commande : vérifier 18 lignes, processus compris",
            f"{number(usual)} s ; {number(held, 0)} Mo",
        ),
        Row(
            "Commande : un CSV de 200 Mo (au-dessus des 18 lignes pour la mémoire)",
            result,
            f"refusé, ≤ {number(usual + REQUIRED_S)} s ; ≤ {REQUIRED_MB} Mo",
            took <= usual + REQUIRED_S and peak - held <= REQUIRED_MB and code in {1, 2},
        ),
    ]


def build_rows() -> list[Row]:
    """Measure every hostile file."""
    read_world()
    return [*map(measure_file, FILES), *measure_command()]


def main() -> None:
    """Print the table."""
    print("| Mesure | Résultat | Exigé | Atteint |", "|---|---|---|---|", sep="\n")
    for row in build_rows():
        print(row, flush=True)


if __name__ == "__main__":
    main()
