"""Every version of the published data and every line of the log, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from territoires.domain.indicators import Source
from territoires.domain.versions import AuditAction, AuditEntry, Version, VersionKind
from territoires.views.french import LOCALE, NBSP, agree, format_number
from territoires.views.update_diff_words import FIABILITES

_PARIS = ZoneInfo("Europe/Paris")
#: Characters of a hash that are shown: enough to compare two files by eye.
_SHORT_HASH = 12
KINDS = {
    VersionKind.RELEASE: "données livrées",
    VersionKind.PUBLICATION: "publication",
    VersionKind.ROLLBACK: "retour",
}
ACTIONS = {
    AuditAction.IMPORT: "données reçues",
    AuditAction.PUBLICATION: "publication",
    AuditAction.ROLLBACK: "retour à une version",
    AuditAction.REFUSAL: "refus",
    AuditAction.CONFLICT: "conflit",
    AuditAction.RESTORE: "restauration",
    AuditAction.DISMISSAL: "livraison écartée",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A version in words; what it does not have is empty. ``moment`` is in Paris time."""

    number: int
    parent: int | None
    is_current: bool
    moment: datetime
    date: str
    kind: str
    author: str
    message: str
    changes: str
    file_name: str
    file_hash: str
    source: str
    fiabilite: str

    @property
    def short_hash(self) -> str:
        """Give the beginning of the hash of the file."""
        return self.file_hash[:_SHORT_HASH]


@dataclass(frozen=True, slots=True)
class History:
    """Every version, the newest first; none where nothing is kept."""

    lines: tuple[HistoryLine, ...]
    sentence: str

    @property
    def current(self) -> HistoryLine | None:
        """Give the version everyone reads."""
        return next((line for line in self.lines if line.is_current), None)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A line of the log in words; ``moment`` is in Paris time."""

    number: int
    moment: datetime
    date: str
    action: str
    author: str
    version: str
    detail: str


def build_history(versions: Sequence[Version], sources: Mapping[str, Source]) -> History:
    """Put versions in words, the newest first.

    Parameters
    ----------
    sources
        Those of the published set, by identifier: an older source keeps its identifier.
    """
    newest = sorted(versions, key=lambda version: version.number, reverse=True)
    lines = tuple(_build_line(version, sources) for version in newest)
    return History(lines, _say_history(lines))


def build_audit(entries: Sequence[AuditEntry]) -> tuple[AuditLine, ...]:
    """Put the lines of the log in words, the newest first."""
    return tuple(
        AuditLine(
            number=entry.number,
            moment=entry.date.astimezone(_PARIS),
            date=format_moment(entry.date),
            action=ACTIONS[entry.action],
            author=entry.author,
            version="" if entry.version is None else f"version {entry.version}",
            detail=entry.detail,
        )
        for entry in sorted(entries, key=lambda entry: entry.number, reverse=True)
    )


def format_moment(moment: datetime) -> str:
    """Write a moment in Paris time: « 1er octobre 2025 à 14 h 05 »."""
    local = moment.astimezone(_PARIS)
    day = "1er" if local.day == 1 else str(local.day)
    month = format_date(local.date(), "MMMM y", locale=LOCALE)
    return f"{day}{NBSP}{month} à {local.hour}{NBSP}h{NBSP}{local.minute:02d}"


def say_changes(added: int, changed: int, removed: int) -> str:
    """Count rows added, changed and removed: « 3 lignes ajoutées, 1 modifiée »."""
    found = [
        (number, word)
        for number, word in ((added, "ajoutée"), (changed, "modifiée"), (removed, "retirée"))
        if number
    ]
    texts = []
    for i, (number, word) in enumerate(found):
        noun = "" if i else agree(number, "ligne ", "lignes ")
        texts.append(f"{format_number(number)}{NBSP}{noun}{agree(number, word, f'{word}s')}")
    return ", ".join(texts) or "aucune ligne changée"


def _build_line(version: Version, sources: Mapping[str, Source]) -> HistoryLine:
    source = sources.get(version.source_id)
    return HistoryLine(
        number=version.number,
        parent=version.parent,
        is_current=version.is_current,
        moment=version.date.astimezone(_PARIS),
        date=format_moment(version.date),
        kind=_say_kind(version),
        author=version.author,
        message=version.message,
        changes=(
            "point de départ"
            if version.parent is None
            else say_changes(version.added, version.changed, version.removed)
        ),
        file_name=version.file_name,
        file_hash=version.file_hash,
        source=source.title if source else version.source_id,
        fiabilite=FIABILITES.get(version.fiabilite, version.fiabilite),
    )


def _say_kind(version: Version) -> str:
    if version.kind is VersionKind.ROLLBACK and version.restores is not None:
        return f"retour à la version{NBSP}{version.restores}"
    return KINDS[version.kind]


def _say_history(lines: Sequence[HistoryLine]) -> str:
    """Say which version is read, since when, and what it changed."""
    line = next((line for line in lines if line.is_current), None)
    if line is None:
        return "Aucune version n’est gardée ici\u00a0: les données lues sont celles livrées avec l’application."
    start = f"La version{NBSP}{line.number} est en ligne depuis le {line.date}"
    return f"{start}\u00a0: {line.kind}, {line.changes}."
