"""Two waves of one indicator, territory by territory, and what may be said of the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from territoires.analysis.significance import Flag, change_between
from territoires.domain.indicators import (
    UNDATED_WAVE,
    Indicator,
    Nature,
    Reading,
    wave_order,
)
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE, TerritoryId
from territoires.tables.published import Published
from territoires.views.comparison import Comparison
from territoires.views.comparison_sentence import drawn_value, place
from territoires.views.datasets import mark_of
from territoires.views.figure import Figure, has_sampling_error
from territoires.views.french import format_wave, join_words
from territoires.views.map_view import MapView

NO_SAMPLE = "chiffre sans échantillon : l’écart se lit tel quel"
NO_TEST = "ni précision ni test pour ce chiffre d’enquête"
UNDATED = "une des deux vagues n’est pas datée : l’ordre dans le temps n’est pas connu"
UNKNOWN = "effectif non communiqué"


class Verdict(StrEnum):
    """What may be said of a change."""

    HAUSSE = "hausse"
    BAISSE = "baisse"
    NON_ETABLIE = "pas d’évolution établie"
    NON_TESTEE = "écart non testé"
    NON_COMPARABLE = "non comparable"


_VERDICTS = {
    Flag.PLUS_HAUT: Verdict.HAUSSE,
    Flag.PLUS_BAS: Verdict.BAISSE,
    Flag.NON_SIGNIFICATIF: Verdict.NON_ETABLIE,
}


@dataclass(frozen=True, slots=True)
class Change:
    """A territory, or France, at two waves; ``reason`` says why there is no verdict."""

    territory: TerritoryId
    name: str
    before: Figure | None
    after: Figure | None
    verdict: Verdict
    reason: str = ""

    @property
    def gap(self) -> float | None:
        """Give the difference of the values, where both may be compared and are precise enough."""
        before, after = drawn_value(self.before), drawn_value(self.after)
        if self.verdict is Verdict.NON_COMPARABLE or before is None or after is None:
            return None
        return after - before


@dataclass(frozen=True, slots=True)
class Changes:
    """What the chart, the table and the sentence of two waves are drawn from."""

    dataset: Dataset
    indicator: Indicator
    earlier: str
    later: str
    lines: tuple[Change, ...]
    #: Changes tested together, which each test is corrected for.
    comparisons: int
    title: str
    sentence: str
    caveats: tuple[str, ...]


def build_changes(
    comparison: Comparison,
    other: MapView,
    published: Published,
    names: Mapping[TerritoryId, NameForms],
) -> Changes:
    """Set the compared territories, then France, at the wave in view and at another one.

    An indicator is one wording: its own dated waves are comparable, and no others.

    Parameters
    ----------
    other
        The map of the same indicator and level at the other wave.
    """
    indicator = comparison.indicator
    pairs = _gather(comparison, other)
    tested = sum(_is_testable(before, after) for _, _, before, after in pairs)
    obstacle = _obstacle(indicator, comparison.wave, other.wave)
    lines = tuple(
        _conclude(*pair, indicator=indicator, obstacle=obstacle, comparisons=tested)
        for pair in pairs
    )
    earlier, later = sorted((comparison.wave, other.wave), key=wave_order)
    about = (
        f"{indicator.label} – {indicator.actor_label}, {format_wave(earlier)} puis "
        f"{format_wave(later)}"
    )
    return Changes(
        dataset=comparison.dataset,
        indicator=indicator,
        earlier=earlier,
        later=later,
        lines=lines,
        comparisons=tested,
        title=about,
        sentence=_say(about, lines, names, mark_of(comparison.dataset, indicator.nature)),
        caveats=_caveats(indicator, (earlier, later), lines, published),
    )


_Pair = tuple[TerritoryId, str, Figure | None, Figure | None]


def _gather(comparison: Comparison, other: MapView) -> list[_Pair]:
    """Give each territory, then France, with its earlier and its later figure."""
    in_view_is_later = wave_order(comparison.wave) >= wave_order(other.wave)
    found: list[_Pair] = []
    for row in comparison.rows:
        twin = other.row(row.id)
        found.append((row.id, row.name, twin.figure if twin else None, row.figure))
    if comparison.national or other.national:
        found.append((FRANCE, "France", other.national, comparison.national))
    if in_view_is_later:
        return found
    return [(territory, name, after, before) for territory, name, before, after in found]


def _is_testable(before: Figure | None, after: Figure | None) -> bool:
    return all(
        figure is not None and figure.value is not None and figure.respondents is not None
        for figure in (before, after)
    )


def _obstacle(indicator: Indicator, *waves: str) -> str:
    """Say why no line can be compared; empty where they can."""
    if UNDATED_WAVE in waves:
        return UNDATED
    if indicator.nature is Nature.ENQUETE and not has_sampling_error(indicator):
        return NO_TEST
    return ""


def _conclude(
    territory: TerritoryId,
    name: str,
    before: Figure | None,
    after: Figure | None,
    *,
    indicator: Indicator,
    obstacle: str,
    comparisons: int,
) -> Change:
    reason = _missing(before) or _missing(after) or obstacle
    if reason or before is None or after is None or before.value is None or after.value is None:
        return Change(territory, name, before, after, Verdict.NON_COMPARABLE, reason)
    if not has_sampling_error(indicator):
        return Change(territory, name, before, after, Verdict.NON_TESTEE, NO_SAMPLE)
    verdict = judge_change(before, after, comparisons=max(1, comparisons))
    unknown = UNKNOWN if verdict is Verdict.NON_COMPARABLE else ""
    return Change(territory, name, before, after, verdict, unknown)


def judge_change(before: Figure, after: Figure, *, comparisons: int) -> Verdict:
    """Judge the change of a share between two waves; not comparable where a sample is unknown."""
    if before.value is None or after.value is None:
        return Verdict.NON_COMPARABLE
    difference = change_between(
        before.value,
        before.respondents,
        after.value,
        after.respondents,
        max(before.deff or 1.0, after.deff or 1.0),
        comparisons=comparisons,
    )
    return _VERDICTS.get(difference.flag, Verdict.NON_COMPARABLE)


def _missing(figure: Figure | None) -> str:
    """Say why a wave has no number to compare; empty where it has one."""
    if figure is None:
        return "aucune valeur à l’une des deux vagues"
    if figure.suppression:
        return figure.text
    return "" if figure.value is not None else "valeur publiée en toutes lettres"


def _say(
    about: str, lines: Sequence[Change], names: Mapping[TerritoryId, NameForms], mark: str
) -> str:
    """Write the sentence of the changes, verdict by verdict, in the numbers of the table."""
    parts = []
    for verdict in Verdict:
        found = [line for line in lines if line.verdict is verdict]
        if found:
            parts.append(f"{verdict} {join_words([_say_line(line, names) for line in found])}")
    return f"{mark}{about} : {' ; '.join(parts) or 'aucun territoire à comparer'}."


def _say_line(line: Change, names: Mapping[TerritoryId, NameForms]) -> str:
    where = place(line.territory, line.name, names)
    if line.verdict is Verdict.NON_COMPARABLE or line.before is None or line.after is None:
        return f"{where} ({line.reason})"
    if drawn_value(line.before) is None or drawn_value(line.after) is None:
        return f"{where} (chiffre trop imprécis à l’une des deux vagues)"
    return f"{where} ({line.before.text} puis {line.after.text})"


def _caveats(
    indicator: Indicator, waves: tuple[str, str], lines: Sequence[Change], published: Published
) -> tuple[str, ...]:
    texts = []
    if any(line.verdict is Verdict.NON_ETABLIE for line in lines):
        texts.append(
            "« Pas d’évolution établie » ne veut pas dire « stable » : l’écart peut n’être que "
            "du hasard, ou l’échantillon trop petit pour le voir."
        )
    studies = _studies(indicator, waves, {line.territory for line in lines}, published)
    if len(studies) > 1:
        texts.append(
            f"Les deux vagues viennent d’études différentes ({join_words(studies)}) : leurs "
            "façons d’interroger peuvent expliquer une part de l’écart."
        )
    return tuple(texts)


def _studies(
    indicator: Indicator,
    waves: tuple[str, str],
    territories: set[TerritoryId],
    published: Published,
) -> list[str]:
    """List the studies behind the figures of both waves."""
    return sorted(
        {
            observation.study
            for level in {territory.level for territory in territories}
            for observation in published.of_indicator(indicator.indicator_id, level)
            if observation.wave in waves
            and observation.territory in territories
            and observation.reading is Reading.PRINCIPALE
            and observation.study
        }
    )
