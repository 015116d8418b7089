"""What territories are compared on to find those that look alike: COG and Insee, never a survey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from territoires.analysis.peers import standardise
from territoires.domain.directory import Directory
from territoires.domain.indicators import (
    Indicator,
    Nature,
    Observation,
    Reading,
    Source,
    Usage,
    wave_order,
)
from territoires.domain.territories import Level
from territoires.tables.published import Published
from territoires.views.french import format_number, format_value, format_wave, short_unit

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

PEER_LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
#: Inhabitants under which a commune is counted as small, as in the profile of the collectivités.
SMALL_COMMUNE = 500
#: Indicator whose source is that of all the populations of the directory.
_POPULATION = "population_municipale"
_PARENTS = {
    Level.REGION: "region_code",
    Level.DEPARTEMENT: "departement_code",
    Level.EPCI: "epci_code",
}
#: Codes of the five overseas régions begin so, and no others.
_OVERSEAS = "0"
_NO_GROUP = -1
_PEOPLE = "habitants"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the resemblance, and how its values are written.

    ``phrase`` holds « {} » where a sentence puts the value: « commune médiane de {} ».
    """

    label: str
    phrase: str
    unit: str
    decimals: int
    #: Counts of people, of which a ratio means more than a difference.
    is_logarithmic: bool = False
    source: Source | None = None
    #: When it was measured, where the source does not say it for all.
    date: str = ""

    @property
    def heading(self) -> str:
        """Name the measure beside bare numbers: « Population (habitants) », « Chômage, 2025 »."""
        unit = f" ({self.unit})" if self.unit == _PEOPLE else ""
        return f"{self.label}{unit}{f', {self.date}' if self.date else ''}"

    def text(self, value: float) -> str:
        """Write a value with its unit: « 12 400 habitants »; NaN is no value."""
        return "" if np.isnan(value) else format_value(value, self.decimals, self.unit)

    def bare(self, value: float) -> str:
        """Write a value where its unit is known: « 12 400 », « 17,1 % »."""
        if np.isnan(value) or self.unit != _PEOPLE:
            return self.text(value)
        return format_number(value, self.decimals)

    def say(self, theirs: float, ours: float) -> str:
        """Write two values side by side: « 12 900 habitants, contre 12 400 ici »."""
        return f"{self.phrase.replace('{}', self.text(theirs))}, contre {self.bare(ours)} ici"


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """All the territories of a level, measured; ``points`` are in usual gaps.

    ``groups`` are the EPCI of communes (None elsewhere).
    """

    codes: tuple[str, ...]
    measures: tuple[Measure, ...]
    values: NDArray[np.float64]
    points: NDArray[np.float64]
    is_overseas: NDArray[np.bool_]
    groups: NDArray[np.int64] | None = None


def build_spaces(published: Published, directory: Directory) -> dict[Level, Space]:
    """Measure every territory of the 18 régions, level by level."""
    frame = directory.frame[directory.frame["region_code"].notna()]
    communes = _rows(frame, Level.COMMUNE)
    source = _source_of(published, _POPULATION)
    spaces = {}
    for level, parent in _PARENTS.items():
        rows = _rows(frame, level)
        columns = _structure(rows, communes, parent, source)
        if level is Level.REGION:
            columns += _context(published, list(rows["code"]))
        spaces[level] = _space(rows, columns)
    spaces[Level.COMMUNE] = _communes(communes, _rows(frame, Level.EPCI), source)
    return spaces


_Columns = list[tuple[Measure, "NDArray[np.float64]"]]


def _rows(frame: pd.DataFrame, level: Level) -> pd.DataFrame:
    """Give the territories of a level in code order, their population as a plain number."""
    rows = frame[frame["level"] == level].sort_values("code").reset_index(drop=True)
    return rows.assign(population=rows["population"].astype("float64"))


def _structure(
    rows: pd.DataFrame, communes: pd.DataFrame, parent: str, source: Source | None
) -> _Columns:
    """Measure territories by their population and by the size of their communes."""
    known = communes[communes["population"].notna()]
    of_parent = known.groupby(parent)["population"]
    small = known["population"].lt(SMALL_COMMUNE).groupby(known[parent]).mean() * 100
    return [
        (_people("Population", "{}", source), _numbers(rows["population"])),
        (_small_share("", source), _numbers(rows["code"].map(small))),
        (
            _people("Population de la commune médiane", "commune médiane de {}", source),
            _numbers(rows["code"].map(of_parent.median())),
        ),
    ]


def _people(label: str, phrase: str, source: Source | None) -> Measure:
    return Measure(label, phrase, _PEOPLE, 0, is_logarithmic=True, source=source)


def _small_share(where: str, source: Source | None) -> Measure:
    them = f"communes de moins de {SMALL_COMMUNE} habitants{where}"
    return Measure(f"Part des {them}", f"{{}} de {them}", "%", 1, source=source)


def _numbers(column: pd.Series) -> NDArray[np.float64]:
    return np.asarray(column, dtype=np.float64)


def _communes(communes: pd.DataFrame, epci: pd.DataFrame, source: Source | None) -> Space:
    """Measure communes by their population and by the intercommunalité they belong to."""
    (_, populations), (_, shares), _ = _structure(epci, communes, _PARENTS[Level.EPCI], source)
    row_of = dict(zip(epci["code"], range(len(epci)), strict=True))
    rows = communes["epci_code"].map(row_of).fillna(_NO_GROUP).to_numpy(dtype=np.int64)
    inherited = [np.where(rows == _NO_GROUP, np.nan, v[rows]) for v in (populations, shares)]
    columns: _Columns = [
        (_people("Population", "{}", source), _numbers(communes["population"])),
        (
            _people("Population de l’intercommunalité", "intercommunalité de {}", source),
            inherited[0],
        ),
        (_small_share(" dans l’intercommunalité", source), inherited[1]),
    ]
    # A commune of no EPCI is a group of its own.
    alone = rows == _NO_GROUP
    groups = np.where(alone, len(epci) + np.arange(len(rows)), rows)
    return _space(communes, columns, groups)


def _context(published: Published, codes: list[str]) -> _Columns:
    """Measure régions by one official indicator per domain of fragility, latest wave.

    The first one of the catalogue: two measures of one domain (the part of the oldest, the index
    of ageing) would count it twice.
    """
    columns: _Columns = []
    taken: set[str] = set()
    for indicator in published.catalogue.values():
        if not _is_context(indicator) or taken.issuperset(indicator.domain_ids):
            continue
        taken.update(indicator.domain_ids)
        known = _latest(published.of_indicator(indicator.indicator_id, Level.REGION))
        if not known:
            continue
        one = next(iter(known.values()))
        unit = short_unit(indicator.unit_label)
        label = indicator.label
        measure = Measure(
            label,
            f"{label[:1].lower()}{label[1:]} : {{}}",
            unit,
            indicator.decimals,
            source=published.sources[one.source_id],
            date=format_wave(one.wave),
        )
        values = [known[code].value if code in known else None for code in codes]
        columns.append((measure, np.array(values, dtype=np.float64)))
    return columns


def _is_context(indicator: Indicator) -> bool:
    return (
        indicator.nature is Nature.CONTEXTE
        and indicator.usage is Usage.RESULTAT
        and Level.REGION in indicator.levels
        and bool(indicator.domain_ids)
    )


def _latest(observations: tuple[Observation, ...]) -> dict[str, Observation]:
    """Give the values of the latest wave, by code: values of two years are not set side by side."""
    main = [o for o in observations if o.reading is Reading.PRINCIPALE and o.value is not None]
    if not main:
        return {}
    latest = max((o.wave for o in main), key=wave_order)
    return {o.code: o for o in main if o.wave == latest}


def _source_of(published: Published, indicator_id: str) -> Source | None:
    observations = published.of_indicator(indicator_id, Level.PAYS)
    return published.sources[observations[0].source_id] if observations else None


def _space(rows: pd.DataFrame, columns: _Columns, groups: NDArray[np.int64] | None = None) -> Space:
    """Put the measures side by side; people count by their logarithm, at least one."""
    measures = tuple(measure for measure, _ in columns)
    values = np.column_stack([numbers for _, numbers in columns])
    logarithmic = [measure.is_logarithmic for measure in measures]
    scaled = np.where(logarithmic, np.log10(np.maximum(values, 1.0)), values)
    overseas = rows["region_code"].str.startswith(_OVERSEAS).to_numpy(dtype=np.bool_)
    return Space(tuple(rows["code"]), measures, values, standardise(scaled), overseas, groups)
