"""The answer to « Comparer »: a few territories side by side, then two waves of one indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Order, order_confidence
from territoires.domain.indicators import Indicator, Kind, Nature, Source, wave_order
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.caveats import OTHER_QUESTION
from territoires.views.comparison_sentence import drawn_value, say_caveat, say_comparison
from territoires.views.figure import OTHER_WORDS, Figure, are_asked_the_same
from territoires.views.french import LEVEL_LABELS, LEVEL_PLURALS, count, format_wave, join_words
from territoires.views.map_view import MapView, Row
from territoires.views.selection import mappable_indicators, waves_of

#: Territories set side by side before the reader has chosen any.
DEFAULT_COMPARED = 3
MIN_COMPARED = 2
MAX_SMALL_MAPS = 4
_RANKED = (Precision.PRECISE, Precision.CORRECTE)
_NUMBERS = {2: "deux", 3: "trois"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two territories and how sure their order is, the higher value first."""

    higher: Row
    lower: Row
    order: Order


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the chart, the table and the sentence of the territories are drawn from.

    ``rows`` are those of the map, so that a verdict is the same on both pages. Those whose
    precision allows it are ranked, and come first, where there are at least two; ``pairs`` is
    empty otherwise.
    """

    dataset: Dataset
    indicator: Indicator
    wave: str
    level: Level
    rows: tuple[Row, ...]
    national: Figure | None
    is_ranked: bool
    #: Left out of the ranking, in the order of the codes; all of them where there is none.
    unranked: tuple[Row, ...]
    pairs: tuple[Pair, ...]
    title: str
    sentence: str
    sentence_caveat: str
    #: What was chosen for the reader, or left aside.
    notes: tuple[str, ...]
    caveats: tuple[str, ...]
    sources: tuple[Source, ...]
    #: Territories of the level tested against France with these ones.
    tested: int

    @property
    def is_france_asked_the_same(self) -> bool:
        """Tell whether the national figure answers the question of these territories."""
        france = self.national
        return france is None or are_asked_the_same((row.figure for row in self.rows), france)

    @property
    def benchmark(self) -> Figure | None:
        """Give France's figure where it may stand on their axis: no total, no other question."""
        is_total = self.indicator.kind is Kind.COUNT
        return None if is_total or not self.is_france_asked_the_same else self.national

    @property
    def france_name(self) -> str:
        """Name the row of France: « France (autre formulation) »."""
        return "France" if self.is_france_asked_the_same else f"France ({OTHER_WORDS})"


def build_comparison(
    selection: Selection, view: MapView, names: Mapping[TerritoryId, NameForms]
) -> Comparison:
    """Set territories of a map side by side: those chosen, else the first that have a figure.

    Parameters
    ----------
    view
        The map of the indicator, wave and level in view, with its values.
    """
    rows, notes = _choose(selection, view)
    ranked, unranked = _rank(rows)
    rows = (*ranked, *unranked)
    figures = [row.figure for row in rows if row.figure]
    return Comparison(
        dataset=view.dataset,
        indicator=view.indicator,
        wave=view.wave,
        level=view.level,
        rows=rows,
        national=view.national,
        is_ranked=bool(ranked),
        unranked=unranked,
        pairs=_pairs(ranked),
        title=view.title,
        sentence=say_comparison(view, rows, names),
        sentence_caveat=say_caveat(rows),
        notes=notes,
        caveats=_caveats(view, rows),
        sources=tuple(
            dict.fromkeys(f.source for f in (*figures, *([view.national] if view.national else [])))
        ),
        tested=sum(bool(r.difference and r.figure and r.figure.respondents) for r in view.rows),
    )


def wave_to_compare(selection: Selection, published: Published) -> str:
    """Give the wave set against the one in view: that of the link, else the latest other one."""
    others = other_waves(selection, published)
    return selection.other_wave if selection.other_wave in others else (others or [""])[0]


def other_waves(selection: Selection, published: Published) -> list[str]:
    """List the waves that may be set against the one in view, latest first."""
    waves = waves_of(published, selection.indicator_id, selection.level)
    return [wave for wave in waves if wave != selection.wave]


def small_map_selections(selection: Selection, published: Published) -> tuple[Selection, ...]:
    """Choose the small maps: one per wave, by date, else one per comparable indicator.

    Empty where a single map would be drawn, and for a count, whose circles have one scale a map.
    """
    indicator = published.catalogue[selection.indicator_id]
    if not indicator.is_colourable:
        return ()
    if others := other_waves(selection, published):
        first = wave_to_compare(selection, published)
        kept = [selection.wave, first, *(wave for wave in others if wave != first)]
        waves = sorted(kept[:MAX_SMALL_MAPS], key=wave_order)
        return tuple(replace(selection, wave=wave) for wave in waves)
    twins = [
        other.indicator_id
        for other in mappable_indicators(published)
        if _shares_map(other, indicator)
        and selection.wave in waves_of(published, other.indicator_id, selection.level)
    ]
    if not twins:
        return ()
    kept = [indicator.indicator_id, *twins[: MAX_SMALL_MAPS - 1]]
    in_order = (name for name in published.catalogue if name in kept)
    return tuple(replace(selection, indicator_id=name) for name in in_order)


def _shares_map(other: Indicator, indicator: Indicator) -> bool:
    """Tell whether another indicator may be drawn in the same classes."""
    return (
        other.indicator_id != indicator.indicator_id
        and indicator.is_comparable_with(other)
        and other.is_colourable
        and other.unit_label == indicator.unit_label
    )


def _rank(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Rank the territories whose precision allows it, and give the others apart."""
    ranked = sorted(
        (row for row in rows if _is_sure(row)),
        key=lambda row: (-(row.figure.value or 0.0) if row.figure else 0.0, row.id),
    )
    if len(ranked) < MIN_COMPARED:
        return (), rows
    return tuple(ranked), tuple(row for row in rows if not _is_sure(row))


def _is_sure(row: Row) -> bool:
    return row.figure is not None and row.figure.precision in _RANKED


def _choose(selection: Selection, view: MapView) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Find the rows to compare, in the order of the codes, and say what the reader did not ask."""
    wanted = set(selection.compared)
    rows = tuple(row for row in view.rows if row.id in wanted)
    plural, notes = LEVEL_PLURALS[view.level], []
    if aside := len(wanted) - len(rows):
        verb = "est laissé de côté" if aside == 1 else "sont laissés de côté"
        notes.append(
            f"{count(aside, 'territoire')} d’un autre niveau {verb} : ici se comparent des {plural}."
        )
    if not rows and (rows := _first_rows(selection.territory, view)):
        notes.append(_say_example(rows, view.row(selection.territory), view.level))
    shown = [row for row in rows if drawn_value(row.figure) is not None]
    if len(shown) < MIN_COMPARED:
        notes.append(_too_few(view))
    return rows, tuple(notes)


def _say_example(rows: Sequence[Row], own: Row | None, level: Level) -> str:
    """Say that the territories were chosen for the reader, and how."""
    others = [row for row in rows if row is not own]
    if not others:
        return "Exemple : le territoire en vue. Ajoutez-en d’autres dans la liste."
    if len(others) == 1:
        noun = LEVEL_LABELS[level]
        number = f"{'une' if level is Level.REGION else 'un'} {noun}"
        has = "qui a un chiffre"
    else:
        number, has = f"{_NUMBERS[len(others)]} {LEVEL_PLURALS[level]}", "qui ont un chiffre"
    if all(_is_sure(row) for row in others):
        has = "dont le chiffre est assez précis"
    start = "le territoire en vue et " if own else ""
    them = "le" if not own and len(others) == 1 else "les"
    if them == "le" and level is Level.REGION:
        them = "la"
    return f"Exemple : {start}{number} {has}. Retirez-{them} et choisissez les vôtres."


def _first_rows(territory: TerritoryId | None, view: MapView) -> tuple[Row, ...]:
    """Take the territory in view, then the first ones that have a figure, the surest grades first."""
    own = view.row(territory)
    grades = {Precision.PRECISE: 0, Precision.CORRECTE: 0, None: 0}
    others = sorted(
        (row for row in view.rows if row is not own and drawn_value(row.figure) is not None),
        key=lambda row: (grades.get(row.figure.precision if row.figure else None, 1), row.id),
    )
    found = [*([own] if own else []), *others][:DEFAULT_COMPARED]
    return tuple(row for row in view.rows if row in found)


def _too_few(view: MapView) -> str:
    """Say why there is nothing to compare, and what to do."""
    known = sum(drawn_value(row.figure) is not None for row in view.rows)
    if known >= MIN_COMPARED:
        return (
            "Moins de deux des territoires choisis ont un chiffre que l’on puisse montrer : "
            f"ajoutez-en un ({count(known, LEVEL_LABELS[view.level])} en ont un)."
        )
    verb = "n’a de chiffre" if not known else "seulement a un chiffre"
    noun = LEVEL_LABELS[view.level]
    none = "Aucune" if noun == LEVEL_LABELS[Level.REGION] else "Aucun"
    start = f"{none} {noun}" if not known else count(1, noun).capitalize()
    return (
        f"{start} {verb} pour cet indicateur et cette vague : il n’y a rien à comparer. "
        "Choisissez un autre indicateur."
    )


def _pairs(rows: Sequence[Row]) -> tuple[Pair, ...]:
    """Judge the order of every pair of a ranking, each on its own."""
    pairs = []
    for higher, lower in combinations(rows, 2):
        one, other = higher.figure, lower.figure
        if one is None or other is None or one.value is None or other.value is None:
            continue
        confidence = order_confidence(
            one.value,
            one.respondents,
            other.value,
            other.respondents,
            max(one.deff or 1.0, other.deff or 1.0),
        )
        pairs.append(Pair(higher, lower, confidence.wording))
    return tuple(pairs)


def _caveats(view: MapView, rows: Sequence[Row]) -> tuple[str, ...]:
    """List what must be known to read these figures, each caveat once with those it is about."""
    texts = [view.indicator.caveat]
    figures = [row.figure for row in rows if row.figure]
    if any(figure.interval and figure.deff is None for figure in figures):
        texts.append(
            "Effet de plan non communiqué : si les réponses sont pondérées, les intervalles sont "
            "optimistes."
        )
    if view.national and not are_asked_the_same(figures, view.national):
        texts.append(OTHER_QUESTION)
    about: dict[str, list[str]] = {}
    for row in rows:
        if row.figure and row.figure.caveat:
            about.setdefault(row.figure.caveat, []).append(row.name)
    for caveat, named in about.items():
        shared = len(named) == len(figures) > 1
        texts.append(caveat if shared else f"{join_words(named)} : {caveat}")
    tested = any(figure.interval for figure in figures)
    if tested and view.national and view.national.precision is Precision.INCONNUE:
        texts.append("La France elle-même est un échantillon dont l’effectif n’est pas communiqué.")
    if view.national and view.national.caveat:
        texts.append(f"France : {view.national.caveat}")
    if view.indicator.nature is Nature.ENQUETE and view.national is None:
        wave = format_wave(view.wave)
        texts.append(f"Valeur de la France non publiée pour cette vague ({wave}).")
    return tuple(dict.fromkeys(text for text in texts if text))
