"""Every figure that a territory's page tells, part by part: what leaves the screen holds the same."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import chain

from territoires.domain.indicators import Source
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.figure import Figure
from territoires.views.portrait import Portrait
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_sentence import choose_lead


class Part(StrEnum):
    """A part of the page, as a file names it."""

    IDENTITY = "Identité"
    SURVEYS = "Enquêtes"
    LANDMARKS = "Repères nationaux"
    MATURITY = "Maturité"
    DOMAINS = "Fragilités perçues"
    ROLES = "Acteurs et rôles"
    CONTEXT = "Contexte (Insee)"
    PROFILE = "Profil des collectivités"


def survey_lines(portrait: Portrait) -> list[Comparison]:
    """List the survey figures that no other part of the page shows."""
    shared = portrait.shared
    perceived = (line for domain in shared.domains.lines for line in domain.perceived)
    elsewhere = {*shared.maturity_lines, *perceived, *_role_lines(portrait)}
    return [line for line in shared.surveys if line not in elsewhere]


def own_surveys(portrait: Portrait) -> list[Comparison]:
    """List the survey figures of the territory itself, the one told first at their head."""
    lines = [line for line in survey_lines(portrait) if line.local]
    lead = choose_lead(lines, EDITIONS[portrait.dataset].default_indicator)
    return sorted(lines, key=lambda line: line != lead)


def lines_of(portrait: Portrait) -> Iterator[tuple[Part, Comparison]]:
    """Give each figure with the part that tells it; one that several tell comes several times.

    France's main figures stand for a territory of which no survey tells anything.
    """
    shared, own = portrait.shared, own_surveys(portrait)
    parts = (
        (Part.IDENTITY, [portrait.population] if portrait.population else []),
        (Part.SURVEYS, own),
        (Part.LANDMARKS, () if own else shared.landmarks),
        (Part.MATURITY, shared.maturity_lines),
        (Part.DOMAINS, [one for domain in shared.domains.lines for one in domain.perceived]),
        (Part.ROLES, _role_lines(portrait)),
        (Part.CONTEXT, shared.context),
        (Part.PROFILE, _profile_lines(portrait)),
    )
    return ((part, line) for part, lines in parts for line in lines)


def sources_of(portrait: Portrait, published: Published) -> tuple[Source, ...]:
    """List the sources of all that the page tells: figures, roles, groups of régions, actors."""
    lines = [line for _, line in lines_of(portrait)]
    trends = [trend for group in portrait.shared.evolution.groups for trend in group.trends]
    figures: Iterator[Figure | None] = chain(
        chain.from_iterable((line.local, line.national) for line in lines),
        (trend.change.before for trend in trends),
    )
    nearby, known = portrait.nearby, published.sources
    actors = (*nearby.inside, *(one.catalyst for one in nearby.outside), *nearby.without_place)
    found = (
        *(figure.source for figure in figures if figure),
        *portrait.shared.roles.sources,
        *(one.source for one in portrait.shared.groupings),
        *(known[one.source_id] for one in actors if one.source_id in known),
    )
    return tuple(dict.fromkeys(found))


def _role_lines(portrait: Portrait) -> tuple[Comparison, ...]:
    roles = portrait.shared.roles
    return (*roles.expected, *roles.profiles, *roles.others)


def _profile_lines(portrait: Portrait) -> Iterator[Comparison]:
    if profile := portrait.profile:
        yield from profile.counts
        for size in profile.sizes:
            yield from (size.number_line, size.share_line)
