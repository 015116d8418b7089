"""A territory's page in four answers: what weighs, where it stands, who can help, what next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from territoires.analysis.precision import Precision
from territoires.domain.assessment import STAGES
from territoires.domain.indicators import Kind, Suppression
from territoires.domain.territories import Level, TerritoryId
from territoires.views.catalysts import Nearby, say_distance
from territoires.views.figure import SUPPRESSION_TEXTS, Figure, interval_text
from territoires.views.french import count, format_wave, join_words
from territoires.views.next_steps import NextSteps
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_weight import Weight

_TOO_FEW = SUPPRESSION_TEXTS[Suppression.EFFECTIF]
_WIDE = (Level.PAYS, Level.REGION, Level.DEPARTEMENT)


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers: a figure (which opens its card) or a few words, and what it means.

    ``is_local`` tells whose figure of ``line`` is shown: the territory's, or France's. ``whose``
    names whose it is where it is not the territory's own: no one takes it for it. ``told`` are
    the figures that the answer is made from, ``line`` among them.
    """

    question: str
    anchor: str
    words: str = ""
    line: Comparison | None = None
    is_local: bool = True
    text: str = ""
    whose: str = ""
    told: tuple[Comparison, ...] = ()

    @property
    def figure(self) -> Figure | None:
        """Give the figure shown; None where the answer is words."""
        if self.line is None:
            return None
        return self.line.local if self.is_local else self.line.national


def answer_weight(
    weight: Weight, region_en: str, territory: TerritoryId, *, is_hidden: bool
) -> Answer:
    """Say what weighs first: the domains cited, else what Insee measures on the fragile side.

    ``is_hidden`` where mayors were asked and too few answered for their priorities to be told.
    """
    question, anchor = "Ce qui pèse", "fragilites"
    if weight.cited:
        (label, first), *next_ones = weight.cited
        text = f"{_upper(_of_whom(first))} : « {label} »"
        if next_ones:
            text += f" ; puis {join_words([_cited(name, line) for name, line in next_ones])}"
        text += ". L’ordre de domaines dont les intervalles se recouvrent n’est pas établi."
        cited = tuple(line for _, line in weight.cited)
        whose = _whose(first, territory)
        return Answer(question, anchor, line=first, text=text, whose=whose, told=cited)
    if weight.measured:
        number = count(len(weight.measured), "repère", "repères")
        told = join_words([_measured(line) for line in weight.measured])
        holder = weight.measured[0].holder
        unheard = f"y sont masquées : {_TOO_FEW}" if is_hidden else "n’y sont pas publiées"
        where = f"{holder.forms.en}, " if holder and holder.forms else ""
        return Answer(
            question,
            anchor,
            words=f"{number} de l’Insee du côté fragile, sur {weight.known}",
            text=f"{_upper(where)}{told}.{_unknown(weight)} Les priorités des maires {unheard}.",
            told=weight.measured,
        )
    # Of the country alone nothing is missing: the measures are there to be compared with it.
    where, unknown = (f" {region_en}", _unknown(weight)) if region_en else ("", "")
    return Answer(
        question,
        anchor,
        words="Pas de classement publié",
        text=f"Les 16 domaines de fragilité, et ce qui en est connu{where}.{unknown}",
    )


def answer_maturity(lines: Sequence[Comparison], region_en: str, territory: TerritoryId) -> Answer:
    """Say how far co-construction has come: the territory's own figure, else France's."""
    question, anchor = "Où en est la co-construction", "maturite"
    own = next((one for one in lines if _may_be_told(one)), None)
    if own and own.local:
        return Answer(
            question,
            anchor,
            line=own,
            text=f"{own.indicator.label}, {_of_whom(own)}.",
            whose=_whose(own, territory),
            told=(own,),
        )
    national = next((one for one in lines if one.national and one.national.value), None)
    if national and national.national:
        hidden = any(one.local and one.local.suppression for one in lines)
        alone = f" Rien n’est publié sur ce sujet {region_en}."
        if hidden:
            alone = f" {_upper(region_en)}, les chiffres sont masqués : {_TOO_FEW}."
        return Answer(
            question,
            anchor,
            line=national,
            is_local=False,
            text=f"En France : {_lower(national.indicator.label)}, "
            f"{format_wave(national.national.wave)}.{alone if region_en else ''}",
            whose="France",
            told=(national,),
        )
    return Answer(
        question, anchor, words="Rien n’est publié", text="Cinq questions aident à faire le point."
    )


def answer_actors(
    nearby: Nearby, level: Level, *, is_exhaustive: bool, is_simulated: bool
) -> Answer:
    """Say how many actors are known in the territory, and which is the nearest outside."""
    number = len(nearby.inside)
    known = "localisé" if nearby.without_place else "recensé"
    words = f"Aucun acteur {'simulé' if is_simulated else known} ici"
    if number and is_simulated:
        words = count(number, "acteur simulé ici", "acteurs simulés ici")
    elif number:
        words = count(number, "acteur recensé ici", "acteurs recensés ici")
    parts = []
    # From a point inside a whole région, the nearest actor of another one says little.
    if nearby.outside and not (number and level in _WIDE):
        near = nearby.outside[0]
        start = re.sub(r"^un ", "d’un ", nearby.origin)
        start = start if start.startswith("d’") else f"de {start}"
        parts.append(
            f"Le plus proche{' ailleurs' if number else ''} : {near.catalyst.name}, à "
            f"{say_distance(near.distance_km)} {start} à vol d’oiseau."
        )
    if nearby.without_place:
        other = "autre " if parts or number else ""
        others = "autres " if parts or number else ""
        known = count(len(nearby.without_place), f"{other}connu", f"{others}connus")
        parts.append(f"{known} par le département ou la région seulement.")
    if not parts and not number:
        parts.append("La liste ne place aucun autre acteur de ce côté de la mer.")
    parts.append("Liste complète." if is_exhaustive else "Liste partielle.")
    return Answer("Qui peut aider", "acteurs", words=words, text=" ".join(parts))


def answer_next(steps: NextSteps, where: str = "") -> Answer:
    """Say the first step, or where the official's own starting point is found.

    ``where`` says where the questions are, for who reads it elsewhere than on the page.
    """
    question, anchor = "Par où commencer", "agir"
    first = steps.steps[0].text if steps.steps else ""
    if steps.stage is None:
        return Answer(
            question,
            anchor,
            words="Cinq questions",
            text=f"{f'{_upper(where)}, elles' if where else 'Elles'} donnent votre point de départ. "
            f"En attendant : {_lower(first)}.",
        )
    return Answer(
        question,
        anchor,
        words=_upper(STAGES[steps.stage]),
        text=f"D’après vos réponses. Premier pas : {_lower(first)}.",
    )


def _whose(line: Comparison, territory: TerritoryId) -> str:
    """Name the wider territory whose figure is shown."""
    holder = line.holder
    return holder.territory.name if holder and holder.territory.id != territory else ""


def _may_be_told(line: Comparison) -> bool:
    figure = line.local
    return (
        figure is not None
        and figure.value is not None
        and figure.precision is not Precision.TROP_IMPRECISE
    )


def _of_whom(line: Comparison) -> str:
    """Say who answered, where, when, how surely."""
    figure = line.local
    if figure is None:
        return ""
    sample = interval_text(figure.interval) if figure.interval else "effectif non communiqué"
    who = line.indicator.actor_label if line.indicator.kind is Kind.RATE else ""
    told = f"des {who} " if who and line.indicator.unit_label == "%" else ""
    return f"{told}{_where(line).strip()}, {format_wave(figure.wave)} ({sample})".lstrip(" ,")


def _where(line: Comparison) -> str:
    holder = line.holder
    return f" {holder.forms.en}" if holder and holder.forms else ""


def _cited(label: str, line: Comparison) -> str:
    return f"{label} ({line.local.text})" if line.local else label


def _measured(line: Comparison) -> str:
    own = line.local.text if line.local else ""
    return f"{_lower(line.indicator.label)} {own} ({_france(line)})"


def _france(line: Comparison) -> str:
    return f"France : {line.national.text}" if line.national else ""


def _unknown(weight: Weight) -> str:
    """Say how many measures of Insee are not published: their absence is no good news."""
    if not weight.unpublished:
        return ""
    return f" {count(weight.unpublished, 'autre n’est pas publié', 'autres ne sont pas publiés')}."


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
