"""Doubts about the figures of a file: samples, impossible shares, parts of a whole, the country."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from territoires import settings
from territoires.analysis.plausibility import is_reachable, rounding_slack, weighted_mean
from territoires.domain.directory import Directory
from territoires.domain.indicators import Kind, Nature, Reading
from territoires.domain.territories import FRANCE, Level
from territoires.domain.updates import Problem, Row
from territoires.tables.updates.observations import Brought
from territoires.tables.updates.problems import Gathered, block, note, warn
from territoires.tables.updates.values import is_share
from territoires.views.french import NBSP, count, format_number

#: Largest sample whose shares are told impossible: beyond it nearly every share can be reached.
MAX_REACHABLE = 200
#: From so many of them, if most are so, the answers are weighted rather than miscounted.
MANY_UNREACHABLE = 5
#: Points beyond which parts of a whole no longer add up, whatever was left unanswered.
MAX_EXCESS = 5.0
#: Points from which the régions and the country no longer tell the same story.
MAX_DISTANCE = 5.0
#: Fewest régions whose mean is set against the country.
MIN_REGIONS = 5
#: Indicators that share out the same people, as the pages draw them: the rungs of maturity
#: (``views.maturity``) and the profiles of mayors (``views.roles``).
_DISTRIBUTIONS = (
    re.compile(r"((?:.*_)?maturite)_[1-5]"),
    re.compile(r"((?:.*_)?profil)_[a-z]"),
)
_WHOLE = 100.0
_MAYORS = "maires"

_Cell = tuple[str, str, str]


def check_doubts(
    brought: Sequence[Brought],
    observations: Iterable[Row],
    catalogue: Mapping[str, Row],
    directory: Directory,
) -> list[Problem]:
    """Tell what is doubtful in the figures that change; those that stay were accepted already.

    Parameters
    ----------
    observations
        Rows as they would be published.
    """
    changed = [one for one in brought if one.is_changed]
    surveyed = [
        one for one in changed if catalogue[one.figure.indicator_id]["nature"] == Nature.ENQUETE
    ]
    rows = [row for row in observations if row["reading"] == Reading.PRINCIPALE and row["value"]]
    return [
        *_check_missing(surveyed, catalogue),
        *_check_sizes(surveyed, catalogue, directory),
        *_check_reachable(surveyed, catalogue),
        *_check_distributions(changed, rows, catalogue, directory),
        *_check_country(surveyed, rows, catalogue),
    ]


def _check_missing(brought: Iterable[Brought], catalogue: Mapping[str, Row]) -> list[Problem]:
    """Tell once for each indicator the figures without a sample size, and what that costs."""
    gathered = Gathered()
    for one in brought:
        indicator = catalogue[one.figure.indicator_id]
        if indicator["kind"] == Kind.COUNT or one.figure.value is None:
            continue
        if not one.after["respondents"]:
            label = indicator["label"]
            problem = warn(
                "respondents-missing",
                f"le nombre de réponses derrière chaque chiffre de «\u00a0{label}\u00a0»",
                "Sans effectif\u00a0: ni intervalle, ni précision, ni comparaison ne seront "
                "montrés.",
                column=one.figure.column,
            )
            gathered.add(problem, one.figure.row)
    return gathered.problems()


def _check_sizes(
    brought: Iterable[Brought], catalogue: Mapping[str, Row], directory: Directory
) -> list[Problem]:
    """Tell samples so small that they will be hidden, or larger than those who could answer."""
    gathered = Gathered()
    problems = []
    for one in brought:
        size, figure = int(one.after["respondents"] or 0), one.figure
        if not size:
            continue
        if size < settings.MINIMUM_RESPONDENTS:
            gathered.add(_hidden(figure.sample_column), figure.row)
        territory = directory.get(figure.territory)
        population = territory.population
        if population is not None and size > population:
            most = f"{count(population, 'habitant')} au plus ({territory.name})"
        elif catalogue[figure.indicator_id]["actor"] == _MAYORS:
            mayors = _mayors_of(directory, one)
            if size <= mayors:
                continue
            most = f"{count(mayors, 'maire')} au plus ({territory.name})"
        else:
            continue
        problems.append(
            warn(
                "respondents-many",
                most,
                "Plus de réponses que de personnes à interroger\u00a0: vérifiez l’effectif et le "
                "territoire.",
                row=figure.row,
                column=figure.sample_column,
                read=format_number(size),
            )
        )
    return problems + gathered.problems()


def _mayors_of(directory: Directory, one: Brought) -> int:
    """Count the communes of a territory: one mayor each."""
    territory = one.figure.territory
    if territory.level is Level.COMMUNE:
        return 1
    return directory.children_count(territory, Level.COMMUNE)


def _hidden(column: str) -> Problem:
    least = settings.MINIMUM_RESPONDENTS
    return note(
        "respondents-few",
        f"{least} réponses au moins",
        "Chiffre publié mais masqué par le secret statistique, avec un autre si le total le "
        "trahit.",
        column=column,
    )


def _check_reachable(brought: Iterable[Brought], catalogue: Mapping[str, Row]) -> list[Problem]:
    """Tell the shares that no number of people makes, where nothing says they are weighted.

    Where most of them are so, the answers are weighted: it is told once.
    """
    known: dict[tuple[str, int, int], bool] = {}
    found: list[Problem] = []
    tested = 0
    for one in brought:
        figure, row = one.figure, one.after
        size = int(row["respondents"] or 0)
        is_weighted = bool(row["deff"]) and float(row["deff"]) > 1
        if figure.value is None or not 0 < size <= MAX_REACHABLE or is_weighted:
            continue
        if not is_share(catalogue[figure.indicator_id]) or not 0 <= figure.value <= _WHOLE:
            continue
        key = (str(figure.value), size, figure.decimals)
        if key not in known:
            known[key] = is_reachable(float(figure.value), size, figure.decimals)
        tested += 1
        if not known[key]:
            value = f"{figure.value:.{figure.decimals}f}".replace(".", ",")
            problem = warn(
                "unreachable",
                f"une part que {count(size, 'réponse')} peuvent donner",
                f"Aucun nombre de personnes sur {size} ne fait {value}{NBSP}%"
                "\u00a0: vérifiez l’effectif, ou donnez l’effet de plan si les réponses sont "
                "pondérées.",
                row=figure.row,
                column=figure.column,
                read=figure.written,
            )
            found.append(problem)
    if len(found) < MANY_UNREACHABLE or 2 * len(found) <= tested:
        return found
    return [
        warn(
            "weighted",
            "l’effet de plan, si les réponses sont pondérées",
            f"{len(found)} parts sur {tested} ne correspondent à aucun nombre entier de réponses"
            "\u00a0: elles sont sans doute pondérées. Donnez l’effet de plan (colonne «\u00a0Effet "
            "de plan\u00a0»)\u00a0; sans lui, les intervalles sont optimistes.",
            column=found[0].column,
        )
    ]


def _check_distributions(
    brought: Iterable[Brought],
    rows: Sequence[Row],
    catalogue: Mapping[str, Row],
    directory: Directory,
) -> Iterator[Problem]:
    """Tell the parts of one whole that do not add up to 100.

    Above 105 the parts, which exclude each other, cannot be those of one question: blocking. Under
    100 some people may not have answered, which the source may not say: to be looked at.
    """
    heads = {name: _group_of(name) for name in catalogue}
    wholes: dict[_Cell, list[Brought]] = defaultdict(list)
    for one in brought:
        group = heads[one.figure.indicator_id]
        if group and one.figure.value is not None:
            wholes[group, one.figure.wave, str(one.figure.territory)].append(one)
    if not wholes:
        return
    parts: dict[_Cell, dict[str, float]] = defaultdict(dict)
    for row in rows:
        cell = (heads.get(row["indicator_id"], ""), row["wave"], f"{row['level']}-{row['code']}")
        if cell in wholes:
            parts[cell][row["indicator_id"]] = float(row["value"])
    for cell, found in wholes.items():
        members = {name for name, group in heads.items() if group == cell[0]}
        place = directory.get(found[0].figure.territory).name
        yield from _check_sum(found, parts[cell], place, is_whole=members <= set(parts[cell]))


def _group_of(indicator_id: str) -> str:
    """Give the name that the parts of one whole share; empty for what is part of none."""
    for form in _DISTRIBUTIONS:
        if found := form.fullmatch(indicator_id):
            return found[1]
    return ""


def _check_sum(
    found: Sequence[Brought], parts: Mapping[str, float], place: str, *, is_whole: bool
) -> Iterator[Problem]:
    total = sum(parts.values())
    slack = rounding_slack([max(one.figure.decimals for one in found)] * len(parts))
    first = found[0].figure
    read = f"{format_number(round(total, 1), 0 if total == round(total) else 1)}{NBSP}%"
    if total > _WHOLE + max(MAX_EXCESS, slack):
        yield block(
            "sum-over",
            f"des parts qui font 100{NBSP}% au plus ({place})",
            "Ces parts s’excluent\u00a0: leur total ne peut pas dépasser 100. Vérifiez que chaque "
            "colonne est bien celle de son indicateur.",
            row=first.row,
            column=first.column,
            read=read,
        )
    elif is_whole and abs(total - _WHOLE) > slack:
        yield warn(
            "sum",
            f"des parts qui font 100{NBSP}%, aux arrondis près ({place})",
            "Vérifiez les valeurs, ou si une part des personnes n’a pas répondu.",
            row=first.row,
            column=first.column,
            read=read,
        )


def _check_country(
    brought: Iterable[Brought], rows: Iterable[Row], catalogue: Mapping[str, Row]
) -> Iterator[Problem]:
    """Tell the régions whose mean, weighted by their samples, is far from the country's figure."""
    surveys: dict[tuple[str, str], Brought] = {}
    for one in brought:
        if one.figure.territory.level in {Level.REGION, FRANCE.level}:
            surveys.setdefault((one.figure.indicator_id, one.figure.wave), one)
    regions: dict[tuple[str, str], list[Row]] = defaultdict(list)
    country: dict[tuple[str, str], Row] = {}
    for row in rows:
        survey = (row["indicator_id"], row["wave"])
        if survey not in surveys or not is_share(catalogue[row["indicator_id"]]):
            continue
        if row["level"] == Level.REGION:
            regions[survey].append(row)
        elif row["level"] == FRANCE.level:
            country[survey] = row
    for survey, one in surveys.items():
        found = regions[survey]
        if survey not in country or len(found) < MIN_REGIONS:
            continue
        if not all(row["respondents"] for row in found):
            continue
        mean = weighted_mean(
            [float(row["value"]) for row in found], [float(row["respondents"]) for row in found]
        )
        national = float(country[survey]["value"])
        if abs(mean - national) > MAX_DISTANCE:
            yield _far_from_country(one, mean, national, len(found))


def _far_from_country(one: Brought, mean: float, national: float, number: int) -> Problem:
    return warn(
        "country",
        f"des régions proches du chiffre de la France ({format_number(national, 1)}{NBSP}%)",
        f"Pondérées par leurs effectifs, les {number} régions donnent en moyenne "
        f"{format_number(mean, 1)}{NBSP}%\u00a0: vérifiez qu’il s’agit de la même question, ou "
        "donnez le chiffre national de cette vague.",
        row=one.figure.row,
        column=one.figure.column,
    )
