"""Territories that look like one another, and why: the same in both sets of data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from territoires.analysis.peers import gaps_from, nearest
from territoires.domain.directory import Directory
from territoires.domain.indicators import Source
from territoires.domain.territories import Level, Territory, TerritoryId
from territoires.tables.published import Published
from territoires.views.french import LEVEL_PLURALS, join_words
from territoires.views.peer_measures import Measure, Space, build_spaces

DEFAULT_LIMIT = 3
#: Of the words: a table holds every measure.
_MAX_REASONS = 3
#: In usual gaps: up to here a measure is told as a likeness, and from there as a difference; a
#: pair whose gaps are on average as large is hardly nearer than one taken at random.
CLOSE, FAR = 0.4, 1.0
#: Levels whose names are shared by several territories: their département is named too.
_NAMESAKES = (Level.EPCI, Level.COMMUNE)


@dataclass(frozen=True, slots=True)
class Peer:
    """A territory that looks like another one.

    ``reasons`` are the measures on which both are closest, each with both numbers; ``contrast`` is
    the one on which they stand farthest apart, empty where none is far. ``distance`` is in usual
    gaps, ``texts`` are the numbers of ``Peers.measures``, empty where unknown.
    """

    territory: Territory
    where: str
    reasons: tuple[str, ...]
    contrast: str
    distance: float
    texts: tuple[str, ...]

    @property
    def is_far(self) -> bool:
        """Tell whether the nearest territory is nonetheless quite different."""
        return self.distance > FAR


class Peers:
    """Finds the statistical neighbours of any territory, on official figures alone."""

    def __init__(self, spaces: Mapping[Level, Space], directory: Directory) -> None:
        """Keep the territories measured; neighbours are found when they are asked for."""
        self._spaces = spaces
        self._directory = directory
        self._rows = {
            level: {code: row for row, code in enumerate(space.codes)}
            for level, space in spaces.items()
        }

    def of(self, territory_id: TerritoryId, limit: int = DEFAULT_LIMIT) -> tuple[Peer, ...]:
        """Give the territories of the same level nearest to one, the nearest first.

        Empty for the country, a zone, an overseas collectivity, and where fewer than half of the
        measures are known.
        """
        space, row = self._find(territory_id)
        if space is None or row is None:
            return ()
        neighbours = nearest(
            space.points,
            row,
            limit=limit,
            min_shared=-(-len(space.measures) // 2),
            allowed=space.is_overseas == space.is_overseas[row],
            groups=space.groups,
        )
        return tuple(
            self._peer(territory_id.level, space, row, found.row, found.distance)
            for found in neighbours
        )

    def measures(self, level: Level) -> tuple[Measure, ...]:
        """List what territories of a level are compared on; nothing where they are not."""
        return self._spaces[level].measures if level in self._spaces else ()

    def texts(self, territory_id: TerritoryId) -> tuple[str, ...]:
        """Write the numbers of a territory, in the order of ``measures``, empty where unknown."""
        space, row = self._find(territory_id)
        return _texts(space, row) if space and row is not None else ()

    def sources(self, level: Level) -> tuple[Source, ...]:
        """List where the measures of a level come from."""
        found = (measure.source for measure in self.measures(level))
        return tuple(dict.fromkeys(source for source in found if source))

    def method(self, level: Level) -> str:
        """Say in two sentences how the resemblance is found, and what it is not."""
        measures = self.measures(level)
        if not measures:
            return "Seuls les régions, départements, intercommunalités et communes se rapprochent."
        plural = LEVEL_PLURALS[level]
        labels = join_words([_lower(measure.label) for measure in measures])
        elsewhere = (
            " ; une seule commune est retenue par intercommunalité, aucune dans la même"
            if level is Level.COMMUNE
            else ""
        )
        whose = "ceux" if level is Level.DEPARTEMENT else "celles"
        return (
            f"Les {plural} les plus semblables sont {whose} dont l’écart est le plus petit sur "
            f"{_count_words(len(measures))} mesures officielles ({labels}), chacune rapportée à "
            f"l’écart habituel entre {plural}, sans aucun chiffre d’enquête. "
            "L’outre-mer n’est rapproché que de l’outre-mer, une mesure manquante est laissée de "
            f"côté s’il en reste au moins la moitié{elsewhere}, et se ressembler ainsi n’est ni "
            "un classement ni une preuve que ce qui réussit ici réussirait là-bas."
        )

    def _find(self, territory_id: TerritoryId) -> tuple[Space | None, int | None]:
        level = territory_id.level
        return self._spaces.get(level), self._rows.get(level, {}).get(territory_id.code)

    def _peer(self, level: Level, space: Space, row: int, other: int, distance: float) -> Peer:
        territory = self._directory.get(TerritoryId(level, space.codes[other]))
        close, far = _split(space, row, other)
        return Peer(
            territory=territory,
            where=self._where(territory),
            reasons=tuple(_say(space, i, row, other) for i in close),
            contrast=_say(space, far, row, other) if far is not None else "",
            distance=distance,
            texts=_texts(space, other),
        )

    def _where(self, territory: Territory) -> str:
        """Name the département of a territory whose name may be that of others."""
        code = territory.departement_code
        if territory.id.level not in _NAMESAKES or code is None:
            return ""
        return self._directory.get(TerritoryId(Level.DEPARTEMENT, code)).name


def build_peers(published: Published, directory: Directory) -> Peers:
    """Measure every territory once; the same for both sets of data, whose Insee figures are."""
    return Peers(build_spaces(published, directory), directory)


def _split(space: Space, row: int, other: int) -> tuple[list[int], int | None]:
    """Choose the measures to tell: the closest ones in their order, then the one that is far."""
    gaps = gaps_from(space.points, row)[other]
    known = [i for i in np.argsort(gaps, kind="stable").tolist() if not np.isnan(gaps[i])]
    far = known[-1] if len(known) > 1 and gaps[known[-1]] > FAR else None
    close = [i for i in known if gaps[i] <= CLOSE][:_MAX_REASONS] or known[:1]
    return sorted(close), far


def _say(space: Space, measure: int, row: int, other: int) -> str:
    theirs, ours = (float(space.values[i, measure]) for i in (other, row))
    return space.measures[measure].say(theirs, ours)


def _texts(space: Space, row: int) -> tuple[str, ...]:
    values = space.values[row].tolist()
    return tuple(m.bare(value) for m, value in zip(space.measures, values, strict=True))


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _count_words(number: int) -> str:
    words = ("zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
    return words[number] if number < len(words) else str(number)
