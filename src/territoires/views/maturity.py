"""How far co-construction has come: the five rungs where they are published, and every reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from territoires.domain.assessment import STAGES
from territoires.domain.indicators import Indicator
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE
from territoires.tables.published import Published
from territoires.views.comparison_sentence import UNKNOWN_SAMPLES, drawn_value
from territoires.views.datasets import EDITIONS
from territoires.views.figure import Figure, displayed_value, is_of_unknown_samples
from territoires.views.french import NBSP, count, format_wave
from territoires.views.landmarks import Contradiction
from territoires.views.portrait_figures import Comparison, Holder, TerritoryFigures
from territoires.views.shares import say_shares

MATURITY_THEME = "Maturité de la co-construction"
UNPUBLISHED = "non publié"
#: Indicators of the rungs, whatever the set: « demo_maturite_3 ».
_RUNG = re.compile(r"(?:.*_)?maturite_([1-5])")
_ALL_PARTS_PCT = 100


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder, 1 at its foot; ``line`` is None where no figure is published."""

    number: int
    label: str
    line: Comparison | None

    @property
    def title(self) -> str:
        """Name the rung with its number: « 3 – dynamique émergente »."""
        return f"{self.number} – {self.label}"


@dataclass(frozen=True, slots=True)
class Maturity:
    """What is known of the maturity of a territory's co-construction.

    ``rungs`` go from the foot up. ``readings`` are the other figures of the theme, each with all
    the wordings published for it; ``contradictions`` what the publications do not say alike.
    """

    dataset: Dataset
    rungs: tuple[Rung, ...]
    readings: tuple[Comparison, ...]
    contradictions: tuple[Contradiction, ...]
    holder: Holder | None
    wave: str
    sentence: str
    caveats: tuple[str, ...]

    @property
    def has_ladder(self) -> bool:
        """Tell whether at least one rung has a figure that may be drawn."""
        return any(drawn_value(figure) is not None for figure in _figures(self.rungs))


def build_maturity(published: Published, figures: TerritoryFigures) -> Maturity:
    """Gather the rungs and the readings, of the nearest territory that has some and of France."""
    lines = figures.lines(lambda indicator: indicator.theme == MATURITY_THEME)
    known = [line for line in lines if line.local or line.national]
    on_rungs = _of_one_sample([line for line in known if _rung_of(line.indicator)])
    by_number = {_rung_of(line.indicator): line for line in on_rungs}
    rungs = tuple(Rung(n, label, by_number.get(n)) for n, label in STAGES.items())
    readings = tuple(line for line in known if not _rung_of(line.indicator))
    holder = next((r.line.holder for r in rungs if r.line and r.line.holder), None)
    wave = next((figure.wave for figure in _figures(rungs)), "")
    return Maturity(
        dataset=published.dataset,
        rungs=rungs,
        readings=readings,
        contradictions=_contradictions(published, readings),
        holder=holder,
        wave=wave,
        sentence=_say(published.dataset, rungs, readings, holder, wave),
        caveats=_caveats(rungs),
    )


def _rung_of(indicator: Indicator) -> int | None:
    found = _RUNG.fullmatch(indicator.indicator_id)
    return int(found[1]) if found else None


def _of_one_sample(lines: Sequence[Comparison]) -> Sequence[Comparison]:
    """Leave the territory out where its rungs are not of one place and wave: no distribution."""
    samples = {(line.holder, line.local.wave) for line in lines if line.local}
    if len(samples) <= 1:
        return lines
    return [Comparison(line.indicator, None, line.national) for line in lines if line.national]


def _figures(rungs: Sequence[Rung]) -> list[Figure]:
    """Give the figures of the rungs: the territory's, then France's."""
    lines = [rung.line for rung in rungs if rung.line]
    return [f for side in ("local", "national") for line in lines if (f := getattr(line, side))]


def _contradictions(
    published: Published, readings: Sequence[Comparison]
) -> tuple[Contradiction, ...]:
    """Find the diverging readings that the figures of the theme are part of."""
    ids = {line.indicator.indicator_id for line in readings}
    places = {FRANCE, *(line.holder.territory.id for line in readings if line.holder)}
    wanted = {
        name
        for place in places
        for observation in published.of_territory(place)
        if observation.indicator_id in ids
        for name in observation.contradictions
    }
    return tuple(
        Contradiction(str(row.topic), (str(row.reading_1), str(row.reading_2)), str(row.sources))
        for row in published.contradictions.itertuples(index=False)
        if row.contradiction_id in wanted
    )


def _say(
    dataset: Dataset,
    rungs: Sequence[Rung],
    readings: Sequence[Comparison],
    holder: Holder | None,
    wave: str,
) -> str:
    """Say the whole distribution, or that none is published and what is."""
    mark = EDITIONS[dataset].mark
    if not wave:
        # What the studies publish is not asked on these rungs: none of it is placed on one.
        known = count(len(readings), "chiffre", "chiffres")
        rest = f" ; {known} sur le sujet" if readings else ""
        return (
            f"{mark}Aucune répartition des territoires sur les cinq échelons n’est publiée, ni "
            f"pour la France ni pour une région{rest}."
        )
    actor = next(rung.line.indicator.actor_label for rung in rungs if rung.line)
    names = [rung.label for rung in rungs]
    told = say_shares(names, [rung.line for rung in rungs], holder)
    return f"{mark}Échelle de maturité, {actor}, {format_wave(wave)} : {told}."


def _caveats(rungs: Sequence[Rung]) -> tuple[str, ...]:
    lines = [rung.line for rung in rungs if rung.line]
    texts = [line.indicator.caveat for line in lines]
    shown = [[line.local for line in lines], [line.national for line in lines]]
    if any(_is_whole_off(side, lines) for side in shown):
        texts.append(f"Les parts étant arrondies, leur total peut différer de 100{NBSP}%.")
    if is_of_unknown_samples(figure for side in shown for figure in side):
        texts.append(UNKNOWN_SAMPLES)
    if any(line.difference for line in lines):
        texts.append(
            "Chaque échelon est testé à part, comme sur la carte : sur cinq tests, un écart de "
            "hasard est plus probable que sur un seul."
        )
    return tuple(dict.fromkeys(text for text in texts if text))


def _is_whole_off(figures: Sequence[Figure | None], lines: Sequence[Comparison]) -> bool:
    """Tell whether shares that are all shown do not read as one hundred together."""
    shown = [
        displayed_value(figure.value, line.indicator)
        for figure, line in zip(figures, lines, strict=True)
        if figure and figure.value is not None
    ]
    return len(shown) == len(STAGES) and round(sum(shown), 1) != _ALL_PARTS_PCT
