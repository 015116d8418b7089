"""Who is expected, who is known around, what to do next: the second half of a sheet, in words."""

from __future__ import annotations

from territoires.domain.catalysts import Catalyst
from territoires.domain.indicators import Fiabilite
from territoires.render.fiche_sheet import Sheet
from territoires.render.fiche_words import Json
from territoires.views.catalysts import Nearby, say_distance, where_in
from territoires.views.french import NBSP
from territoires.views.next_steps import NextStep, NextSteps
from territoires.views.roles import ACTORS, DomainRoles, Expectation, Roles

#: Lists are cut here first; a sheet cuts them further where its page is full.
MAX_INSIDE, MAX_OUTSIDE, MAX_WITHOUT_PLACE = 6, 5, 3
_CELLS = {
    Expectation.ATTENDU: "attendu",
    Expectation.NON_RETENU: "non retenu",
    Expectation.NON_PRECISE: "–",
}
_KEYS = {
    Expectation.ATTENDU: "« attendu » : la source nomme cet acteur",
    Expectation.NON_RETENU: "« non retenu » : moins de la moitié des réponses simulées",
    Expectation.NON_PRECISE: "« – » : la source ne le précise pas, ce n’est pas « non »",
}
_DOUBTFUL = "* : source ambiguë ou contredite"


def to_roles(roles: Roles) -> Json:
    """Give the domains against the four actors, in words."""
    found = dict.fromkeys(one for domain in roles.domains for one in domain.expectations)
    keys = [text for expectation, text in _KEYS.items() if expectation in found]
    if any(domain.fiabilite is Fiabilite.AMBIGUE for domain in roles.domains):
        keys.append(_DOUBTFUL)
    return {
        "headings": ["Domaine", *ACTORS.values()],
        "rows": [
            {
                "label": _starred(domain),
                "cells": [
                    {"text": _CELLS[one], "expected": one is Expectation.ATTENDU}
                    for one in domain.expectations
                ],
            }
            for domain in roles.domains
        ],
        "key": " ; ".join(keys) + "." if keys else "",
    }


def to_actors(sheet: Sheet) -> Json:
    """Give the actors known in the territory, the nearest outside, those without a place."""
    nearby, note = sheet.portrait.nearby, sheet.published.lists["catalysts"]
    where = where_in(sheet.portrait.territory.id.level)
    rows = [_actor(one, where, sheet) for one in nearby.inside[:MAX_INSIDE]]
    near = [
        _actor(
            one.catalyst,
            f"à {'environ ' if one.is_approximate else ''}{say_distance(one.distance_km)}",
            sheet,
        )
        for one in nearby.outside[:MAX_OUTSIDE]
    ]
    wide = [
        _actor(one, "lieu précis non publié", sheet)
        for one in nearby.without_place[:MAX_WITHOUT_PLACE]
    ]
    return {
        "inside": rows,
        "inside_total": len(nearby.inside),
        "outside": near,
        "outside_total": len(nearby.outside),
        "without_place": wide,
        "without_place_total": len(nearby.without_place),
        "origin": f"Distances à vol d’oiseau, depuis {nearby.origin}." if near else "",
        "empty": _say_nobody(nearby, exhaustive=note.exhaustive),
        "caveat": note.caveat,
    }


def to_steps(steps: NextSteps) -> Json:
    """Give the next steps, each with what it takes from the kit and why, and the rule."""
    return {
        "items": [_step(step) for step in steps.steps],
        "rule": steps.rule,
        "invitation": steps.invitation,
    }


def _starred(domain: DomainRoles) -> str:
    return f"{domain.label}{NBSP}*" if domain.fiabilite is Fiabilite.AMBIGUE else domain.label


def _actor(catalyst: Catalyst, where: str, sheet: Sheet) -> Json:
    kinds = sheet.published.catalyst_kinds
    return {
        "name": catalyst.name,
        "kind": kinds.get(catalyst.kind, catalyst.kind),
        "place": catalyst.place_name,
        "where": where,
    }


def _say_nobody(nearby: Nearby, *, exhaustive: bool) -> str:
    if nearby.inside or nearby.outside or nearby.without_place:
        return ""
    text = "Aucun acteur recensé ici ne porte sur ce territoire."
    if not exhaustive:
        text += " Cela ne veut pas dire qu’il n’y en a pas : la liste n’est pas complète."
    return text


def _step(step: NextStep) -> Json:
    return {
        "verb": step.verb.value,
        "text": step.text,
        "why": f"{step.why[:1].upper()}{step.why[1:]}.",
        "resources": [
            f"{resource.title} ({resource.kind}, {resource.producer})"
            for resource in step.resources
        ],
        "others": step.others,
        "lines": list(step.lines),
    }
