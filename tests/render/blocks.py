"""All that a part of the territory page writes, without its charts, in the order of the page."""

from __future__ import annotations

from territoires.render import evolution, html, maturity, roles
from territoires.views.evolution import Evolution
from territoires.views.maturity import Maturity
from territoires.views.roles import Roles


def maturity_block(view: Maturity) -> str:
    return (
        html.paragraph(view.sentence, "phrase-seconde")
        + maturity.ladder_table(view)
        + maturity.readings(view)
        + maturity.contradictions(view.contradictions)
    )


def roles_block(view: Roles) -> str:
    return (
        html.paragraph(view.sentence, "phrase-seconde")
        + roles.matrix(view)
        + roles.expected(view)
        + roles.others(view)
        + roles.profiles(view)
    )


def evolution_block(view: Evolution) -> str:
    groups = "".join(evolution.group_block(group, view.dataset) for group in view.groups)
    return evolution.evolution_head(view) + groups + evolution.evolution_notes(view)
