"""Checks of figures on their own: how shares are written, what is possible, what is said twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from territoires.domain.indicators import Kind
from territoires.domain.updates import Problem, Row, Scale
from territoires.tables.updates.figures import Figure
from territoires.tables.updates.problems import Gathered, block, name_rows, warn
from territoires.tables.updates.values import (
    MAX_DECIMALS,
    bounds_of,
    is_share,
    round_off,
    to_french,
)

_ONE, _HUNDRED = Decimal(1), Decimal(100)
#: Unit of an indicator that its source only tells in words.
_WORDS = "mots"
_SINGLE = "un seul chiffre par territoire, indicateur et vague"


def settle_scale(
    figures: Sequence[Figure], catalogue: Mapping[str, Row], scale: Scale
) -> tuple[tuple[Figure, ...], list[Problem]]:
    """Bring shares written from 0 to 1 to percentages, where a person said so; ask elsewhere.

    A % sign settles it: such a cell is a percentage whatever the choice.
    """
    bare = [f for f in figures if f.value is not None and not f.has_percent]
    groups: dict[tuple[int, str], list[Figure]] = defaultdict(list)
    for figure in bare:
        if is_share(catalogue[figure.indicator_id]):
            groups[figure.position, figure.indicator_id].append(figure)
    if scale is Scale.PERCENT:
        return tuple(figures), []
    if scale is Scale.UNKNOWN:
        return tuple(figures), [one for group in groups.values() for one in _ask_scale(group)]
    problems = [one for group in groups.values() for one in _tell_whole(group)]
    shares = {id(figure) for group in groups.values() for figure in group}
    return tuple(_to_percent(f) if id(f) in shares else f for f in figures), problems


def check_values(figures: Iterable[Figure], catalogue: Mapping[str, Row]) -> list[Problem]:
    """Tell the values that an indicator cannot have, or would not be written with."""
    problems: list[Problem] = []
    gathered = Gathered()
    for figure in figures:
        if figure.value is None:
            continue
        indicator = catalogue[figure.indicator_id]
        low, high = bounds_of(indicator)
        value = figure.value
        if (low is not None and value < low) or (high is not None and value > high):
            problems.append(_out_of_bounds(figure, indicator, low, high))
        elif indicator["kind"] == Kind.COUNT and value != value.to_integral_value():
            problems.append(_not_whole(figure))
        elif indicator["unit"] == _WORDS:
            gathered.add(_only_words(figure), figure.row)
        elif round_off(value) != value:
            gathered.add(_many_decimals(figure), figure.row)
    return problems + gathered.problems()


def drop_repeats(
    figures: Iterable[Figure],
) -> tuple[tuple[Figure, ...], list[Problem]]:
    """Keep one figure for each cell; two that disagree are told, and the first one kept."""
    first: dict[tuple[str, ...], Figure] = {}
    problems = []
    for figure in figures:
        known = first.setdefault(figure.cell, figure)
        if known is figure:
            continue
        if _says_the_same(known, figure):
            problems.append(_repeated(known, figure))
        else:
            problems.append(_contradicted(known, figure))
    return tuple(first.values()), problems


def _ask_scale(group: Sequence[Figure]) -> list[Problem]:
    """Ask how shares are written where they may be from 0 to 1: all of them, or most."""
    values = [figure.value for figure in group if figure.value is not None]
    small = sum(1 for value in values if 0 <= value <= _ONE)
    fractions = sum(1 for value in values if 0 < value < _ONE)
    head = group[0]
    if fractions and small == len(values):
        return [
            block(
                "scale",
                "des pourcentages de 0 à 100, ou des proportions de 0 à 1",
                "Toutes les valeurs de cette colonne sont entre 0 et 1\u00a0: dites si ce sont des "
                "proportions (0,77 vaut 77\u00a0%) ou de très petits pourcentages.",
                row=head.row,
                column=head.column,
                read=head.written,
            )
        ]
    if 2 * fractions > len(values):
        large = [figure for figure in group if figure.value is not None and figure.value > _ONE]
        return [
            block(
                "scale-mixed",
                "une seule façon d’écrire les parts",
                f"La plupart des valeurs sont entre 0 et 1, d’autres non ({_name(large)})\u00a0: "
                "écrivez-les toutes de la même façon, ou dites que ce sont des pourcentages.",
                row=large[0].row,
                column=head.column,
                read=large[0].written,
            )
        ]
    if values and small == len(values) and any(values):
        return [
            warn(
                "scale-ones",
                "des pourcentages de 0 à 100",
                "Cette colonne ne contient que des 0 et des 1\u00a0: 1 y est lu 1\u00a0%, et non "
                "100\u00a0%. Choisissez «\u00a0proportions\u00a0» dans l’autre cas.",
                row=head.row,
                column=head.column,
                read=head.written,
            )
        ]
    return []


def _tell_whole(group: Sequence[Figure]) -> list[Problem]:
    """Tell the values above 1 among what was said to be proportions."""
    return [
        block(
            "scale-proportion",
            "une proportion de 0 à 1, comme pour tout le fichier",
            "Corrigez la cellule, ou dites que le fichier est écrit en pourcentages.",
            row=figure.row,
            column=figure.column,
            read=figure.written,
        )
        for figure in group
        if figure.value is not None and figure.value > _ONE
    ]


def _to_percent(figure: Figure) -> Figure:
    # Above 1 it is told, and no proportion: a hundred times more would be told again.
    if figure.value is None or figure.value > _ONE:
        return figure
    value = figure.value * _HUNDRED
    return replace(figure, value=value, decimals=max(0, figure.decimals - 2))


def _out_of_bounds(
    figure: Figure, indicator: Row, low: Decimal | None, high: Decimal | None
) -> Problem:
    if is_share(indicator):
        expected, code = "un pourcentage entre 0 et 100", "share"
    elif high is not None and low is not None:
        expected, code = f"une valeur entre {to_french(low)} et {to_french(high)}", "score"
    else:
        expected, code = "un nombre positif ou nul", "negative"
    return block(
        code,
        expected,
        "Vérifiez la valeur à sa source\u00a0: rien n’est corrigé à votre place.",
        row=figure.row,
        column=figure.column,
        read=figure.written,
    )


def _not_whole(figure: Figure) -> Problem:
    return warn(
        "count-not-whole",
        "un nombre entier",
        "Cet indicateur compte\u00a0: vérifiez qu’il ne s’agit pas d’une part ou d’une moyenne.",
        row=figure.row,
        column=figure.column,
        read=figure.written,
    )


def _only_words(figure: Figure) -> Problem:
    return warn(
        "only-words",
        "une formule en toutes lettres",
        "La source de cet indicateur ne donne pas de nombre\u00a0: vérifiez d’où il vient.",
        column=figure.column,
    )


def _many_decimals(figure: Figure) -> Problem:
    return warn(
        "decimals",
        f"{MAX_DECIMALS} décimales au plus",
        f"Trop de décimales pour une mesure\u00a0: {MAX_DECIMALS} sont gardées.",
        column=figure.column,
    )


def _says_the_same(one: Figure, other: Figure) -> bool:
    return (one.value, one.value_text, one.respondents, one.deff) == (
        other.value,
        other.value_text,
        other.respondents,
        other.deff,
    )


def _repeated(first: Figure, second: Figure) -> Problem:
    return warn(
        "duplicate",
        _SINGLE,
        f"Même chiffre que {name_rows([first.row])}\u00a0: un seul est gardé.",
        row=second.row,
        column=second.column,
        read=second.written,
    )


def _contradicted(first: Figure, second: Figure) -> Problem:
    detail = (
        f"{name_rows([first.row])} donne «\u00a0{first.written.strip()}\u00a0»"
        if first.value != second.value
        else f"{name_rows([first.row])} donne la même valeur avec un autre effectif"
    )
    return block(
        "duplicate-conflict",
        _SINGLE,
        f"La {detail}\u00a0: écartez l’une des lignes.",
        row=second.row,
        column=second.column,
        read=second.written,
    )


def _name(figures: Sequence[Figure]) -> str:
    return name_rows(figure.row for figure in figures)
