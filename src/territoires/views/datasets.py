"""What each set of data is called, how it is marked, and what is shown of it first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset

#: Insee and COG figures, which may stand beside simulated ones.
REAL_MARK = "Donnée réelle – "
REAL_WATERMARK = "Donnée réelle, vue dans le jeu de démonstration"


@dataclass(frozen=True, slots=True)
class Edition:
    """A set of data as the reader meets it; the marks are empty for the published one.

    ``watermark`` stands on every map and chart, ``mark`` before every sentence and table title,
    ``file_mark`` before every document and file name.
    """

    name: str
    banner: str
    #: Who publishes the survey figures, at the foot of each page.
    credit: str
    default_indicator: str
    #: Four national results of the home page, and their wave.
    key_indicators: tuple[str, ...]
    key_wave: str
    watermark: str = ""
    mark: str = ""
    file_mark: str = ""


#: What a draft shows first is what the published set shows first; where it has changed the
#: catalogue, pages fall back to what it holds.
_REAL_DEFAULT = "adhesion_maires_region"
_REAL_KEYS = (
    "devoir_alliance_maires",
    "utilite_collectif_fragilites_maires",
    "utilite_collectif_developpement_maires",
    "mandat_jouer_collectif_maires",
)
_REAL_WAVE = "2020-11"
_REAL_CREDIT = (
    "Chiffres d’enquête : Le RAMEAU et l’Observatoire des partenariats ; chacun a sa date et sa "
    "source."
)

EDITIONS: Mapping[Dataset, Edition] = {
    Dataset.PUBLIE: Edition(
        name="Données publiées",
        banner="Données publiées, chacune avec sa source ; rien n’est estimé.",
        credit=_REAL_CREDIT,
        default_indicator=_REAL_DEFAULT,
        key_indicators=_REAL_KEYS,
        key_wave=_REAL_WAVE,
    ),
    Dataset.DEMONSTRATION: Edition(
        name="Démonstration (simulée)",
        banner="Jeu de démonstration : enquête et catalyseurs simulés, aucun maire n’a répondu. "
        "Ne citez aucun chiffre d’ici ; ceux de l’Insee, réels, sont dans les données publiées.",
        credit="Enquête et catalyseurs simulés par Territoires ; contexte : Insee.",
        default_indicator="demo_mandat_collectif",
        key_indicators=(
            "demo_devoir_alliance",
            "demo_utilite_fragilites",
            "demo_utilite_developpement",
            "demo_mandat_collectif",
        ),
        key_wave="2025",
        watermark="DÉMONSTRATION – données simulées",
        mark="Démonstration, données simulées – ",
        file_mark="DEMO",
    ),
    Dataset.BROUILLON: Edition(
        name="Brouillon (non publié)",
        banner="Brouillon : vos changements, non publiés, que vous seul·e voyez. Ne citez aucun "
        "chiffre d’ici avant de l’avoir publié.",
        credit=_REAL_CREDIT,
        default_indicator=_REAL_DEFAULT,
        key_indicators=_REAL_KEYS,
        key_wave=_REAL_WAVE,
        watermark="BROUILLON – non publié",
        mark="Brouillon, non publié – ",
        file_mark="BROUILLON",
    ),
}


def is_simulated_set(dataset: Dataset) -> bool:
    """Tell whether the survey, the actors and the zonings of a set are simulated."""
    return dataset is Dataset.DEMONSTRATION


def mark_of(dataset: Dataset, nature: Nature) -> str:
    """Give what stands before a sentence or a title.

    It says simulated, or real beside simulated figures. A draft may have changed any figure: all
    of them are marked alike.
    """
    if is_simulated_set(dataset) and nature is not Nature.ENQUETE:
        return REAL_MARK
    return EDITIONS[dataset].mark


def watermark_of_sets(datasets: Iterable[Dataset]) -> str:
    """Give what marks something of several sets of data: all their watermarks."""
    marks = (EDITIONS[one].watermark for one in datasets)
    return " · ".join(mark for mark in marks if mark)


def draft_mark(dataset: Dataset) -> str:
    """Give what stands before a title that only a draft has to mark: the others say it already."""
    return EDITIONS[dataset].mark if dataset is Dataset.BROUILLON else ""


def watermark_of(dataset: Dataset, nature: Nature) -> str:
    """Give what is written across a map or a chart: a real one is said so among simulated ones."""
    if is_simulated_set(dataset) and nature is not Nature.ENQUETE:
        return REAL_WATERMARK
    return EDITIONS[dataset].watermark
