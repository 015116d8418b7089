"""French words of what an update changes: names of tables and columns, values as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from territoires.domain.directory import Directory
from territoires.domain.indicators import Fiabilite, Source
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import Row
from territoires.errors import UnknownTerritoryError
from territoires.tables.updates.catalogue_words import LABELS as CATALOGUE_WORDS
from territoires.tables.updates.compare import Tables
from territoires.views.french import LEVEL_LABELS, agree, format_wave


class Change(StrEnum):
    """What became of a row, in the word that is shown."""

    CHANGED = "modifié"
    ADDED = "ajouté"
    REMOVED = "retiré"


@dataclass(frozen=True, slots=True)
class TableWords:
    """A table as it is called: its title, and one or several of its rows."""

    title: str
    singular: str
    plural: str
    is_feminine: bool = False
    #: Columns that name a row.
    name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What gives names to codes: those of the new tables first, then of the old ones."""

    directory: Directory
    sources: Mapping[str, str]
    indicators: Mapping[str, str]
    kinds: Mapping[str, str]
    domains: Mapping[str, str]


FIABILITES = {
    Fiabilite.CLAIRE.value: "claire",
    Fiabilite.AMBIGUE.value: "ambiguë ou contredite",
    Fiabilite.SANS_OBJET.value: "sans objet (simulé)",
}
TABLES: Mapping[str, TableWords] = {
    "indicators": TableWords("Catalogue", "indicateur", "indicateurs", name=("label",)),
    "sources": TableWords("Registre des sources", "source", "sources", True, ("title",)),
    "catalysts": TableWords("Acteurs", "acteur", "acteurs", name=("name",)),
    "catalyst_kinds": TableWords(
        "Catégories d’acteurs", "catégorie d’acteurs", "catégories d’acteurs", True, ("label",)
    ),
    "zonages": TableWords(
        "Zonages", "rattachement à une zone", "rattachements à une zone", name=("zone_name",)
    ),
    "lists": TableWords("Réserves des listes", "réserve de liste", "réserves de liste", True),
    "domains": TableWords("Domaines", "domaine de fragilité", "domaines de fragilité"),
    "contradictions": TableWords(
        "Lectures divergentes", "lecture divergente", "lectures divergentes", True, ("topic",)
    ),
    "unavailable": TableWords(
        "Non disponible",
        "résultat non disponible",
        "résultats non disponibles",
        name=("statement",),
    ),
    "groupings": TableWords(
        "Regroupements",
        "résultat de regroupement",
        "résultats de regroupement",
        name=("statement", "grouping_name"),
    ),
    "context_facts": TableWords(
        "Repères de contexte", "repère de contexte", "repères de contexte", name=("statement",)
    ),
    "resources": TableWords("Ressources", "ressource", "ressources", True, ("title",)),
    "milestones": TableWords(
        "Chronologie", "date de la chronologie", "dates de la chronologie", True, ("title",)
    ),
    "programme_experience": TableWords(
        "Parcours d’expérience", "élément du parcours", "éléments du parcours"
    ),
}
_OTHER_ROWS = TableWords("Autres lignes", "ligne", "lignes", True)
_NAMING = ("label", "name", "title", "statement", "topic")
#: Names of columns, those of one table before those of all.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "catalysts": {
        "kind": "catégorie",
        "note": "note",
        "precision": "précision du lieu",
        "actor_id": "identifiant",
    },
    "indicators": {
        "description": "énoncé publié",
        "kind": "nature de la mesure",
        "nature": "origine",
        "indicator_id": "identifiant",
    },
    "sources": {"kind": "type", "source_id": "identifiant"},
    "": {
        "actor": "qui a été interrogé",
        "actor_label": "qui, en toutes lettres",
        "associations": "associations",
        "base": "population de calcul",
        "caveat": "réserve",
        "citoyens": "citoyens",
        "code": "code",
        "collectivites": "collectivités",
        "comparable_with": "comparable avec",
        "contradictions": "lectures divergentes",
        "cycle": "cycle d’études",
        "date": "date",
        "date_end": "fin",
        "date_start": "début",
        "decimals": "décimales",
        "deff": "effet de plan",
        "departement_code": "département",
        "description": "description",
        "detail": "détail",
        "direction": "sens de lecture",
        "domain_id": "domaines de fragilité",
        "entreprises": "entreprises",
        "epci_code": "intercommunalité",
        "exhaustive": "liste complète",
        "fiabilite": "fiabilité",
        "grouping_name": "regroupement",
        "insee_commune": "commune",
        "kind": "type",
        "label": "libellé",
        "level": "niveau",
        "levels": "niveaux",
        "licence": "licence",
        "metier": "métier",
        "name": "nom",
        "note": "note",
        "order": "ordre",
        "parent": "élément parent",
        "partners": "partenaires",
        "place_name": "lieu",
        "producer": "producteur",
        "publisher": "éditeur",
        "reading": "lecture",
        "reading_1": "une lecture",
        "reading_2": "une autre lecture",
        "reason": "raison",
        "recommended_display": "affichage conseillé",
        "reference_date": "date de référence",
        "region_code": "région",
        "region_codes": "régions",
        "respondents": "réponses",
        "section": "partie",
        "source_id": "source",
        "sources": "sources",
        "source_order": "ordre dans la source",
        "statement": "énoncé",
        "status": "statut",
        "status_in_source": "ce que la source en dit",
        "step": "étape",
        "study": "étude",
        "territory_code": "code du territoire",
        "territory_level": "niveau du territoire",
        "territory_name": "territoire",
        "theme": "thème",
        "title": "titre",
        "topic": "sujet",
        "unit": "unité",
        "unit_label": "unité, telle qu’elle se lit",
        "url": "adresse",
        "usage": "usage",
        "value": "valeur",
        "value_text": "formule en toutes lettres",
        "wave": "vague",
        "waves": "vagues",
        "zone_name": "nom de la zone",
        "zoning_name": "nom du zonage",
    },
}
_PLACES = {
    "insee_commune": Level.COMMUNE,
    "epci_code": Level.EPCI,
    "departement_code": Level.DEPARTEMENT,
    "region_code": Level.REGION,
}
_YES_OR_NO = ("exhaustive", "citoyens", "associations", "entreprises", "collectivites")
_BOOLEANS = {"true": "oui", "false": "non"}


def find_known(
    old: Tables, new: Tables, directory: Directory, sources: Mapping[str, Source]
) -> Known:
    """Gather the names that the two sets of tables give to codes.

    Parameters
    ----------
    sources
        Those of the published set, for tables that come without theirs.
    """

    def names(table: str, key: str, label: str) -> dict[str, str]:
        rows = (*old.get(table, ()), *new.get(table, ()))
        return {row[key]: row[label] for row in rows}

    titles = {key: source.title for key, source in sources.items()}
    return Known(
        directory=directory,
        sources={**titles, **names("sources", "source_id", "title")},
        indicators=names("indicators", "indicator_id", "label"),
        kinds=names("catalyst_kinds", "kind", "label"),
        domains=names("domains", "domain_id", "label"),
    )


def words_of(table: str) -> TableWords:
    """Give what a table is called; an unknown one has no name of its own."""
    return TABLES.get(table, _OTHER_ROWS)


def inflect(number: int, word: str, *, is_feminine: bool = False) -> str:
    """Make « ajouté » agree with what it is said of."""
    one = f"{word}e" if is_feminine else word
    return agree(number, one, f"{one}s")


def name_column(table: str, column: str) -> str:
    """Name a column; an unknown one keeps its own name."""
    return COLUMNS.get(table, {}).get(column) or COLUMNS[""].get(column, column)


def name_place(level: str, code: str, directory: Directory) -> str:
    """Name a territory; one that does not exist keeps its code."""
    try:
        return directory.get(TerritoryId(Level(level), code)).name
    except (ValueError, UnknownTerritoryError):
        return f"code {code}" if code else ""


def name_level(level: str) -> str:
    """Name a level; an unknown one is given as written."""
    return LEVEL_LABELS[Level(level)] if level in set(Level) else level


def name_row(table: str, row: Row, known: Known) -> str:
    """Name a row of a register by what a person calls it."""
    if table == "zonages":
        place = name_place(row.get("level", ""), row.get("code", ""), known.directory)
        return f"{row.get('zone_name', '')} – {place}"
    columns = words_of(table).name or _NAMING
    parts = [row[column] for column in columns if row.get(column)]
    return " – ".join(parts) or next((text for text in row.values() if text), "ligne sans nom")


def read_cell(table: str, column: str, text: str, known: Known) -> str:
    """Write a cell in words: names for codes, French for the values of the contract."""
    if column in {"value", "deff"}:
        return text.replace(".", ",")
    # Lists of identifiers are separated by spaces.
    if column in {"wave", "waves"}:
        return ", ".join(format_wave(wave) for wave in text.split())
    if column in {"level", "levels", "territory_level", "precision"}:
        return ", ".join(name_level(part) for part in text.split())
    if column in _PLACES:
        return name_place(_PLACES[column], text, known.directory)
    names = _names_for(table, column, known)
    parts = [text] if text in names else text.split(" ")
    return ", ".join(names.get(part, part) for part in parts) if names else text


def _names_for(table: str, column: str, known: Known) -> Mapping[str, str]:
    """Give the names of what a column holds; none where its cells are words already."""
    if table == "indicators" and column in CATALOGUE_WORDS:
        return CATALOGUE_WORDS[column]
    if column == "kind":
        return known.kinds if table == "catalysts" else {}
    return {
        "source_id": known.sources,
        "fiabilite": FIABILITES,
        "domain_id": known.domains,
        "comparable_with": known.indicators,
        **dict.fromkeys(_YES_OR_NO, _BOOLEANS),
    }.get(column, {})
