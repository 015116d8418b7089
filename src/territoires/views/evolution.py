"""How the survey figures of a territory changed from one wave to the next, as far as tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from territoires.domain.indicators import (
    UNDATED_WAVE,
    Indicator,
    Nature,
    Observation,
    Reading,
    Usage,
)
from territoires.domain.selection import Dataset
from territoires.tables.published import Published
from territoires.views.comparison_sentence import drawn_value
from territoires.views.comparison_waves import NO_TEST, UNKNOWN, Change, Verdict, judge_change
from territoires.views.datasets import EDITIONS
from territoires.views.figure import Figure, has_sampling_error
from territoires.views.french import NBSP, agree, count, format_wave, join_words
from territoires.views.portrait_figures import Holder, figures_by_wave
from territoires.views.shares import bare_label, place_of, quote

_TWO = 2
#: Verdicts told one by one; the others are counted.
_TOLD = (Verdict.HAUSSE, Verdict.BAISSE)


@dataclass(frozen=True, slots=True)
class Trend:
    """One indicator of one territory, at its last two dated waves.

    ``change`` bears the label of the indicator as its name.
    """

    indicator: Indicator
    change: Change


@dataclass(frozen=True, slots=True)
class TrendGroup:
    """The indicators of one theme, place and pair of waves: one table.

    ``studies`` names the studies, where the two waves do not come from the same ones.
    """

    theme: str
    holder: Holder
    earlier: str
    later: str
    trends: tuple[Trend, ...]
    studies: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Evolution:
    """What may be said of the changes of a territory; no group where nothing has two waves.

    ``comparisons`` is the number of changes tested, which each test is corrected for.
    """

    dataset: Dataset
    groups: tuple[TrendGroup, ...]
    comparisons: int
    sentence: str
    caveats: tuple[str, ...]


def build_evolution(published: Published, holders: Sequence[Holder]) -> Evolution:
    """Compare the last two dated waves of each survey result, nearest territory first.

    An indicator is one wording: its own waves are comparable, and no others. The tests are
    corrected for all the changes tested of the territory, since one sentence sums them up.

    Parameters
    ----------
    holders
        The territory, then the wider ones; France alone for the country.
    """
    found: dict[_Key, list[_Pair]] = {}
    taken: set[str] = set()
    for holder in holders:
        for indicator_id, waves in figures_by_wave(published, holder.territory.id).items():
            indicator = published.catalogue[indicator_id]
            if not _is_survey_result(indicator) or indicator_id in taken:
                continue
            taken.add(indicator_id)
            if pair := _last_two(waves):
                key = (indicator.theme, holder, pair[0].wave, pair[1].wave)
                found.setdefault(key, []).append((indicator, *pair))
    tested = sum(_is_testable(*pair) for pairs in found.values() for pair in pairs)
    groups = tuple(_group(published, key, pairs, tested) for key, pairs in found.items())
    return Evolution(
        dataset=published.dataset,
        groups=groups,
        comparisons=tested,
        sentence=_say(published.dataset, groups, holders, tested),
        caveats=_caveats(groups, tested),
    )


#: Theme, holder, earlier wave, later wave; then an indicator with both of its figures.
_Key = tuple[str, Holder, str, str]
_Pair = tuple[Indicator, Figure, Figure]


def _is_survey_result(indicator: Indicator) -> bool:
    return indicator.nature is Nature.ENQUETE and indicator.usage is Usage.RESULTAT


def _last_two(waves: Mapping[str, Figure]) -> tuple[Figure, Figure] | None:
    """Give the last two dated figures; one without a date has no place in time."""
    dated = [figure for wave, figure in waves.items() if wave != UNDATED_WAVE]
    return (dated[-2], dated[-1]) if len(dated) >= _TWO else None


def _group(published: Published, key: _Key, pairs: Sequence[_Pair], comparisons: int) -> TrendGroup:
    theme, holder, earlier, later = key
    trends = tuple(
        Trend(indicator, _conclude(holder, indicator, before, after, comparisons=comparisons))
        for indicator, before, after in pairs
    )
    return TrendGroup(
        theme=theme,
        holder=holder,
        earlier=earlier,
        later=later,
        trends=trends,
        studies=_studies(published, holder, [pair[0] for pair in pairs], (earlier, later)),
        sentence=_say_group(published.dataset, key, trends),
    )


def _is_testable(indicator: Indicator, before: Figure, after: Figure) -> bool:
    return has_sampling_error(indicator) and all(
        figure.value is not None and figure.respondents is not None for figure in (before, after)
    )


def _conclude(
    holder: Holder, indicator: Indicator, before: Figure, after: Figure, *, comparisons: int
) -> Change:
    """Judge one change, or say why it may not be judged."""
    place, name = holder.territory.id, indicator.label
    reason = _missing(before) or _missing(after)
    if not reason and not has_sampling_error(indicator):
        reason = NO_TEST
    if reason:
        return Change(place, name, before, after, Verdict.NON_COMPARABLE, reason)
    verdict = judge_change(before, after, comparisons=max(1, comparisons))
    unknown = UNKNOWN if verdict is Verdict.NON_COMPARABLE else ""
    return Change(place, name, before, after, verdict, unknown)


def _missing(figure: Figure) -> str:
    """Say why a wave has no number to compare; empty where it has one."""
    if figure.suppression:
        return figure.text
    return "" if figure.value is not None else "valeur publiée en toutes lettres"


def _studies(
    published: Published,
    holder: Holder,
    indicators: Sequence[Indicator],
    waves: tuple[str, str],
) -> tuple[str, ...]:
    """Name the studies behind the two waves, where they differ."""
    ids = {indicator.indicator_id for indicator in indicators}
    by_wave: dict[str, set[str]] = {wave: set() for wave in waves}
    for one in published.of_territory(holder.territory.id):
        if one.indicator_id in ids and _is_main(one) and one.wave in by_wave:
            by_wave[one.wave].add(one.study)
    before, after = (by_wave[wave] for wave in waves)
    return tuple(sorted(before | after)) if before != after else ()


def _is_main(observation: Observation) -> bool:
    return observation.reading is Reading.PRINCIPALE and bool(observation.study)


def _say_group(dataset: Dataset, key: _Key, trends: Sequence[Trend]) -> str:
    """Say the changes that are established, with their figures, and count the others."""
    theme, holder, *waves = key
    earlier, later = (format_wave(wave) for wave in waves)
    parts = []
    for verdict in _TOLD:
        found = [trend for trend in trends if trend.change.verdict is verdict]
        if found:
            parts.append(f"{verdict} établie pour {join_words([_told(one) for one in found])}")
    unsure = sum(trend.change.verdict is Verdict.NON_ETABLIE for trend in trends)
    if unsure:
        parts.append(_unsure(unsure, has_others=bool(parts)))
    unknown = [trend for trend in trends if trend.change.verdict is Verdict.NON_COMPARABLE]
    if unknown:
        reasons = list(dict.fromkeys(trend.change.reason for trend in unknown))
        many = "chiffre non comparable", "chiffres non comparables"
        parts.append(f"{count(len(unknown), *many)} ({join_words(reasons)})")
    mark = EDITIONS[dataset].mark
    return f"{mark}{theme}, {place_of(holder)}, {earlier} puis {later} : {' ; '.join(parts)}."


def _told(trend: Trend) -> str:
    """Write an indicator with its two values: « Adhésion (80 % puis 92 %) »."""
    before, after = trend.change.before, trend.change.after
    label = quote(bare_label(trend.indicator))
    if drawn_value(before) is None or drawn_value(after) is None or not (before and after):
        return f"{label} (chiffre trop imprécis à l’une des deux vagues)"
    return f"{label} ({before.text} puis {after.text})"


def _unsure(number: int, *, has_others: bool) -> str:
    if not has_others:
        noun = count(number, "chiffre", "chiffres")
        return f"pas d’évolution établie ({noun} {agree(number, 'testé', 'testés')})"
    other = count(number, "autre", "autres")
    return f"pas d’évolution établie pour {agree(number, 'l’autre', f'les {other}')}"


def _say(
    dataset: Dataset, groups: Sequence[TrendGroup], holders: Sequence[Holder], tested: int
) -> str:
    """Sum up: how many changes are established, or why there is nothing to compare."""
    start = f"{EDITIONS[dataset].mark}Évolution"
    if not groups:
        where = f", {place_of(holders[0])}" if holders else ""
        return (
            f"{start}{where} : aucun résultat d’enquête n’a deux vagues datées, il n’y a rien à "
            "comparer dans le temps."
        )
    changes = [trend.change for group in groups for trend in group.trends]
    firm = sum(change.verdict in _TOLD for change in changes)
    have = agree(len(changes), "a", "ont")
    compared = f"{_say_places(groups)} {have} deux vagues datées"
    if not tested:
        reasons = list(dict.fromkeys(change.reason for change in changes))
        return (
            f"{start} : {compared}, mais aucune évolution ne peut être testée "
            f"({join_words(reasons)})."
        )
    some = count(firm, "évolution est établie", "évolutions sont établies")
    said = some if firm else "aucune évolution n’est établie"
    many = agree(tested, "testée", "testées")
    return f"{start} : {compared} ; {said} sur {tested}{NBSP}{many}."


def _say_places(groups: Sequence[TrendGroup]) -> str:
    """Count the figures of each territory: « 11 chiffres dans le Finistère »."""
    holders = list(dict.fromkeys(group.holder for group in groups))
    counts = [sum(len(g.trends) for g in groups if g.holder == holder) for holder in holders]
    return join_words(
        [f"{count(n, 'chiffre')} {place_of(h)}" for h, n in zip(holders, counts, strict=True)]
    )


def _caveats(groups: Sequence[TrendGroup], tested: int) -> tuple[str, ...]:
    changes = [trend.change for group in groups for trend in group.trends]
    texts = []
    if any(change.verdict is Verdict.NON_ETABLIE for change in changes):
        texts.append(
            "« Pas d’évolution établie » ne veut pas dire « stable » : l’écart peut n’être que du "
            "hasard, ou l’échantillon trop petit pour le voir."
        )
    if tested > 1:
        texts.append(
            f"Le seuil de 5 % est divisé par {tested}, le nombre d’évolutions testées ici : une "
            "petite évolution peut être réelle sans être établie."
        )
    texts += [
        f"Les deux vagues viennent d’études différentes ({join_words(group.studies)}) : leurs "
        "façons d’interroger peuvent expliquer une part de l’écart."
        for group in groups
        if group.studies
    ]
    return tuple(dict.fromkeys(texts))
