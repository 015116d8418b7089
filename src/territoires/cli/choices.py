"""Options typed at the terminal, as the choices of an update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from territoires.cli.options import Options
from territoires.cli.output import WrongUseError
from territoires.domain.territories import Level
from territoires.domain.updates import (
    Absent,
    Choices,
    ColumnMatch,
    ColumnRole,
    Dialect,
    FileKind,
    Scale,
)
from territoires.tables.matching import FIELDS, IGNORED, match_columns
from territoires.tables.published import Published
from territoires.tables.sheets import read_sheet
from territoires.tables.updates.choices import read_choices

_TEXTS = {
    "indicateur": "indicator_id",
    "vague": "wave",
    "source": "source_id",
    "fiabilite": "fiabilite",
    "reserve": "caveat",
    "etude": "study",
    "enonce": "statement",
    "nom": "zoning_name",
}
_DIALECT = {
    "feuille": "sheet",
    "encodage": "encoding",
    "separateur": "separator",
    "decimale": "decimal",
    "ligne_titres": "heading_row",
}


def to_choices(options: Options, content: bytes, name: str, published: Published) -> Choices:
    """Give the choices that the options say, over those of ``--choix``.

    They are confirmed: at the terminal nothing is published before the person has seen them.

    Raises
    ------
    WrongUseError
        When an option names a column that the file does not have.
    ChoicesError
        When the file of ``--choix`` does not hold choices.
    """
    choices = Choices()
    if options.choix:
        choices = read_choices(Path(options.choix).read_text(encoding="utf-8", errors="replace"))
    choices = _override(options, choices)
    if options.colonne:
        choices = replace(choices, columns=_columns(options, choices, content, name, published))
    return replace(choices, confirmed=True)


def _override(options: Options, choices: Choices) -> Choices:
    given = vars(options)
    dialect = {field: given[option] for option, field in _DIALECT.items() if given[option]}
    if dialect.get("separator") == "tab":
        dialect["separator"] = "\t"
    texts = {field: given[option] for option, field in _TEXTS.items() if given[option] is not None}
    return replace(
        choices,
        kind=FileKind(options.type) if options.type else choices.kind,
        level=Level(options.niveau) if options.niveau else choices.level,
        scale=Scale(options.echelle) if options.echelle else choices.scale,
        absent=Absent(options.absents) if options.absents else choices.absent,
        places=tuple({**dict(choices.places), **dict(options.place or ())}.items()),
        excluded=tuple(sorted({*choices.excluded, *(options.exclure or ())})),
        dialect=replace(choices.dialect, **dialect) if dialect else choices.dialect,
        **texts,
    )


def _columns(
    options: Options, choices: Choices, content: bytes, name: str, published: Published
) -> tuple[ColumnRole, ...]:
    """Give every column its role: as typed, else as chosen, else as proposed."""
    sheet, _ = read_sheet(content, name, choices.dialect or Dialect())
    if sheet is None:
        return choices.columns
    waves = sorted({wave for one in published.catalogue.values() for wave in one.waves})
    matches = match_columns(sheet, choices.kind, published.catalogue, waves)
    roles = {match.role.position: match.role for match in matches}
    roles |= {role.position: role for role in choices.columns}
    for heading, field, indicator, wave in options.colonne:
        position = _find(heading, matches)
        roles[position] = ColumnRole(position, _field(field, choices.kind), indicator, wave)
    return tuple(roles[position] for position in sorted(roles))


def _find(heading: str, matches: Sequence[ColumnMatch]) -> int:
    for wanted in (str.strip, str.casefold):
        found = [m.role.position for m in matches if wanted(m.heading) == wanted(heading)]
        if len(found) == 1:
            return found[0]
    raise WrongUseError(
        f"Le fichier n’a pas une colonne, et une seule, de titre « {heading[:60]} ».",
        remedy="Ses colonnes : " + ", ".join(f"« {m.heading[:40]} »" for m in matches[:30]) + ".",
    )


def _field(text: str, kind: FileKind) -> str:
    names = {field.name: field.name for field in FIELDS[kind]}
    names |= {field.label.casefold(): field.name for field in FIELDS[kind]}
    names[IGNORED] = IGNORED
    found = names.get(text) or names.get(text.casefold())
    if found is None:
        raise WrongUseError(
            f"« {text[:60]} » n’est pas un champ de ce type de fichier.",
            remedy="Les champs : " + ", ".join([*(f.name for f in FIELDS[kind]), IGNORED]) + ".",
        )
    return found
