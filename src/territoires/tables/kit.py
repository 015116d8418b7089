"""The kit, its chronology, the 2018 programme and the facts around them, from checked tables."""

from __future__ import annotations

from collections.abc import Mapping

from territoires.domain.indicators import Fiabilite
from territoires.domain.kit import (
    Divergence,
    Domain,
    Fact,
    Kit,
    Milestone,
    ProgrammeItem,
    Resource,
    Section,
    Step,
)
from territoires.tables.contracts import Report
from territoires.tables.indicators import read_sources

#: Columns of the domains table, in the order a sentence names the actors.
_ACTORS = ("citoyens", "associations", "entreprises", "collectivites")

_CITING = ("resources", "milestones", "programme_experience", "context_facts", "domains")

Row = Mapping[str, str]


def read_kit(reports: Mapping[str, Report]) -> Kit:
    """Read the kit from tables checked already, by name; a table without rows gives nothing."""
    resources = tuple(_to_resource(row) for row in reports["resources"].rows)
    milestones = tuple(_to_milestone(row) for row in reports["milestones"].rows)
    programme = tuple(_to_item(row) for row in reports["programme_experience"].rows)
    facts = tuple(_to_fact(row) for row in reports["context_facts"].rows)
    rows = sorted(reports["domains"].rows, key=lambda row: int(row["source_order"]))
    domains = tuple(_to_domain(row) for row in rows)
    cited = {row["source_id"] for table in _CITING for row in reports[table].rows}
    return Kit(
        resources=resources,
        milestones=tuple(sorted(milestones, key=lambda milestone: milestone.date)),
        programme=programme,
        facts=facts,
        domains=domains,
        divergences={
            row["contradiction_id"]: _to_divergence(row) for row in reports["contradictions"].rows
        },
        sources={name: s for name, s in read_sources(reports).items() if name in cited},
    )


def _to_resource(row: Row) -> Resource:
    return Resource(
        resource_id=row["resource_id"],
        title=row["title"],
        kind=row["kind"],
        producer=row["producer"],
        partners=row["partners"],
        date=row["date"],
        step=Step(row["step"]),
        url=row["url"],
        note=row["note"],
        fiabilite=Fiabilite(row["fiabilite"]),
        source_id=row["source_id"],
    )


def _to_milestone(row: Row) -> Milestone:
    return Milestone(
        milestone_id=row["milestone_id"],
        date=row["date"],
        title=row["title"],
        description=row["description"],
        fiabilite=Fiabilite(row["fiabilite"]),
        source_id=row["source_id"],
    )


def _to_item(row: Row) -> ProgrammeItem:
    return ProgrammeItem(
        item_id=row["item_id"],
        section=Section(row["section"]),
        order=int(row["order"]),
        parent=row["parent"],
        label=row["label"],
        detail=row["detail"],
        value=int(row["value"]) if row["value"] else None,
        date_start=row["date_start"],
        date_end=row["date_end"],
        fiabilite=Fiabilite(row["fiabilite"]),
        source_id=row["source_id"],
    )


def _to_fact(row: Row) -> Fact:
    return Fact(
        fact_id=row["fact_id"],
        topic=row["topic"],
        statement=row["statement"],
        date=row["reference_date"],
        value=float(row["value"]) if row["value"] else None,
        unit=row["unit"],
        caveat=row["caveat"],
        fiabilite=Fiabilite(row["fiabilite"]),
        source_id=row["source_id"],
    )


def _to_domain(row: Row) -> Domain:
    return Domain(
        domain_id=row["domain_id"],
        label=row["label"],
        actors=tuple(actor for actor in _ACTORS if row[actor] == "true"),
        note=row["note"],
        fiabilite=Fiabilite(row["fiabilite"]),
        source_id=row["source_id"],
    )


def _to_divergence(row: Row) -> Divergence:
    return Divergence(
        divergence_id=row["contradiction_id"],
        topic=row["topic"],
        readings=(row["reading_1"], row["reading_2"]),
        display=row["recommended_display"],
        sources=row["sources"],
    )
