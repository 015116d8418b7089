"""The atlas: contents, bookmarks, two pages per territory; it can be stopped."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest
from pypdf import PdfReader

from territoires.domain.territories import TerritoryId
from territoires.render.atlas import build_atlas
from territoires.render.fiche_sheet import Sheet, page_address
from territoires.tables.published import Published
from territoires.views.citation import Taken
from territoires.views.portrait import Portraits
from territoires.views.portrait_steps import build_portrait_steps

REGIONS = ("region-28", "region-06")


@pytest.fixture
def sheets(demonstration: Published, simulated_portraits: Portraits) -> Iterator[Sheet]:
    """Give sheets one at a time, as they are asked for."""

    def make(name: str) -> Sheet:
        portrait = simulated_portraits.build(TerritoryId.parse(name))
        return Sheet(
            portrait,
            build_portrait_steps(portrait, demonstration.kit),
            demonstration,
            page_address(portrait.territory.id, portrait.dataset),
            Taken(date(2025, 11, 22)),
        )

    return (make(name) for name in REGIONS)


def test_an_atlas_has_contents_bookmarks_and_two_pages_each(sheets: Iterator[Sheet]) -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    written = build_atlas(sheets, len(REGIONS), title="Atlas d’essai", progress=progress)
    assert written is not None
    document = PdfReader(io.BytesIO(written))
    assert len(document.pages) == 1 + 2 * len(REGIONS)
    contents = document.pages[0].extract_text()
    bookmarks = [mark for mark in document.outline if not isinstance(mark, list)]
    titles = [str(mark.title) for mark in bookmarks]
    for rank, name in enumerate(("Normandie", "Mayotte")):
        assert name in contents
        assert name in document.pages[1 + 2 * rank].extract_text()
        assert name in titles
    for page in document.pages:
        assert "DÉMONSTRATION – données simulées" in " ".join(page.extract_text().split())
    assert {(1, 3), (2, 3)} <= set(seen)
    assert seen == sorted(seen)


def test_an_atlas_stops_when_it_is_asked_to(sheets: Iterator[Sheet]) -> None:
    assert build_atlas(sheets, 2, title="Atlas", progress=lambda done, _: done < 1) is None
    assert next(sheets, None) is not None


def test_an_atlas_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least"):
        build_atlas([], 0, title="Atlas")
