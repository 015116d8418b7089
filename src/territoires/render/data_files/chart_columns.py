"""Columns that only the figures of a chart have: changes of two waves, national landmarks."""

from __future__ import annotations

from territoires.render.data_files.lines import Line, Read, read_change, read_gap, read_reading
from territoires.render.data_files.tables import Column, number_column

CHANGE_FIELDS: tuple[tuple[Column, Read], ...] = (
    (
        number_column(
            "ecart",
            "Écart",
            "Écart avec la vague précédente, dans l’unité de la valeur (en points pour une part), "
            "calculé avant l’arrondi des deux ; vide quand elles ne se comparent pas.",
            1,
        ),
        read_gap,
    ),
    (
        Column(
            "evolution",
            "Évolution",
            "Ce que le test permet de dire depuis la vague précédente, ou ce qui l’empêche.",
            width=34,
        ),
        read_change,
    ),
)


def _study(line: Line) -> str:
    return line.landmark.study if line.landmark else ""


def _period(line: Line) -> str:
    return line.landmark.period if line.landmark else ""


LANDMARK_FIELDS: tuple[tuple[Column, Read], ...] = (
    (
        Column(
            "lecture", "Lecture", "Lecture retenue, autre lecture publiée, ou reprise.", width=22
        ),
        read_reading,
    ),
    (Column("etude", "Étude", "Étude dont vient le chiffre.", width=28), _study),
    (Column("cycle", "Cycle ou année", "Cycle d’études, ou année hors cycle.", width=16), _period),
)
