"""HTML of « Comparer »: sentence, tables, order of the territories, key of the small maps."""

from __future__ import annotations

from collections.abc import Sequence

from territoires import settings
from territoires.analysis.precision import Precision
from territoires.analysis.significance import Order
from territoires.domain.indicators import Nature
from territoires.domain.selection import Selection
from territoires.domain.territories import Level
from territoires.render import html
from territoires.render.map_paint import fills
from territoires.render.portrait_tables import say_difference
from territoires.render.typography import escape
from territoires.views.comparison import Comparison, Pair
from territoires.views.comparison_sentence import NO_FIGURE, why_not_drawn
from territoires.views.comparison_waves import Change, Changes
from territoires.views.datasets import mark_of
from territoires.views.figure import Figure, has_sampling_error, interval_text
from territoires.views.french import (
    LEVEL_LABELS,
    LEVEL_PLURALS,
    count,
    format_number,
    format_wave,
)
from territoires.views.map_view import DIFFERENCE_LABELS, STATE_LABELS, MapView, Row, State

#: Stands in a cell that has nothing to say.
NOTHING = "–"
ONE_WAVE = "Une seule vague de cet indicateur est publiée à ce niveau : il n’y a pas d’évolution à montrer."
_HUNDRED = 100
_SEVERAL = 2
#: States that a colour alone tells, or a symbol; all others have a texture.
_WITHOUT_TEXTURE = (State.CLASSE, State.SYMBOLE)
_ORDERS = {
    Order.PRESQUE_SUR: f"Ordre presque sûr (au moins {_HUNDRED * settings.ALMOST_SURE:.0f} chances "
    "sur 100)",
    Order.PROBABLE: f"Ordre probable (au moins {_HUNDRED * settings.PROBABLE:.0f} chances sur 100)",
    Order.INCERTAIN: "Ordre incertain",
}


def sentence(view: Comparison, selection: Selection) -> str:
    """Write the sentence and its caveat, with the link to this very view for the copy."""
    link = html.page_url("comparer", selection.to_params())
    caveat = f' <span class="reserve">{escape(view.sentence_caveat)}</span>'
    return (
        f'<p class="phrase" data-vue="{escape(link)}">{escape(view.sentence)}'
        f"{caveat if view.sentence_caveat else ''}</p>"
    )


def notes(view: Comparison) -> str:
    """Say what was chosen for the reader, or left aside."""
    return "".join(html.empty_state(note) for note in view.notes)


def caveats(texts: Sequence[str]) -> str:
    """Write what must be known to read what stands above."""
    if not texts:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<div class="bloc reserve"><h3>À savoir</h3><ul class="liste-serree">{items}</ul></div>'


def territories_table(view: Comparison, selection: Selection) -> str:
    """Write the figures side by side, France last; each value opens its card."""
    survey = view.indicator.nature is Nature.ENQUETE
    tested = has_sampling_error(view.indicator)
    headings = [(LEVEL_LABELS[view.level].capitalize(), False), ("Valeur", True)]
    headings += [("Intervalle à 95 %", False)] if tested else []
    headings += [("Réponses", True), ("Précision", False)] if survey else []
    headings += [("Par rapport à la France", False)] if tested and view.national else []
    headings += [("Fiabilité", False)]
    lines = [
        (
            html.internal_link(html.territory_url(row.id), row.name),
            row.name,
            row.figure,
            say_difference(row.difference, row.figure) or NOTHING,
        )
        for row in view.rows
    ]
    if view.national:
        lines.append((escape(view.france_name), "France", view.national, NOTHING))
    rows = []
    for name, place, figure, difference in lines:
        cells = [name, _value(figure, view, place)]
        cells += [_interval(figure)] if tested else []
        cells += _sample(figure) if survey else []
        cells += [escape(difference)] if tested and view.national else []
        cells += [html.fiabilite_tag(figure.fiabilite, bare=True) if figure else NOTHING]
        rows.append(cells)
    chosen = next((i for i, row in enumerate(view.rows) if row.id == selection.territory), None)
    return html.table(
        headings,
        rows,
        caption=f"{mark_of(view.dataset, view.indicator.nature)}{view.title}. {_order_words(view)}",
        real=view.indicator.nature is not Nature.ENQUETE,
        chosen=chosen,
        label="Territoires comparés",
        stacked=True,
    )


def _value(figure: Figure | None, view: Comparison | Changes, place: str) -> str:
    if figure is None:
        return escape(NO_FIGURE)
    card = html.figure_card(figure, view.indicator, place=place)
    button = html.figure_button(figure.text, card)
    if figure.precision is Precision.TROP_IMPRECISE:
        return f"{button} {html.precision_tag(figure, bare=True)}"
    return button


def _interval(figure: Figure | None) -> str:
    return escape(interval_text(figure.interval)) if figure and figure.interval else NOTHING


def _sample(figure: Figure | None) -> list[str]:
    """Write what is known of a sample; of a hidden figure nothing more than that it is."""
    if figure is None or figure.suppression:
        return [NOTHING, html.precision_tag(figure, bare=True) if figure else NOTHING]
    number = figure.respondents
    known = format_number(number) if number is not None else "effectif non communiqué"
    return [escape(known), html.precision_tag(figure, bare=True) or NOTHING]


def _order_words(view: Comparison) -> str:
    if not view.is_ranked:
        return "Dans l’ordre des codes officiels."
    rest = ", puis ceux qui ne sont pas classés" if view.unranked else ""
    return f"Du plus haut au plus bas{rest}."


def order(view: Comparison) -> str:
    """Say how sure the order of each pair is, or why there is no ranking."""
    title = "<h2>L’ordre des territoires</h2>"
    if not view.is_ranked:
        if has_sampling_error(view.indicator):
            why = "il faudrait au moins deux territoires dont la précision soit « précise » ou « correcte »"
        else:
            why = "ces chiffres n’ont pas d’échantillon dont la précision soit connue"
        text = (
            f"Pas de classement : {why}. Les territoires sont dans l’ordre des codes officiels ; "
            "un clic sur un titre du tableau le trie."
        )
        return title + html.paragraph(text, "reserve")
    items = []
    for wording, label in _ORDERS.items():
        pairs = [_pair(pair) for pair in view.pairs if pair.order is wording]
        if pairs:
            items.append(
                f"<li><strong>{escape(label)}</strong> : {escape(' ; '.join(pairs))}.</li>"
            )
    items += [f"<li>{escape(_say_unranked(row, view.level))}</li>" for row in view.unranked]
    note = (
        "Chances que le territoire au chiffre le plus haut soit vraiment le plus haut des deux. "
        "Chaque paire est jugée à part : l’ordre entier est moins sûr qu’aucune d’elles."
    )
    return f'{title}<ul class="liste-serree">{"".join(items)}</ul>{html.paragraph(note, "reserve")}'


def _say_unranked(row: Row, level: Level) -> str:
    """Say why a territory has no place in the order: « Corse : non classée (échantillon réduit) »."""
    ending = "" if level is Level.DEPARTEMENT else "e"
    why = why_not_drawn(row.figure)
    if not why and row.figure:
        reduced = row.figure.precision is Precision.INDICATIVE
        why = "échantillon réduit" if reduced else str(row.figure.precision or "sans échantillon")
    return f"{row.name} : non classé{ending} ({why})"


def _pair(pair: Pair) -> str:
    if pair.order is Order.INCERTAIN:
        return f"{pair.higher.name} et {pair.lower.name}"
    return f"{pair.higher.name} avant {pair.lower.name}"


def test_note(view: Comparison) -> str:
    """Say what the comparison with France was corrected for."""
    shown = any(row.difference in DIFFERENCE_LABELS for row in view.rows)
    if view.tested < _SEVERAL or view.national is None or not shown:
        return ""
    text = (
        "Un intervalle peut ne pas toucher le trait de la France sans que la différence soit "
        f"établie : la règle est plus sévère, parce qu’on compare {format_number(view.tested)} {LEVEL_PLURALS[view.level]} à la "
        "fois, comme sur la carte."
    )
    return html.paragraph(text, "reserve")


def changes_table(view: Changes) -> str:
    """Write both waves, the gap where it may be read, and the verdict of each territory."""
    unit = view.indicator.unit_label
    headings = [
        ("Territoire", False),
        (_wave_heading(view.earlier), False),
        (_wave_heading(view.later), False),
        ("Écart (points)" if unit == "%" else f"Écart ({unit or 'sans unité'})", True),
        ("Évolution", False),
    ]
    rows = [
        [
            escape(line.name),
            _wave_cell(line.before, view, line.name),
            _wave_cell(line.after, view, line.name),
            escape(gap_text(line, view.indicator.decimals)),
            _verdict(line),
        ]
        for line in view.lines
    ]
    mark = mark_of(view.dataset, view.indicator.nature)
    return html.table(
        headings,
        rows,
        caption=f"{mark}{view.title}. {_test_words(view)}",
        real=view.indicator.nature is not Nature.ENQUETE,
        label="Évolution entre deux vagues",
        stacked=True,
    )


def _wave_heading(wave: str) -> str:
    text = format_wave(wave)
    return text[0].upper() + text[1:]


def _wave_cell(figure: Figure | None, view: Changes, place: str) -> str:
    value = _value(figure, view, place)
    if figure is None or figure.interval is None:
        return value
    return f'{value} <span class="reserve">{escape(interval_text(figure.interval))}</span>'


def gap_text(line: Change, decimals: int) -> str:
    """Write a gap with its sign: « +4 », « −12 », « 0 »."""
    if line.gap is None:
        return NOTHING
    number = format_number(abs(line.gap), decimals)
    if not any(digit in number for digit in "123456789"):
        return number
    return f"{'+' if line.gap > 0 else '−'}{number}"


def _verdict(line: Change) -> str:
    reason = f' <span class="reserve">{escape(line.reason)}</span>' if line.reason else ""
    return f"<strong>{escape(line.verdict)}</strong>{reason}"


def _test_words(view: Changes) -> str:
    if not view.comparisons:
        return "Aucune évolution ne peut être testée."
    number = count(view.comparisons, "évolution")
    tested = "testée" if view.comparisons == 1 else "testées"
    corrected = "" if view.comparisons == 1 else ", test corrigé de ce nombre"
    return f"{number} {tested}{corrected}."


def changes_sentence(view: Changes) -> str:
    """Write the sentence of the changes, which says what the chart shows."""
    return html.paragraph(view.sentence, "phrase-seconde")


def small_map_titles(views: Sequence[MapView]) -> list[str]:
    """Name each small map by what tells it apart from the others: its wave, question or actor."""
    by_wave = len({view.wave for view in views}) > 1
    by_label = len({view.indicator.label for view in views}) > 1
    titles = []
    for view in views:
        actor = view.indicator.actor_label
        text = view.indicator.label if by_label else actor[0].upper() + actor[1:]
        text = _wave_heading(view.wave) if by_wave else text
        titles.append(f'<h3 class="petite-carte">{escape(text)}</h3>')
    return titles


def small_maps_head(views: Sequence[MapView]) -> str:
    """Write the title of the small maps, and the key that serves them all."""
    by_wave = len({view.wave for view in views}) > 1
    title = "Une carte par vague" if by_wave else "Une carte par indicateur comparable"
    return f"<h2>{escape(title)}</h2>{_common_key(views)}"


def _common_key(views: Sequence[MapView]) -> str:
    """Write the one key of all the small maps: bounds, colours and textures, without counts."""
    view = views[0]
    bounds, unit = view.classes.bounds, view.indicator.unit_label
    decimals = 0 if all(round(bound) == bound for bound in bounds) else view.indicator.decimals or 1
    items = []
    for i, colour in enumerate(fills(view)):
        low, high = format_number(bounds[i], decimals), format_number(bounds[i + 1], decimals)
        start = "de" if i == 0 else "plus de"
        text = f"{low} {unit}" if low == high else f"{start} {low} à {high} {unit}"
        items.append(f'<li><i style="background:{colour}"></i>{escape(text.strip())}</li>')
    textures = [
        f'<li><i class="trame-{state.value}"></i>{escape(STATE_LABELS[state])}</li>'
        for state in State
        if state not in _WITHOUT_TEXTURE and any(one.state_counts[state] for one in views)
    ]
    told = f"<ul>{''.join(textures)}</ul>" if textures else ""
    return (
        '<div class="legende cle-commune" role="group" aria-label="Légende commune">'
        f"<ul>{''.join(items)}</ul>{told}"
        f"<p>{escape('Mêmes classes pour toutes ces cartes.')}</p></div>"
    )


def sources(view: Comparison) -> str:
    """Write where the figures come from."""
    if not view.sources:
        return ""
    named = " ; ".join(html.source_text(source) for source in view.sources)
    label = "Source" if len(view.sources) == 1 else "Sources"
    return f'<p class="source">{label} : {named}. {html.status_tag(view.indicator)}</p>'
