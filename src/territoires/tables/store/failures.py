"""What a database says when it fails, in French and with what to do."""

from __future__ import annotations

from territoires.errors import StoreError

_CAUSES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("database is locked", "database table is locked", "lock timeout", "busy"),
        "La base des versions est occupée par un autre programme.",
        "Attendez un instant et recommencez. Si cela dure, fermez le programme qui la tient.",
    ),
    (
        ("disk is full", "no space left", "quota", "too big"),
        "Il n’y a plus de place sur le disque pour la base des versions.",
        "Libérez de la place, puis recommencez.",
    ),
    (
        ("readonly", "read-only", "permission", "access denied"),
        "La base des versions est en lecture seule.",
        "Donnez au serveur le droit d’écrire dans ce fichier et dans son dossier.",
    ),
    (
        ("not a database", "malformed", "encrypted", "corrupt", "could not decode"),
        "Le fichier de la base des versions est abîmé, ou n’en est pas une.",
        "Mettez-le de côté sous un autre nom, puis restaurez une sauvegarde "
        "(territoires restore FICHIER).",
    ),
    (
        ("immutable", "foreign key", "unique constraint", "constraint failed"),
        "La base des versions a refusé une écriture qui contredit ce qu’elle garde.",
        "Rechargez la page et recommencez.",
    ),
    (
        ("unable to open", "not a directory", "is a directory", "file exists", "could not connect",
         "connection refused", "no such file"),
        "La base des versions ne s’ouvre pas.",
        "Vérifiez TERRITOIRES_DATABASE_URL, le dossier et les droits.",
    ),
    (
        ("disk i/o", "input/output"),
        "Le disque de la base des versions a répondu par une erreur.",
        "Vérifiez le disque et la place libre, puis recommencez. Si son fichier vient d’être déplacé, "
        "arrêtez d’abord le serveur.",
    ),
)  # fmt: skip
_UNKNOWN = (
    (),
    "La base des versions a répondu par une erreur.",
    "Recommencez ; si cela dure, regardez le journal du serveur.",
)


def to_store_error(error: Exception) -> StoreError:
    """Tell a failure of the database; its own words are kept, never its address or password."""
    words = str(getattr(error, "orig", None) or error)
    lower = words.lower()
    known = (cause for cause in _CAUSES if any(mark in lower for mark in cause[0]))
    _, message, remedy = next(known, _UNKNOWN)
    return StoreError(
        f"{message} Rien n’a été modifié.",
        remedy=remedy,
        details=(f"Réponse de la base : {words.splitlines()[0][:200]}",) if words else (),
    )
