"""The domains of fragility of a territory's page, ranked only where precision allows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from territoires.analysis.precision import Precision
from territoires.domain.indicators import Nature
from territoires.tables.published import Published
from territoires.views.figure import Figure
from territoires.views.portrait_figures import Comparison, TerritoryFigures

_RANKED = (Precision.PRECISE, Precision.CORRECTE)
#: Domains shown at once; the others are folded.
SHOWN_FIRST = 5
_SOURCE_ORDER = "Dans l’ordre de la source"


@dataclass(frozen=True, slots=True)
class DomainLine:
    """A domain of fragility with what is published about it."""

    label: str
    perceived: tuple[Comparison, ...]
    measured: tuple[Comparison, ...]

    @property
    def has_local(self) -> bool:
        """Tell whether it has a figure of the territory or of its région, not of France only."""
        return any(one.local for one in (*self.perceived, *self.measured))


@dataclass(frozen=True, slots=True)
class Domains:
    """The domains in the order they are shown, and what that order is."""

    lines: tuple[DomainLine, ...]
    is_ranked: bool
    order: str

    @property
    def first(self) -> tuple[DomainLine, ...]:
        """List those shown first: the most cited, else those with a figure of the territory."""
        if self.is_ranked:
            return self.lines[:SHOWN_FIRST]
        known = (line for line in self.lines if line.has_local)
        return tuple(known) or self.lines[:SHOWN_FIRST]


def build_domains(published: Published, figures: TerritoryFigures) -> Domains:
    """Gather what surveys and Insee say of each domain; rank them by one question, or not at all.

    They are ranked by the territory's own figures, else by France's, where every one of them is
    of one comparable question and of a precision that carries an order.
    """
    lines = tuple(
        _line(str(row.domain_id), str(row.label), figures)
        for row in published.domains.sort_values("source_order").itertuples(index=False)
    )
    ranking = _ranking(lines)
    if reason := _why_unranked(ranking):
        return Domains(lines, is_ranked=False, order=f"{_SOURCE_ORDER} : {reason}")
    values = {label: figure.value or 0.0 for label, _, figure in ranking}
    ordered = sorted(lines, key=lambda line: -values.get(line.label, -1.0))
    holder = ranking[0][1].holder
    where = holder.forms.de if holder and holder.forms else "de la France"
    return Domains(
        tuple(ordered),
        is_ranked=True,
        order=f"Du plus cité au moins cité, d’après les chiffres {where} : l’ordre de deux "
        "domaines dont les intervalles se recouvrent peut n’être que du hasard.",
    )


def _line(domain_id: str, label: str, figures: TerritoryFigures) -> DomainLine:
    related = figures.lines(lambda indicator: domain_id in indicator.domain_ids)
    known = [line for line in related if line.local or line.national]
    return DomainLine(
        label,
        tuple(line for line in known if line.indicator.nature is Nature.ENQUETE),
        tuple(line for line in known if line.indicator.nature is Nature.CONTEXTE),
    )


_Ranking = list[tuple[str, Comparison, Figure]]


def _ranking(lines: Sequence[DomainLine]) -> _Ranking:
    """Give the figures an order could be read from: the territory's own, else France's."""
    asked = [(line.label, comparison) for line in lines for comparison in line.perceived]
    own = [(label, one, one.local) for label, one in asked if one.local]
    return own or [(label, one, one.national) for label, one in asked if one.national]


def _why_unranked(ranking: _Ranking) -> str:
    """Say why the domains keep the source's order; empty where they may be ranked."""
    figures = [figure for _, _, figure in ranking]
    indicators = [comparison.indicator for _, comparison, _ in ranking]
    if len(ranking) < 2:  # noqa: PLR2004 - one figure has no order
        return "il n’y a pas de chiffres à classer."
    if any(figure.precision is Precision.INCONNUE for figure in figures):
        return "les effectifs n’étant pas communiqués, les domaines ne se classent pas."
    one_question = all(indicators[0].is_comparable_with(other) for other in indicators)
    one_wave = len({figure.wave for figure in figures}) == 1
    one_place = len({one.holder for _, one, _ in ranking}) == 1
    one_each = len({label for label, _, _ in ranking}) == len(ranking)
    if not (one_question and one_wave and one_place and one_each):
        return "ces chiffres ne répondent pas à une même question, ils ne se classent pas."
    if not all(figure.precision in _RANKED for figure in figures):
        return "les échantillons sont trop petits pour que les domaines se classent."
    return ""
