"""The page « Mise à jour » in HTML; every text of the file is escaped here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from territoires.domain.directory import Directory
from territoires.domain.indicators import Indicator
from territoires.domain.updates import ColumnMatch, FileKind, Grade, PlaceMatch, Severity
from territoires.render import html
from territoires.render.typography import escape
from territoires.tables.matching.fields import IGNORED
from territoires.tables.sheets import Sheet
from territoires.tables.sheets.sheet import ENCODINGS, SEPARATORS
from territoires.tables.updates.actor_places import bare_text
from territoires.views.french import agree, count, format_wave
from territoires.views.update_review import Review

_PREVIEW_ROWS, _PREVIEW_COLUMNS, _SAMPLES, _ROWS_NAMED = 6, 12, 3, 6
_DECIMALS = {",": "virgule décimale", ".": "point décimal"}
GRADES = {
    Grade.EXACT: "reconnu",
    Grade.CLOSE: "écrit autrement",
    Grade.AMBIGUOUS: "plusieurs possibles",
    Grade.UNKNOWN: "non reconnu",
    Grade.TOTAL: "ligne de total",
}
_TEMPLATE_HELP = {
    FileKind.OBSERVATIONS: "Choisissez un indicateur, et une vague nouvelle ou déjà publiée : le "
    "modèle liste ses territoires. Sans choix, il contient tous les chiffres publiés.",
    FileKind.CATALYSTS: "Une ligne par acteur. Le lieu s’écrit par un code ou par un nom.",
    FileKind.ZONING: "Une ligne par membre : le code d’un EPCI ou d’une commune, sa zone, le nom de "
    "la zone.",
    FileKind.CATALOGUE: "Une ligne par indicateur. Un indicateur nouveau vient avec ses chiffres : "
    "apportez-le depuis « Des chiffres ».",
}


def introduction() -> str:
    """Say what the page does, and that nothing happens by accident."""
    return html.paragraph(
        "Un fichier devient la donnée publiée en cinq étapes : lecture, correspondances, "
        "vérification, comparaison, publication. Rien n’est publié sans votre accord, et chaque "
        "version peut être reprise d’un geste.",
        "phrase",
    )


def template_help(kind: FileKind) -> str:
    """Say what a template holds."""
    return html.paragraph(
        f"{_TEMPLATE_HELP[kind]} Rapporté sans changement, il ne change rien.", "source"
    )


def template_name(kind: FileKind, dialect: str, indicator_id: str, wave: str) -> str:
    """Name a template after what it holds."""
    words = "_".join(part for part in ("modele", str(kind), indicator_id, wave) if part)
    ending = ".xlsx" if dialect == "xlsx" else "_standard.csv" if dialect == "standard" else ".csv"
    return f"territoires_{words}{ending}"


def report_name(file: str) -> str:
    """Name the list of problems after its file."""
    return f"problemes_{_stem(file)}.csv"


def annotated_name(file: str) -> str:
    """Name the annotated copy after its file."""
    ending = ".xlsx" if file.lower().endswith((".xlsx", ".xlsm")) else ".csv"
    return f"{_stem(file)}_annote{ending}"


def _stem(file: str) -> str:
    return re.sub(r"[^\w-]+", "-", PurePath(file).stem)[:80].strip("-") or "fichier"


def indicator_name(indicator: Indicator | None, nothing: str = "à choisir") -> str:
    """Name an indicator in a list, by what it asks and whom."""
    return f"{indicator.label} – {indicator.actor_label}" if indicator else nothing


def wave_name(wave: str) -> str:
    """Name a wave in a list."""
    return format_wave(wave) if wave else "la dernière"


def held_file(name: str, *, is_kept: bool, is_found_back: bool) -> str:
    """Name the file being prepared, and say how long it lasts."""
    warning = "" if is_kept else " Il n’a pas pu être gardé : il se perd si vous quittez la page."
    if is_found_back:
        warning = " (brouillon retrouvé dans ce navigateur)"
    return f'<p class="fichier-tenu"><b>{escape(name)}</b>{escape(warning)}</p>'


def draft_key(key: str) -> str:
    """Give the browser the key of this reader's draft, or tell it to forget it."""
    return f'<span class="lecteur-seul" data-brouillon="{escape(key)}" aria-hidden="true"></span>'


def steps(review: Review) -> str:
    """Say where the update stands, as links to its steps."""
    blocking = review.counts[Severity.BLOCKING]
    if blocking:
        stands = (
            f"{count(blocking, 'point')} {agree(blocking, 'bloque', 'bloquent')} la publication"
        )
    elif review.has_changes:
        stands = "rien ne bloque : à comparer, puis à publier"
    else:
        stands = "rien à publier : ce fichier dit ce qui est déjà en ligne"
    links = "".join(
        f'<li><a href="#{anchor}">{title}</a></li>'
        for anchor, title in (
            ("lecture", "1. Lecture"),
            ("correspondances", "2. Correspondances"),
            ("verification", "3. Vérification"),
            ("comparaison", "4. Comparaison"),
            ("publication", "5. Publication"),
            ("historique", "Historique"),
        )
    )
    return (
        f'<nav class="sommaire-court etapes" aria-label="Étapes"><p role="status">{escape(stands)}'
        f"</p><ul>{links}</ul></nav>"
    )


def reading_sentence(sheet: Sheet) -> str:
    """Say how the file was read."""
    dialect = sheet.dialect
    if sheet.sheet_names:
        how = f"classeur, feuille « {dialect.sheet} »"
    else:
        separator = SEPARATORS.get(dialect.separator, dialect.separator)
        how = f"texte {ENCODINGS.get(dialect.encoding, dialect.encoding)}, séparateur {separator}"
    parts = [how, _DECIMALS.get(dialect.decimal, ""), f"titres ligne {sheet.heading_row}"]
    told = ", ".join(part for part in parts if part)
    size = f"{count(len(sheet.rows), 'ligne')} et {count(len(sheet.headings), 'colonne')}"
    return html.paragraph(f"Lu : {size} ({told}).", "phrase")


def preview(sheet: Sheet) -> str:
    """Show the first rows as they were read."""
    headings = sheet.headings[:_PREVIEW_COLUMNS]
    rows = [
        [str(row.number), *(escape(cell[:60]) for cell in row.cells[:_PREVIEW_COLUMNS])]
        for row in sheet.rows[:_PREVIEW_ROWS]
    ]
    titles = [("Ligne", False), *((heading[:40], False) for heading in headings)]
    table = html.table(
        titles,
        rows,
        caption="Les premières lignes, comme elles sont lues",
        label="Premières lignes",
    )
    return html.folded("Voir les premières lignes", table)


def matching_sentence(review: Review) -> str:
    """Say what was recognised, before anything is applied."""
    known = sum(column.role.field != IGNORED for column in review.columns)
    words = f"{known} {agree(known, 'colonne reconnue', 'colonnes reconnues')} sur "
    words += str(len(review.columns))
    if review.places:
        exact = sum(place.grade is Grade.EXACT for place in review.places)
        words += f" ; {exact} {agree(exact, 'territoire reconnu', 'territoires reconnus')} sur "
        words += str(len(review.places))
    return html.paragraph(f"{words}. Relisez, corrigez, puis confirmez.", "phrase")


def column(match: ColumnMatch, sheet: Sheet) -> str:
    """Show a column: its heading, its first cells, why it is taken for what it is."""
    place = match.role.position
    cells = dict.fromkeys(row.cells[place] for row in sheet.rows[:50] if row.cells[place].strip())
    samples = " · ".join(escape(cell[:30]) for cell in list(cells)[:_SAMPLES]) or "<i>vide</i>"
    reason = f' <span class="etiquette">{escape(match.reason)}</span>' if match.reason else ""
    return (
        f'<p class="colonne"><b>{escape(match.heading)}</b>{reason}'
        f'<span class="source">{samples}</span></p>'
    )


def more_columns(number: int) -> str:
    """Say that other columns are left as found."""
    return html.paragraph(
        f"{count(number, 'autre colonne', 'autres colonnes')} comme proposé : retirez du fichier "
        "celles qui ne servent pas.",
        "source",
    )


def constants_title() -> str:
    """Head what holds for the whole file."""
    return "<h3>Pour toutes les lignes qui ne le disent pas elles-mêmes</h3>"


def open_places_title(number: int) -> str:
    """Head the territories that are not sure."""
    return (
        f"<h3>{count(number, 'territoire')} à relire</h3>"
        '<p class="source">À gauche ce que dit le fichier, à droite ce qui en sera fait.</p>'
    )


def place(match: PlaceMatch) -> str:
    """Show a written place: its rows, how surely it is known, why."""
    more = "…" if len(match.rows) > _ROWS_NAMED else ""
    rows = ", ".join(str(row) for row in match.rows[:_ROWS_NAMED]) + more
    rows = f"{agree(len(match.rows), 'ligne', 'lignes')} {rows}"
    note = f'<span class="source">{escape(match.note)}</span>' if match.note else ""
    return (
        f'<p class="colonne"><b>{escape(bare_text(match.written))}</b> '
        f'<span class="etiquette ambigue">{GRADES[match.grade]}</span> {escape(rows)}{note}</p>'
    )


def more_places(number: int) -> str:
    """Say that the file itself is to be mended."""
    return html.paragraph(
        f"{count(number, 'autre territoire', 'autres territoires')} à relire : corrigez-les dans le "
        "fichier (la liste des problèmes les nomme tous).",
        "source",
    )


def exact_places(places: Sequence[PlaceMatch], directory: Directory) -> str:
    """List the territories recognised without a doubt, folded."""
    exact = [place for place in places if place.grade is Grade.EXACT and place.territory]
    if not exact:
        return '<span class="lecteur-seul"></span>'
    rows = [
        [
            escape(bare_text(match.written)),
            escape(directory.get(match.territory).name),
            escape(match.territory.code),
            ", ".join(str(row) for row in match.rows[:_ROWS_NAMED]),
        ]
        for match in exact[: html.LONG_TABLE]
        if match.territory
    ]
    titles = [("Dans le fichier", False), ("Territoire", False), ("Code", False), ("Lignes", False)]
    table = html.table(titles, rows, caption="Territoires reconnus sans doute")
    number = agree(len(exact), "territoire reconnu", "territoires reconnus")
    return html.folded(f"{len(exact)} {number}", table)


def confirmed() -> str:
    """Say that the matches were confirmed."""
    return html.paragraph(
        "Correspondances confirmées. Les changer ici les applique aussitôt à votre brouillon.",
        "source",
    )
