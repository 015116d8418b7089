"""What is said beside a proposed name, so that homonyms are told apart."""

from __future__ import annotations

from territoires.domain.territories import Level
from territoires.tables.search_index import AliasKind, Place
from territoires.views.french import LEVEL_LABELS, NBSP, format_number
from territoires.views.search_index import Row

#: What the overseas territories that are no « collectivité d’outre-mer » are.
_OVERSEAS_KINDS = {
    "984": "territoire d’outre-mer",
    "988": "collectivité à statut particulier",
    "989": "possession française",
}
_ALIASES = {
    AliasKind.COMMUNE: "ancienne commune, aujourd’hui {}",
    AliasKind.NAME: "ancien nom, aujourd’hui {}",
    AliasKind.ARRONDISSEMENT: "arrondissement, page de la commune de {}",
    AliasKind.REGION: "ancienne région, aujourd’hui dans la région {}",
    AliasKind.USAGE: "nom courant, voir {}",
}


def say_place(row: Row, home: Place | None, reason: str) -> str:
    """Say what a name leads to: « commune · Seine-Saint-Denis (93) · 150 000 hab. ».

    ``home`` is the département (or overseas collectivity) it lies in, and ``reason`` the code that
    answers, empty when the name does.
    """
    place, level = row.place, row.place.id.level
    overseas = home is not None and not home.region_code
    if row.alias in _ALIASES:
        what = _ALIASES[row.alias].format(place.name)
    elif overseas and level is Level.DEPARTEMENT:
        what = _OVERSEAS_KINDS.get(place.id.code, "collectivité d’outre-mer")
    else:
        what = row.detail or LEVEL_LABELS[level]
    parts = [what]
    if row.alias is not AliasKind.ARRONDISSEMENT:
        if home:
            own = level is Level.DEPARTEMENT
            parts.append(place.id.code if own else f"{home.name}{NBSP}({home.id.code})")
        if place.population is not None:
            parts.append(f"{format_number(place.population)}{NBSP}hab.")
        if overseas:
            parts.append("hors de la carte")
    return " · ".join(part for part in (*parts, reason.replace(" ", NBSP)) if part)
