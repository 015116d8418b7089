"""Single values of a link, each checked against what exists; a bad one falls back with a notice."""

from __future__ import annotations

import re

from territoires.domain.directory import Directory
from territoires.domain.selection import Mode
from territoires.domain.territories import Level, TerritoryId
from territoires.errors import UnknownTerritoryError
from territoires.views.french import quote_short

#: Territories that « Comparer » sets side by side.
MAX_COMPARED = 5
#: Short names that the page concerned checks against what exists.
_SHORT_NAME = re.compile(r"[a-z0-9_-]{1,60}")
_ANSWERS = re.compile(r"[0-3-]{5}")


def resolve_mode(text: str | None, notices: list[str]) -> Mode:
    """Read what the colours say."""
    if not text or text in set(Mode):
        return Mode(text) if text else Mode.VALEUR
    notices.append(f"« voir={quote_short(text)} » n’existe pas : voici la valeur.")
    return Mode.VALEUR


def resolve_actors(text: str | None, notices: list[str]) -> bool:
    """Read whether the actors are shown."""
    if text and text not in {"oui", "non"}:
        notices.append(
            f"« acteurs={quote_short(text)} » se lit « oui » ou « non » : voici les acteurs."
        )
    return text != "non"


def resolve_compared(
    text: str | None, directory: Directory, notices: list[str]
) -> tuple[TerritoryId, ...]:
    """Read the territories set side by side: those that exist, each once, a handful at most."""
    asked = list(dict.fromkeys((text or "").split()))
    found = tuple(
        territory
        for name in asked[:MAX_COMPARED]
        if (territory := resolve_territory(name, directory, notices))
    )
    if len(asked) > MAX_COMPARED:
        notices.append(
            f"{len(asked)} territoires demandés : la comparaison en montre {MAX_COMPARED} au plus."
        )
    return found


def resolve_within(
    text: str | None, directory: Directory, notices: list[str]
) -> TerritoryId | None:
    """Read the wider territory that the map is limited to; the country is no limit."""
    territory = resolve_territory(text, directory, notices)
    if territory is None or territory.level is Level.PAYS:
        return None
    if territory.level is Level.COMMUNE:
        notices.append(f"« dans={territory} » : une commune ne contient aucun autre territoire.")
        return None
    return territory


def resolve_answers(text: str | None, notices: list[str]) -> str:
    """Read the answers of the self-assessment."""
    if text and not _ANSWERS.fullmatch(text):
        notices.append(
            f"« reponses={quote_short(text)} » ne se lit pas : cinq caractères de 0 à 3 (ou « - ») "
            "sont attendus ; l’autodiagnostic est vide."
        )
        return ""
    return text or ""


def short_name(text: str | None) -> str:
    """Keep a short name; the page that lists what bears it knows which exist."""
    return text if text and _SHORT_NAME.fullmatch(text) else ""


def resolve_territory(
    text: str | None, directory: Directory, notices: list[str]
) -> TerritoryId | None:
    """Read a territory that exists."""
    if not text:
        return None
    try:
        territory = TerritoryId.parse(text)
    except UnknownTerritoryError as error:
        notices.append(f"{error.message} {error.remedy}")
        return None
    if territory in directory:
        return territory
    if territory.level is Level.ZONE:
        notices.append(f"La zone « {territory} » n’existe pas dans ce jeu de données.")
    else:
        notices.append(
            f"Le territoire « {territory} » n’existe pas au code officiel géographique 2026."
        )
    return None
