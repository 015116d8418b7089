"""The page to carry, opened from a file with everything cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.territories import TerritoryId
from territoires.render.kit_page import build_kit_page
from territoires.tables.published import Published
from territoires.views.stories import build_story
from tests.render.kit import press_of


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory,
    demonstration: Published,
    zoned: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> str:
    press = press_of(demonstration, zoned, names)
    path: Path = tmp_path_factory.mktemp("clé") / "index.html"
    portrait = press.portraits.build(TerritoryId.parse("commune-53130"))
    story = build_story("region", demonstration, zoned, names, TerritoryId.parse("region-52"))
    path.write_text(build_kit_page(press, portrait, story), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def carried(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    options = getattr(request, "param", {"viewport": {"width": 1440, "height": 900}})
    context = browser.new_context(locale="fr-FR", offline=True, **options)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda one: told.append(one.url))
    page.goto(address)
    yield page
    assert [text for text in told if not text.startswith(("data:", address))] == []
    context.close()


PHONE = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}


@pytest.mark.parametrize(
    "carried", [{"viewport": {"width": 1440, "height": 900}}, PHONE], indirect=True
)
def test_axe_finds_nothing_and_the_page_never_scrolls_sideways(carried: Page) -> None:
    assert Axe().run(carried).response["violations"] == []
    width = carried.evaluate("document.documentElement.scrollWidth")
    assert width <= carried.viewport_size["width"]


def test_the_keyboard_reads_the_map_and_opens_the_line_of_the_table(carried: Page) -> None:
    figure = carried.locator("[data-carte=carte-2]")
    shape = figure.locator('[data-territoire="region-52"]')
    shape.focus()
    reading = figure.locator(".lecture")
    expect(reading).to_contain_text("Pays de la Loire")
    carried.keyboard.press("ArrowLeft")
    expect(reading).to_contain_text("Bretagne")
    carried.keyboard.press("Enter")
    row = carried.locator("tr:focus")
    expect(row).to_contain_text("Bretagne")
    carried.keyboard.press("Escape")
    expect(figure.locator('[data-territoire="region-53"]')).to_be_focused()
    carried.keyboard.press("Home")
    expect(reading).not_to_contain_text("Bretagne")
    assert figure.locator('[tabindex="0"]').count() == 1


def test_a_step_with_a_map_fits_the_screen_above_the_bar_its_source_in_sight(carried: Page) -> None:
    carried.evaluate("document.documentElement.requestFullscreen = undefined")
    carried.get_by_role("button", name="Présenter, étape par étape").click()
    seen = 0
    for _ in range(carried.locator("#recit > .etape").count()):
        step, bar = carried.locator(".enscene"), carried.locator(".commandes").bounding_box()
        assert bar is not None
        if step.locator(".carte").count():
            seen += 1
            box = step.locator(".source").first.bounding_box()
            drawn = step.locator(".dessin").first.bounding_box()
            assert box is not None
            assert drawn is not None
            assert box["y"] + box["height"] <= bar["y"]
            assert drawn["height"] > 450
        carried.keyboard.press("ArrowRight")
    assert seen > 1


def test_the_pointer_reads_the_map(carried: Page) -> None:
    figure = carried.locator("[data-carte=carte-2]")
    figure.scroll_into_view_if_needed()
    figure.locator('[data-territoire="region-84"]').hover(timeout=5_000)
    expect(figure.locator(".lecture")).to_contain_text("Auvergne-Rhône-Alpes")


def test_the_paper_is_light_and_bears_the_mark(carried: Page) -> None:
    carried.emulate_media(media="print", color_scheme="dark")
    assert (
        carried.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    )
    mark = carried.evaluate("getComputedStyle(document.body, '::after').content")
    assert "DÉMONSTRATION" in mark
    expect(carried.locator(".sommaire")).to_be_hidden()
