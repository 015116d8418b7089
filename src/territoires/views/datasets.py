"""What each set of data is called, how it is marked, and what is shown of it first."""

from __future__ import annotations

from collections.abc import Mapping
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


EDITIONS: Mapping[Dataset, Edition] = {
    Dataset.PUBLIE: Edition(
        name="Données publiées",
        banner="Données publiées, chacune avec sa source ; rien n’est estimé.",
        credit="Chiffres d’enquête : Le RAMEAU et l’Observatoire des partenariats, aux dates et "
        "sources indiquées dans la fiche de chaque chiffre.",
        default_indicator="adhesion_maires_region",
        key_indicators=(
            "devoir_alliance_maires",
            "utilite_collectif_fragilites_maires",
            "utilite_collectif_developpement_maires",
            "mandat_jouer_collectif_maires",
        ),
        key_wave="2020-11",
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
}


def mark_of(dataset: Dataset, nature: Nature) -> str:
    """Give what stands before a sentence or a title: simulated, or real beside simulated figures."""
    if dataset is Dataset.PUBLIE:
        return ""
    return EDITIONS[dataset].mark if nature is Nature.ENQUETE else REAL_MARK


def watermark_of(dataset: Dataset, nature: Nature) -> str:
    """Give what is written across a map or a chart: a real one is said so among simulated ones."""
    if dataset is Dataset.PUBLIE:
        return ""
    return EDITIONS[dataset].watermark if nature is Nature.ENQUETE else REAL_WATERMARK
