"""What the self-assessment says, in words."""

from __future__ import annotations

from territoires.domain.assessment import (
    LOWEST_TOTALS,
    MOST_POINTS,
    QUESTIONS,
    STAGES,
    Assessment,
)
from territoires.views.french import agree, count, format_number, join_words

CAUTION = (
    "Un point de départ pour en parler, pas une mesure : ces cinq questions sont un outil de ce "
    "site, aucune étude ne les a posées. Vos réponses restent dans le lien de cette page ; elles "
    "ne sont ni enregistrées ni jointes à un chiffre publié."
)


def say_result(assessment: Assessment) -> str:
    """Say the rung, or how many questions are still to be answered."""
    if assessment.stage is None or assessment.total is None:
        left = assessment.missing
        if left == len(QUESTIONS):
            return "Répondez aux cinq questions : l’échelon s’affiche ici."
        remaining = agree(left, "à la question restante", f"aux {left} questions restantes")
        return f"Répondez {remaining} : l’échelon s’affiche quand les cinq ont une réponse."
    points = count(assessment.total, "point")
    return (
        f"D’après vos réponses : « {STAGES[assessment.stage]} », échelon {assessment.stage} sur "
        f"{len(STAGES)} ({points} sur {MOST_POINTS})."
    )


def say_weakest(assessment: Assessment) -> str:
    """Say where the answers are lowest and what to start with; empty where none is lower."""
    if assessment.stage is None:
        return ""
    weak = assessment.weakest
    if not weak:
        return "Aucun point n’est plus bas que les autres."
    topics = join_words([f"{q.topic[0].lower()}{q.topic[1:]}" for q in weak])
    head = agree(len(weak), "Le point le plus bas", "Les points les plus bas")
    return f"{head} : {topics}. Pour commencer : {weak[0].advice}."


def say_assessment_rule() -> str:
    """Write the rule of the rungs in words."""
    bounds = [*list(LOWEST_TOTALS.values())[1:], MOST_POINTS + 1]
    ranges = [
        f"de {format_number(least)} à {format_number(bound - 1)} points, « {STAGES[stage]} »"
        for (stage, least), bound in zip(LOWEST_TOTALS.items(), bounds, strict=True)
    ]
    return (
        "Chaque réponse vaut de 0 point (la première) à 3 points (la dernière). Le total, et lui "
        f"seul, donne l’échelon : {' ; '.join(ranges)}. Une réponse plus avancée ne fait jamais "
        "descendre d’échelon. Sans les cinq réponses, aucun échelon n’est donné."
    )
