"""The answers of the search, as links."""

from __future__ import annotations

from territoires.domain.territories import TerritoryId
from territoires.render.search import results
from territoires.views.search import Match

RENNES = Match(TerritoryId.parse("commune-35238"), "Rennes", "commune · Ille-et-Vilaine (35)")


def test_each_answer_is_a_link_with_what_tells_it_apart() -> None:
    text = results([RENNES], "rennes")
    assert 'href="/territoire?territoire=commune-35238" data-interne' in text
    assert "<span>commune · Ille-et-Vilaine (35)</span>" in text
    assert "1\u00a0territoire répond à «\u00a0rennes\u00a0»" in text
    assert "2\u00a0territoires répondent" in results([RENNES, RENNES], "rennes")


def test_no_answer_says_what_to_try() -> None:
    text = results([], "Barcelona")
    assert "Aucun territoire ne répond à «\u00a0Barcelona\u00a0» en France." in text
    assert "code postal" in text


def test_what_was_typed_is_shown_as_text() -> None:
    for matches in ([], [RENNES]):
        text = results(matches, "<script>alert(1)</script>" + "x" * 1000)
        assert "<script>" not in text
        assert len(text) < 900
