"""From the portrait of a territory to the table of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from territoires.domain.indicators import Indicator
from territoires.domain.territories import FRANCE, TerritoryId
from territoires.render.data_files.columns import to_cells
from territoires.render.data_files.lines import Line
from territoires.render.data_files.maps import head_notes, tail_notes
from territoires.render.data_files.tables import DataTable, name_comparable
from territoires.views.citation import Taken, cite_portrait
from territoires.views.evolution import Evolution
from territoires.views.figure import Figure, is_same_question
from territoires.views.french import format_wave
from territoires.views.map_view import state_of
from territoires.views.portrait import Portrait
from territoires.views.portrait_brief import Answer
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_profile import Profile

_SURVEYS, _CONTEXT = "Enquêtes", "Contexte"
_PROFILE, _EARLIER = "Profil des collectivités", "Vague précédente"


def portrait_table(
    portrait: Portrait, catalogue: Mapping[str, Indicator], taken: Taken
) -> DataTable:
    """Give every figure of a territory's page, each with the territory it is published for."""
    lines = list(_lines(portrait))
    indicators = tuple({line.indicator.indicator_id: line.indicator for line in lines}.values())
    columns, cells = to_cells(lines, indicators)
    citation = cite_portrait(portrait, taken)
    name = portrait.territory.name
    notes = [
        ("Titre", citation.marked_title),
        *head_notes(portrait.dataset),
        ("Ce qu’on y lit", portrait.sentence),
        (
            "Territoire du chiffre",
            f"Un chiffre qui n’est pas publié pour {name} est celui du territoire plus large le plus "
            "proche qui en a un : colonnes « territoire » et « nom ». Rien n’est interpolé.",
        ),
        *((answer.question, _say_answer(answer)) for answer in portrait.answers),
        *_changes(portrait.shared.evolution),
        *tail_notes(citation, indicators),
    ]
    return DataTable(
        citation,
        columns,
        cells,
        tuple(str(line.territory) for line in lines),
        indicators,
        name_comparable(indicators, catalogue),
        tuple(notes),
    )


def _lines(portrait: Portrait) -> Iterator[Line]:
    """Give each figure once, by parts of the page."""
    shared = portrait.shared
    parts = [
        *((_SURVEYS, line) for line in shared.surveys),
        *((_CONTEXT, line) for line in shared.context),
        *((_PROFILE, line) for line in _profile_lines(portrait.profile)),
    ]
    seen: set[tuple[str, str, TerritoryId]] = set()
    shown = (_to_line(portrait, section, line, portrait.profile) for section, line in parts)
    for line in chain(shown, _earlier_lines(portrait)):
        key = (line.indicator.indicator_id, line.wave, line.territory)
        if key not in seen:
            seen.add(key)
            yield line


def _profile_lines(profile: Profile | None) -> Iterator[Comparison]:
    if profile:
        yield from profile.counts
        for size in profile.sizes:
            yield size.number_line
            yield size.share_line


def _to_line(portrait: Portrait, section: str, line: Comparison, profile: Profile | None) -> Line:
    place = portrait.territory
    if line.holder and line.local:
        place = line.holder.territory
    elif section == _PROFILE and profile:
        place = profile.territory
    figure = line.local
    told = figure or line.national
    wave = told.wave if told else ""
    return Line(
        portrait.dataset,
        place.id,
        place.name,
        line.indicator,
        wave,
        figure,
        state_of(figure, colourable=True),
        line.difference,
        national=_beside(figure, line.national, place.id),
        section=section,
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
    told = f"{line.indicator.label} : {figure.text}" if line and figure else answer.words
    return ". ".join(part.rstrip(".") for part in (told, answer.text) if part) + "."


def _changes(evolution: Evolution) -> Iterator[tuple[str, str]]:
    """Say what may be said of each change, in the words of the page."""
    yield "Évolution", evolution.sentence
    for group in evolution.groups:
        waves = f"{format_wave(group.earlier)} → {format_wave(group.later)}"
        for trend in group.trends:
            change = trend.change
            reason = f" ({change.reason})" if change.reason else ""
            yield "Évolution", f"{trend.indicator.label}, {waves} : {change.verdict}{reason}."
