"""The actors on the map, in Chromium: grouped once each, opened by keyboard, by the thousand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Frame, expect

from territoires.domain.territories import Level
from tests.e2e.engine import CROWD, SOUTH

#: Drawn at random over the mainland, always the same.
MANY = """(number) => {
  let seed = 20261122;
  const draw = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const points = Array.from({ length: number }, (_, i) =>
    [150 + 1000 * draw(), 6150 + 850 * draw(), 0, `Acteur ${i}`, 'Lieu']);
  window.tous = points;
  Territoires.map.points.show([0], points, Territoires.map.common.kinds);
}"""
GROUPS = """() => Territoires.map.points.elements.map((one) =>
  one.group.map((point) => window.tous.indexOf(point)))"""


def open_marker(frame: Frame, name: str):
    marker = frame.get_by_role("button", name=name)
    marker.focus()
    marker.press("Enter")
    return marker


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_an_actor_opens_its_card_by_keyboard_and_gives_the_focus_back(draw, key) -> None:
    visit, frame = draw(Level.REGION, classes="0", points=[SOUTH, CROWD])
    marker = frame.get_by_role("button", name="Acteur 0")
    marker.focus()
    visit.page.keyboard.press(key)
    card = frame.get_by_role("dialog")
    expect(card).to_contain_text("Acteur 0")
    expect(card).to_contain_text("Genre")
    expect(card.get_by_role("button", name="Fermer")).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(marker).to_be_focused()
    assert visit.errors == []


def test_a_click_opens_the_card_and_a_button_closes_it(draw) -> None:
    visit, frame = draw(Level.REGION, classes="0", points=[SOUTH, CROWD])
    frame.get_by_role("button", name="Acteur 1").click()
    card = frame.get_by_role("dialog", name="Acteur 1")
    expect(card).to_be_visible()
    card.get_by_role("button", name="Fermer").click()
    expect(card).to_be_hidden()
    assert visit.errors == []


def test_the_card_goes_with_the_list_that_held_its_actor(draw) -> None:
    _, frame = draw(Level.REGION, classes="0", points=[SOUTH, CROWD])
    open_marker(frame, "Acteur 0")
    expect(frame.get_by_role("dialog")).to_be_visible()
    frame.evaluate(MANY, 10)
    expect(frame.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("number", [1, 40, 5_000])
def test_every_actor_stands_in_one_group(draw, number) -> None:
    _, frame = draw(Level.REGION, classes="0", points=[SOUTH])
    frame.evaluate(MANY, number)
    ranks = [rank for group in frame.evaluate(GROUPS) for rank in group]
    assert sorted(ranks) == list(range(number))


def test_among_thousands_only_those_in_view_are_elements_and_all_of_them(draw) -> None:
    _, frame = draw(Level.REGION, classes="0", points=[SOUTH])
    frame.evaluate(MANY, 5_000)
    for x, y in ((400, 6800), (900, 6400)):
        seen = frame.evaluate(
            """async ([x, y]) => {
              const { map } = Territoires.map.frame;
              map.setView([y, x], 1.5, { animate: false });
              await new Promise((done) => requestAnimationFrame(done));
              const bounds = map.getBounds();
              const shown = new Set(Territoires.map.points.elements.flatMap((one) => one.group));
              const inView = window.tous.filter(([a, b]) => bounds.contains([b, a]));
              return [inView.length, inView.filter((point) => !shown.has(point)).length,
                Territoires.map.points.elements.length];
            }""",
            [x, y],
        )
        in_view, missing, elements = seen
        assert in_view > 50
        assert missing == 0
        assert elements < 1_200


def test_the_place_distances_start_from_is_named_framed_and_leaves(draw) -> None:
    _, frame = draw(Level.REGION, classes="0", points=[SOUTH])
    whole = frame.evaluate("() => Territoires.map.frame.map.getZoom()")
    start = {"place": [420, 6780], "name": "Laval", "frame": [380, 6740, 460, 6820]}
    frame.evaluate("(start) => Territoires.map.points.startFrom(start)", start)
    expect(frame.get_by_role("img", name="Départ des distances : Laval")).to_be_visible()
    assert frame.evaluate("() => Territoires.map.frame.map.getZoom()") > whole + 1
    frame.evaluate("() => Territoires.map.points.startFrom(null)")
    assert frame.locator(".depart").count() == 0
    assert frame.evaluate("() => Territoires.map.frame.map.getZoom()") == pytest.approx(whole)
