"""Names of the files that people take away: they say what they hold, in plain ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from territoires.domain.directory import Territory
from territoires.domain.selection import Dataset, Mode
from territoires.views.comparison import Comparison
from territoires.views.datasets import EDITIONS, is_simulated_set
from territoires.views.french import LEVEL_PLURALS
from territoires.views.map_view import MapView

_APPLICATION = "territoires"
#: A longer word is cut, and so is a longer name, extension left out: some file systems stop at 143.
MAX_WORD, MAX_NAME = 60, 120
_MAX_EXTENSION = 8
#: Letters that no accent explains.
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_SIMULATED_PREFIX = re.compile(r"\bdemo-")


def name_file(dataset: Dataset, *words: object, extension: str) -> str:
    """Name a file: mark of the set of data, then words; « DEMO_territoires_carte_2025.csv ».

    Any text may be given as a word: only letters and digits without accents are kept of it, so
    that the name is one file name on every system, never a path. Empty words are left out.
    """
    slugs = [to_slug(str(word)) for word in words]
    if is_simulated_set(dataset):
        # Said once, in capitals, at the head of the name.
        slugs = [_SIMULATED_PREFIX.sub("", slug) for slug in slugs]
    name = "_".join(part for part in (EDITIONS[dataset].file_mark, _APPLICATION, *slugs) if part)
    return f"{name[:MAX_NAME].rstrip('-_')}.{_to_extension(extension)}"


def name_map_file(view: MapView, extension: str, *, subject: str = "carte") -> str:
    """Name a file of a map: « territoires_carte_adhesion-maires-region_2016-11_regions.png »."""
    return name_file(
        view.dataset,
        subject,
        view.indicator.indicator_id,
        view.wave,
        "" if view.mode is Mode.VALEUR else view.mode.value,
        view.zoning or LEVEL_PLURALS[view.level],
        view.within or "",
        extension=extension,
    )


def name_territory_file(
    dataset: Dataset, territory: Territory, extension: str, *, subject: str
) -> str:
    """Name a file of a territory: « territoires_fiche_region-53_bretagne.pdf »."""
    return name_file(dataset, subject, territory.id, territory.name, extension=extension)


def name_comparison_file(
    comparison: Comparison, extension: str, *, subject: str = "comparaison"
) -> str:
    """Name a file of a few territories side by side, after their codes."""
    codes = "-".join(row.id.code for row in comparison.rows)
    return name_file(
        comparison.dataset,
        subject,
        comparison.indicator.indicator_id,
        comparison.wave,
        f"{LEVEL_PLURALS[comparison.level]}-{codes}",
        extension=extension,
    )


def name_kit_file(dataset: Dataset, words: Iterable[object], extension: str = "zip") -> str:
    """Name the file that carries everything: « territoires_kit_region-53.zip »."""
    return name_file(dataset, "kit", *words, extension=extension)


def to_slug(text: str) -> str:
    """Keep of a text what any file system takes: « Provence-Alpes-Côte d’Azur » loses its accents."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:MAX_WORD].rstrip("-")


def _to_extension(extension: str) -> str:
    return re.sub(r"[^a-z0-9]", "", extension.lower())[:_MAX_EXTENSION] or "bin"
