"""HTML of the versions of the published data, and of the log."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.render import html
from territoires.render.typography import NBSP, escape
from territoires.views.french import count
from territoires.views.history import AuditLine, History, HistoryLine

_EMPTY = (
    "Aucune version n’est encore gardée ici. Les données lues sont celles livrées avec "
    "l’application ; la première publication en fera une version, que l’on pourra défaire."
)
_EMPTY_LOG = "Le journal est vide : rien n’a encore été publié, refusé ni rétabli ici."
_HEADINGS = ("Version", "Date", "Par qui", "Pourquoi", "Ce qu’elle change", "Fichier et source")
_LOG_HEADINGS = ("Date", "Action", "Par qui", "Version", "Détail")


def history_html(history: History) -> str:
    """Write the sentence and the table of versions; say so where there is none."""
    if not history.lines:
        return html.empty_state(_EMPTY)
    return html.paragraph(history.sentence, "phrase") + html.table(
        [(heading, False) for heading in _HEADINGS],
        [_version_cells(line) for line in history.lines],
        caption=f"{count(len(history.lines), 'version')}, la plus récente d’abord ; heures de Paris",
        chosen=next((i for i, line in enumerate(history.lines) if line.is_current), None),
        label="Versions des données publiées",
        stacked=True,
        real=True,
    )


def audit_html(lines: Sequence[AuditLine]) -> str:
    """Write the log, folded under one line."""
    summary = f"Journal : {count(len(lines), 'ligne')}" if lines else "Journal"
    return html.folded(summary, _log_table(lines) if lines else html.empty_state(_EMPTY_LOG))


def versions_summary(history: History) -> str:
    """Write which version is read, what changed last, and where all of them are told."""
    link = html.internal_link(
        "/mise_a_jour", "Toutes les versions, ce que chacune change, et comment mettre à jour"
    )
    line = history.current
    details = ""
    if line is not None:
        told = [
            f"Par {line.author}{NBSP}: « {line.message} »." if line.message else "",
            f"Source{NBSP}: {line.source}." if line.source else "",
            f"{count(len(history.lines), 'version')} en tout." if len(history.lines) > 1 else "",
        ]
        details = html.paragraph(" ".join(text for text in told if text), "reserve")
    return (
        '<h2 id="versions">Versions</h2>'
        + html.paragraph(history.sentence, "")
        + details
        + f'<p class="source">{link}</p>'
    )


def _version_cells(line: HistoryLine) -> tuple[str, ...]:
    mark = ' <span class="etiquette avant">en ligne</span>' if line.is_current else ""
    return (
        f"<strong>Version{NBSP}{line.number}</strong>{mark}",
        f'<time datetime="{line.moment.isoformat()}">{escape(line.date)}</time>',
        escape(line.author),
        escape(line.message),
        f"{escape(line.kind)}{_below(line.changes)}",
        _origin(line),
    )


def _origin(line: HistoryLine) -> str:
    """Write the file a version came from, its hash, its source and how surely it is read."""
    if not line.file_name and not line.source:
        return "sans fichier"
    told = [escape(line.file_name) if line.file_name else "sans fichier"]
    if line.file_hash:
        told.append(
            f'<span class="reserve">empreinte <code title="{escape(line.file_hash)}">'
            f"{escape(line.short_hash)}</code></span>"
        )
    if line.source:
        told.append(f'<span class="reserve">{escape(f"source : {line.source}")}</span>')
    if line.fiabilite:
        told.append(f'<span class="reserve">{escape(f"fiabilité : {line.fiabilite}")}</span>')
    return "<br>".join(told)


def _below(text: str) -> str:
    return f'<br><span class="reserve">{escape(text)}</span>' if text else ""


def _log_table(lines: Sequence[AuditLine]) -> str:
    return html.table(
        [(heading, False) for heading in _LOG_HEADINGS],
        [
            (
                f'<time datetime="{line.moment.isoformat()}">{escape(line.date)}</time>',
                escape(line.action),
                escape(line.author),
                escape(line.version),
                escape(line.detail),
            )
            for line in lines
        ],
        caption="Ce qui a été publié, refusé, rétabli, la ligne la plus récente d’abord ; heures de Paris",
        label="Journal des publications",
        stacked=True,
        real=True,
    )
