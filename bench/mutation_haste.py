"""What a person in a hurry says of a file: yes to everything, and out with what is left."""

from __future__ import annotations

import random
from dataclasses import replace

from bench.mutation_seeds import RATE, Seed
from territoires.domain.updates import (
    Absent,
    Choices,
    Dialect,
    FileKind,
    Grade,
    PlaceMatch,
    Scale,
    Severity,
)
from territoires.views.update_review import Review

SOURCE = "cog-2026"


def choose_first(seed: Seed, chance: random.Random) -> Choices:
    """Say what a person says before anything is read."""
    kind = chance.choice(list(FileKind)) if chance.random() < 0.03 else seed.kind
    said = dict(seed.said) if chance.random() < 0.95 else {}
    dialect = Dialect()
    if chance.random() < 0.05:
        dialect = Dialect(
            encoding=chance.choice(("", "utf-8", "cp1252", "utf-16", "zzz")),
            separator=chance.choice(("", ";", ",", "zz")),
            decimal=chance.choice(("", ",", ".")),
            sheet=chance.choice(("", "Feuil1", "Absente")),
            heading_row=chance.choice((0, 0, 1, 2, 99)),
        )
    return replace(
        Choices(
            kind=kind,
            dialect=dialect,
            source_id=SOURCE,
            fiabilite=chance.choice(("claire", "claire", "ambigue")),
            caveat="Réserve d’essai",
            absent=Absent.REMOVE if chance.random() < 0.15 else Absent.KEEP,
            scale=chance.choice((Scale.UNKNOWN, Scale.UNKNOWN, *Scale)),
        ),
        **said,
    )


def choose_in_haste(choices: Choices, review: Review, chance: random.Random) -> Choices:
    """Accept all that is proposed, confirm, and leave out what nobody knows."""
    codes = {problem.code for problem in review.problems}
    return replace(
        choices,
        confirmed=True,
        columns=tuple(column.role for column in review.columns),
        level=review.level,
        places=tuple(
            (match.written, _accept(match, chance))
            for match in review.places
            if match.grade is not Grade.EXACT
        ),
        scale=chance.choice(list(Scale)) if "scale" in codes else choices.scale,
        indicator_id=choices.indicator_id or (RATE if "indicator-missing" in codes else ""),
        wave=choices.wave or ("2024" if "wave-missing" in codes else ""),
    )


def leave_blocked_out(choices: Choices, review: Review) -> Choices:
    """Leave out the rows that block."""
    rows = {p.row for p in review.problems if p.row and p.severity is Severity.BLOCKING}
    return replace(choices, excluded=tuple(sorted(rows)))


def _accept(match: PlaceMatch, chance: random.Random) -> str:
    if match.grade in {Grade.CLOSE, Grade.AMBIGUOUS}:
        found = match.territory or next(iter(match.candidates), None)
        return str(found) if found and chance.random() < 0.9 else ""
    return ""
