"""A release that waits, in HTML."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.versions import Version
from territoires.render import html
from territoires.render.typography import escape
from territoires.tables.updates.compare import Conflict
from territoires.views.french import count


def title(label: str) -> str:
    """Head what a newer release brings."""
    return (
        '<h2 id="livraison">Une livraison attend</h2>'
        f'<p class="phrase">{escape(label)} : ces données diffèrent de celles qui sont en ligne. '
        "Rien ne change tant que personne ne les publie ; ce qui a été publié ici est gardé.</p>"
    )


def conflicts(found: Sequence[Conflict]) -> str:
    """List the rows changed on both sides; those published here stay."""
    lines = [f"{one.table}.csv : {_name(one)}" for one in found[:50]]
    number = count(len(found), "ligne changée des deux côtés", "lignes changées des deux côtés")
    return html.notice([f"{number} : celle publiée ici est gardée."], details=lines)


def _name(conflict: Conflict) -> str:
    row = conflict.mine or conflict.theirs or conflict.base or {}
    return next(iter(row.values()), "")


def broken_release(message: str, details: Sequence[str]) -> str:
    """Tell that the shipped files are broken, and that what is online is not touched."""
    return html.notice(
        ["Les données livrées avec l’application ne peuvent pas être proposées.", message],
        details=details,
        remedy="Ce qui est en ligne n’est pas touché. Rétablissez les fichiers livrés.",
    )


def published(version: Version) -> str:
    """Say that a release is online."""
    return html.notice([f"La livraison est en ligne : version {version.number}."])
