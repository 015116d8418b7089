"""Slides of the actors around a territory: those in it, then the nearest outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from territoires.domain.catalysts import Catalyst
from territoires.domain.indicators import Nature, Source
from territoires.domain.selection import Dataset
from territoires.render.carried import NOWHERE, ActorLines, read_actors
from territoires.render.slides.deck import About, Slide, TableSlide, TextSlide, say_sources
from territoires.tables.published import Published
from territoires.views.catalyst_list import CatalystsView
from territoires.views.catalyst_sentence import name_list
from territoires.views.catalysts import PARTIAL, say_distance
from territoires.views.datasets import watermark_of
from territoires.views.french import count
from territoires.views.portrait import Portrait

#: Rows of a slide: the page « Catalyseurs » shows all of them.
MAX_LISTED = 6
_WIDTHS = (3.5, 3.7, 2.9, 2.2)
ACTORS_TITLE = "Qui peut aider"
#: Of each kind, where there are more than a slide has room for.
_MOST, _INSIDE, _WITHOUT_PLACE = 5, 2, 1
_T = TypeVar("_T")


def actor_slides(portrait: Portrait, published: Published, notes: Sequence[str]) -> list[Slide]:
    """Say who can help: the actors known here, the nearest outside, those without a place."""
    found, note = read_actors(portrait, published), published.lists["catalysts"]
    shown = _shown(found.inside, found.outside, found.without_place)
    told = _about(
        published.dataset,
        actor_sources(portrait, published),
        (portrait.nearby.sentence, note.caveat, *notes),
    )
    if not shown:
        return [TextSlide(ACTORS_TITLE, (), portrait.nearby.sentence, told)]
    rest = len(found.inside) + len(found.outside) + len(found.without_place) - len(shown)
    more = f"{count(rest, 'autre', 'autres')} sur la page du territoire." if rest else ""
    key = (more, found.origin, "" if note.exhaustive else PARTIAL)
    rows = tuple((one.name, one.kind, one.place, one.where) for one in shown)
    has_where = any(one.where for one in shown)
    return [
        TableSlide(
            ACTORS_TITLE,
            ("Acteur", "Nature", "Lieu", "Où")[: 4 if has_where else 3],
            rows if has_where else tuple(row[:3] for row in rows),
            _WIDTHS if has_where else _WIDTHS[:3],
            sentence=_say_known(portrait, found),
            about=told,
            key=" ".join(text for text in key if text),
            is_one_page=True,
        )
    ]


def actor_sources(portrait: Portrait, published: Published) -> list[Source]:
    """List the sources of the actors that the slide of a territory names."""
    nearby = portrait.nearby
    outside = tuple(near.catalyst for near in nearby.outside)
    shown = _shown(nearby.inside, outside, nearby.without_place)
    return [published.sources[one.source_id] for one in shown]


def _shown(inside: Sequence[_T], outside: Sequence[_T], without: Sequence[_T]) -> list[_T]:
    """Choose who stands on the slide: some of each kind, the territory's own before all."""
    wide = without[: max(_WITHOUT_PLACE, _MOST - len(inside) - len(outside))]
    near = outside[: _MOST - len(wide) - min(len(inside), _INSIDE)]
    return [*inside[: _MOST - len(wide) - len(near)], *near, *wide]


def _say_known(portrait: Portrait, found: ActorLines) -> str:
    """Count those known in the territory, in the words of its page, and those who may be."""
    words = next(one.words for one in portrait.answers if one.question == ACTORS_TITLE)
    wide = len(found.without_place)
    also = f" ; {count(wide, 'autre', 'autres')} sans lieu précis publié" if wide else ""
    return f"{words}{also}."


def catalyst_slides(
    view: CatalystsView, published: Published, *, notes: Sequence[str] = ()
) -> tuple[Slide, ...]:
    """List the first actors of « Catalyseurs », as they are sorted there."""
    near = [(actor.catalyst, _kilometres(actor.distance_km)) for actor in view.placed]
    wide = [(actor, "") for group in view.wide for actor in group.catalysts]
    listed = [*near, *wide][:MAX_LISTED]
    sentence = f"{_say_listed(view, len(listed))} {view.note.caveat}"
    title = name_list(view, published.catalyst_kinds)
    return tuple(_slides(title, listed, published, sentence=sentence, notes=notes))


def _say_listed(view: CatalystsView, listed: int) -> str:
    """Say how many actors answer, and which of them a slide names."""
    found = count(view.found, "acteur recensé", "acteurs recensés")
    if listed == view.found:
        return f"{found}."
    measured = sum(actor.distance_km is not None for actor in view.placed)
    first = "plus proches" if listed <= measured else "premiers"
    return f"Les {listed} {first} des {found} ; tous sont sur la page « Catalyseurs »."


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
    return actor.place_name if actor.is_point else f"{actor.place_name} ({NOWHERE})"


def _kilometres(distance_km: float | None) -> str:
    return "" if distance_km is None else say_distance(distance_km)
