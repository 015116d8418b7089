"""Who acts and what to do next, in the page to carry."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.indicators import Nature
from territoires.render.carried import ActorLine, read_actors, read_roles
from territoires.render.html import external_link
from territoires.render.kit_parts import bullets, section, table, told
from territoires.render.typography import escape
from territoires.tables.published import Published
from territoires.views.catalysts import where_in
from territoires.views.datasets import mark_of
from territoires.views.next_steps import NextStep, NextSteps
from territoires.views.portrait import Portrait
from territoires.views.roles import ACTORS, Roles

#: Actors listed in the territory, outside, without a place; the others are counted.
MAX_INSIDE, MAX_OUTSIDE, MAX_WITHOUT_PLACE = 12, 6, 6


def actors(portrait: Portrait, published: Published) -> str:
    """Write the actors known in the territory and around, then who is expected of what."""
    found, where = read_actors(portrait, published), where_in(portrait.territory.id.level)
    return section(
        "acteurs",
        "Qui agit, qui est attendu",
        told(portrait.nearby.sentence),
        _group(f"Recensés {where}", found.inside, MAX_INSIDE),
        _group("Les plus proches ailleurs", found.outside, MAX_OUTSIDE, tells_where=True),
        told(found.origin),
        _group("Sans lieu précis publié", found.without_place, MAX_WITHOUT_PLACE),
        told(published.lists["catalysts"].caveat),
        _roles(portrait.shared.roles, mark_of(portrait.dataset, Nature.ENQUETE)),
    )


def _group(title: str, found: Sequence[ActorLine], most: int, *, tells_where: bool = False) -> str:
    if not found:
        return ""
    items = [_actor(one, tells_where=tells_where) for one in found[:most]]
    return f"<h3>{escape(title)}</h3>{bullets(items)}{_others(len(found) - most)}"


def _actor(one: ActorLine, *, tells_where: bool) -> str:
    words = (one.kind, one.place, one.where if tells_where else "")
    details = ", ".join(text for text in words if text)
    return f"<strong>{escape(one.name)}</strong> – {escape(details)}"


def _others(number: int) -> str:
    if number <= 0:
        return ""
    return told("et 1 autre." if number == 1 else f"et {number} autres.")


def _roles(roles: Roles, mark: str) -> str:
    read = read_roles(roles)
    rows = [(escape(label), *map(escape, cells)) for label, cells in read.rows]
    caption = f"{mark}Qui est attendu dans chaque domaine, pour la France entière"
    shown = table(caption, ("Domaine", *ACTORS.values()), rows, is_stacked=True)
    return shown + told(read.silent) + told(read.key[:1].upper() + read.key[1:])


def steps(found: NextSteps) -> str:
    """Write the next steps, each with why and with what, and the rule that chose them."""
    items = "".join(f"<li>{_step(one)}</li>" for one in found.steps)
    return told(found.invitation) + f'<ol class="pas">{items}</ol>' + told(found.rule)


def _step(step: NextStep) -> str:
    resources = [
        external_link(one.url, one.title) + escape(f" ({one.kind}, {one.producer})")
        for one in step.resources
    ]
    why = f"{step.why[:1].upper()}{step.why[1:]}."
    return (
        f"<strong>{escape(step.verb.value)} – {escape(step.text)}</strong>{told(why)}"
        + bullets([*map(escape, step.lines), *resources], "ressources")
        + _others(step.others)
    )
