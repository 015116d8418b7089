"""The chronology of the record, by period and by year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from babel.dates import format_date

from territoires.domain.indicators import Fiabilite, Source
from territoires.domain.kit import Divergence, Kit, Milestone
from territoires.views.french import LOCALE, NBSP, count

#: First year of each period after the first one: about as many events in each.
_STARTS = (2017, 2020)
#: Subjects of the chronology that publications date differently.
_DIVERGENCES = ("creation_observatoire", "dates_phare", "date_phare_institutions")


@dataclass(frozen=True, slots=True)
class Year:
    """The events of one year, in the order of their dates."""

    year: int
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Some years in a row, drawn together."""

    label: str
    years: tuple[Year, ...]

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """Give all the events of the period."""
        return tuple(m for year in self.years for m in year.milestones)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The chronology, with the sources of its events and what is dated in two ways."""

    periods: tuple[Period, ...]
    sources: dict[str, Source]
    divergences: tuple[Divergence, ...]
    sentence: str

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """Give all the events, in the order of their dates."""
        return tuple(m for period in self.periods for m in period.milestones)


def build_timeline(kit: Kit) -> Timeline:
    """Group the events by year and by period."""
    years = [
        Year(year, tuple(events)) for year, events in groupby(kit.milestones, lambda m: m.year)
    ]
    bounds = (0, *_STARTS, 10_000)
    groups = [
        tuple(year for year in years if start <= year.year < end) for start, end in pairwise(bounds)
    ]
    periods = tuple(Period(_label(group), group) for group in groups if group)
    return Timeline(
        periods=periods,
        sources=dict(kit.sources),
        divergences=kit.diverging(*_DIVERGENCES),
        sentence=_say(kit.milestones),
    )


def day_label(milestone: Milestone) -> str:
    """Write the day and the month in short, without the year: « 8 janv. », « nov. », or nothing."""
    _, *parts = milestone.date.split("-")
    if not parts:
        return ""
    month, day = int(parts[0]), int(parts[1]) if parts[1:] else 1
    try:
        moment = date(milestone.year, month, day)
    except ValueError:  # The contract holds the form of a date, not that the day exists.
        return "-".join(parts)
    name = str(format_date(moment, "MMM", locale=LOCALE))
    return f"{'1er' if day == 1 else day}{NBSP}{name}" if parts[1:] else name


def _label(years: tuple[Year, ...]) -> str:
    first, last = years[0].year, years[-1].year
    return str(first) if first == last else f"{first} – {last}"


def _say(milestones: tuple[Milestone, ...]) -> str:
    if not milestones:
        return "Aucun jalon n’est recensé."
    doubtful = sum(m.fiabilite is Fiabilite.AMBIGUE for m in milestones)
    doubt = (
        f", dont {count(doubtful, 'date à lire avec prudence', 'dates à lire avec prudence')}"
        if doubtful
        else ""
    )
    return (
        f"{count(len(milestones), 'jalon')} de {milestones[0].year} à {milestones[-1].year}{doubt}. "
        "Une année absente n’est pas une année sans activité : aucun jalon n’y est recensé ici."
    )
