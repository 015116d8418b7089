"""From the portrait of a territory to the table of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from territoires.domain.territories import FRANCE, TerritoryId
from territoires.render.carried import UNTOLD, read_roles
from territoires.render.data_files.columns import to_cells
from territoires.render.data_files.lines import Line
from territoires.render.data_files.portrait_actors import portrait_actors_table
from territoires.render.data_files.tables import (
    Cell,
    Column,
    DataTable,
    head_notes,
    name_comparable,
    tail_notes,
)
from territoires.tables.published import Published
from territoires.views.citation import Taken, cite_portrait
from territoires.views.evolution import Evolution
from territoires.views.figure import Figure, is_same_question
from territoires.views.french import format_wave
from territoires.views.groupings import GroupedFigure
from territoires.views.map_view import state_of
from territoires.views.portrait import Portrait
from territoires.views.portrait_brief import Answer
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_lines import Part, lines_of
from territoires.views.roles import ACTORS, Roles

ACTORS_SHEET = "Acteurs"
#: Columns of a person, then those of software.
_FIRST = ("rubrique", "libelle", "nom", "valeur", "unite", "vague", "interroges", "valeur_france")
_CODES = ("code", "territoire", "indicateur", "etat")
_FRANCE, _EARLIER = "France", "Vague précédente"


def portrait_table(portrait: Portrait, published: Published, taken: Taken) -> DataTable:
    """Give every figure of a territory's page, each with the territory it is published for.

    The actors known in it and around stand apart: they are no figures.
    """
    labels = dict(zip(published.domains["domain_id"], published.domains["label"], strict=True))
    lines = list(_lines(portrait, labels))
    indicators = tuple({line.indicator.indicator_id: line.indicator for line in lines}.values())
    columns, cells = _for_reading(*to_cells(lines, indicators))
    citation = cite_portrait(portrait, published, taken)
    actors = portrait_actors_table(portrait, published, citation)
    name = portrait.territory.name
    caveat = published.lists["catalysts"].caveat
    notes = [
        ("Titre", citation.marked_title),
        *head_notes(portrait.dataset),
        ("Ce qu’on y lit", portrait.sentence),
        (
            "Territoire du chiffre",
            f"Un chiffre qui n’est pas publié pour {name} est celui du territoire plus large le plus "
            "proche qui en a un, jusqu’à la France : colonnes « territoire » et « nom ». Rien n’est interpolé.",
        ),
        *((answer.question, _say_answer(answer)) for answer in portrait.answers),
        *_changes(portrait.shared.evolution),
        *(("Acteurs attendus", text) for text in _say_roles(portrait.shared.roles)),
        *(("Acteurs recensés", text) for text in (portrait.nearby.sentence, caveat) if text),
        *(("Publié pour un regroupement", _say_grouped(one)) for one in portrait.shared.groupings),
        *tail_notes(citation, indicators),
    ]
    return DataTable(
        citation,
        columns,
        cells,
        tuple(str(line.territory) for line in lines),
        indicators,
        name_comparable(indicators, published.catalogue),
        tuple(notes),
        beside=((ACTORS_SHEET, actors),) if actors.rows else (),
    )


def _for_reading(
    columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]
) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Put first what a person reads of each figure, last the codes that software reads."""
    marked = [replace(one, is_code=True) if one.name in _CODES else one for one in columns]

    def rank(place: int) -> tuple[bool, bool, int]:
        column = marked[place]
        first = _FIRST.index(column.name) if column.name in _FIRST else len(_FIRST)
        return column.is_code, not column.is_printed, first

    order = sorted(range(len(marked)), key=rank)
    shown = tuple(tuple(row[place] for place in order) for row in rows)
    return tuple(marked[place] for place in order), shown


def _lines(portrait: Portrait, labels: Mapping[str, str]) -> Iterator[Line]:
    """Give each figure once, in the first part of the page that tells it."""
    seen: set[tuple[str, str, TerritoryId]] = set()
    told = (line for part, one in lines_of(portrait) for line in _to_lines(portrait, part, one))
    for line in chain(told, _earlier_lines(portrait)):
        key = (line.indicator.indicator_id, line.wave, line.territory)
        if key not in seen:
            seen.add(key)
            about = [labels[name] for name in line.indicator.domain_ids if name in labels]
            yield replace(line, domains=" ; ".join(about))


def _to_lines(portrait: Portrait, part: Part, line: Comparison) -> Iterator[Line]:
    """Give the territory's figure, then France's where it is no answer to the same question.

    What Insee does not publish is missing for the région, which its figures are of.
    """
    own, national = line.local, line.national
    place = line.holder.territory if line.holder else portrait.region
    if own or (part is Part.CONTEXT and place):
        named = place or portrait.territory
        beside = _beside(own, national, named.id)
        wave = own.wave if own else national.wave if national else ""
        yield Line(
            portrait.dataset,
            named.id,
            named.name,
            line.indicator,
            wave,
            own,
            state_of(own, colourable=True),
            line.difference,
            national=beside,
            section=part.value,
        )
        if beside or named.id == FRANCE:
            return
    if national:
        yield Line(
            portrait.dataset,
            FRANCE,
            _FRANCE,
            line.indicator,
            national.wave,
            national,
            state_of(national, colourable=True),
            section=part.value,
        )


def _beside(figure: Figure | None, national: Figure | None, place: TerritoryId) -> Figure | None:
    """Keep France's figure where it answers the same question, and is not the one it stands by."""
    if national is None or place == FRANCE:
        return None
    return national if figure is None or is_same_question(figure, national) else None


def _earlier_lines(portrait: Portrait) -> Iterator[Line]:
    """Give the wave before the last one, where the page shows how a figure changed."""
    for group in portrait.shared.evolution.groups:
        for trend in group.trends:
            figure = trend.change.before
            if figure is not None:
                place = group.holder.territory
                state = state_of(figure, colourable=True)
                yield Line(
                    portrait.dataset,
                    place.id,
                    place.name,
                    trend.indicator,
                    figure.wave,
                    figure,
                    state,
                    section=_EARLIER,
                )


def _say_answer(answer: Answer) -> str:
    """Write one of the answers in plain text: its figure, what it means."""
    line = answer.line
    figure = (line.local if answer.is_local else line.national) if line else None
    whose = f"{answer.whose} – " if answer.whose else ""
    told = f"{whose}{line.indicator.label} : {figure.text}" if line and figure else answer.words
    return ". ".join(part.rstrip(".") for part in (told, answer.text) if part) + "."


def _say_roles(roles: Roles) -> Iterator[str]:
    """Say who is expected, domain by domain; nothing of those that the source leaves open."""
    yield roles.sentence
    read = read_roles(roles)
    for label, cells in read.rows:
        named = [
            f"{actor.lower()} {cell}"
            for actor, cell in zip(ACTORS.values(), cells, strict=True)
            if cell != UNTOLD
        ]
        yield f"{label} : {', '.join(named)}."
    yield from (text for text in (read.silent, read.key) if text)


def _say_grouped(figure: GroupedFigure) -> str:
    told = f"{figure.statement} : {figure.value_text} ({figure.grouping}, {figure.asked})."
    return " ".join(text for text in (told, figure.caveat) if text)


def _changes(evolution: Evolution) -> Iterator[tuple[str, str]]:
    """Say what may be said of each change, in the words of the page."""
    yield "Évolution", evolution.sentence
    for group in evolution.groups:
        waves = f"{format_wave(group.earlier)} → {format_wave(group.later)}"
        for trend in group.trends:
            change = trend.change
            reason = f" ({change.reason})" if change.reason else ""
            yield "Évolution", f"{trend.indicator.label}, {waves} : {change.verdict}{reason}."
