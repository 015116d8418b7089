"""The search index: what the browser needs to find any territory by itself, as one small JSON.

``territoires.tables.search_index`` describes the format and reads it; so does the browser
(static/ui/search_rules.js).
"""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from territoires.errors import DataFileError

from .former_names import Alias, former_names, usual_names
from .reference import Reference

FORMAT = 1
#: How the SIREN of most communes begins, before their département.
_SIREN_PREFIX = "21"


def build_index(
    directory: pd.DataFrame,
    reference: Reference,
    communes: list[dict[str, Any]],
    history: list[dict[str, Any]],
) -> tuple[bytes, int]:
    """Build the index from the directory and the tables of the packages (see ``former_names``).

    Returns
    -------
    bytes, int
        The JSON, and the number of names it holds: same inputs, same bytes.
    """
    aliases, usual = former_names(reference, communes, history), usual_names()
    document = _document(directory, read_sirens(communes), aliases, usual)
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return content, len(directory) + len(aliases) + len(usual)


def _document(
    directory: pd.DataFrame,
    sirens: dict[str, str],
    aliases: list[Alias],
    usual: list[tuple[str, str, str]],
) -> dict[str, Any]:
    """Lay out the directory (see ``assembly.directory``) and the aliases, in columns."""
    levels = {level: rows.sort_values("code") for level, rows in directory.groupby("level")}
    communes = levels["commune"]
    rank = {code: i for i, code in enumerate(communes["code"])}
    ordered = sorted(aliases, key=lambda a: (rank[a.target], a.code, a.name, a.kind))
    departements = levels["departement"]
    return {
        "format": FORMAT,
        "regions": _columns(levels["region"]),
        "departements": {
            **_columns(departements),
            # Empty: an overseas collectivity.
            "regions": departements["region_code"].fillna("").to_list(),
        },
        "epci": {
            **_columns(levels["epci"]),
            "departements": levels["epci"]["departement_code"].to_list(),
        },
        "communes": {
            "codes": _gaps_by_prefix(communes["code"].to_list()),
            "names": "\n".join(communes["name"]),
            "populations": _whole(communes["population"]),
            "postcodes": "|".join(communes["postcodes"].fillna("")),
            "sirens": " ".join(_short_siren(c, sirens.get(c, "")) for c in communes["code"]),
        },
        "aliases": {
            "names": "\n".join(a.name for a in ordered),
            "codes": "|".join(a.code for a in ordered),
            "targets": _gaps([rank[a.target] for a in ordered]),
            "kinds": "".join(a.kind for a in ordered),
        },
        "usual": [list(row) for row in usual],
    }


def read_sirens(communes: list[dict[str, Any]]) -> dict[str, str]:
    """Give the SIREN of each commune that has one, by Insee code.

    Raises
    ------
    DataFileError
        When a number does not end with its control digit, which the index leaves out.
    """
    sirens = {c["code"]: c["siren"] for c in communes if c.get("siren")}
    wrong = [f"{c} : {s}" for c, s in sirens.items() if len(s) != 9 or s[-1] != check_digit(s[:-1])]
    if wrong:
        raise DataFileError("Des numéros SIREN sont faux.", details=tuple(wrong[:10]))
    return sirens


def check_digit(digits: str) -> str:
    """Give the control digit (Luhn) of the first eight digits of a SIREN."""
    doubled = [int(d) * 2 if i % 2 else int(d) for i, d in enumerate(digits)]
    return str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)


def _columns(frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "codes": frame["code"].to_list(),
        "names": frame["name"].to_list(),
        "populations": _whole(frame["population"]),
    }


def _whole(column: pd.Series) -> list[int | None]:
    return [None if pd.isna(value) else int(value) for value in column]


def _gaps(numbers: list[int]) -> list[int]:
    """Give each number as its distance to the one before: small, alike, hence light."""
    return [b - a for a, b in zip([0, *numbers], numbers, strict=False)]


def _gaps_by_prefix(codes: list[str]) -> list[tuple[str, list[int]]]:
    """Group codes by their first two characters; pairs, because JavaScript sorts an object."""
    numbers: dict[str, list[int]] = {}
    for code in codes:
        numbers.setdefault(code[:2], []).append(int(code[2:]))
    return [(prefix, _gaps(found)) for prefix, found in numbers.items()]


def _short_siren(code: str, siren: str) -> str:
    """Leave out the control digit, and the beginning that says the département."""
    return siren[:-1].removeprefix(_SIREN_PREFIX + code[:2])
