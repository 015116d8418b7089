"""Slides of the actors around a territory: those in it, then the nearest outside."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.catalysts import Catalyst
from territoires.domain.indicators import Nature, Source
from territoires.domain.selection import Dataset
from territoires.render.slides.deck import About, Slide, TableSlide, TextSlide, say_sources
from territoires.tables.published import Published
from territoires.views.catalyst_list import CatalystsView
from territoires.views.catalysts import PARTIAL, say_distance, say_near
from territoires.views.datasets import watermark_of
from territoires.views.french import count
from territoires.views.portrait import Portrait

#: Rows of a slide: the page « Catalyseurs » shows all of them.
MAX_LISTED = 6
_WIDTHS = (3.5, 3.7, 2.9, 2.2)
_NOWHERE = "lieu précis non publié"


def actor_slides(portrait: Portrait, published: Published, citation: str) -> list[Slide]:
    """Say who can help: the actors known here, and the nearest outside, as the crow flies."""
    nearby = portrait.nearby
    outside = [(near.catalyst, say_near(near)) for near in nearby.outside]
    room = max(MAX_LISTED - len(outside), MAX_LISTED // 2)
    inside = [(actor, "ici") for actor in nearby.inside[:room]]
    listed = [*inside, *outside][:MAX_LISTED]
    return _slides(
        "Qui peut aider",
        listed,
        published,
        sentence=nearby.sentence,
        notes=(published.lists["catalysts"].caveat, citation),
    )


def catalyst_slides(
    view: CatalystsView, published: Published, *, notes: Sequence[str] = ()
) -> tuple[Slide, ...]:
    """List the first actors of « Catalyseurs », as they are sorted there."""
    listed = [
        (actor.catalyst, _kilometres(actor.distance_km)) for actor in view.placed[:MAX_LISTED]
    ]
    rest = view.found - len(listed)
    found = count(view.found, "acteur recensé", "acteurs recensés")
    more = f" ; {count(rest, 'autre', 'autres')} sur la page « Catalyseurs »" if rest > 0 else ""
    sentence = f"{found} parmi ceux de la liste{more}. {view.note.caveat}"
    title = f"Catalyseurs : {view.within.name}" if view.within else "Catalyseurs"
    if view.territory and not view.within:
        title = f"Catalyseurs autour de {view.territory.name}"
    return tuple(_slides(title, listed, published, sentence=sentence, notes=notes))


def _slides(
    title: str,
    listed: Sequence[tuple[Catalyst, str]],
    published: Published,
    *,
    sentence: str,
    notes: Sequence[str],
) -> list[Slide]:
    sources = [published.sources[actor.source_id] for actor, _ in listed]
    told = _about(published.dataset, sources, (sentence, *notes))
    if not listed:
        return [TextSlide(title, (), sentence, told)]
    columns = [
        ("Acteur", [actor.name for actor, _ in listed]),
        ("Nature", [published.catalyst_kinds.get(a.kind, a.kind) for a, _ in listed]),
        ("Lieu", [_place(actor) for actor, _ in listed]),
        ("À vol d’oiseau", [where for _, where in listed]),
    ]
    shown = columns if any(columns[-1][1]) else columns[:-1]
    return [
        TableSlide(
            title,
            tuple(head for head, _ in shown),
            tuple(zip(*(cells for _, cells in shown), strict=True)),
            _WIDTHS[: len(shown)],
            sentence=sentence,
            about=told,
            key="" if published.lists["catalysts"].exhaustive else PARTIAL,
            is_one_page=True,
        )
    ]


def _about(dataset: Dataset, sources: Sequence[Source], notes: Sequence[str]) -> About:
    return About(
        sources=say_sources(sources),
        mark=watermark_of(dataset, Nature.ENQUETE),
        notes=tuple(note for note in notes if note),
    )


def _place(actor: Catalyst) -> str:
    return actor.place_name if actor.is_point else f"{actor.place_name} ({_NOWHERE})"


def _kilometres(distance_km: float | None) -> str:
    return "" if distance_km is None else say_distance(distance_km)
