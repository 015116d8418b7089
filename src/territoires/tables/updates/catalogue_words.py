"""French words of a catalogue file for the values of the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping

from territoires.tables.updates.registers import read_columns
from territoires.tables.zoning_columns import plain

#: Column → words as people write them, without accents nor capitals → value of the contract.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "taux": "rate",
        "part": "rate",
        "pourcentage": "rate",
        "effectif": "count",
        "nombre": "count",
        "note": "score",
        "score": "score",
        "montant": "amount",
        "rapport": "ratio",
        "ratio": "ratio",
    },
    "direction": {
        "haut favorable": "haut_favorable",
        "favorable": "haut_favorable",
        "une valeur haute est favorable": "haut_favorable",
        "haut fragile": "haut_fragile",
        "fragile": "haut_fragile",
        "une valeur haute est une fragilite": "haut_fragile",
        "neutre": "neutre",
    },
    "nature": {"enquete": "enquete", "contexte": "contexte", "insee": "contexte", "cog": "cog"},
    "usage": {"resultat": "resultat", "methode": "methode"},
    "status": {
        "publie": "publie",
        "provisoire": "provisoire",
        "simule": "simule",
        "simulee": "simule",
    },
    "actor": {
        "habitants": "citoyens",
        "elus locaux": "elus",
        "associations sans salarie": "associations_non_employeuses",
        "acteur non precise": "non_precise",
        "ensemble du territoire": "territoire",
    },
    "unit": {
        "pour cent": "%",
        "pourcent": "%",
        "pourcentage": "%",
        "note sur 10": "note_sur_10",
        "sur 10": "sur_10",
        "sur 4": "sur_4",
        "sur 3": "sur_3",
        "sur 2": "sur_2",
        "en toutes lettres": "mots",
    },
}
#: What a template writes for each value, where the contract's own is not French.
LABELS: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "rate": "taux",
        "count": "effectif",
        "score": "note",
        "amount": "montant",
        "ratio": "rapport",
    },
    "direction": {
        "haut_favorable": "haut favorable",
        "haut_fragile": "haut fragile",
        "neutre": "neutre",
    },
    "actor": {
        "elus": "élus",
        "associations_employeuses": "associations employeuses",
        "associations_non_employeuses": "associations non employeuses",
        "non_precise": "acteur non précisé",
    },
    "unit": {
        "note_sur_10": "note sur 10",
        "sur_10": "sur 10",
        "sur_4": "sur 4",
        "sur_3": "sur 3",
        "sur_2": "sur 2",
        "mots": "en toutes lettres",
    },
    "nature": {"enquete": "enquête", "contexte": "contexte", "cog": "COG"},
    "usage": {"resultat": "résultat", "methode": "méthode"},
    "status": {"publie": "publié", "provisoire": "provisoire", "simule": "simulé"},
}
#: Units that go with each kind of measure.
UNITS: Mapping[str, frozenset[str]] = {
    "rate": frozenset({"%", "% par an", "mots"}),
    "count": frozenset({"nombre", "mots"}),
    "score": frozenset({"note_sur_10", "sur_10", "mots"}),
    "amount": frozenset({"€ par unité de consommation", "€ par habitant", "nombre"}),
    "ratio": frozenset({"sur_10", "sur_4", "sur_3", "sur_2", "rapport", "pour 100", "mots"}),
}
_LISTED = re.compile(r"[\s,;|]+")


def to_value(column: str, text: str) -> str:
    """Give the value of the contract that a cell means, or the cell itself."""
    allowed = next((c.enum for c in read_columns("indicators") if c.name == column), ())
    if not text or not allowed or text in allowed:
        return text
    words = _bare(text)
    for value in allowed:
        if _bare(value) == words:
            return value
    return _WORDS.get(column, {}).get(words, text)


def to_label(column: str, value: str) -> str:
    """Give the French word of a value of the contract."""
    return LABELS.get(column, {}).get(value, value)


def say_allowed(column: str) -> str:
    """List what a cell may hold: « taux », « effectif »…"""
    allowed = next((c.enum for c in read_columns("indicators") if c.name == column), ())
    return ", ".join(f"«\u00a0{to_label(column, value)}\u00a0»" for value in allowed)


def to_list(text: str) -> str:
    """Give identifiers separated by spaces, whatever separated them."""
    return " ".join(part for part in _LISTED.split(text) if part)


def _bare(text: str) -> str:
    return " ".join(plain(text).replace("_", " ").replace("’", "'").split())
