"""The lines of the report and how measures are written, the French way."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.measure import Change, environment

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report: what, how much, and what was required."""

    what: str
    result: str
    required: str = ""
    reached: bool | None = None

    def __str__(self) -> str:
        """Write the line as a row of a Markdown table."""
        verdict = {None: "", True: "oui", False: "**non**"}[self.reached]
        return f"| {self.what} | {self.result} | {self.required} | {verdict} |"


def write_report(title: str, words: str, rows: Sequence[Row], name: str = "") -> Path:
    """Print a table and keep it under bench/results/, under its date."""
    today = date.today().isoformat()
    lines = [
        f"# {title}, {today}",
        "",
        f"{environment()}. {words}",
        "",
        "| mesure | résultat | exigé | atteint |",
        "|---|---|---|---|",
        *map(str, rows),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{'-'.join(part for part in (today, name) if part)}.md"
    path.write_text(text, encoding="utf-8")
    return path


def number(value: float, digits: int = 2) -> str:
    """Write a number the French way."""
    return f"{value:.{digits}f}".replace(".", ",")


def spread(values: Sequence[float], unit: str = "s", digits: int = 2) -> str:
    """Write a median with its extremes."""
    low, high = number(min(values), digits), number(max(values), digits)
    return f"{number(statistics.median(values), digits)} {unit} ({low}–{high})"


def seconds(changes: Sequence[Change]) -> float:
    """Give the median time of changes."""
    return statistics.median(change.seconds for change in changes)


def kilobytes(changes: Sequence[Change]) -> float:
    """Give the median weight of changes, in thousands of bytes."""
    return statistics.median(change.received for change in changes) / 1000


def describe(changes: Sequence[Change]) -> str:
    """Write the median time and weight of changes."""
    times = spread([change.seconds for change in changes])
    return f"{times} ; {number(kilobytes(changes), 1)} Ko"
