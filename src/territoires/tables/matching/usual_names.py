"""Names of régions and départements that are not the official one of today."""

from __future__ import annotations

from collections.abc import Mapping

from territoires.domain.territories import Level, TerritoryId

#: Territories by level and key.
Names = Mapping[tuple[Level, str], TerritoryId]


def _names(level: Level, codes: Mapping[str, str]) -> dict[tuple[Level, str], TerritoryId]:
    return {(level, key): TerritoryId(level, code) for key, code in codes.items()}


#: Abbreviations and usual names that leave no doubt.
USUAL_NAMES: Names = {
    **_names(
        Level.REGION,
        {
            "paca": "93", "aura": "84", "ara": "84", "bfc": "27", "cvl": "24", "hdf": "32",
            "idf": "11", "pdl": "52", "pdll": "52", "naq": "75", "nor": "28", "bre": "53",
            "ges": "44", "occ": "76", "region sud": "93", "sud paca": "93",
            "sud provence alpes cote d azur": "93", "provence alpes cote d azur sud": "93",
            "guyane francaise": "03", "ile de la reunion": "04",
        },
    ),
    **_names(Level.DEPARTEMENT, {"guyane francaise": "973", "ile de la reunion": "974"}),
}  # fmt: skip
#: What may be something else (« NA »: not available; « Sud »: a part of France): one confirms.
DOUBTFUL_NAMES: Names = _names(Level.REGION, {"na": "75", "ge": "44", "sud": "93"})
#: Same territory, former name.
FORMER_NAMES: Names = {
    **_names(
        Level.REGION,
        {
            "centre": "24",
            # As the law named them for nine months of 2016.
            "alsace champagne ardenne lorraine": "44",
            "aquitaine limousin poitou charentes": "75",
            "languedoc roussillon midi pyrenees": "76",
            "nord pas de calais picardie": "32",
        },
    ),
    **_names(
        Level.DEPARTEMENT,
        {
            "basses alpes": "04",
            "basses pyrenees": "64",
            "charente inferieure": "17",
            "cotes du nord": "22",
            "loire inferieure": "44",
            "seine inferieure": "76",
        },
    ),
}
