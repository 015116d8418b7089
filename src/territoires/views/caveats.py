"""What must be known to read a set of figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from territoires.analysis.precision import Precision
from territoires.domain.indicators import Indicator, Status
from territoires.domain.selection import Mode
from territoires.views.figure import Figure, has_sampling_error
from territoires.views.french import count

_COUNT = (
    "Un nombre ne se colore pas : un grand territoire paraîtrait « plus » parce qu’il est grand. "
    "Il est dessiné par des cercles dont la surface est proportionnelle."
)
_NO_SAMPLE = (
    "Ce chiffre ne vient pas d’un pourcentage d’échantillon : ni précision ni différence à tester, "
    "la carte montre la valeur."
)
_NO_FRANCE = "La valeur de la France n’est pas publiée pour cette vague : rien à comparer."
_OPTIMISTIC = "Effet de plan non communiqué : si les réponses sont pondérées, les intervalles sont optimistes."


def map_caveats(
    indicator: Indicator,
    figures: Sequence[Figure],
    national: Figure | None,
    unmatched: Sequence[str],
    *,
    wanted: Mode,
) -> tuple[str, ...]:
    """List what must be known to read a map, without repeating what many values share.

    Parameters
    ----------
    unmatched
        Codes observed that are no territory of the level.
    wanted
        Mode asked for, which may have nothing to show.
    """
    texts = list(_of_the_drawing(indicator, national, wanted))
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
    if rest := sum(own.values()) - sum(own[caveat] for caveat in shared):
        verb = "porte une réserve propre" if rest == 1 else "portent une réserve propre"
        texts.append(f"{count(rest, 'valeur')} {verb} : choisissez le territoire pour la lire.")
    if national and national.caveat and national.caveat not in shared:
        texts.append(f"France : {national.caveat}")
    return tuple(dict.fromkeys(texts))


def _of_the_drawing(indicator: Indicator, national: Figure | None, wanted: Mode) -> tuple[str, ...]:
    texts = []
    if not indicator.is_colourable:
        texts.append(_COUNT)
    if wanted is not Mode.VALEUR and not has_sampling_error(indicator):
        texts.append(_NO_SAMPLE)
    elif wanted is Mode.DIFFERENCE and (national is None or national.value is None):
        texts.append(_NO_FRANCE)
    elif wanted is Mode.DIFFERENCE and national and national.precision is Precision.INCONNUE:
        texts.append("La France elle-même est un échantillon dont l’effectif n’est pas communiqué.")
    return tuple(texts)
