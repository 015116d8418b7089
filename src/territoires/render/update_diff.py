"""HTML of what an update changes: a sentence, then tables; signs are words, never colour alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from territoires.render import html
from territoires.render.typography import NBSP, escape
from territoires.views.french import count, format_number
from territoires.views.update_diff import Comparison
from territoires.views.update_diff_figures import FigureGroup
from territoires.views.update_diff_lines import FigureLine
from territoires.views.update_diff_registers import RegisterGroup, RegisterLine
from territoires.views.update_diff_sentence import list_counts
from territoires.views.update_diff_words import Change, inflect

#: Lines of figures that the page holds in all; beyond, a group is only counted.
MAX_FIGURE_LINES = 1_500
#: Groups that stand open; the others are folded.
MAX_OPEN = 2
_MARKS = {Change.CHANGED: "≠", Change.ADDED: "+", Change.REMOVED: "−"}
_CSS = {Change.CHANGED: "modifie", Change.ADDED: "ajoute", Change.REMOVED: "retire"}
_NOTHING = "–"


class _Column(NamedTuple):
    """A column of the table of figures: its title, and how it writes a line."""

    title: str
    write: Callable[[FigureLine], str]
    is_number: bool = False


def comparison_html(comparison: Comparison) -> str:
    """Write what an update changes: nothing is said twice, and what is not listed is counted."""
    sentence = html.paragraph(comparison.sentence, "phrase")
    if comparison.is_empty:
        return sentence
    return sentence + _figures(comparison.figures) + _registers(comparison.registers)


def _figures(groups: Sequence[FigureGroup]) -> str:
    if not groups:
        return ""
    parts, room = [], MAX_FIGURE_LINES
    left: list[FigureGroup] = []
    for i, group in enumerate(groups):
        if len(group.lines) > room:
            left.append(group)
            continue
        room -= len(group.lines)
        title = f"{group.label}, {group.wave_text} – {_say_counts(group)}"
        parts.append(_fold(title, _figure_table(group), is_open=i < MAX_OPEN))
    note = html.paragraph(
        "La différence est celle de deux versions d’un même chiffre : elle ne dit rien de "
        "l’évolution du territoire.",
        "reserve",
    )
    corrected = any(group.changed for group in groups)
    return "<h3>Chiffres</h3>" + (note if corrected else "") + "".join(parts) + _left_groups(left)


def _figure_table(group: FigureGroup) -> str:
    lines = group.lines
    sources = {line.source for line in lines}
    # A column that would say nothing, or the same thing everywhere, is left out.
    columns = [
        _Column("Territoire", _territory),
        _Column("Changement", lambda line: _change_mark(line.change)),
        _Column("Avant", lambda line: escape(line.before or _NOTHING), is_number=True),
        _Column("Après", lambda line: escape(line.after or _NOTHING), is_number=True),
    ]
    if any(line.gap_text for line in lines):
        columns.append(
            _Column("Différence", lambda line: escape(line.gap_text or _NOTHING), is_number=True)
        )
    if any(line.respondents for line in lines):
        columns.append(_Column("Réponses", lambda line: escape(line.respondents or _NOTHING)))
    if len(sources) > 1:
        columns.append(_Column("Source", lambda line: escape(line.source)))
    if any(line.notes for line in lines):
        columns.append(_Column("Change aussi", _notes))
    unit = f" ; en {group.unit}" if group.unit else ""
    return (
        html.table(
            [(column.title, column.is_number) for column in columns],
            [[column.write(line) for column in columns] for line in lines],
            caption=f"Chiffres qui changent, par territoire, les plus grandes différences d’abord{unit}",
            label=f"Chiffres qui changent, {group.label}, {group.wave_text}",
            stacked=True,
            real=True,
        )
        + (
            html.paragraph(f"Source : {sources.pop() or 'à préciser'}", "reserve")
            if len(sources) == 1
            else ""
        )
        + _say_rest(group, "chiffre", "chiffres")
        + _say_hidden(group)
    )


def _territory(line: FigureLine) -> str:
    return f'{escape(line.name)} <span class="reserve">{escape(line.level)}</span>'


def _notes(line: FigureLine) -> str:
    return "<br>".join(escape(note) for note in line.notes) or _NOTHING


def _registers(groups: Sequence[RegisterGroup]) -> str:
    if not groups:
        return ""
    parts = [
        _fold(f"{group.words.title} – {_say_counts(group)}", _register_table(group), is_open=False)
        for group in groups
    ]
    return "<h3>Catalogue, sources et listes</h3>" + "".join(parts)


def _register_table(group: RegisterGroup) -> str:
    words, has_cells = group.words, any(line.cells for line in group.lines)
    headings = [("Nom", False), ("Changement", False)]
    rows = [
        (
            f"<strong>{escape(line.name)}</strong>",
            _change_mark(line.change, is_feminine=words.is_feminine),
            *([_cells(line)] if has_cells else []),
        )
        for line in group.lines
    ]
    derived = ""
    if group.derived:
        derived = html.paragraph(
            "Les vagues et les niveaux d’un indicateur suivent ses chiffres : personne ne les a "
            "changés.",
            "reserve",
        )
    return (
        html.table(
            headings + ([("Ce qui change", False)] if has_cells else []),
            rows,
            caption="Lignes qui changent, par nom",
            label=f"{words.title}, ce qui change",
            stacked=True,
            real=True,
        )
        + _say_rest(group, words.singular, words.plural, is_feminine=words.is_feminine)
        + derived
    )


def _cells(line: RegisterLine) -> str:
    if not line.cells:
        return _NOTHING
    cells = (f"{cell.column} : {cell.before} → {cell.after}" for cell in line.cells)
    items = "".join(f"<li>{escape(cell)}</li>" for cell in cells)
    return f'<ul class="cellules">{items}</ul>'


def _change_mark(change: Change, *, is_feminine: bool = False) -> str:
    """Write what became of a row: a sign, a word, and a colour that adds nothing to them."""
    word = inflect(1, change, is_feminine=is_feminine)
    return (
        f'<span class="etiquette changement {_CSS[change]}">'
        f'<span aria-hidden="true">{_MARKS[change]}</span>{NBSP}{escape(word)}</span>'
    )


def _fold(title: str, content: str, *, is_open: bool) -> str:
    opened = " open" if is_open else ""
    return (
        f'<details class="detail comparaison"{opened}><summary>{escape(title)}</summary>'
        f"{content}</details>"
    )


def _numbers(group: FigureGroup | RegisterGroup) -> tuple[tuple[Change, int], ...]:
    return (
        (Change.ADDED, group.added),
        (Change.CHANGED, group.changed),
        (Change.REMOVED, group.removed),
    )


def _say_counts(group: FigureGroup | RegisterGroup) -> str:
    """Count what changes and what does not: « 3 ajoutés, 2 modifiés, 12 inchangés »."""
    is_feminine = isinstance(group, RegisterGroup) and group.words.is_feminine
    numbers = ((change.value, number) for change, number in _numbers(group))
    return list_counts((*numbers, ("inchangé", group.unchanged)), is_feminine=is_feminine)


def _say_rest(
    group: FigureGroup | RegisterGroup, singular: str, plural: str, *, is_feminine: bool = False
) -> str:
    """Say how many lines are not shown; nothing where all are."""
    told = []
    for change, number in _numbers(group):
        shown = sum(line.change is change for line in group.lines)
        if shown < number:
            noun = count(number, singular, plural)
            told.append(f"{noun} {inflect(number, change, is_feminine=is_feminine)}")
    if not told:
        return ""
    first = format_number(max(sum(line.change is c for line in group.lines) for c in Change))
    start, end = ("Seules", "premières") if is_feminine else ("Seuls", "premiers")
    shown_word = inflect(len(group.lines), "montré", is_feminine=is_feminine)
    return html.paragraph(
        f"{start} les {first} {end} de chaque sorte sont {shown_word}, sur {', '.join(told)}.",
        "reserve",
    )


def _say_hidden(group: FigureGroup) -> str:
    if not group.hidden:
        return ""
    return html.paragraph(
        f"{count(group.hidden, 'chiffre')} {inflect(group.hidden, 'masqué')} ici comme sur les "
        "autres pages, pour que personne ne puisse être reconnu.",
        "reserve",
    )


def _left_groups(groups: Sequence[FigureGroup]) -> str:
    if not groups:
        return ""
    items = "".join(
        f"<li>{escape(f'{group.label}, {group.wave_text} : {_say_counts(group)}')}</li>"
        for group in groups
    )
    return _fold(
        f"Et {count(len(groups), 'autre groupe', 'autres groupes')} de chiffres, comptés "
        "sans être listés",
        f"<ul>{items}</ul>",
        is_open=False,
    )
