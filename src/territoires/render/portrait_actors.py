"""HTML of the actors of a territory: those in it, the nearest outside, those without a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from territoires.domain.catalysts import Catalyst, ListNote
from territoires.domain.indicators import Source
from territoires.render import html
from territoires.render.typography import escape
from territoires.tables.published import Published
from territoires.views.catalysts import NearActor, say_near
from territoires.views.datasets import EDITIONS
from territoires.views.french import count
from territoires.views.portrait import Portrait

#: Longer lists are left to the page « Catalyseurs », which filters them.
MAX_LISTED = 12
SHOWN_FIRST = 5


def actors(portrait: Portrait, published: Published) -> str:
    """Write who is known in the territory, who is nearest, and whose place is not known."""
    nearby, note = portrait.nearby, published.lists["catalysts"]
    name, mark = portrait.territory.name, EDITIONS[portrait.dataset].mark
    write = _Writer(published.catalyst_kinds, published.sources, mark)
    parts = [html.paragraph(nearby.sentence, ""), html.paragraph(note.caveat, "reserve")]
    if nearby.inside:
        shown, others = nearby.inside[:SHOWN_FIRST], nearby.inside[SHOWN_FIRST:MAX_LISTED]
        title = f"Dans le territoire : {name}"
        first = f" – les {len(shown)} premiers sur {len(nearby.inside)}" if others else ""
        parts.append(write.table(shown, f"{title}{first}"))
        if others:
            rest = write.table(others, f"{title} (suite)")
            parts.append(html.folded(f"{len(others)} autres acteurs du territoire", rest))
    if nearby.outside:
        parts.append(write.nearest(nearby.outside, f"Les plus proches au-dehors ({name})"))
    if nearby.without_place:
        title = f"Connus par le département ou la région seulement : {name}"
        wide = write.table(nearby.without_place[:MAX_LISTED], title)
        number = count(len(nearby.without_place), "acteur connu", "acteurs connus")
        parts.append(html.folded(f"{number} par le département ou la région seulement", wide))
    if len(parts) == 2:  # noqa: PLR2004 - only the sentence and the caveat
        parts.append(_nobody(note))
    link = html.internal_link(html.page_url("catalyseurs", _place(portrait)), "Tous les acteurs")
    cut = max(len(nearby.inside), len(nearby.without_place)) > MAX_LISTED
    more = f" Les listes d’ici s’arrêtent à {MAX_LISTED}." if cut else ""
    return "".join(parts) + f"<p class='source'>{link}, sur une carte et par distance.{more}</p>"


def _place(portrait: Portrait) -> dict[str, str]:
    return {"territoire": str(portrait.territory.id)}


def _nobody(note: ListNote) -> str:
    text = "Aucun acteur recensé ici ne porte sur ce territoire."
    if not note.exhaustive:
        text += " Cela ne veut pas dire qu’il n’y en a pas : la liste n’est pas complète."
    return html.empty_state(text)


class _Writer:
    """Writes tables of actors, each with its kind, place and source."""

    def __init__(self, kinds: Mapping[str, str], sources: Mapping[str, Source], mark: str) -> None:
        self._kinds, self._sources, self._mark = kinds, sources, mark

    def table(self, catalysts: Sequence[Catalyst], title: str) -> str:
        """List actors whose distance is not measured."""
        return self._write(((*self._cells(c), self._source(c)) for c in catalysts), title, ())

    def nearest(self, near: Sequence[NearActor], title: str) -> str:
        """List actors with their distance."""
        rows = (
            (*self._cells(n.catalyst), escape(say_near(n)), self._source(n.catalyst)) for n in near
        )
        return self._write(rows, title, (("À vol d’oiseau", True),))

    def _cells(self, catalyst: Catalyst) -> tuple[str, str, str]:
        place = escape(catalyst.place_name)
        if not catalyst.is_point:
            place += " <em>(lieu précis non publié)</em>"
        kind = escape(self._kinds.get(catalyst.kind, catalyst.kind))
        return f"<strong>{escape(catalyst.name)}</strong>", kind, place

    def _source(self, catalyst: Catalyst) -> str:
        return html.source_text(self._sources[catalyst.source_id])

    def _write(
        self, rows: Iterable[Sequence[str]], title: str, extra: Sequence[tuple[str, bool]]
    ) -> str:
        written = list(rows)
        number = count(len(written), "acteur recensé", "acteurs recensés")
        headings = [("Acteur", False), ("Nature", False), ("Lieu", False), *extra]
        return html.table(
            (*headings, ("Source", False)),
            written,
            caption=f"{self._mark}{title} ({number})",
            label=title,
            stacked=True,
        )
