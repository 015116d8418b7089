"""« Où en êtes-vous ? »: five questions that place a territory on the ladder of maturity.

A tool of ours that starts a conversation, neither a survey nor a published measure.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Rungs of the ladder, those that the simulated survey also uses.
STAGES = {
    1: "aucune dynamique",
    2: "en réflexion",
    3: "dynamique émergente",
    4: "dynamique installée",
    5: "dynamique ancrée",
}
#: Smallest total of points of each rung.
LOWEST_TOTALS = {1: 0, 2: 3, 3: 7, 4: 10, 5: 13}
#: Stands in the link for a question that has no answer yet.
NO_ANSWER = "-"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its four answers, from 0 to 3 points, and what to do first when it is low."""

    key: str
    topic: str
    text: str
    answers: tuple[str, str, str, str]
    advice: str


QUESTIONS = (
    Question(
        "diagnostic",
        "Le diagnostic",
        "Les fragilités de votre territoire sont-elles connues et partagées ?",
        (
            "Nous n’avons pas encore regardé",
            "La mairie ou l’intercommunalité en a une idée",
            "Un diagnostic est écrit, avec quelques acteurs",
            "Un diagnostic est partagé par tous et tenu à jour",
        ),
        "écrire avec quelques acteurs les deux ou trois fragilités qui comptent le plus",
    ),
    Question(
        "acteurs",
        "Les acteurs",
        "Associations, entreprises, habitants et élus se rencontrent-ils ?",
        (
            "Chacun agit de son côté",
            "Des contacts, au cas par cas",
            "Certains se rencontrent régulièrement",
            "Tous ont leur place dans un cadre commun",
        ),
        "inviter autour d’une même table des acteurs qui ne se rencontrent pas encore",
    ),
    Question(
        "animation",
        "L’animation",
        "Une personne ou un lieu fait-il le lien entre eux ?",
        (
            "Personne n’en est chargé",
            "Une personne le fait en plus du reste",
            "Une personne ou un lieu en est chargé",
            "Oui, et ses moyens sont assurés dans la durée",
        ),
        "dire clairement qui fait le lien, et avec quel temps",
    ),
    Question(
        "projets",
        "Les projets",
        "Des projets sont-ils menés ensemble ?",
        (
            "Aucun pour le moment",
            "Une idée ou un projet en préparation",
            "Au moins un projet mené ensemble",
            "Plusieurs projets, qui en font naître d’autres",
        ),
        "choisir un premier projet, petit et concret, à mener à plusieurs",
    ),
    Question(
        "duree",
        "Les effets et la durée",
        "Regardez-vous les effets de ce travail, et la suite est-elle prévue ?",
        (
            "Pas encore",
            "Nous en parlons, sans l’écrire",
            "Un bilan écrit pour au moins un projet",
            "Un suivi régulier et partagé ; la suite est prévue",
        ),
        "convenir de ce que vous regarderez dans un an pour savoir si cela change quelque chose",
    ),
)
MOST_POINTS = 3 * len(QUESTIONS)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the answers give; `total` and `stage` are None until every question has its answer."""

    answers: tuple[int | None, ...]
    total: int | None
    stage: int | None
    #: Questions with the fewest points, where they are not all alike.
    weakest: tuple[Question, ...]

    @property
    def missing(self) -> int:
        """Count the questions without an answer."""
        return self.answers.count(None)


def assess(text: str) -> Assessment:
    """Read the answers of a link (« 012-3 ») and place them on the ladder.

    Each answer gives 0 to 3 points; their total alone decides the rung (``LOWEST_TOTALS``). A text
    that is not five answers is no answer at all.
    """
    answers = _read(text)
    given = [answer for answer in answers if answer is not None]
    if len(given) < len(QUESTIONS):
        return Assessment(answers, None, None, ())
    total, lowest = sum(given), min(given)
    stage = max(stage for stage, least in LOWEST_TOTALS.items() if total >= least)
    weak = tuple(q for q, answer in zip(QUESTIONS, answers, strict=True) if answer == lowest)
    return Assessment(answers, total, stage, weak if len(weak) < len(QUESTIONS) else ())


def with_answer(text: str, number: int, answer: int | None) -> str:
    """Give the answers with one changed (`number` counts from 0); none left: an empty text."""
    answers = [*_read(text)]
    answers[number] = answer
    if all(answer is None for answer in answers):
        return ""
    return "".join(NO_ANSWER if answer is None else str(answer) for answer in answers)


def _read(text: str) -> tuple[int | None, ...]:
    marks = text if len(text) == len(QUESTIONS) else NO_ANSWER * len(QUESTIONS)
    return tuple(int(mark) if mark in {"0", "1", "2", "3"} else None for mark in marks)
