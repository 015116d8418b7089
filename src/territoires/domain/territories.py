"""Territories and their typed identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from territoires.errors import UnknownTerritoryError


class Level(StrEnum):
    """Levels of the Code officiel géographique, from the widest to the finest.

    A zone belongs to a zoning that someone drew (Pays, CRTE, bassin de vie): it gathers EPCI or
    communes, whatever the département or the région.
    """

    PAYS = "pays"
    REGION = "region"
    DEPARTEMENT = "departement"
    ZONE = "zone"
    EPCI = "epci"
    COMMUNE = "commune"


#: Form of a code per level: « 01 » is Guadeloupe as a région and Ain as a département.
_CODE_FORMS = {
    Level.PAYS: re.compile(r"FR"),
    Level.REGION: re.compile(r"[0-9]{2}"),
    Level.DEPARTEMENT: re.compile(r"[0-9]{2}|2[AB]|9[78][0-9]"),
    # The zoning, then the zone in it: « demo_pays_petr.001 ».
    Level.ZONE: re.compile(r"[a-z0-9_]{1,40}\.[A-Za-z0-9_-]{1,40}"),
    Level.EPCI: re.compile(r"[0-9]{9}"),
    Level.COMMUNE: re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}"),
}
#: Asking an enumeration for each of many texts takes longer than all the rest.
_LEVELS = {level.value: level for level in Level}


@dataclass(frozen=True, slots=True, order=True)
class TerritoryId:
    """A territory named without ambiguity: its level and its official code (text)."""

    level: Level
    code: str

    def __str__(self) -> str:
        """Give the typed identifier used in URLs, files and attributes: « region-53 »."""
        return f"{self.level}-{self.code}"

    @classmethod
    def parse(cls, text: str) -> TerritoryId:
        """Read a typed identifier; its form is checked, not its existence.

        Raises
        ------
        UnknownTerritoryError
            When the text is not of the form « niveau-code ».
        """
        level_text, separator, code = text.partition("-")
        level = _LEVELS.get(level_text) if separator else None
        if level is not None and _CODE_FORMS[level].fullmatch(code):
            return cls(level, code)
        raise UnknownTerritoryError(
            f"« {text[:60]} » ne désigne pas un territoire.",
            remedy="Un territoire s’écrit par exemple « region-53 », « departement-29 », "
            "« epci-200067981 », « commune-53130 » ou « pays-FR ».",
        )


FRANCE = TerritoryId(Level.PAYS, "FR")


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory as the directory knows it; what does not apply to it is None.

    ``kind`` is the type of an EPCI (CC, CA, CU, METRO, MET69), or « com » for a commune of an
    overseas collectivity. ``departement_code`` of an EPCI is that of most of its inhabitants;
    ``departement_codes`` lists all those it touches. The point is in degrees (WGS 84).
    """

    id: TerritoryId
    name: str
    kind: str | None
    region_code: str | None
    departement_code: str | None
    epci_code: str | None
    population: int | None
    postcodes: tuple[str, ...]
    longitude: float | None
    latitude: float | None
    departement_codes: tuple[str, ...] = ()
