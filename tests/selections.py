"""A selection that asks for everything a link can say."""

from __future__ import annotations

from territoires.domain.classification import ClassChoice, Method, Palette
from territoires.domain.selection import ActorFilter, Mode, Selection
from territoires.domain.territories import FRANCE

EVERYTHING = Selection(
    "indicateur",
    "vague",
    territory=FRANCE,
    mode=Mode.PRECISION,
    classes=ClassChoice(Method.MANUELLES, 4, (50.0,), Palette.BLUES),
    actors=False,
    compared=(FRANCE,),
    other_wave="autre",
    theme="theme",
    zoning="zonage",
    within=FRANCE,
    answers="01230",
    domain="emploi",
    actor_filter=ActorFilter("nature", "métier", "texte"),
)
