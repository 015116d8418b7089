"""The atlas: the sheets of many territories in one document, with contents and bookmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from territoires.render.documents import compile_while, printable, query_while
from territoires.render.fiche_content import to_content
from territoires.render.fiche_sheet import Sheet
from territoires.render.fiche_words import Json
from territoires.views.citation import cite_portrait
from territoires.views.datasets import EDITIONS
from territoires.views.french import count

#: Steps done, then all of them: the sheets one by one, then the writing. False stops everything.
Progress = Callable[[int, int], bool]


def build_atlas(
    sheets: Iterable[Sheet], total: int, *, title: str, progress: Progress = lambda *_: True
) -> bytes | None:
    """Write one document of two pages per territory; None where ``progress`` asked to stop.

    Parameters
    ----------
    sheets
        Those of one set of data, built as they are asked for: that is most of the work.
    total
        How many there are.

    Raises
    ------
    ValueError
        When there is no sheet at all.
    """
    contents: list[Json] = []
    cuts: list[Json] = []
    first: Sheet | None = None
    for sheet in sheets:
        first, content = first or sheet, to_content(sheet)
        # Each is fitted to its pages apart: measuring all of them at once takes too much memory.
        found = query_while(
            "fiche.typ", content, "cuts", wanted=lambda: progress(len(contents), total + 1)
        )
        if found is None or not progress(len(contents) + 1, total + 1):
            return None
        contents.append(content)
        cuts.append(dict(found))
    if first is None:
        raise ValueError("an atlas needs one territory at least")
    edition = EDITIONS[first.portrait.dataset]
    cited = cite_portrait(first.portrait, first.published, first.taken)
    data = {
        "title": printable(title),
        "summary": f"{edition.mark}{count(len(contents), 'territoire')}, deux pages pour chacun.",
        "set": edition.name,
        "banner": edition.banner,
        "watermark": edition.watermark,
        "edition": cited.edition,
        "sheets": contents,
        "cuts": cuts,
    }
    return compile_while(
        "atlas.typ", data, day=first.taken.day, wanted=lambda: progress(total, total + 1)
    )
