"""A presentation: up to twelve steps, each a view of the application, a title or a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from territoires.errors import StoryError

MAX_STEPS = 12
#: Characters of a title, of a text, of the value of a parameter.
MAX_TITLE, MAX_TEXT, MAX_VALUE = 120, 700, 200
#: What a view may be asked: the parameters of ``Selection.to_params``.
VIEW_PARAMS = (
    "jeu",
    "indicateur",
    "vague",
    "niveau",
    "territoire",
    "voir",
    "methode",
    "nombre",
    "bornes",
    "couleurs",
    "acteurs",
    "avec",
    "vague2",
    "theme",
    "zonage",
    "dans",
    "reponses",
    "domaine",
    "nature",
    "metier",
    "texte",
)


class StepKind(StrEnum):
    """What a step shows: a page of the application (its address), a title or a text."""

    CARTE = "carte"
    TERRITOIRE = "territoire"
    COMPARER = "comparer"
    REPERES = "reperes"
    CATALYSEURS = "catalyseurs"
    AGIR = "agir"
    TITRE = "titre"
    TEXTE = "texte"

    @property
    def is_view(self) -> bool:
        """Tell whether the step is a view of a page, which has parameters."""
        return self not in {StepKind.TITRE, StepKind.TEXTE}


#: Kinds of views that two of may stand side by side.
MAY_STAND_BESIDE = frozenset({StepKind.CARTE, StepKind.TERRITOIRE})
#: What each page reads of a link; a step keeps nothing else, so that a story stays short.
STEP_PARAMS: Mapping[StepKind, tuple[str, ...]] = {
    StepKind.CARTE: (*VIEW_PARAMS[:11], "zonage", "dans"),
    StepKind.TERRITOIRE: ("jeu", "territoire", "reponses"),
    StepKind.COMPARER: ("jeu", "indicateur", "vague", "niveau", "territoire", "avec", "vague2"),
    StepKind.REPERES: ("jeu", "theme"),
    StepKind.CATALYSEURS: ("jeu", "territoire", "dans", "nature", "metier", "texte"),
    StepKind.AGIR: ("jeu", "reponses", "domaine"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of a story.

    ``params`` are those of the page's link (``Selection.to_params``); ``beside``, those of a second
    view set on its right, empty without one. Without a title of its own, a step takes that of its
    view. ``text`` stands under the title.
    """

    kind: StepKind
    title: str = ""
    text: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """A presentation."""

    title: str
    steps: tuple[Step, ...] = ()


def step_of(kind: StepKind, params: Mapping[str, str]) -> Step:
    """Make a step of the view of a page."""
    kept = {name: params[name] for name in STEP_PARAMS[kind] if params.get(name)}
    return Step(kind, params=kept)


def add_step(story: Story, step: Step) -> Story:
    """Add a step at the end.

    Raises
    ------
    StoryError
        When the story is full.
    """
    if len(story.steps) >= MAX_STEPS:
        raise StoryError(
            f"La présentation a déjà {MAX_STEPS} étapes, le plus qu’elle puisse avoir.",
            remedy="Retirez une étape avant d’en ajouter une autre.",
        )
    return replace(story, steps=(*story.steps, step))


def move_step(story: Story, index: int, by: int) -> Story:
    """Move a step up or down; past the ends, nothing moves."""
    target = index + by
    if not (0 <= index < len(story.steps) and 0 <= target < len(story.steps)):
        return story
    steps = list(story.steps)
    steps.insert(target, steps.pop(index))
    return replace(story, steps=tuple(steps))


def remove_step(story: Story, index: int) -> Story:
    """Take a step out."""
    return replace(story, steps=story.steps[:index] + story.steps[index + 1 :])


def replace_step(story: Story, index: int, step: Step) -> Story:
    """Put a step in the place of another."""
    return replace(story, steps=(*story.steps[:index], step, *story.steps[index + 1 :]))
