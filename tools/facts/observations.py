"""Survey and context observations, and the facts that are not observations."""

from __future__ import annotations

from tools.facts.files import FIABILITE, GROUPING, ILLEGIBLE, Facts, FactsError, Row, typeset
from tools.facts.sources import Register

UNDATED = "non_precisee"
#: How the national figure of another question is announced beside regional ones.
REFERENCE = "Libellé national : « {statement} ». {caveat}"


def build_survey(facts: Facts, register: Register) -> list[Row]:
    """Give the survey observations in the catalogue's order; a cell's main reading comes first."""
    rows = []
    for choice in facts.choice("survey_indicators"):
        for fact_id in choice["facts"].split():
            rows.append(_survey_row(facts, register, choice["indicator_id"], fact_id))
        if choice["reference"]:
            row = _survey_row(facts, register, choice["indicator_id"], choice["reference"])
            row["observation_id"] += "-reference"
            row["caveat"] = REFERENCE.format(statement=row["statement"], caveat=row["caveat"])
            rows.append({name: typeset(text) for name, text in row.items()})
    _check_all_used(facts, rows)
    return rows


#: Facts about a part of the sample, whose size is not published: the number of answers given is
#: that of the whole sample, and would make their interval far too short.
OF_A_SUBGROUP = frozenset({"IT24-10", "IT24-11"})


def _survey_row(facts: Facts, register: Register, indicator_id: str, fact_id: str) -> Row:
    if fact_id not in facts.survey:
        raise FactsError(f"le fait {fact_id} ({indicator_id}) est absent de survey_facts.csv")
    fact = facts.survey[fact_id]
    if fact["reliability"] == ILLEGIBLE or fact["territory_level"] == GROUPING:
        raise FactsError(f"le fait {fact_id} ne peut pas être une observation")
    reading = facts.readings.get(fact_id, {})
    return {
        "observation_id": fact_id,
        "indicator_id": indicator_id,
        "wave": fact["wave"] or UNDATED,
        "cycle": fact["cycle"],
        "study": typeset(fact["study"]),
        "level": fact["territory_level"],
        "code": fact["territory_code"],
        "value": fact["value"],
        "value_text": typeset(reading.get("value_text", "")),
        "respondents": "" if fact_id in OF_A_SUBGROUP else fact["respondents"],
        "deff": "",
        "fiabilite": FIABILITE[fact["reliability"]],
        "reading": reading.get("reading", "principale"),
        "contradictions": reading.get("contradictions", ""),
        "caveat": typeset(fact["caveat"]),
        "statement": typeset(fact["statement"]),
        "source_id": register.identify(fact),
        "fact_id": fact_id,
    }


def _check_all_used(facts: Facts, rows: list[Row]) -> None:
    used = {row["fact_id"] for row in rows}
    forgotten = [
        fact_id
        for fact_id, fact in facts.survey.items()
        if fact_id not in used
        and fact["reliability"] != ILLEGIBLE
        and fact["territory_level"] != GROUPING
    ]
    if forgotten:
        raise FactsError("faits sans indicateur : " + ", ".join(forgotten))


def build_context(facts: Facts, register: Register) -> list[Row]:
    """Give the context observations; the quarter, when there is one, is part of the wave."""
    labels = {row["indicator_id"]: row for row in facts.table("context_indicators_dictionary")}
    rows = []
    for fact in facts.table("context_indicators"):
        wave = "-".join(part for part in (fact["year"], fact["quarter"]) if part)
        definition = labels[fact["indicator_id"]]
        identifier = (fact["indicator_id"], wave, fact["territory_level"], fact["territory_code"])
        rows.append(
            {
                "observation_id": "-".join(("ctx", *identifier)),
                "indicator_id": fact["indicator_id"],
                "wave": wave,
                "cycle": "",
                "study": typeset(definition["dataset"]),
                "level": fact["territory_level"],
                "code": fact["territory_code"],
                "value": fact["value"],
                "value_text": "",
                "respondents": "",
                "deff": "",
                "fiabilite": FIABILITE[fact["reliability"]],
                "reading": "principale",
                "contradictions": "",
                "caveat": typeset(fact["caveat"]),
                "statement": typeset(definition["label"]),
                "source_id": register.identify(fact),
                "fact_id": "",
            }
        )
    return rows


def build_unavailable(facts: Facts, register: Register) -> list[Row]:
    """Give the facts that nobody can read in their source; they never become a value."""
    return [
        {
            "fact_id": fact["fact_id"],
            "topic": typeset(fact["topic"]),
            "statement": typeset(fact["statement"]),
            "actor": fact["actor"],
            "study": typeset(fact["study"]),
            "wave": fact["wave"] or UNDATED,
            "reason": typeset(fact["caveat"]),
            "source_id": register.identify(fact),
        }
        for fact in facts.survey.values()
        if fact["reliability"] == ILLEGIBLE
    ]


#: Régions of a published group, where the group is made of whole régions of today.
GROUPED_REGIONS = {"Provence-Alpes-Côte d'Azur et Corse": "93 94"}


def build_groupings(facts: Facts, register: Register) -> list[Row]:
    """Give the figures published for a group of régions; they belong to none of them."""
    return [
        {
            "fact_id": fact["fact_id"],
            "grouping_name": typeset(fact["territory_name"]),
            "region_codes": GROUPED_REGIONS.get(fact["territory_name"], ""),
            "topic": typeset(fact["topic"]),
            "statement": typeset(fact["statement"]),
            "actor": fact["actor"],
            "study": typeset(fact["study"]),
            "wave": fact["wave"] or UNDATED,
            "domain_id": fact["domain_id"],
            "value": fact["value"],
            "unit": fact["unit"],
            "fiabilite": FIABILITE[fact["reliability"]],
            "caveat": typeset(fact["caveat"]),
            "source_id": register.identify(fact),
        }
        for fact in facts.survey.values()
        if fact["territory_level"] == GROUPING and fact["reliability"] != ILLEGIBLE
    ]
