"""What must be known to read a set of figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from territoires.analysis.precision import Precision
from territoires.domain.classification import Method
from territoires.domain.indicators import Indicator, Status
from territoires.domain.selection import Mode, Selection
from territoires.views.figure import (
    Figure,
    has_sampling_error,
    is_of_unknown_samples,
    is_same_question,
)
from territoires.views.french import count

COUNT_NOTE = (
    "Un nombre ne se colore pas : un grand territoire paraîtrait « plus » parce qu’il est grand. "
    "Il est dessiné par des cercles dont la surface est proportionnelle."
)
_NO_SAMPLE = (
    "Ce chiffre ne vient pas d’un pourcentage d’échantillon : ni précision ni différence à tester, "
    "la carte montre la valeur."
)
_NO_FRANCE = "La valeur de la France n’est pas publiée pour cette vague : rien à comparer."
_NO_SIDES = (
    "Sans effectif communiqué, aucune valeur ne se situe par rapport à la France : les classes "
    "sont celles des bornes arrondies."
)
_RAW_GAPS = (
    "Les côtés de la valeur nationale sont des écarts bruts : la plupart peuvent n’être que du "
    "hasard (voir « Différent de la France »)."
)
_NO_BOUNDS = "Tapez vos bornes dans « Classes et couleurs » : en attendant, bornes arrondies."
OTHER_QUESTION = "La formulation publiée pour la France n’est pas la même : rien à comparer."
#: More territories than this are counted, not named.
MAX_NAMED = 3
_OPTIMISTIC = "Effet de plan non communiqué : si les réponses sont pondérées, les intervalles sont optimistes."


def map_caveats(
    indicator: Indicator,
    named: Sequence[tuple[str, Figure]],
    national: Figure | None,
    unmatched: Sequence[str],
    *,
    wanted: Selection,
    notes: Sequence[str] = (),
) -> tuple[str, ...]:
    """List what must be known to read a map, without repeating what many values share.

    Parameters
    ----------
    named
        Figures with the name of their territory; communes may share theirs.
    unmatched
        Codes observed that are no territory of the level.
    wanted
        What was asked of the map: a mode or a class method may have nothing to show.
    notes
        What must be known of the territories themselves.
    """
    figures = [figure for _, figure in named]
    texts = list(_of_the_drawing(indicator, figures, national, wanted))
    texts += notes
    if indicator.caveat:
        texts.append(indicator.caveat)
    if unmatched:
        texts.append(f"Codes sans territoire à ce niveau, non dessinés : {', '.join(unmatched)}.")
    if indicator.status is Status.PROVISOIRE:
        texts.append("Valeurs provisoires : certaines n’ont pas été relues à la source.")
    if any(figure.interval and figure.deff is None for figure in figures):
        texts.append(_OPTIMISTIC)
    own = Counter(figure.caveat for figure in figures if figure.caveat)
    shared = [caveat for caveat, number in own.items() if 2 * number > len(figures)]
    texts.extend(shared)
    apart = [(n, f.caveat) for n, f in named if f.caveat and f.caveat not in shared]
    if len(apart) > MAX_NAMED:
        texts.append(f"{count(len(apart), 'valeur')} portent une réserve propre, dans leur fiche.")
    else:
        texts.extend(f"{name} : {_without(caveat, shared)}" for name, caveat in apart)
    if national and national.caveat and national.caveat not in shared:
        texts.append(f"France : {national.caveat}")
    return tuple(dict.fromkeys(texts))


def _of_the_drawing(
    indicator: Indicator, figures: Sequence[Figure], national: Figure | None, wanted: Selection
) -> tuple[str, ...]:
    texts = []
    method = wanted.classes.method
    if method is Method.DIVERGENTES and has_sampling_error(indicator):
        texts.append(_NO_SIDES if is_of_unknown_samples(figures) else _RAW_GAPS)
    if method is Method.MANUELLES and not wanted.classes.bounds:
        texts.append(_NO_BOUNDS)
    if not indicator.is_colourable:
        texts.append(COUNT_NOTE)
    if wanted.mode is not Mode.VALEUR and not has_sampling_error(indicator):
        texts.append(_NO_SAMPLE)
    elif wanted.mode is Mode.DIFFERENCE and (national is None or national.value is None):
        texts.append(_NO_FRANCE)
    elif (
        has_sampling_error(indicator)
        and national
        and not all(is_same_question(figure, national) for figure in figures)
    ):
        texts.append(OTHER_QUESTION)
    elif wanted.mode is Mode.DIFFERENCE and national and national.precision is Precision.INCONNUE:
        texts.append("La France elle-même est un échantillon dont l’effectif n’est pas communiqué.")
    return tuple(texts)


def _without(caveat: str, shared: Sequence[str]) -> str:
    """Take out of a caveat what is said of most values already."""
    for text in shared:
        caveat = caveat.replace(text, "")
    return " ".join(caveat.split())
