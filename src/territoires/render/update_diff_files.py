"""Every line of a comparison as a file: the page shows the first ones only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from territoires.tables.plain_text import guard
from territoires.views.update_diff import Comparison

_HEADINGS = (
    "table",
    "changement",
    "indicateur",
    "vague",
    "niveau",
    "code",
    "nom",
    "champ",
    "avant",
    "après",
    "différence",
    "réponses",
    "source",
    "change aussi",
)


def to_comparison_csv(comparison: Comparison) -> bytes:
    """Write the lines of a comparison as a CSV that a French spreadsheet opens right.

    Build it with ``limit=None`` to have them all. What secrecy hides is hidden here too; a cell
    that a spreadsheet would run as a formula starts with an apostrophe.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    writer.writerows([guard(cell) for cell in row] for row in _rows(comparison))
    return stream.getvalue().encode("utf-8-sig")


def _rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    for group in comparison.figures:
        for line in group.lines:
            yield (
                "Chiffres",
                line.change,
                group.label,
                group.wave_text,
                line.level,
                line.code,
                line.name,
                "valeur",
                line.before,
                line.after,
                "" if line.gap is None else f"{line.gap:.10g}".replace(".", ","),
                line.respondents,
                line.source,
                " ; ".join(line.notes),
            )
    for register in comparison.registers:
        for row in register.lines:
            blank = ("",) * 4
            start = (register.words.title, row.change, *blank, row.name)
            for cell in row.cells:
                yield (*start, cell.column, cell.before, cell.after, *blank)
            if not row.cells:
                yield (*start, "", "", "", *blank)
