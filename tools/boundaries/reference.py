"""The Code officiel géographique 2026 as tables: one row per territory, codes as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from territoires.errors import DataFileError

#: Controls of the reference (communes drawn, total population); a difference is a wrong package.
EXPECTED_COUNTS = {"region": 18, "departement": 101, "epci": 1255, "commune": 34875}
OVERSEAS_COLLECTIVITY = "com"


def typeset(name: str) -> str:
    """Write a name with the French apostrophe, as everywhere else on screen."""
    return name.replace("'", "’")


@dataclass(frozen=True, slots=True)
class Reference:
    """The four levels; ``communes`` holds all 34 969, the other tables what the map draws."""

    communes: pd.DataFrame
    epci: pd.DataFrame
    departements: pd.DataFrame
    regions: pd.DataFrame
    #: Code of a commune that no longer exists → its code in 2026.
    successors: dict[str, str]
    #: Overseas collectivities, which the map does not draw: as départements, without région.
    collectivities: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def drawn_communes(self) -> pd.DataFrame:
        """Give the 34 875 communes of the 18 régions."""
        return self.communes[self.communes["kind"] != OVERSEAS_COLLECTIVITY]

    def level(self, level: str) -> pd.DataFrame:
        """Give the table of a level, limited to what the map draws."""
        return {
            "region": self.regions,
            "departement": self.departements,
            "epci": self.epci,
            "commune": self.drawn_communes,
        }[level]


def build_reference(tables: dict[str, list[dict[str, Any]]]) -> Reference:
    """Turn the JSON tables of the reference package into frames sorted by code.

    Raises
    ------
    DataFileError
        When a level does not have the number of territories expected of COG 2026.
    """
    current = [c for c in tables["communes"] if c["type"] == "commune-actuelle"]
    members = {m["code"]: e["code"] for e in tables["epci"] for m in e["membres"]}
    communes = _communes(current, members)
    reference = Reference(
        communes=communes,
        epci=_epci(tables["epci"], communes),
        departements=_departements(tables["departements"], communes, overseas=False),
        regions=_regions(tables["regions"], communes),
        successors={old: c["code"] for c in current for old in c.get("anciensCodes", [])},
        collectivities=_departements(tables["departements"], communes, overseas=True),
    )
    wrong = [
        f"{level} : {len(reference.level(level))} trouvés, {expected} attendus"
        for level, expected in EXPECTED_COUNTS.items()
        if len(reference.level(level)) != expected
    ]
    if wrong:
        raise DataFileError("La référence n’est pas celle du COG 2026.", details=tuple(wrong))
    return reference


def _communes(current: list[dict[str, Any]], members: dict[str, str]) -> pd.DataFrame:
    rows = []
    for c in current:
        overseas = c["zone"] == OVERSEAS_COLLECTIVITY
        rows.append(
            {
                "code": c["code"],
                "name": typeset(c["nom"]),
                "kind": OVERSEAS_COLLECTIVITY if overseas else None,
                "region_code": None if overseas else c["region"],
                "departement_code": c["departement"],
                "departement_codes": c["departement"],
                "epci_code": members.get(c["code"]),
                "population": c.get("population"),
                "postcodes": " ".join(c.get("codesPostaux") or []),
            }
        )
    return _frame(rows)


def _epci(table: list[dict[str, Any]], communes: pd.DataFrame) -> pd.DataFrame:
    """Attach each EPCI to the département that holds most of its population.

    Populations are summed from the communes (2023): those of the EPCI table are a year older.
    """
    by_departement = (
        communes.dropna(subset="epci_code")
        .groupby(["epci_code", "departement_code", "region_code"], as_index=False)["population"]
        .sum()
    )
    main = by_departement.sort_values(
        ["epci_code", "population", "departement_code"], ascending=[True, False, True]
    ).drop_duplicates("epci_code")
    homes = main.set_index("epci_code")
    population = by_departement.groupby("epci_code")["population"].sum()
    touched = by_departement.groupby("epci_code")["departement_code"].agg(
        lambda codes: " ".join(sorted(codes))
    )
    return _frame(
        [
            {
                "code": e["code"],
                "name": typeset(e["nom"]),
                "kind": e["type"],
                "region_code": homes.at[e["code"], "region_code"],
                "departement_code": homes.at[e["code"], "departement_code"],
                "departement_codes": touched[e["code"]],
                "epci_code": e["code"],
                "population": population[e["code"]],
                "postcodes": "",
            }
            for e in table
        ]
    )


def _departements(
    table: list[dict[str, Any]], communes: pd.DataFrame, *, overseas: bool
) -> pd.DataFrame:
    """List the départements, or the overseas collectivities: two of them have no population."""
    population = communes.groupby("departement_code")["population"].sum(min_count=1)
    return _frame(
        [
            {
                "code": d["code"],
                "name": typeset(d["nom"]),
                "kind": OVERSEAS_COLLECTIVITY if overseas else None,
                "region_code": None if overseas else d["region"],
                "departement_code": d["code"],
                "departement_codes": d["code"],
                "epci_code": None,
                "population": population[d["code"]],
                "postcodes": "",
            }
            for d in table
            if (d["zone"] == OVERSEAS_COLLECTIVITY) == overseas
        ]
    )


def _regions(table: list[dict[str, Any]], communes: pd.DataFrame) -> pd.DataFrame:
    grouped = communes.groupby("region_code")
    population = grouped["population"].sum()
    touched = grouped["departement_code"].agg(lambda codes: " ".join(sorted(set(codes))))
    return _frame(
        [
            {
                "code": r["code"],
                "name": typeset(r["nom"]),
                "kind": None,
                "region_code": r["code"],
                "departement_code": None,
                "departement_codes": touched[r["code"]],
                "epci_code": None,
                "population": population[r["code"]],
                "postcodes": "",
            }
            for r in table
            if r["zone"] != OVERSEAS_COLLECTIVITY
        ]
    )


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    if not rows:
        return pd.DataFrame()
    frame = pd.DataFrame(rows).sort_values("code", ignore_index=True)
    text = [column for column in frame.columns if column != "population"]
    return frame.astype({**dict.fromkeys(text, "str"), "population": "Int64"})
