"""The kit as a path: s’informer, se former, agir, seen from a rung and a domain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from territoires.domain.assessment import STAGES
from territoires.domain.indicators import Nature, Source
from territoires.domain.kit import Divergence, Domain, Fact, Kit, Resource, Step
from territoires.domain.selection import Dataset
from territoires.tables.published import Published
from territoires.views.datasets import is_simulated_set
from territoires.views.french import NBSP, agree, count, format_number, quote_short
from territoires.views.landmarks import themes_of
from territoires.views.next_steps import highlighted, say_rule
from territoires.views.selection import mappable_indicators

#: What each step of the kit is for, in our words.
PURPOSES = {
    Step.INFORMER: "comprendre de quoi il s’agit et ce que d’autres ont appris",
    Step.FORMER: "suivre un parcours, seul ou à plusieurs",
    Step.AGIR: "passer à l’action, avec des outils et des pairs",
}
#: Subjects on which publications disagree, by the resource that they are about.
_DIVERGENCES = {
    "R05": ("titre_juris",),
    "R08": ("7_etapes_7_principes",),
    "R10": ("url_plateforme",),
    "R11": ("350_perimetre",),
    "R14": ("date_phare_institutions",),
    "R18": ("entonnoir_territoires", "partenaires_parcours"),
}
_CRTE_TOPIC, _CRTE, _KIT = "Contrats (CRTE)", "CRTE", "Kit"
#: Of the domains table: how to read its empty cells, which are not shown here.
_EMPTY_CELLS = re.compile(r"Vide = [^.]*\.\s*")


@dataclass(frozen=True, slots=True)
class Card:
    """A resource, whether the rung calls for it, its source, and what publications disagree on."""

    resource: Resource
    is_highlighted: bool
    source: Source | None
    divergences: tuple[Divergence, ...]


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of the path: the resources called for first, then all the others."""

    step: Step
    purpose: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class IndicatorLink:
    """An indicator about a domain, and the page of ours that shows it."""

    label: str
    asked: str
    page: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class DomainHelp:
    """What is known of a domain: whom a text expects there, and the indicators about it."""

    domain: Domain
    note: str
    source: Source | None
    indicators: tuple[IndicatorLink, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """The whole path; nothing of the kit is ever left out."""

    dataset: Dataset
    steps: tuple[PathStep, ...]
    stage: int | None
    sentence: str
    rule: str
    help: DomainHelp | None


def build_path(data: Published, stage: int | None, domain_id: str) -> Path:
    """Lay out the kit from where the reader stands."""
    kit = data.kit
    chosen = highlighted(kit, stage)
    steps = tuple(_to_path_step(step, kit, chosen) for step in Step)
    return Path(
        dataset=data.dataset,
        steps=tuple(step for step in steps if step.cards),
        stage=stage,
        sentence=_say_path(len(chosen), len(kit.resources), stage),
        rule=say_rule(stage) if stage in STAGES else "",
        help=_help(data, domain_id),
    )


def check_domain(kit: Kit, domain_id: str) -> tuple[str, ...]:
    """Give a notice where a link asks for a domain that does not exist."""
    if not domain_id or kit.domain(domain_id):
        return ()
    return (f"Le domaine « {quote_short(domain_id)} » n’existe pas : voici tout le kit.",)


def group_facts(kit: Kit) -> dict[str, tuple[Fact, ...]]:
    """Group the facts by topic, the kit's own first; the share of CRTE carried stands with CRTE."""
    topics: dict[str, list[Fact]] = {}
    for fact in kit.facts:
        topic = _CRTE_TOPIC if _CRTE in fact.statement else fact.topic
        topics.setdefault(topic, []).append(fact)
    first = sorted(topics, key=lambda topic: (topic != _CRTE_TOPIC, not topic.startswith(_KIT)))
    return {topic: tuple(topics[topic]) for topic in first}


def fact_text(fact: Fact) -> str:
    """Write the value of a fact with its unit; empty where the source only has words."""
    if fact.value is None:
        return ""
    decimals = 0 if fact.value.is_integer() else 1
    number = format_number(fact.value, decimals)
    return f"{number}{NBSP}%" if fact.unit == "%" else number


def _to_path_step(step: Step, kit: Kit, chosen: tuple[Resource, ...]) -> PathStep:
    cards = [
        Card(
            resource=resource,
            is_highlighted=resource in chosen,
            source=kit.sources.get(resource.source_id),
            divergences=kit.diverging(*_DIVERGENCES.get(resource.resource_id, ())),
        )
        for resource in kit.resources
        if resource.step is step
    ]
    first = sorted(cards, key=lambda card: not card.is_highlighted)
    return PathStep(step, PURPOSES[step], tuple(first))


def _say_path(chosen: int, total: int, stage: int | None) -> str:
    if stage is None:
        return (
            f"{count(total, 'ressource')}, dans l’ordre du kit. Répondez aux cinq questions pour "
            "savoir par lesquelles commencer."
        )
    others = total - chosen
    follow = agree(others, "autre la suit", "autres les suivent")
    return (
        f"{count(chosen, 'ressource mise en avant', 'ressources mises en avant')} parce que vous en "
        f"êtes à « {STAGES[stage]} » ; {format_number(others)} {follow}, rien n’est masqué."
    )


def _help(data: Published, domain_id: str) -> DomainHelp | None:
    domain = data.kit.domain(domain_id)
    if domain is None:
        return None
    note = _EMPTY_CELLS.sub("", domain.note)
    source = data.kit.sources.get(domain.source_id)
    return DomainHelp(domain, note, source, tuple(_links(data, domain_id)))


def _links(data: Published, domain_id: str) -> Iterator[IndicatorLink]:
    """Lead to the real indicators of a domain: no simulated answer stands on this page.

    A map where there is one to draw, else the national figures of its theme, else the register.
    """
    mappable = {indicator.indicator_id for indicator in mappable_indicators(data)}
    slugs = {theme.label: theme.slug for theme in themes_of(data)}
    for indicator in data.catalogue.values():
        real = not is_simulated_set(data.dataset) or indicator.nature is not Nature.ENQUETE
        if not real or domain_id not in indicator.domain_ids:
            continue
        page, params = "sources", {}
        if indicator.indicator_id in mappable:
            page, params = "carte", {"indicateur": indicator.indicator_id}
        elif indicator.theme in slugs:
            page, params = "reperes", {"theme": slugs[indicator.theme]}
        yield IndicatorLink(indicator.label, indicator.actor_label, page, params)
