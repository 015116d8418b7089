"""What the sheet and the page to carry both say of a territory; each lays it out its own way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from territoires.domain.catalysts import Catalyst
from territoires.domain.indicators import Fiabilite
from territoires.domain.territories import FRANCE
from territoires.tables.published import Published
from territoires.views.catalysts import say_near, where_in
from territoires.views.french import NBSP, join_words
from territoires.views.next_steps import NextSteps
from territoires.views.portrait import Portrait
from territoires.views.roles import DomainRoles, Expectation, Roles

NOWHERE = "lieu précis non publié"
UNTOLD = "–"
_CELLS = {
    Expectation.ATTENDU: "attendu",
    Expectation.NON_RETENU: "non retenu",
    Expectation.NON_PRECISE: UNTOLD,
}
_KEYS = {
    Expectation.ATTENDU: "« attendu » : la source nomme cet acteur",
    Expectation.NON_RETENU: "« non retenu » : moins de la moitié des réponses simulées",
    Expectation.NON_PRECISE: "« – » : la source ne le précise pas, ce n’est pas « non »",
}
_DOUBTFUL = "* : source ambiguë ou contredite"


@dataclass(frozen=True, slots=True)
class RolesTable:
    """The domains on which somebody is expected, or not; ``silent`` says which the others are."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    silent: str
    key: str


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor in words: its name, what it is, its place, where that is from the territory."""

    name: str
    kind: str
    place: str
    where: str


@dataclass(frozen=True, slots=True)
class ActorLines:
    """The actors known in a territory, the nearest outside, those whose place is not known."""

    inside: tuple[ActorLine, ...]
    outside: tuple[ActorLine, ...]
    without_place: tuple[ActorLine, ...]
    origin: str


def say_questions(steps: NextSteps, where: str) -> NextSteps:
    """Say where the questions are that the site alone asks; nothing once they are answered."""
    if not steps.invitation:
        return steps
    return replace(steps, invitation=f"{steps.invitation} Les questions sont {where}.")


def read_roles(roles: Roles) -> RolesTable:
    """Part the domains of which the source says something from those it leaves open."""
    told = [one for one in roles.domains if set(one.expectations) != {Expectation.NON_PRECISE}]
    silent = [one.label for one in roles.domains if one not in told]
    found = dict.fromkeys(expected for one in told for expected in one.expectations)
    keys = [text for expected, text in _KEYS.items() if expected in found]
    keys += [_DOUBTFUL] if any(_is_doubtful(one) for one in told) else []
    return RolesTable(
        rows=tuple((_starred(one), tuple(_CELLS[e] for e in one.expectations)) for one in told),
        silent=f"La source ne précise aucun acteur pour : {join_words(silent)}." if silent else "",
        key=f"{' ; '.join(keys)}." if keys else "",
    )


def read_actors(portrait: Portrait, published: Published) -> ActorLines:
    """Put the actors around a territory in words, all of them."""
    nearby, territory = portrait.nearby, portrait.territory.id
    here = "" if territory == FRANCE else where_in(territory.level)

    def line(actor: Catalyst, where: str) -> ActorLine:
        kind = published.catalyst_kinds.get(actor.kind, actor.kind)
        return ActorLine(actor.name, kind, actor.place_name, where)

    return ActorLines(
        inside=tuple(line(one, here) for one in nearby.inside),
        outside=tuple(line(one.catalyst, f"à {say_near(one)}") for one in nearby.outside),
        without_place=tuple(line(one, NOWHERE) for one in nearby.without_place),
        origin=f"Distances à vol d’oiseau, depuis {nearby.origin}." if nearby.outside else "",
    )


def _starred(domain: DomainRoles) -> str:
    return f"{domain.label}{NBSP}*" if _is_doubtful(domain) else domain.label


def _is_doubtful(domain: DomainRoles) -> bool:
    return domain.fiabilite is Fiabilite.AMBIGUE
