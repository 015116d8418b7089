"""What a person said of a file, as text to be kept beside it; read back as hostile."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any, TypeVar

from territoires.domain.territories import Level
from territoires.domain.updates import Absent, Choices, ColumnRole, Dialect, FileKind, Scale
from territoires.errors import TerritoiresError

MAX_LENGTH = 5_000_000
_TEXTS = (
    "indicator_id", "wave", "source_id", "fiabilite", "caveat", "study", "statement", "zoning_name",
)  # fmt: skip
_MAX_TEXT = 2_000
_MAX_NUMBER = 2**31 - 1
#: Half characters, which JSON can spell and no file can hold.
_HALF = re.compile("[\ud800-\udfff]")

E = TypeVar("E", bound=StrEnum)


class ChoicesError(TerritoiresError):
    """A text that does not hold the choices of an update."""


def to_json(choices: Choices) -> str:
    """Write choices as JSON; the same choices always give the same text."""
    return json.dumps(asdict(choices), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_choices(text: str) -> Choices:
    """Read choices from JSON; what is left out keeps its default.

    Raises
    ------
    ChoicesError
        When the text is not JSON of that shape; the message names the part that is wrong.
    """
    if len(text) > MAX_LENGTH:
        raise _error("fichier entier", "un texte moins long")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _error("fichier entier", "du JSON") from error
    data = _mapping(data, "fichier entier")
    known = {field.name for field in fields(Choices)}
    if unknown := sorted(set(data) - known):
        raise _error(unknown[0][:40], "l’un des noms " + ", ".join(sorted(known)))
    return Choices(
        kind=_enum(data, "kind", FileKind, FileKind.OBSERVATIONS),
        dialect=_dialect(_mapping(_given(data, "dialect", {}), "dialect")),
        confirmed=data.get("confirmed") is True,
        columns=tuple(_role(part) for part in _list(data, "columns")),
        places=tuple(_pair(part, "places") for part in _list(data, "places")),
        excluded=tuple(_number(part, "excluded") for part in _list(data, "excluded")),
        level=None if _given(data, "level", "") == "" else _enum(data, "level", Level, None),
        scale=_enum(data, "scale", Scale, Scale.UNKNOWN),
        absent=_enum(data, "absent", Absent, Absent.KEEP),
        new_source=tuple(_pair(part, "new_source") for part in _list(data, "new_source")),
        new_indicators=tuple(
            tuple(_pair(part, "new_indicators") for part in _items(row, "new_indicators"))
            for row in _list(data, "new_indicators")
        ),
        **{name: _text(data.get(name, ""), name) for name in _TEXTS},
    )


def _error(part: str, expected: str) -> ChoicesError:
    return ChoicesError(
        f"Ces choix ne peuvent pas être relus : {part}, attendu {expected}.",
        remedy="Reprenez la mise à jour depuis le fichier.",
    )


def _mapping(value: object, part: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _error(part, "un objet")
    return value


def _items(value: object, part: str) -> list[object]:
    if not isinstance(value, list):
        raise _error(part, "une liste")
    return value


def _given(data: dict[str, Any], name: str, default: object) -> object:
    """Give a part; null is as good as absent."""
    value = data.get(name)
    return default if value is None else value


def _list(data: dict[str, Any], name: str) -> list[object]:
    return _items(data.get(name, []), name)


def _text(value: object, part: str) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT or _HALF.search(value):
        raise _error(part, f"un texte de {_MAX_TEXT} caractères au plus")
    return value


def _number(value: object, part: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MAX_NUMBER:
        raise _error(part, "un nombre entier")
    return value


def _pair(value: object, part: str) -> tuple[str, str]:
    two = _items(value, part)
    if len(two) != 2:  # noqa: PLR2004 - a pair
        raise _error(part, "des paires")
    return _text(two[0], part), _text(two[1], part)


def _enum(data: dict[str, Any], name: str, kind: type[E], default: E | None) -> Any:
    value = data.get(name, default)
    if not isinstance(value, str) or value not in set(kind):
        raise _error(name, "l’une des valeurs " + ", ".join(kind))
    return kind(value)


def _role(value: object) -> ColumnRole:
    role = _mapping(value, "columns")
    return ColumnRole(
        _number(role.get("position"), "columns"),
        *(_text(role.get(name, ""), "columns") for name in ("field", "indicator_id", "wave")),
    )


def _dialect(data: dict[str, Any]) -> Dialect:
    encoding, separator, decimal, sheet = (
        _text(data.get(name, ""), "dialect")
        for name in ("encoding", "separator", "decimal", "sheet")
    )
    return Dialect(
        encoding, separator, decimal, sheet, _number(data.get("heading_row", 0), "dialect")
    )
