"""Names and codes that people still use: communes of the past, arrondissements, former régions."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territoires.views.search_index import normalize

from .reference import Reference, typeset

#: What an alias is, as one letter of the index (see ``tables.search_index``).
FORMER_COMMUNE, FORMER_NAME, FORMER_CODE, ARRONDISSEMENT = "c", "n", "k", "a"
KINDS = {"region": "r", "nom": FORMER_NAME, "usage": "u"}
USUAL_NAMES = Path(__file__).with_name("usual_names.csv")
_STILL_THE_SAME = {"changement de nom", "changement de département"}


@dataclass(frozen=True, slots=True, order=True)
class Alias:
    """Another name or code of a territory of today; ``code`` is empty when it is the same."""

    target: str
    code: str
    name: str
    kind: str


def former_names(
    reference: Reference, communes: list[dict[str, Any]], history: list[dict[str, Any]]
) -> list[Alias]:
    """List the aliases of the communes, by present code then former code.

    ``communes`` is the table of the reference package, with the communes déléguées and associées
    and the arrondissements; ``history`` tells the names since 1943.
    """
    present = dict(zip(reference.communes["code"], reference.communes["name"], strict=True))
    parts = [c for c in communes if "chefLieu" in c and c["type"] != "commune-actuelle"]
    successors = {**reference.successors, **{c["code"]: c["chefLieu"] for c in parts}}
    records = {record["id"]: record for record in history}
    named: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for record in history:
        named[record["code"], typeset(record["nom"])].append(record)
    absorbed = {(c["code"], typeset(c["nom"])) for c in parts}
    aliases = set()
    for code, name in {*named, *absorbed}:
        target = code if code in present else successors[code]
        same_name = normalize(name) == normalize(present[target])
        if same_name and code == target:
            continue
        if same_name:
            kind = FORMER_CODE
        elif (code, name) in absorbed:
            kind = FORMER_COMMUNE
        else:
            renamed = all(_became(r, records) == target for r in named[code, name])
            kind = FORMER_NAME if renamed else FORMER_COMMUNE
        aliases.add(Alias(target, "" if code == target else code, name, kind))
    aliases |= {
        Alias(c["commune"], c["code"], typeset(c["nom"]), ARRONDISSEMENT)
        for c in communes
        if c["type"] == "arrondissement-municipal"
    }
    return sorted(aliases)


def usual_names() -> list[tuple[str, str, str]]:
    """Read the name, typed identifier and kind of what régions, départements, EPCI are called."""
    with USUAL_NAMES.open(encoding="utf-8", newline="") as file:
        rows = [(r["name"], r["territory"], KINDS[r["kind"]]) for r in csv.DictReader(file)]
    return sorted(rows)


def _became(record: dict[str, Any], records: dict[str, dict[str, Any]]) -> str | None:
    """Follow a commune that only changed its name or département; None when it was merged."""
    while reason := record.get("raisonFin"):
        if reason not in _STILL_THE_SAME or "successeur" not in record:
            return None
        record = records[record["successeur"]]
    return str(record["code"])
