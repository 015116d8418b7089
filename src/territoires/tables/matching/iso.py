"""Subdivisions of France in ISO 3166-2, by what follows « FR- ».

Two digits are always a département there (« FR-53 » is Mayenne), letters a région. The five régions
of overseas are départements too; their codes of before 2021 are still in use.
"""

from __future__ import annotations

from collections.abc import Mapping

_REGIONS = {
    "ARA": "84", "BFC": "27", "BRE": "53", "CVL": "24", "20R": "94", "COR": "94", "GES": "44",
    "HDF": "32", "IDF": "11", "NAQ": "75", "NOR": "28", "OCC": "76", "PAC": "93", "PDL": "52",
}  # fmt: skip
#: Both a région and a département: the code of each.
_OVERSEAS = {
    ("971", "GP", "GLP", "GUA"): ("01", "971"),
    ("972", "MQ", "MTQ"): ("02", "972"),
    ("973", "GF", "GUF"): ("03", "973"),
    ("974", "RE", "REU", "LRE"): ("04", "974"),
    ("976", "YT", "MYT", "MAY"): ("06", "976"),
}
_COLLECTIVITIES = {
    "PM": "975", "BL": "977", "MF": "978", "TF": "984", "WF": "986", "PF": "987", "NC": "988",
    "CP": "989",
}  # fmt: skip
#: Régions of before 2016 that did not change; the others are in ``former_regions``.
_UNCHANGED = {"E": "53", "F": "24", "H": "94", "J": "11", "R": "52", "U": "93"}

#: Code of the région.
ISO_REGIONS: Mapping[str, str] = {
    **_REGIONS,
    **_UNCHANGED,
    **{iso: region for codes, (region, _) in _OVERSEAS.items() for iso in codes},
}
#: Code of the département, but for those of two characters, which are their own.
ISO_DEPARTEMENTS: Mapping[str, str] = {
    **_COLLECTIVITIES,
    "75C": "75",
    **{iso: code for codes, (_, code) in _OVERSEAS.items() for iso in codes},
}
#: Neither a région nor a département of the official code.
ISO_OTHERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "6AE": ("la Collectivité européenne d’Alsace réunit deux départements", ("67", "68")),
    "69D": ("le département du Rhône y est compté sans la métropole de Lyon", ("69",)),
    "69M": ("la métropole de Lyon est une partie du département du Rhône", ("69",)),
}
