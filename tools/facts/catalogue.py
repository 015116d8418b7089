"""The catalogue of indicators: survey, context and Code officiel géographique."""

from __future__ import annotations

from collections.abc import Iterable

from tools.facts.files import Facts, Row, typeset

#: Who was asked, in words.
ACTORS = {
    "maires": "maires",
    "elus": "élus locaux (maires et adjoints)",
    "citoyens": "habitants",
    "entreprises": "entreprises",
    "associations": "associations",
    "associations_employeuses": "associations employeuses",
    "associations_non_employeuses": "associations sans salarié",
    "pionniers": "pionniers des alliances",
    "territoires": "territoires",
    "non_precise": "acteur non précisé",
    "territoire": "ensemble du territoire",
}
#: What a unit of the facts measures, how it reads after a number, how many decimals it has.
UNITS = {
    "%": ("rate", "%", "0"),
    "note_sur_10": ("score", "sur 10", "1"),
    "nombre": ("count", "", "0"),
    "sur_10": ("ratio", "sur 10", "0"),
    "sur_4": ("ratio", "sur 4", "0"),
    "sur_3": ("ratio", "sur 3", "0"),
    "sur_2": ("ratio", "sur 2", "0"),
    "mots": ("rate", "", "0"),
}
LEVELS = ("pays", "region", "departement")
REPRINT = "reprise"
CONTEXT_THEME = "Contexte socio-économique"
COG_THEME = "Profil des collectivités"
COG_WAVE = "2026"
COG_CAVEAT = (
    "Une intercommunalité à cheval sur plusieurs territoires est comptée dans chacun : "
    "les nombres ne s’additionnent pas."
)
#: The vintage of the communes is not that of the people who live there.
POPULATION_CAVEAT = (
    "Populations du recensement de 2023 (Mayotte : 2017), communes au 1er janvier 2026."
)


def build_catalogue(facts: Facts, observations: list[Row]) -> list[Row]:
    """Give one row per indicator; levels and waves are those of the observations."""
    rows = _survey(facts, observations) + _context(facts, observations) + _cog(facts)
    return [{name: typeset(text) for name, text in row.items()} for row in rows]


def _survey(facts: Facts, observations: list[Row]) -> list[Row]:
    choices = facts.choice("survey_indicators")
    partners = _partners(choices)
    rows = []
    for choice in choices:
        indicator_id = choice["indicator_id"]
        own = [row for row in observations if row["indicator_id"] == indicator_id]
        members = [facts.survey[fact_id] for fact_id in choice["facts"].split()]
        unit = next((fact["unit"] for fact in members if fact["unit"]), "mots")
        kind, unit_label, decimals = UNITS[unit]
        rows.append(
            {
                "indicator_id": indicator_id,
                "label": choice["label"],
                "description": choice["description"] or members[0]["statement"],
                "theme": choice["theme"],
                "study": " ; ".join(_distinct(row["study"] for row in own if _is_wave(row))),
                "actor": members[0]["actor"],
                "actor_label": ACTORS[members[0]["actor"]],
                "unit": unit,
                "unit_label": choice["unit_label"] or unit_label,
                "kind": kind,
                "direction": choice["direction"],
                "base": choice["base"],
                **_extent(own),
                "comparable_with": partners[indicator_id],
                "domain_id": members[0]["domain_id"].replace("|", " "),
                "nature": "enquete",
                "usage": choice["usage"],
                "status": "publie",
                "decimals": decimals,
                "caveat": "",
            }
        )
    return rows


def _context(facts: Facts, observations: list[Row]) -> list[Row]:
    definitions = {row["indicator_id"]: row for row in facts.table("context_indicators_dictionary")}
    rows = []
    for choice in facts.choice("context_indicators"):
        definition = definitions[choice["indicator_id"]]
        own = [row for row in observations if row["indicator_id"] == choice["indicator_id"]]
        provisional = any(row["fiabilite"] == "ambigue" for row in own)
        rows.append(
            {
                "indicator_id": choice["indicator_id"],
                "label": choice["label"],
                "description": definition["label"],
                "theme": CONTEXT_THEME,
                "study": definition["dataset"],
                "actor": "territoire",
                "actor_label": ACTORS["territoire"],
                "unit": definition["unit"],
                "unit_label": choice["unit_label"],
                "kind": definition["kind"],
                "direction": _direction(definition["high_is_fragile"]),
                "base": definition["base"],
                **_extent(own),
                "comparable_with": "",
                "domain_id": definition["related_domain_id"],
                "nature": "contexte",
                "usage": "resultat",
                "status": "provisoire" if provisional else "publie",
                "decimals": choice["decimals"],
                "caveat": definition["caveat"],
            }
        )
    return rows


def _cog(facts: Facts) -> list[Row]:
    choices = facts.choice("cog_indicators")
    partners = _partners(choices)
    return [
        {
            "indicator_id": choice["indicator_id"],
            "label": choice["label"],
            "description": choice["description"],
            "theme": COG_THEME,
            "study": "Code officiel géographique 2026",
            "actor": "territoire",
            "actor_label": ACTORS["territoire"],
            "unit": choice["unit"],
            "unit_label": choice["unit_label"],
            "kind": choice["kind"],
            "direction": "neutre",
            "base": "Communes du territoire",
            "levels": " ".join(LEVELS),
            "waves": COG_WAVE,
            "comparable_with": partners[choice["indicator_id"]],
            "domain_id": "",
            "nature": "cog",
            "usage": "resultat",
            "status": "publie",
            "decimals": choice["decimals"],
            "caveat": _cog_caveat(choice["indicator_id"]),
        }
        for choice in choices
    ]


def _cog_caveat(indicator_id: str) -> str:
    if indicator_id.startswith("epci_"):
        return COG_CAVEAT
    return "" if indicator_id == "communes_nombre" else POPULATION_CAVEAT


def _direction(high_is_fragile: str) -> str:
    return {"true": "haut_fragile", "false": "haut_favorable"}[high_is_fragile]


def _is_wave(row: Row) -> bool:
    # A reprint repeats a figure under a later date: it is no wave of its own.
    return row["reading"] != REPRINT


def _extent(observations: list[Row]) -> Row:
    found = {row["level"] for row in observations}
    return {
        "levels": " ".join(level for level in LEVELS if level in found),
        "waves": " ".join(sorted({row["wave"] for row in observations if _is_wave(row)})),
    }


def _partners(choices: list[Row]) -> dict[str, str]:
    return {
        choice["indicator_id"]: " ".join(
            other["indicator_id"]
            for other in choices
            if choice["comparison"]
            and other["comparison"] == choice["comparison"]
            and other is not choice
        )
        for choice in choices
    }


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
