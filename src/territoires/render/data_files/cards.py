"""The card of an indicator: what must be known of it, in the order of the dictionary."""

from __future__ import annotations

from territoires.domain.indicators import Direction, Indicator, Status
from territoires.render.data_files.tables import Column
from territoires.views.french import KIND_LABELS, LEVEL_PLURALS, format_wave

DIRECTIONS = {
    Direction.HAUT_FAVORABLE: "une valeur haute va dans le sens de la co-construction",
    Direction.HAUT_FRAGILE: "une valeur haute signale une fragilité",
    Direction.NEUTRE: "ni l’un ni l’autre",
}
_STATUSES = {
    Status.PUBLIE: "publié",
    Status.PROVISOIRE: "provisoire : certaines valeurs n’ont pas été relues à la source",
    Status.SIMULE: "simulé",
}
#: Widths are those of a printed page of the dictionary.
CARD = (
    Column("indicateur", "Identifiant", "Identifiant de l’indicateur au catalogue.", width=21),
    Column("nom", "Libellé", "Nom de l’indicateur.", width=25),
    Column("enonce", "Énoncé ou définition", "Question posée, ou ce qui est mesuré.", width=34),
    Column("etude", "Étude", "Étude ou publication.", width=16),
    Column("interroges", "Interrogés ou champ", "Qui a répondu, ou ce qui est compté.", width=18),
    Column("base", "Base", "Ensemble sur lequel porte le chiffre.", width=16),
    Column("mesure", "Mesure", "Part, nombre, taux…", width=11),
    Column("unite", "Unité", "Unité de la valeur.", width=12),
    Column("sens", "Sens", "Ce que dit une valeur haute.", width=15),
    Column("decimales", "Décimales", "Décimales affichées.", width=12),
    Column("vagues", "Vagues", "Dates où un chiffre existe.", width=12),
    Column("niveaux", "Niveaux publiés", "Niveaux où un chiffre existe.", width=12),
    Column("statut", "Statut", "Chaque valeur a-t-elle été relue à sa source ?", width=12),
    Column("comparable", "Comparable avec", "Indicateurs de même question.", width=20),
    Column("reserve", "Réserve", "Ce qu’il faut savoir de l’indicateur.", width=30),
)


def to_card(indicator: Indicator, comparable: str) -> tuple[str, ...]:
    """Give the cells of a card; ``comparable`` names what it may be compared with."""
    return (
        indicator.indicator_id,
        indicator.label,
        indicator.description,
        indicator.study,
        indicator.actor_label,
        indicator.base,
        KIND_LABELS[indicator.kind],
        indicator.unit_label,
        DIRECTIONS[indicator.direction],
        str(indicator.decimals),
        ", ".join(format_wave(wave) for wave in indicator.waves),
        ", ".join(LEVEL_PLURALS[level] for level in indicator.levels),
        _STATUSES[indicator.status],
        comparable or "aucun autre indicateur, d’après le catalogue",
        indicator.caveat,
    )
