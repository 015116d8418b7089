"""Who is expected, who is known around, what to do next: the second half of a sheet, in words."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.catalysts import Catalyst
from territoires.render.carried import ActorLine, read_actors, read_roles
from territoires.render.fiche_sheet import Sheet
from territoires.render.fiche_words import Json
from territoires.views.catalysts import Nearby
from territoires.views.next_steps import NextStep, NextSteps
from territoires.views.roles import ACTORS, Expectation, Roles

#: Lists are cut here first; a sheet cuts them further where its page is full.
MAX_INSIDE, MAX_OUTSIDE, MAX_WITHOUT_PLACE = 6, 5, 3


def to_roles(roles: Roles) -> Json:
    """Give the domains against the four actors, in words."""
    read = read_roles(roles)
    return {
        "headings": ["Domaine", *ACTORS.values()],
        "rows": [
            {
                "label": label,
                "cells": [
                    {"text": text, "expected": text == Expectation.ATTENDU} for text in cells
                ],
            }
            for label, cells in read.rows
        ],
        "silent": read.silent,
        "key": read.key[:1].upper() + read.key[1:],
    }


def to_actors(sheet: Sheet) -> Json:
    """Give the actors known in the territory, the nearest outside, those without a place."""
    found, note = read_actors(sheet.portrait, sheet.published), sheet.published.lists["catalysts"]
    is_empty = not (found.inside or found.outside or found.without_place)
    return {
        "inside": _rows(found.inside[:MAX_INSIDE]),
        "inside_total": len(found.inside),
        "outside": _rows(found.outside[:MAX_OUTSIDE]),
        "without_place": _rows(found.without_place[:MAX_WITHOUT_PLACE]),
        "without_place_total": len(found.without_place),
        "origin": found.origin,
        "empty": _say_nobody(exhaustive=note.exhaustive) if is_empty else "",
        "caveat": note.caveat,
    }


def shown_actors(nearby: Nearby) -> tuple[Catalyst, ...]:
    """List the actors that a sheet may name, for their sources."""
    return (
        *nearby.inside[:MAX_INSIDE],
        *(near.catalyst for near in nearby.outside[:MAX_OUTSIDE]),
        *nearby.without_place[:MAX_WITHOUT_PLACE],
    )


def to_steps(steps: NextSteps) -> Json:
    """Give the next steps, each with what it takes from the kit and why, and the rule."""
    return {
        "items": [_step(step) for step in steps.steps],
        "rule": steps.rule,
        "invitation": steps.invitation,
    }


def _rows(lines: Sequence[ActorLine]) -> list[Json]:
    return [
        {"name": one.name, "kind": one.kind, "place": one.place, "where": one.where}
        for one in lines
    ]


def _say_nobody(*, exhaustive: bool) -> str:
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
