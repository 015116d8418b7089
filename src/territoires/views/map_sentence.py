"""The sentence of a map: what it shows, in the numbers of its table, without claiming more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.indicators import Fiabilite, Indicator, Nature, Status
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Mode
from territoires.domain.territories import Level, TerritoryId
from territoires.views.datasets import is_simulated_set, mark_of
from territoires.views.figure import Figure, are_asked_the_same, say_france
from territoires.views.french import (
    LEVEL_LABELS,
    LEVEL_PLURALS,
    agree,
    count,
    format_number,
    format_wave,
    join_words,
)

#: More territories than this are counted, not named.
MAX_NAMED = 5
_NAMED_LEVELS = (Level.REGION, Level.DEPARTEMENT)
_GRADE_WORDS = {
    Precision.PRECISE: "précis",
    Precision.CORRECTE: "correct",
    Precision.INDICATIVE: "indicatif",
    Precision.TROP_IMPRECISE: "trop imprécis",
}


@dataclass(frozen=True, slots=True)
class MapFacts:
    """What the sentence may speak of; figures, differences and territories in the same order."""

    dataset: Dataset
    indicator: Indicator
    wave: str
    level: Level
    mode: Mode
    figures: tuple[Figure | None, ...]
    differences: tuple[Flag | None, ...]
    territories: tuple[TerritoryId, ...]
    national: Figure | None
    #: What the map is limited to: « dans le Finistère ».
    place: str = ""

    @property
    def feminine(self) -> bool:
        """Gender of the noun of the level: une région, un département."""
        return self.level is not Level.DEPARTEMENT


def say_map(facts: MapFacts, names: Mapping[TerritoryId, NameForms]) -> str:
    """Write the sentence of a map in its mode."""
    say = {Mode.DIFFERENCE: _say_differences, Mode.PRECISION: _say_precision}
    body = say.get(facts.mode, _say_values)(facts, names)
    indicator = facts.indicator
    place = f", {facts.place}" if facts.place else ""
    return (
        f"{mark_of(facts.dataset, told_nature(indicator))}{indicator.label} "
        f"({indicator.actor_label}, {format_wave(facts.wave)}){place} : {body}."
    )


def told_nature(indicator: Indicator) -> Nature:
    """Give the nature that marks tell: what is counted in simulated zones is as good as simulated."""
    return Nature.ENQUETE if indicator.status is Status.SIMULE else indicator.nature


def is_simulated(dataset: Dataset, indicator: Indicator) -> bool:
    """Tell whether the figures of an indicator are simulated in a set of data."""
    return is_simulated_set(dataset) and told_nature(indicator) is Nature.ENQUETE


def say_caveat(facts: MapFacts) -> str:
    """Write what must be known before the sentence is repeated elsewhere."""
    figures = [figure for figure in facts.figures if figure]
    texts = []
    if any(figure.precision is Precision.INCONNUE for figure in figures):
        texts.append(
            "Effectif non communiqué : ces valeurs ne se classent pas et ne se comparent pas."
        )
    if facts.mode is Mode.DIFFERENCE and any(f in _TESTED for f in facts.differences):
        texts.append("« Pas de différence établie » ne veut pas dire « pareil ».")
    elif facts.mode is Mode.VALEUR and any(figure.interval for figure in figures):
        texts.append(
            "Ces valeurs viennent d’échantillons : leurs écarts peuvent n’être que du hasard."
        )
    doubtful = sum(figure.fiabilite is Fiabilite.AMBIGUE for figure in figures)
    if doubtful:
        texts.append(f"Source ambiguë ou contredite pour {count(doubtful, 'valeur')}.")
    return " ".join(texts)


#: A value that a source gave, that is simulated, or that is not published yet.
_WHOSE = {
    Dataset.PUBLIE: " publiée",
    Dataset.DEMONSTRATION: "",
    Dataset.BROUILLON: " dans le brouillon",
}
_TESTED = (Flag.PLUS_BAS, Flag.NON_SIGNIFICATIF, Flag.PLUS_HAUT)


def _shown(facts: MapFacts) -> list[Figure]:
    """Keep the figures that may be told: neither missing, nor too imprecise."""
    return [
        figure
        for figure in facts.figures
        if figure and figure.value is not None and figure.precision is not Precision.TROP_IMPRECISE
    ]


def _say_values(facts: MapFacts, names: Mapping[TerritoryId, NameForms]) -> str:
    shown = _shown(facts)
    total, noun = len(facts.figures), LEVEL_LABELS[facts.level]
    if len(shown) == total:
        parts = [f"les {format_number(total)} {LEVEL_PLURALS[facts.level]} ont une valeur"]
    else:
        verb = agree(len(shown), "a une valeur", "ont une valeur")
        verb += _WHOSE[facts.dataset]
        parts = [f"{count(len(shown), noun)} sur {format_number(total)} {verb}"]
    if shown:
        lowest = min(shown, key=_value).text
        highest = max(shown, key=_value).text
        parts[0] += f", {lowest}" if lowest == highest else f", de {lowest} à {highest}"
    parts += _hidden(facts)
    parts.append(_france(facts))
    if extreme := _extremes(facts, shown, names):
        parts.append(extreme)
    return " ; ".join(parts)


def _france(facts: MapFacts) -> str:
    if facts.national is None:
        return "valeur nationale non disponible"
    return say_france(facts.national, is_same=are_asked_the_same(facts.figures, facts.national))


def _hidden(facts: MapFacts) -> list[str]:
    """Count the values that are known and not told."""
    grades = Counter(figure.precision for figure in facts.figures if figure)
    e = "e" if facts.feminine else ""
    texts = []
    if number := grades[Precision.TROP_IMPRECISE]:
        texts.append(f"{format_number(number)} trop imprécis{e}{'s' if e and number > 1 else ''}")
    if number := grades[Precision.SUPPRIMEE]:
        texts.append(
            f"{format_number(number)} masqué{e}{agree(number, '', 's')} (effectif insuffisant)"
        )
    return texts


def _value(figure: Figure) -> float:
    return figure.value or 0.0


def _extremes(
    facts: MapFacts, shown: Sequence[Figure], names: Mapping[TerritoryId, NameForms]
) -> str:
    """Name the highest or the lowest only where its interval is clear of all the others."""
    if not names or facts.level not in _NAMED_LEVELS or len(shown) < 2:  # noqa: PLR2004 - a pair
        return ""
    known = [
        (names[territory], figure.text, figure.interval)
        for territory, figure in zip(facts.territories, facts.figures, strict=True)
        if figure and figure.interval and figure.precision is not Precision.TROP_IMPRECISE
    ]
    if len(known) < len(shown):
        return ""
    texts = []
    top = max(known, key=lambda item: item[2].low)
    if all(top[2].low > item[2].high for item in known if item is not top):
        texts.append(f"la part la plus haute est {top[0].en} ({top[1]})")
    bottom = min(known, key=lambda item: item[2].high)
    if all(bottom[2].high < item[2].low for item in known if item is not bottom):
        texts.append(f"la plus basse {bottom[0].en} ({bottom[1]})")
    return join_words(texts)


def _say_differences(facts: MapFacts, names: Mapping[TerritoryId, NameForms]) -> str:
    national = facts.national.text if facts.national else ""
    tested = [flag for flag in facts.differences if flag in _TESTED]
    if not tested:
        return (
            f"aucune comparaison avec la France ({national}) n’est possible, les effectifs "
            "n’étant pas communiqués"
        )
    noun = LEVEL_LABELS[facts.level]
    different = sum(flag is not Flag.NON_SIGNIFICATIF for flag in tested)
    vague = sum(bool(f) and f.precision is Precision.TROP_IMPRECISE for f in facts.figures if f)
    e = "e" if facts.feminine else ""
    aside = f" dont {format_number(vague)} trop imprécis{e}{'s' if e and vague > 1 else ''}"
    compared = f"{count(len(tested), noun)} {agree(len(tested), f'comparé{e}', f'comparé{e}s')}"
    start = f"sur {compared},{aside + ',' if vague else ''} "
    if not different:
        none = "aucune" if facts.feminine else "aucun"
        return f"{start}{none} ne diffère de la France ({national}) au-delà du hasard"
    sides = [
        f"{words} {_named(facts, flag, names)}"
        for flag, words in ((Flag.PLUS_HAUT, "plus haut"), (Flag.PLUS_BAS, "plus bas"))
        if flag in tested
    ]
    verb = agree(different, "diffère", "diffèrent")
    return (
        f"{start}{format_number(different)} {verb} de la France ({national}) : {', '.join(sides)}"
    )


def _named(facts: MapFacts, flag: Flag, names: Mapping[TerritoryId, NameForms]) -> str:
    """Name the territories on one side, or count them."""
    triples = zip(facts.territories, facts.figures, facts.differences, strict=True)
    found = [(t, figure) for t, figure, difference in triples if difference is flag and figure]
    if len(found) > MAX_NAMED or any(t not in names for t, _ in found):
        return f"dans {count(len(found), LEVEL_LABELS[facts.level])}"
    return join_words([f"{names[t].en} ({figure.text})" for t, figure in found])


def _say_precision(facts: MapFacts, names: Mapping[TerritoryId, NameForms]) -> str:
    del names
    numbers = Counter(figure.precision for figure in facts.figures if figure)
    noun = LEVEL_LABELS[facts.level]
    graded = [
        f"{words} dans {format_number(numbers[grade])}"
        for grade, words in _GRADE_WORDS.items()
        if numbers[grade]
    ]
    ungraded = [
        f"{grade.value} dans {count(numbers[grade], noun)}"
        for grade in (Precision.SUPPRIMEE, Precision.INCONNUE)
        if numbers[grade]
    ]
    total = count(len(facts.figures), noun)
    said = [f"sur {total}, chiffre {join_words(graded)}"] if graded else []
    return " ; ".join([*said, *ungraded]) or "aucun chiffre dont juger la précision"
