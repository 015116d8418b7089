"""Headings known for what they are, whose columns are left out."""

from __future__ import annotations

from collections.abc import Mapping

from territoires.domain.updates import FileKind

_POSTCODE = "un code postal n’est pas un code officiel"
_INNER = "tenu par l’application"
#: Headings known for what they are and left out, and why; under None, of every kind of file.
KNOWN_AND_IGNORED: Mapping[FileKind | None, Mapping[str, str]] = {
    None: {
        "problemes trouves": "colonne ajoutée par la vérification",
        "code postal": _POSTCODE,
        "codes postaux": _POSTCODE,
        "cp": _POSTCODE,
        **dict.fromkeys(
            ("latitude", "longitude", "lat", "lon", "lng", "superficie", "surface", "rang", "rank"),
            "",
        ),
    },
    FileKind.OBSERVATIONS: {
        **dict.fromkeys(("observation id", "contradictions", "cycle", "fact id"), _INNER),
        **dict.fromkeys(("evolution", "ecart", "population", "pop", "nombre d habitants"), ""),
    },
    FileKind.CATALYSTS: {"precision": "déduite du lieu"},
    FileKind.CATALOGUE: {
        **dict.fromkeys(("levels", "niveaux", "waves", "vagues"), "déduit des chiffres")
    },
    FileKind.ZONING: {
        **dict.fromkeys(("zoning id", "zoning name", "level", "niveau"), _INNER),
        "nom du territoire": "le code suffit",
    },
}
