"""Columns of the templates: their heading, what they hold, and the contract they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from territoires.domain.territories import Level
from territoires.domain.updates import FileKind
from territoires.tables.updates.catalogue_words import LABELS
from territoires.tables.updates.registers import Column, read_columns

#: Levels as the templates write them.
LEVELS: Mapping[Level, str] = {
    Level.PAYS: "pays",
    Level.REGION: "région",
    Level.DEPARTEMENT: "département",
    Level.EPCI: "EPCI",
    Level.COMMUNE: "commune",
}
#: Heading of the column that helps to read a template and says nothing to the application.
HELP_HEADING = "Nom du territoire"
HELP = "help"
_TABLES = {
    FileKind.OBSERVATIONS: "observations",
    FileKind.CATALYSTS: "catalysts",
    FileKind.CATALOGUE: "indicators",
    FileKind.ZONING: "zonages",
}
#: Field → column of the contract, where the names differ.
_COLUMNS: Mapping[FileKind, Mapping[str, str]] = {
    FileKind.OBSERVATIONS: {"indicator": "indicator_id", "source": "source_id", "name": ""},
    FileKind.CATALYSTS: {
        "commune": "insee_commune",
        "epci": "epci_code",
        "departement": "departement_code",
        "region": "region_code",
        "source": "source_id",
    },
    FileKind.CATALOGUE: {},
    FileKind.ZONING: {"member": "code", "zone": "zone_code", HELP: ""},
}
_FIELDS: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.OBSERVATIONS: (
        "code", "name", "level", "indicator", "wave", "value", "respondents", "deff", "value_text",
        "fiabilite", "caveat", "statement", "source", "study",
    ),
    FileKind.ZONING: ("member", HELP, "zone", "zone_name"),
}  # fmt: skip
_NUMBERS = frozenset({"value", "respondents", "deff", "decimals"})
#: What the templates ask, where it is not what the contract asks.
_REQUIRED: Mapping[FileKind, frozenset[str]] = {
    FileKind.OBSERVATIONS: frozenset({"code", "level", "indicator", "wave"}),
    FileKind.CATALYSTS: frozenset({"name", "kind", "status_in_source"}),
    FileKind.ZONING: frozenset({"member"}),
}
_TOLD: Mapping[FileKind, Mapping[str, str]] = {
    FileKind.OBSERVATIONS: {
        "code": "Code officiel du territoire : « 01 » et « 1 » se lisent de même. Le niveau dit de "
        "quel code il s’agit.",
        "name": "Nom du territoire, pour vous repérer ; il doit s’accorder avec le code.",
        "level": "Niveau du territoire.",
        "indicator": "Identifiant ou libellé exact de l’indicateur, pris dans le catalogue.",
        "value": "Valeur publiée, sans unité. Une cellule vide n’apporte rien.",
        "source": "Identifiant ou titre exact d’une source du registre.",
        "fiabilite": "« claire », ou « ambigue » si le chiffre est approché ou contredit : une "
        "réserve est alors obligatoire.",
    },
    FileKind.CATALYSTS: {
        "actor_id": "Identifiant de l’acteur. Vide pour un acteur nouveau : il sera fait du nom.",
        "kind": "Catégorie, parmi celles du registre.",
        "commune": "Code Insee ou nom de la commune, si elle est connue.",
        "epci": "Numéro SIREN ou nom de l’intercommunalité, si elle est connue.",
        "departement": "Code ou nom du département, si l’on ne sait pas mieux.",
        "region": "Code ou nom de la région. Déduite du lieu le plus fin si elle est vide.",
        "source": "Identifiant ou titre exact d’une source du registre.",
        "fiabilite": "« claire », ou « ambigue » si le fait est approché ou contredit.",
    },
    FileKind.ZONING: {
        "member": "SIREN d’un EPCI ou code Insee d’une commune ; tout le zonage est fait des uns "
        "ou des autres.",
        HELP: "Nom du membre, pour vous repérer ; il n’est pas lu.",
        "zone": "Code de la zone. Une ligne sans zone est laissée de côté.",
    },
}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column: its field, its heading, what it holds and what the contract asks of it."""

    field: str
    heading: str
    description: str
    is_required: bool
    is_number: bool
    contract: Column | None

    @property
    def allowed(self) -> tuple[str, ...]:
        """Give the only words it may hold, as the templates write them; none when it is free."""
        if self.field == "level":
            return tuple(LEVELS.values())
        if self.contract is None or self.field == "fiabilite":
            return ("claire", "ambigue") if self.field == "fiabilite" else ()
        labels = LABELS.get(self.field, {}) if self.field in LABELS else {}
        return tuple(labels.get(value, value) for value in self.contract.enum)

    @property
    def example(self) -> str:
        """Give an example; empty where the contract has none."""
        return self.contract.example if self.contract else ""


@lru_cache(maxsize=8)
def template_columns(kind: FileKind) -> tuple[TemplateColumn, ...]:
    """Give the columns of the template of a kind, in their order."""
    from territoires.tables.matching import FIELDS  # noqa: PLC0415 - needed by analysts alone

    labels = {field.name: field.label for field in FIELDS[kind]} | {HELP: HELP_HEADING}
    contract = {column.name: column for column in read_columns(_TABLES[kind])}
    return tuple(
        _to_column(kind, field, labels[field], contract.get(_COLUMNS[kind].get(field, field)))
        for field in _FIELDS.get(kind, tuple(field.name for field in FIELDS[kind]))
    )


def build_schema(kind: FileKind) -> bytes:
    """Write the Table Schema of the template of a kind, to check a file anywhere else.

    It describes the « standard » template: commas, decimal points, UTF-8.
    """
    schema = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "name": f"modele-{kind}",
        "title": f"Modèle de fichier\u00a0: {kind}",
        "description": "Fichier à apporter sur la page «\u00a0Mise à jour\u00a0»\u00a0: CSV en UTF-8, "
        "séparé par des virgules, point décimal.",
        "fields": [_to_field(column) for column in template_columns(kind)],
        "missingValues": [""],
    }
    if kind is FileKind.OBSERVATIONS:
        keys = ("code", "level", "indicator", "wave")
        schema["primaryKey"] = _headings(kind, keys)
    elif kind is FileKind.CATALOGUE:
        schema["primaryKey"] = _headings(kind, ("indicator_id",))
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _headings(kind: FileKind, fields: tuple[str, ...]) -> list[str]:
    return [column.heading for column in template_columns(kind) if column.field in fields]


def _to_column(kind: FileKind, field: str, heading: str, contract: Column | None) -> TemplateColumn:
    told = _TOLD.get(kind, {}).get(field, contract.description if contract else "")
    required = _REQUIRED.get(kind)
    return TemplateColumn(
        field=field,
        heading=heading,
        description=told,
        is_required=field in required
        if required is not None
        else contract is not None and contract.required,
        is_number=field in _NUMBERS,
        contract=contract,
    )


def _to_field(column: TemplateColumn) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    field = {
        "name": column.heading,
        "type": "string",
        "description": column.description,
    }
    if column.contract is not None:
        if column.is_number:
            field["type"] = column.contract.type
        given = column.contract.field.get("constraints", {})
        kept = ("minimum", "maximum", "maxLength")
        constraints |= {name: given[name] for name in kept if name in given}
        # A name is read where a code is: only what must be written so is held to its form.
        if column.field in {"wave", "actor_id", "indicator_id", "member"} and "pattern" in given:
            constraints["pattern"] = given["pattern"]
        if column.example:
            field["example"] = column.example
    return {**field, "constraints": constraints} if constraints else field
