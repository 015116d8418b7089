"""Names of the files that people take away: they say what they hold, in plain ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from territoires.domain.directory import Territory
from territoires.domain.selection import Dataset, Mode
from territoires.domain.territories import FRANCE
from territoires.views.comparison import Comparison
from territoires.views.datasets import EDITIONS, is_simulated_set
from territoires.views.french import LEVEL_PLURALS
from territoires.views.map_view import MapView

if TYPE_CHECKING:
    from territoires.views.catalyst_list import CatalystsView
    from territoires.views.comparison_waves import Changes
    from territoires.views.evolution import TrendGroup
    from territoires.views.landmarks import Question, ThemeView
    from territoires.views.maturity import Maturity

_APPLICATION = "territoires"
#: A longer word is cut, and so is a longer name, extension left out: some file systems stop at 143.
MAX_WORD, MAX_NAME = 60, 120
_MAX_EXTENSION = 8
#: Letters that no accent explains.
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_SIMULATED_PREFIX = re.compile(r"\bdemo-")


class Form(StrEnum):
    """What a file is, by its ending; two dialects of CSV share theirs."""

    PNG = "png"
    SVG = "svg"
    PPTX = "pptx"
    PDF = "pdf"
    CSV = "csv"
    CSV_STANDARD = "csv-standard"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"


class Register(StrEnum):
    """A table that stands without a map or a chart, as its files are named."""

    COUVERTURE = "couverture"
    ECHELLES = "echelles-de-lecture"
    INDICATEURS = "indicateurs"
    LECTURES = "lectures-divergentes"
    MANQUANTS = "non-disponibles"
    PARCOURS = "parcours-2018-complet"
    REPERES = "chiffres-hors-enquete"
    RESSOURCES = "ressources"
    SOURCES = "sources"


def name_file(dataset: Dataset, subject: str, *words: object, extension: str) -> str:
    """Name a file: mark of the set of data, then words; « DEMO_territoires_carte_2025.csv ».

    Any text may be given as a word: only letters and digits without accents are kept of it, so
    that the name is one file name on every system, never a path. Empty words are left out.
    ``extension`` may be a ``Form``: a dialect is told beside the subject.
    """
    ending, _, dialect = extension.partition("-")
    slugs = [to_slug(str(word)) for word in (f"{subject}-{dialect}", *words)]
    if is_simulated_set(dataset):
        # Said once, in capitals, at the head of the name.
        slugs = [_SIMULATED_PREFIX.sub("", slug) for slug in slugs]
    name = "_".join(part for part in (EDITIONS[dataset].file_mark, _APPLICATION, *slugs) if part)
    return f"{name[:MAX_NAME].rstrip('-_')}.{_to_extension(ending)}"


def name_map_file(view: MapView, extension: str) -> str:
    """Name a file of a map: « territoires_carte_adhesion-maires-region_2016-11_regions.png »."""
    return name_file(
        view.dataset,
        "carte",
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


def name_comparison_file(comparison: Comparison, extension: str) -> str:
    """Name a file of a few territories side by side, after their codes."""
    codes = "-".join(row.id.code for row in comparison.rows)
    return name_file(
        comparison.dataset,
        "comparaison",
        comparison.indicator.indicator_id,
        comparison.wave,
        f"{LEVEL_PLURALS[comparison.level]}-{codes}",
        extension=extension,
    )


def name_story_file(title: str, marks: Sequence[Dataset], extension: str) -> str:
    """Name a file of a presentation after its title; ``marks`` are the sets that mark it."""
    first, *others = marks or (Dataset.PUBLIE,)
    name = name_file(first, "presentation", title, extension=extension)
    return "_".join((*(EDITIONS[one].file_mark for one in others), name))


def name_changes_file(changes: Changes, extension: str) -> str:
    """Name a file of two waves of the same territories."""
    codes = "-".join(line.territory.code for line in changes.lines)
    waves = f"{changes.earlier}-{changes.later}"
    return name_file(
        changes.dataset, "vagues", changes.indicator.indicator_id, waves, codes, extension=extension
    )


def name_trends_file(dataset: Dataset, group: TrendGroup, extension: str) -> str:
    """Name a file of what changed in a theme: « territoires_evolution_region-28_alliances_… »."""
    waves = f"{group.earlier}-{group.later}"
    place = group.holder.territory.id
    return name_file(dataset, "evolution", place, group.theme, waves, extension=extension)


def name_ladder_file(maturity: Maturity, extension: str) -> str:
    """Name a file of the ladder of maturity."""
    place = maturity.holder.territory.id if maturity.holder else FRANCE
    return name_file(
        maturity.dataset, "echelle-maturite", place, maturity.wave, extension=extension
    )


def name_question_file(view: ThemeView, question: Question, extension: str) -> str:
    """Name a file of a question of « Repères »."""
    return name_file(view.dataset, "reperes", view.theme.slug, question.title, extension=extension)


def name_catalysts_file(view: CatalystsView, extension: str) -> str:
    """Name a file of the list of actors after what limits it."""
    asked = (view.asked.kind, view.asked.metier, view.asked.text)
    within = view.within.id if view.within else ""
    start = f"depuis-{view.territory.id}" if view.territory else ""
    return name_file(view.dataset, "catalyseurs", within, start, *asked, extension=extension)


def name_kit_file(dataset: Dataset, territory: Territory) -> str:
    """Name the archive that carries everything: « territoires_kit_region-53_bretagne.zip »."""
    return name_territory_file(dataset, territory, "zip", subject="kit")


def to_slug(text: str) -> str:
    """Keep of a text what any file system takes: « Provence-Alpes-Côte d’Azur » loses its accents."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:MAX_WORD].rstrip("-")


def _to_extension(extension: str) -> str:
    return re.sub(r"[^a-z0-9]", "", extension.lower())[:_MAX_EXTENSION] or "bin"
