"""Classes and colours in words, and what a link may ask of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from territoires.domain.classification import (
    MAX_CLASSES,
    MAX_VIRIDIS_CLASSES,
    MIN_CLASSES,
    ClassChoice,
    Method,
    Palette,
    most_classes,
)
from territoires.views.french import quote_short

#: How the bounds were chosen, as the legend says it.
METHOD_LABELS = {
    Method.ARRONDIES: "bornes arrondies",
    Method.QUANTILES: "à peu près autant de territoires par classe",
    Method.EGALES: "amplitudes égales",
    Method.NATURELLES: "seuils naturels (Fisher-Jenks)",
    Method.ECART_TYPE: "moyenne et écarts types",
    Method.DIVERGENTES: "de part et d’autre de la valeur nationale",
    Method.MANUELLES: "bornes choisies à la main",
    Method.UNIQUE: "une seule valeur",
}
#: Methods a reader may ask for, in the order they are offered; « automatique » is none of them.
METHOD_NAMES = {
    Method.ARRONDIES: "Bornes arrondies",
    Method.QUANTILES: "Autant de territoires par classe (quantiles)",
    Method.EGALES: "Amplitudes égales",
    Method.NATURELLES: "Seuils naturels",
    Method.ECART_TYPE: "Moyenne et écarts types",
    Method.DIVERGENTES: "De part et d’autre de la valeur nationale",
    Method.MANUELLES: "À la main",
}
AUTOMATIC_NAME = "Automatique"
PALETTE_NAMES = {
    Palette.AUTO: "Automatiques",
    Palette.YLGNBU: "Jaune à bleu",
    Palette.YLORRD: "Jaune à rouge",
    Palette.BLUES: "Bleus",
    Palette.VIRIDIS: "Jaune à violet (viridis)",
    Palette.PUOR: "Orange et violet",
    Palette.RDBU: "Rouge et bleu",
}
#: Tell two sides apart, and so need a value that stands between them.
DIVERGING_PALETTES = (Palette.PUOR, Palette.RDBU)

_NUMBER = re.compile(r"[-+−]?[0-9]+(?:[.,][0-9]*)?(?:e[-+]?[0-9]{1,2})?", re.IGNORECASE)
#: Beyond, a bound would not be written out in the legend.
_LARGEST_BOUND, _BOUND_DECIMALS, _BOUND_DIGITS = 1e12, 6, 9
_THOUSANDS = str.maketrans("−", "-", "\u00a0\u202f")


def offered_palettes(method: Method | None) -> tuple[Palette, ...]:
    """List the palettes that suit a method, the automatic one first."""
    diverging = method is Method.DIVERGENTES
    return tuple(
        palette
        for palette in PALETTE_NAMES
        if palette is Palette.AUTO or (palette in DIVERGING_PALETTES) is diverging
    )


def with_method(choice: ClassChoice, method: Method | None) -> ClassChoice:
    """Change the method, and drop what only made sense with the former one."""
    palette = choice.palette if choice.palette in offered_palettes(method) else Palette.AUTO
    bounds = choice.bounds if method is Method.MANUELLES else ()
    return with_palette(replace(choice, method=method, bounds=bounds), palette)


def with_palette(choice: ClassChoice, palette: Palette) -> ClassChoice:
    """Change the colours; a number of classes they cannot tell apart goes back to the default."""
    most = most_classes(palette)
    count = choice.count if choice.count and choice.count <= most else None
    bounds = choice.bounds if len(choice.bounds) < most else ()
    return replace(choice, palette=palette, count=count, bounds=bounds)


def read_choice(params: Mapping[str, str], notices: list[str]) -> ClassChoice:
    """Read method, number of classes, bounds and colours; a bad value is left out, with a notice.

    A palette that does not suit the method gives way to the automatic one. Manual classes may
    come without bounds: the reader is about to type them.
    """
    method = _read_method(params.get("methode"), notices)
    palette = _read_palette(params.get("couleurs"), method, notices)
    count = _read_count(params.get("nombre"), palette, notices)
    bounds = _read_bounds(params.get("bornes"), method, palette, notices)
    return ClassChoice(method, count, bounds, palette)


def _read_method(text: str | None, notices: list[str]) -> Method | None:
    if not text:
        return None
    if text in METHOD_NAMES:
        return Method(text)
    notices.append(
        f"La méthode de classes « {quote_short(text)} » n’existe pas : voici la méthode automatique. "
        f"Possibles : {', '.join(METHOD_NAMES)}."
    )
    return None


def _read_palette(text: str | None, method: Method | None, notices: list[str]) -> Palette:
    if not text:
        return Palette.AUTO
    offered = offered_palettes(method)
    if text in offered:
        return Palette(text)
    possible = f"voici les couleurs automatiques. Possibles : {', '.join(offered)}."
    if text not in PALETTE_NAMES:
        notices.append(f"Les couleurs « {quote_short(text)} » n’existent pas : {possible}")
    elif method is Method.DIVERGENTES:
        notices.append(
            f"Les couleurs « {text} » ne distinguent pas les deux côtés de la valeur nationale : "
            f"{possible}"
        )
    else:
        notices.append(
            f"Les couleurs « {text} » ne servent que de part et d’autre de la valeur nationale "
            f"(methode={Method.DIVERGENTES}) : {possible}"
        )
    return Palette.AUTO


def _read_count(text: str | None, palette: Palette, notices: list[str]) -> int | None:
    if not text:
        return None
    possible = [str(count) for count in range(MIN_CLASSES, most_classes(palette) + 1)]
    if text in possible:
        return int(text)
    notices.append(
        f"Le nombre de classes « {quote_short(text)} » n’est pas possible : de {MIN_CLASSES} à "
        f"{MAX_CLASSES} ({MAX_VIRIDIS_CLASSES} avec les couleurs {Palette.VIRIDIS}). "
        f"Voici {MAX_CLASSES} classes au plus."
    )
    return None


def _read_bounds(
    text: str | None, method: Method | None, palette: Palette, notices: list[str]
) -> tuple[float, ...]:
    if not text:
        return ()
    most = most_classes(palette) - 1
    if method is not Method.MANUELLES:
        problem = f"elles ne servent qu’avec methode={Method.MANUELLES}"
    else:
        found = _parse_bounds(text)
        if found and len(found) <= most:
            return found
        problem = f"il y en a {len(found)}" if found else "ce ne sont pas des nombres lisibles"
    notices.append(
        f"Les bornes « {quote_short(text)} » sont laissées de côté : {problem}. Possible : de 1 à "
        f"{most} nombres séparés par des espaces ou des points-virgules, par exemple « 20 40,5 60 »."
    )
    return ()


def _parse_bounds(text: str) -> tuple[float, ...]:
    """Read numbers in ascending order, each once; nothing when one of them cannot be read."""
    found = set()
    for word in re.split(r"[ \t\r\n;]+", text.strip(" \t\r\n;")):
        written = word.translate(_THOUSANDS).removesuffix(",")
        if not _NUMBER.fullmatch(written):
            return ()
        number = float(written.replace(",", "."))
        if not abs(number) <= _LARGEST_BOUND:
            return ()
        found.add(round(float(f"{number:.{_BOUND_DIGITS}g}"), _BOUND_DECIMALS) + 0.0)
    return tuple(sorted(found))
