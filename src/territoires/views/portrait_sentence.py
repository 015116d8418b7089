"""The sentence of a territory's page: one figure with its interval, and what else is known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.directory import Territory
from territoires.domain.indicators import Fiabilite, Indicator, Kind
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.views.datasets import EDITIONS
from territoires.views.figure import Figure, interval_text
from territoires.views.french import agree, count, format_number, format_wave
from territoires.views.portrait_figures import Comparison, Holder

_NO_ACTOR = "non_precise"
_FINEST_LAST = tuple(Level)
_VERDICTS = {
    Flag.PLUS_HAUT: "plus que la France",
    Flag.PLUS_BAS: "moins que la France",
    Flag.NON_SIGNIFICATIF: "sans différence établie avec la France",
}
_RESULTS = {
    Dataset.PUBLIE: ("résultat d’enquête publié", "résultats d’enquête publiés"),
    Dataset.DEMONSTRATION: ("résultat d’enquête simulé", "résultats d’enquête simulés"),
    Dataset.BROUILLON: (
        "résultat d’enquête dans le brouillon",
        "résultats d’enquête dans le brouillon",
    ),
}


@dataclass(frozen=True, slots=True)
class PortraitFacts:
    """What the sentence may speak of; ``lines`` are the survey figures of the territory."""

    dataset: Dataset
    territory: Territory
    region: Territory | None
    region_forms: NameForms | None
    lines: tuple[Comparison, ...]
    actors: int
    is_list_exhaustive: bool


def say_portrait(facts: PortraitFacts) -> str:
    """Say where the territory is, its main figure, how many others there are, and the actors."""
    mark = EDITIONS[facts.dataset].mark
    actors = _say_actors(facts)
    region, forms = facts.region, facts.region_forms
    if region is None or forms is None:
        return f"{mark}{facts.territory.name} : les résultats nationaux des enquêtes, et {actors}."
    # Overseas a département has the name of its région.
    is_same = facts.territory.name == region.name
    place = "" if is_same else f"{facts.territory.name} est {forms.en}. "
    lead = choose_lead(facts.lines, EDITIONS[facts.dataset].default_indicator)
    said = f"{_say_lead(lead)} " if lead else ""
    return f"{mark}{place}{said}{_say_results(facts, forms)}, et {actors}."


def say_caveat(lines: Sequence[Comparison], dataset: Dataset) -> str:
    """Write what must be known before the sentence is repeated elsewhere."""
    lead = choose_lead(lines, EDITIONS[dataset].default_indicator)
    if lead is None or lead.local is None:
        return ""
    figure, texts = lead.local, []
    if figure.precision is Precision.INCONNUE:
        texts.append("Effectif non communiqué : ce chiffre ne se compare pas.")
    if figure.precision is Precision.INDICATIVE:
        texts.append("Échantillon réduit : ce chiffre est indicatif.")
    if lead.difference is Flag.NON_SIGNIFICATIF:
        texts.append(
            "« Sans différence établie » ne veut pas dire « pareil » : le test tient compte du "
            "nombre de territoires comparés, il est plus prudent que l’intervalle."
        )
    if figure.interval and figure.deff is None:
        texts.append(
            "Effet de plan non communiqué : l’intervalle est optimiste si les réponses sont pondérées."
        )
    if figure.fiabilite is Fiabilite.AMBIGUE:
        texts.append("Source ambiguë ou contredite.")
    return " ".join(texts)


def choose_lead(lines: Sequence[Comparison], default_indicator: str) -> Comparison | None:
    """Choose the figure told first: that of the map's first indicator, else the surest one."""
    shown = [line for line in lines if line.local and _may_be_told(line.local)]
    wanted = [line for line in shown if line.indicator.indicator_id == default_indicator]
    sampled = [line for line in shown if line.local and line.local.interval]
    clear = [line for line in shown if line.local and line.local.fiabilite is not Fiabilite.AMBIGUE]
    return next(iter((*wanted, *sampled, *clear, *shown)), None)


def _may_be_told(figure: Figure) -> bool:
    return figure.value is not None and figure.precision is not Precision.TROP_IMPRECISE


def _say_lead(lead: Comparison) -> str:
    figure, forms = lead.local, lead.holder.forms if lead.holder else None
    if figure is None or forms is None:
        return ""
    value, of_whom = _value_and_actor(figure, lead.indicator)
    sample = interval_text(figure.interval) if figure.interval else "effectif non communiqué"
    told = f"{value} ({of_whom}{sample})"
    if lead.difference in _VERDICTS and lead.national:
        told += f", {_VERDICTS[lead.difference]} ({lead.national.text})"
    question = f"{lead.indicator.label}, {format_wave(figure.wave)}"
    return f"{question} : {forms.en}, {told}."


def _value_and_actor(figure: Figure, indicator: Indicator) -> tuple[str, str]:
    """Write « 78 % des maires »; a score, or a rate of nobody named, is only a value."""
    is_share = indicator.kind is Kind.RATE and indicator.unit_label == "%"
    if is_share and indicator.actor != _NO_ACTOR:
        return f"{figure.text} des {indicator.actor_label}", ""
    return figure.text, f"{indicator.actor_label}, "


def _say_results(facts: PortraitFacts, region_forms: NameForms) -> str:
    """Count the figures of each territory that holds some, nearest first, and those hidden."""
    words = _RESULTS[facts.dataset]
    parts: list[str] = []
    for holder in sorted(dict.fromkeys(line.holder for line in facts.lines), key=_width):
        own = [line for line in facts.lines if line.holder == holder]
        hidden = sum(bool(line.local and line.local.suppression) for line in own)
        where = holder.forms.en if holder and holder.forms else region_forms.en
        # Those of a wider territory that has not been told already.
        one, several = words if not parts else (f"autre {words[0]}", f"autres {words[1]}")
        text = f"{where}, {count(len(own), one, several)}"
        if hidden:
            some = f"dont {format_number(hidden)} " if hidden < len(own) else "tous "
            some = some if len(own) > 1 else ""
            text += f", {some}{agree(hidden, 'masqué', 'masqués')} (effectif insuffisant)"
        parts.append(text)
    if not parts:
        parts.append(f"{region_forms.en}, aucun {words[0]}")
    said = " ; ".join(parts)
    return said[0].upper() + said[1:]


def _width(holder: Holder | None) -> int:
    return -_FINEST_LAST.index(holder.territory.id.level) if holder else 0


def _say_actors(facts: PortraitFacts) -> str:
    known = count(facts.actors, "acteur recensé", "acteurs recensés")
    if not facts.actors:
        known = "aucun acteur recensé"
    return known if facts.is_list_exhaustive else f"{known} (liste non exhaustive)"
