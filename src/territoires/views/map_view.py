"""The answer to the map page's question: one indicator, one wave, one level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from territoires.analysis.classes import Classes, classify
from territoires.domain.directory import Directory
from territoires.domain.indicators import (
    Indicator,
    Nature,
    Reading,
    Source,
    Status,
)
from territoires.domain.selection import Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.figure import Figure, build_figure, national_figure, value_text
from territoires.views.french import (
    LEVEL_LABELS,
    LEVEL_PLURALS,
    count,
    format_number,
    format_wave,
)


class State(StrEnum):
    """State of a territory on a map, as written in ``data-etat``."""

    CLASSE = "classe"
    INDICATIF = "indicatif"
    IMPRECIS = "imprecis"
    SUPPRIME = "supprime"
    MANQUANT = "manquant"


STATE_LABELS = {
    State.CLASSE: "Valeur publiée",
    State.INDICATIF: "Valeur indicative (échantillon réduit)",
    State.IMPRECIS: "Trop imprécis pour être coloré",
    State.SUPPRIME: "Effectif insuffisant (non diffusé)",
    State.MANQUANT: "Aucune valeur chiffrée publiée",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A territory on the map and in the table."""

    id: TerritoryId
    name: str
    state: State
    class_index: int | None
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class MapView:
    """What the map, its legend, its table and its sentence are drawn from."""

    indicator: Indicator
    wave: str
    level: Level
    rows: tuple[Row, ...]
    classes: Classes
    national: Figure | None
    state_counts: Mapping[State, int]
    title: str
    sentence: str
    caveats: tuple[str, ...]
    sources: tuple[Source, ...]

    def row(self, territory: TerritoryId | None) -> Row | None:
        """Find the row of a territory, if it stands on this map."""
        return next((row for row in self.rows if row.id == territory), None)


def build_map_view(selection: Selection, published: Published, directory: Directory) -> MapView:
    """Join an indicator with the territories of a level, by official code only.

    Territories stand in the order of their codes, which is the order of the boundary files;
    an observation whose code is not of the level is told in ``caveats``.
    """
    indicator = published.catalogue[selection.indicator_id]
    figures = {
        o.code: build_figure(o, published)
        for o in published.of_indicator(indicator.indicator_id, selection.level)
        if o.wave == selection.wave and o.reading is Reading.PRINCIPALE
    }
    territories = directory.of_level(selection.level)
    found = [figures.get(territory.id.code) for territory in territories]
    values = [figure.value if figure else None for figure in found]
    classes = classify(values, decimals=indicator.decimals)
    rows = tuple(
        Row(
            territory.id,
            territory.name,
            State.MANQUANT if member is None else State.CLASSE,
            member,
            figure,
        )
        for territory, figure, member in zip(territories, found, classes.members, strict=True)
    )
    codes = {territory.id.code for territory in territories}
    national = national_figure(published, indicator, selection.wave)
    states = {state: sum(row.state is state for row in rows) for state in State}
    return MapView(
        indicator=indicator,
        wave=selection.wave,
        level=selection.level,
        rows=rows,
        classes=classes,
        national=national,
        state_counts=states,
        title=f"{indicator.label} – {indicator.actor_label}, {format_wave(selection.wave)}",
        sentence=_sentence(indicator, selection, rows, national),
        caveats=_caveats(indicator, rows, national, sorted(set(figures) - codes)),
        sources=_sources(rows, national),
    )


def _sentence(
    indicator: Indicator, selection: Selection, rows: tuple[Row, ...], national: Figure | None
) -> str:
    values = [row.figure.value for row in rows if row.figure and row.figure.value is not None]
    plural = LEVEL_PLURALS[selection.level]
    noun = LEVEL_LABELS[selection.level]
    if len(values) == len(rows):
        start = f"Les {format_number(len(rows))} {plural} ont une valeur"
    else:
        start = f"{count(len(values), noun)} sur {format_number(len(rows))} "
        start += "ont une valeur publiée" if len(values) > 1 else "a une valeur publiée"
    spread = ""
    if values:
        low, high = value_text(min(values), indicator), value_text(max(values), indicator)
        spread = f", {low}" if low == high else f", de {low} à {high}"
    end = f" ; France : {national.text}" if national else " ; valeur nationale non disponible"
    return (
        f"{indicator.label} ({indicator.actor_label}, {format_wave(selection.wave)}) : "
        f"{start[0].lower()}{start[1:]}{spread}{end}."
    )


def _caveats(
    indicator: Indicator, rows: tuple[Row, ...], national: Figure | None, unmatched: list[str]
) -> tuple[str, ...]:
    figures = [row.figure for row in rows if row.figure]
    texts: list[str] = []
    if indicator.nature is Nature.ENQUETE and any(f.respondents is None for f in figures):
        texts.append(
            "Effectif non communiqué : ces valeurs ne se classent pas et ne se comparent pas "
            "d’un territoire à l’autre."
        )
    if indicator.caveat:
        texts.append(indicator.caveat)
    if unmatched:
        texts.append(f"Codes sans territoire à ce niveau, non dessinés : {', '.join(unmatched)}.")
    if indicator.status is Status.PROVISOIRE:
        texts.append("Valeurs provisoires : certaines n’ont pas été relues à la source.")
    own = Counter(figure.caveat for figure in figures if figure.caveat)
    shared = [caveat for caveat, number in own.items() if 2 * number > len(figures)]
    texts.extend(shared)
    if rest := sum(own.values()) - sum(own[caveat] for caveat in shared):
        verb = "porte une réserve propre" if rest == 1 else "portent une réserve propre"
        texts.append(f"{count(rest, 'valeur')} {verb} : choisissez le territoire pour la lire.")
    if national and national.caveat and national.caveat not in shared:
        texts.append(f"France : {national.caveat}")
    return tuple(dict.fromkeys(texts))


def _sources(rows: tuple[Row, ...], national: Figure | None) -> tuple[Source, ...]:
    figures = [row.figure for row in rows if row.figure]
    if national:
        figures.append(national)
    return tuple(dict.fromkeys(figure.source for figure in figures))
