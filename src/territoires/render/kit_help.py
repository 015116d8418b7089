"""Who acts and what to do next, in the page to carry."""

from __future__ import annotations

from territoires.domain.catalysts import Catalyst
from territoires.domain.indicators import Fiabilite, Nature
from territoires.render.html import external_link
from territoires.render.kit_parts import bullets, section, table, told
from territoires.render.typography import escape
from territoires.tables.published import Published
from territoires.views.catalysts import Nearby, say_distance, where_in
from territoires.views.datasets import mark_of
from territoires.views.next_steps import NextStep, NextSteps
from territoires.views.portrait import Portrait
from territoires.views.roles import ACTORS, DomainRoles, Expectation

#: Actors listed in the territory, outside, without a place; the others are counted.
MAX_INSIDE, MAX_OUTSIDE, MAX_WITHOUT_PLACE = 12, 6, 6
_CELLS = {
    Expectation.ATTENDU: "attendu",
    Expectation.NON_RETENU: "non retenu",
    Expectation.NON_PRECISE: "–",
}
_KEYS = {
    Expectation.NON_PRECISE: "« – » : la source ne le précise pas, ce n’est pas « non ».",
    Expectation.NON_RETENU: "« Non retenu » : moins de la moitié des réponses simulées.",
}
_DOUBTFUL = "* : source ambiguë ou contredite."


def actors(portrait: Portrait, published: Published) -> str:
    """Write the actors known in the territory and around, then who is expected of what."""
    nearby, note = portrait.nearby, published.lists["catalysts"]
    where = where_in(portrait.territory.id.level)
    groups = (
        (f"Recensés {where}", nearby.inside, MAX_INSIDE),
        ("Sans lieu précis publié", nearby.without_place, MAX_WITHOUT_PLACE),
    )
    parts = [_group(title, list(found), most, published) for title, found, most in groups]
    parts.insert(1, _outside(nearby, published))
    mark = mark_of(portrait.dataset, Nature.ENQUETE)
    return section(
        "acteurs",
        "Qui agit, qui est attendu",
        told(nearby.sentence),
        *parts,
        told(note.caveat),
        _roles(portrait, mark),
    )


def _group(title: str, found: list[Catalyst], most: int, published: Published) -> str:
    if not found:
        return ""
    items = [_actor(one, "", published) for one in found[:most]]
    return f"<h3>{escape(title)}</h3>{bullets(items)}{_others(len(found) - most)}"


def _outside(nearby: Nearby, published: Published) -> str:
    if not nearby.outside:
        return ""
    items = [
        _actor(
            one.catalyst,
            f"à {'environ ' if one.is_approximate else ''}{say_distance(one.distance_km)}",
            published,
        )
        for one in nearby.outside[:MAX_OUTSIDE]
    ]
    origin = told(f"Distances à vol d’oiseau, depuis {nearby.origin}.") if nearby.origin else ""
    return f"<h3>Les plus proches ailleurs</h3>{bullets(items)}{origin}"


def _actor(catalyst: Catalyst, distance: str, published: Published) -> str:
    kind = published.catalyst_kinds.get(catalyst.kind, catalyst.kind)
    details = ", ".join(text for text in (kind, catalyst.place_name, distance) if text)
    return f"<strong>{escape(catalyst.name)}</strong> – {escape(details)}"


def _others(number: int) -> str:
    if number <= 0:
        return ""
    return told("et 1 autre." if number == 1 else f"et {number} autres.")


def _roles(portrait: Portrait, mark: str) -> str:
    roles = portrait.shared.roles
    rows = [
        (escape(_starred(one)), *(_CELLS[expected] for expected in one.expectations))
        for one in roles.domains
    ]
    if not rows:
        return ""
    caption = f"{mark}Qui est attendu dans chaque domaine"
    found = {expected for one in roles.domains for expected in one.expectations}
    keys = [text for expected, text in _KEYS.items() if expected in found]
    keys += [_DOUBTFUL] if any(_is_doubtful(one) for one in roles.domains) else []
    shown = table(caption, ("Domaine", *ACTORS.values()), rows, is_stacked=True)
    return shown + told(" ".join(keys))


def _starred(domain: DomainRoles) -> str:
    return f"{domain.label} *" if _is_doubtful(domain) else domain.label


def _is_doubtful(domain: DomainRoles) -> bool:
    return domain.fiabilite is Fiabilite.AMBIGUE


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
