"""Régions of before 2016 that were gathered into others: known, and never taken for the new one."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.domain.territories import Level, TerritoryId
from territoires.tables.matching.keys import to_key


@dataclass(frozen=True, slots=True)
class FormerRegion:
    """A région that is no more: its codes (Insee, ISO 3166-2), and the région it is now part of."""

    name: str
    code: str
    iso: str
    region: TerritoryId
    #: The name after « réunie … »: « à l’Alsace ».
    joined: str

    @property
    def note(self) -> str:
        """Say what became of it, and why its figures are of no use for the new one."""
        others = [other.joined for other in FORMER_REGIONS if other.region == self.region]
        others.remove(self.joined)
        return (
            f"{self.name}\u00a0: ancienne région, réunie {' et '.join(others)} "
            f"{_INSIDE[self.region.code]} depuis 2016\u00a0: un chiffre de l’une ne vaut pas pour "
            "l’autre"
        )


_INSIDE = {
    "27": "dans la Bourgogne-Franche-Comté",
    "28": "dans la Normandie",
    "32": "dans les Hauts-de-France",
    "44": "dans le Grand Est",
    "75": "dans la Nouvelle-Aquitaine",
    "76": "dans l’Occitanie",
    "84": "dans l’Auvergne-Rhône-Alpes",
}
FORMER_REGIONS = tuple(
    FormerRegion(name, code, iso, TerritoryId(Level.REGION, region), joined)
    for name, code, iso, region, joined in (
        ("Alsace", "42", "A", "44", "à l’Alsace"),
        ("Aquitaine", "72", "B", "75", "à l’Aquitaine"),
        ("Auvergne", "83", "C", "84", "à l’Auvergne"),
        ("Basse-Normandie", "25", "P", "28", "à la Basse-Normandie"),
        ("Bourgogne", "26", "D", "27", "à la Bourgogne"),
        ("Champagne-Ardenne", "21", "G", "44", "à la Champagne-Ardenne"),
        ("Franche-Comté", "43", "I", "27", "à la Franche-Comté"),
        ("Haute-Normandie", "23", "Q", "28", "à la Haute-Normandie"),
        ("Languedoc-Roussillon", "91", "K", "76", "au Languedoc-Roussillon"),
        ("Limousin", "74", "L", "75", "au Limousin"),
        ("Lorraine", "41", "M", "44", "à la Lorraine"),
        ("Midi-Pyrénées", "73", "N", "76", "à Midi-Pyrénées"),
        ("Nord-Pas-de-Calais", "31", "O", "32", "au Nord-Pas-de-Calais"),
        ("Picardie", "22", "S", "32", "à la Picardie"),
        ("Poitou-Charentes", "54", "T", "75", "au Poitou-Charentes"),
        ("Rhône-Alpes", "82", "V", "84", "à Rhône-Alpes"),
    )
)
FORMER_BY_CODE = {region.code: region for region in FORMER_REGIONS}
FORMER_BY_ISO = {region.iso: region for region in FORMER_REGIONS}
FORMER_BY_KEY = {to_key(region.name): region for region in FORMER_REGIONS}
