"""What is published for several régions together: true of the group, of none of them alone."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.directory import Territory
from territoires.domain.indicators import Fiabilite, Source
from territoires.tables.published import Published
from territoires.views.french import actor_label, format_value, format_wave


@dataclass(frozen=True, slots=True)
class GroupedFigure:
    """A figure of a group of régions; ``asked`` says who answered, and when."""

    statement: str
    value_text: str
    grouping: str
    asked: str
    fiabilite: Fiabilite
    caveat: str
    source: Source


def build_groupings(published: Published, region: Territory | None) -> tuple[GroupedFigure, ...]:
    """List the figures of the groups that hold a région; they are never shared out."""
    if region is None:
        return ()
    return tuple(
        GroupedFigure(
            statement=str(row.statement),
            value_text=format_value(
                float(str(row.value)), _decimals(str(row.value)), str(row.unit)
            ),
            grouping=str(row.grouping_name),
            asked=f"{actor_label(str(row.actor))}, {format_wave(str(row.wave))}",
            fiabilite=Fiabilite(str(row.fiabilite)),
            caveat=str(row.caveat),
            source=published.sources[str(row.source_id)],
        )
        for row in published.groupings.itertuples(index=False)
        if region.id.code in str(row.region_codes).split()
    )


def _decimals(number: str) -> int:
    """Count the decimals that a figure is published with."""
    return len(number.partition(".")[2].rstrip("0"))
