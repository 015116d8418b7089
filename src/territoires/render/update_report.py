"""What the check of a file found, and what publishing it says, in HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from territoires.domain.selection import Selection
from territoires.domain.updates import Problem, Severity
from territoires.domain.versions import Version
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.french import agree, count, format_wave
from territoires.views.update_diff import MapPair
from territoires.views.update_review import Review

SEVERITIES = {
    Severity.BLOCKING: "bloque",
    Severity.WARNING: "à vérifier",
    Severity.NOTE: "pour information",
}
#: Problems of one kind that are shown one by one; the list to download holds them all.
MAX_SHOWN = 50


def check_sentence(review: Review) -> str:
    """Count what was found, by severity."""
    counts = review.counts
    if not review.problems:
        return html.paragraph("Aucun problème trouvé.", "phrase")
    blocking, warnings = counts[Severity.BLOCKING], counts[Severity.WARNING]
    notes = counts[Severity.NOTE]
    parts = [
        f"{count(blocking, 'point')} {agree(blocking, 'bloque', 'bloquent')} la publication",
        f"{warnings} à vérifier",
        f"{notes} pour information",
    ]
    told = [part for part, number in zip(parts, (blocking, warnings, notes), strict=True) if number]
    return html.paragraph(", ".join(told) + ".", "phrase")


def left_out(rows: Sequence[int]) -> str:
    """Say which rows the person left out; nothing without any."""
    if not rows:
        return ""
    named = ", ".join(map(str, rows[:50])) + ("…" if len(rows) > MAX_SHOWN else "")
    return html.paragraph(f"Lignes écartées par vous : {named}.", "source")


def problems_table(problems: Sequence[Problem], caption: str) -> str:
    """Write the problems as a table: where, what was read and expected, how to mend it."""
    shown, seen, hidden = [], Counter[str](), 0
    for problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= MAX_SHOWN:
            shown.append(problem)
        else:
            hidden += 1
    rows = [
        [
            f'<span class="gravite {problem.severity}">{SEVERITIES[problem.severity]}</span>',
            str(problem.row or "fichier"),
            escape(problem.column),
            escape(problem.read),
            escape(problem.expected),
            escape(problem.mend),
        ]
        for problem in shown
    ]
    titles = [
        ("Gravité", False),
        ("Ligne", False),
        ("Colonne", False),
        ("Lu", False),
        ("Attendu", False),
        ("Comment corriger", False),
    ]
    table = html.table(titles, rows, caption=caption, label=caption, stacked=True)
    if not hidden:
        return table
    more = f"{count(hidden, 'autre problème', 'autres problèmes')} du même ordre : la liste à "
    return table + html.paragraph(f"{more}télécharger les contient tous.", "source")


def warnings_read(number: int) -> str:
    """Ask whether the warnings were read."""
    return f"J’ai lu {'le point' if number == 1 else f'les {number} points'} à vérifier"


def what_is_kept(name: str, file_hash: str) -> str:
    """Say what a publication keeps for good."""
    return (
        f'<p class="source">Gardés avec la version : votre nom, la date, la raison, le fichier '
        f"« {escape(name)} » (SHA-256 {escape(file_hash[:12])}…).</p>"
    )


def newer_version(versions: Sequence[Version]) -> str:
    """Say what was published since the file was compared."""
    lines = [f"version {one.number}, par {one.author} : {one.message}" for one in versions[:20]]
    return html.notice(
        ["Une autre mise à jour a été publiée depuis votre comparaison."],
        details=lines,
        remedy="Repartez de ce qui est publié maintenant : votre fichier et vos choix restent, la "
        "comparaison ci-dessus est refaite.",
    )


def published(version: Version, pair: MapPair | None = None) -> str:
    """Say that an update is online, show where, and how it is undone."""
    shown = Selection(pair.indicator_id, pair.wave, level=pair.level).to_params() if pair else {}
    link = html.internal_link(html.page_url("carte", shown), "Voir la carte")
    return (
        f'<div class="avis reussite" role="status"><p>Version {version.number} en ligne : tout le '
        f"monde la voit dès sa prochaine action. {link}</p><p>Pour revenir en arrière : "
        '<a href="#historique">l’historique, plus bas</a>.</p></div>'
    )


def rolled_back(version: Version) -> str:
    """Say that an older version is online again."""
    return (
        f'<div class="avis reussite" role="status"><p>Version {version.number} en ligne : elle '
        f"reprend la version {version.restores}. Ce qu’elle annule reste dans l’historique.</p></div>"
    )


def map_title(when: str, pair: MapPair) -> str:
    """Head a map: before or after, of what."""
    return f"<h3>{escape(when)}</h3>" + html.paragraph(
        f"{pair.label}, {format_wave(pair.wave)}", "source"
    )
