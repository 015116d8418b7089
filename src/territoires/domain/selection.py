"""What the reader is looking at, as it stands in the link."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from territoires.domain.classification import DEFAULT_CHOICE, ClassChoice, Palette
from territoires.domain.territories import Level, TerritoryId


class Dataset(StrEnum):
    """Sets of data a reader may open (« jeu de données »); never shown together."""

    PUBLIE = "publie"
    DEMONSTRATION = "demonstration"
    #: Reserved for drafts that are not published yet.
    BROUILLON = "brouillon"


class Mode(StrEnum):
    """What the colours of the map say (« voir »)."""

    VALEUR = "valeur"
    DIFFERENCE = "difference"
    PRECISION = "precision"


@dataclass(frozen=True, slots=True)
class ActorFilter:
    """Which actors are listed on « Catalyseurs »; empty: all of them."""

    kind: str = ""
    metier: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is in view: data set, indicator, wave, level and look of the map, territories.

    ``zoning`` is the one whose zones are the level; ``within`` limits the map and the list of
    actors to a wider territory. On « Comparer », ``compared`` are the territories side by side and
    ``other_wave`` the wave set against this one; ``theme`` is the one open on « Repères ».
    ``answers`` are those of the self-assessment (see ``domain.assessment``) and ``domain`` the
    fragility that « Agir » starts from. Empty: the page chooses.
    """

    indicator_id: str
    wave: str
    dataset: Dataset = Dataset.PUBLIE
    level: Level = Level.REGION
    territory: TerritoryId | None = None
    mode: Mode = Mode.VALEUR
    classes: ClassChoice = DEFAULT_CHOICE
    actors: bool = True
    compared: tuple[TerritoryId, ...] = ()
    other_wave: str = ""
    theme: str = ""
    zoning: str = ""
    within: TerritoryId | None = None
    answers: str = ""
    domain: str = ""
    actor_filter: ActorFilter = ActorFilter()

    def to_params(self) -> dict[str, str]:
        """Give the parameters of the link, in the order they are read; defaults are left out."""
        choice = self.classes
        params = {
            "jeu": self.dataset.value,
            "indicateur": self.indicator_id,
            "vague": self.wave,
            "niveau": self.level.value,
            "territoire": str(self.territory) if self.territory else "",
            "voir": self.mode.value if self.mode is not Mode.VALEUR else "",
            "methode": choice.method.value if choice.method else "",
            "nombre": str(choice.count) if choice.count else "",
            "bornes": " ".join(f"{bound:.9g}" for bound in choice.bounds),
            "couleurs": choice.palette.value if choice.palette is not Palette.AUTO else "",
            "acteurs": "" if self.actors else "non",
            "avec": " ".join(str(territory) for territory in self.compared),
            "vague2": self.other_wave,
            "theme": self.theme,
            "zonage": self.zoning,
            "dans": str(self.within) if self.within else "",
            "reponses": self.answers,
            "domaine": self.domain,
            "nature": self.actor_filter.kind,
            "metier": self.actor_filter.metier,
            "texte": self.actor_filter.text,
        }
        return {name: text for name, text in params.items() if text}
