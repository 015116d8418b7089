"""The charts of « Comparer » in words: keys of their marks, what they show, words of each line."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.indicators import Kind
from territoires.render.chart_marks import HOLLOW_KEY, INTERVAL_KEY, is_hollow, sentence_of
from territoires.views.comparison import Comparison
from territoires.views.comparison_sentence import NO_FIGURE, drawn_value
from territoires.views.comparison_waves import Change, Changes
from territoires.views.figure import Figure, has_sampling_error, interval_text
from territoires.views.french import count, format_wave, join_words


def describe_dot_plot(view: Comparison) -> str:
    """Say in words what the chart shows."""
    drawn = [row for row in view.rows if drawn_value(row.figure) is not None]
    parts = [f"{row.name} {figure_words(row.figure)}" for row in view.rows]
    national = view.benchmark
    lines = f" Trait tireté : France, {national.text}." if national else ""
    sampled = has_sampling_error(view.indicator)
    return (
        f"{count(len(drawn), 'point')} sur une ligne par territoire, avec son intervalle à 95 % "
        f"là où il est connu : {' ; '.join(parts)}.{lines}"
        if sampled
        else f"{count(len(drawn), 'point')}, un par territoire : {' ; '.join(parts)}.{lines}"
    )


def dot_plot_key(view: Comparison) -> str:
    """Say on one line what each mark of the chart is."""
    figures = [
        row.figure for row in view.rows if row.figure and drawn_value(row.figure) is not None
    ]
    parts = ["rond : valeur" if figures else "", *marks_key(figures)]
    parts += ["trait tireté : France"] if view.benchmark else []
    return sentence_of([*parts, why_france_is_apart(view)])


def why_france_is_apart(view: Comparison) -> str:
    """Say why France's figure is not on the axis; empty where it is, or where there is none."""
    if view.national is None or view.benchmark:
        return ""
    if view.indicator.kind is Kind.COUNT:
        return "la France est un total : elle n’est pas sur l’axe"
    return "la France a répondu à une autre formulation : elle n’est pas sur l’axe"


def dumbbells_key(view: Changes) -> str:
    """Say on one line what each mark of the chart is."""
    pairs = [f for line in view.lines for f in (line.before, line.after)]
    figures = [f for f in pairs if f and drawn_value(f) is not None]
    waves = [f"losange : {format_wave(view.earlier)}", f"rond : {format_wave(view.later)}"]
    return sentence_of([*waves, *marks_key(figures)])


def marks_key(figures: Sequence[Figure]) -> list[str]:
    """Say what a bar and a hollow sign are, where some figure has one."""
    parts = [INTERVAL_KEY] if any(figure.interval for figure in figures) else []
    return parts + ([HOLLOW_KEY] if any(is_hollow(figure) for figure in figures) else [])


def describe_dumbbells(view: Changes) -> str:
    """Say in words how to read the chart; the sentence and the table hold its numbers."""
    names = join_words([line.name for line in view.lines])
    return (
        f"Une ligne par territoire ({names}) : losange pour {format_wave(view.earlier)}, rond pour "
        f"{format_wave(view.later)}, avec leurs intervalles à 95 % là où ils sont connus. "
        "Un trait relie les deux là où ils se comparent ; un signe creux n’a pas d’effectif connu."
    )


def figure_words(figure: Figure | None) -> str:
    """Write a figure on the chart, or why it has no dot."""
    if figure is None:
        return NO_FIGURE
    if drawn_value(figure) is None:
        return figure.text if figure.value is None else "trop imprécis : voir le tableau"
    if figure.interval:
        return f"{figure.text}, {interval_text(figure.interval)}"
    return f"{figure.text}, {figure.precision}" if figure.precision else figure.text


def change_words(line: Change) -> str:
    """Write the verdict of a change, and why there is none."""
    if line.reason:
        return f"{line.verdict}, {line.reason}"
    return str(line.verdict)
