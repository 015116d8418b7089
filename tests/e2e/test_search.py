"""The search field: the same answers as in Python, without the server, for every way of using it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from territoires.domain.territories import Level, TerritoryId
from territoires.render.assets import asset_url
from territoires.tables.search_index import read_search_table, search_index_path
from territoires.views.search import find
from territoires.views.search_index import SearchIndex, Zone, build_search_index
from tests.e2e.browsing import Visit
from tests.views.search_samples import STRANGE, cases, typed_texts

ZONES = (
    Zone(TerritoryId(Level.ZONE, "pays.001"), "Pays de Brest", "Pays (essai)", 400_000),
    Zone(TerritoryId(Level.ZONE, "pays.002"), "L'Autre Pays", "Pays (essai)", None),
)
#: Asks the rules of the browser, outside any page of ours.
ASK = """async ([source, rules, index, zones, texts]) => {
  const { load } = await import(location.origin + source);
  const { prepare, find } = await import(location.origin + rules);
  const ready = prepare(await load(index), zones);
  return texts.map((text) => {
    const { matches, ambiguous, more } = find(ready, text);
    return [matches.map(({ id, name, detail }) => [id, name, detail]), ambiguous, more];
  });
}"""
INDEX = re.compile(r"/static/search/")


def in_browser(page: Page, texts: Sequence[str], zones: Sequence[Zone] = ()) -> list[list]:
    addresses = [asset_url("ui/search_index.js"), asset_url("ui/search_rules.js")]
    index = f"/app/static/search/{search_index_path().name}"
    plain = [[zone.name, str(zone.id), zone.detail, zone.population] for zone in zones]
    return page.evaluate(ASK, [*addresses, index, plain, list(texts)])


def in_python(index: SearchIndex, texts: Sequence[str]) -> list[list]:
    answers = []
    for text in texts:
        found = find(index, text)
        matches = [[str(match.id), match.name, match.detail] for match in found.matches]
        answers.append([matches, found.ambiguous, found.more])
    return answers


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name=re.compile("Votre commune|Chercher"))


def test_the_browser_and_python_answer_alike(visit: Visit) -> None:
    page = visit.open("/")
    table = read_search_table()
    texts = [case["query"] for case in cases()] + typed_texts(table, 200) + list(STRANGE)
    expected = in_python(build_search_index(table), texts)
    for text, ours, theirs in zip(texts, expected, in_browser(page, texts), strict=True):
        assert theirs == ours, text[:60]
    around = ["pays de brest", "brest", "autre", "l'autre pays", "pays"]
    zoned = in_python(build_search_index(table, ZONES), around)
    assert in_browser(page, around, ZONES) == zoned
    assert visit.errors == []


def test_typing_asks_nothing_of_the_server(visit: Visit) -> None:
    sent: list[str | bytes] = []

    def note(frame: str | bytes) -> None:
        sent.append(frame)

    visit.page.on("websocket", lambda socket: socket.on("framesent", note))
    page = visit.open("/")
    visit.map_frame()
    visit.wait_until_quiet()
    requests, frames = len(visit.requests), len(sent)
    for text in ("quim", "quimper", "2900", "zzzz", "saint-denis"):
        field(page).fill(text)
        page.locator(".propositions").wait_for()
    assert len([url for url in visit.requests[requests:] if not INDEX.search(url)]) == 0
    assert len(sent) == frames


def test_the_index_is_fetched_once_for_all_pages(visit: Visit) -> None:
    page = visit.open("/")
    field(page).fill("rennes")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rennes")
    visit.settle()
    field(page).fill("brest")
    page.get_by_role("option", name=re.compile("^Brest commune")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Brest")
    assert len([url for url in visit.requests if INDEX.search(url)]) == 1


def test_the_list_is_used_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open("/sources")
    combobox, options = field(page), page.get_by_role("option")

    def active() -> str | None:
        return combobox.get_attribute("aria-activedescendant")

    expect(combobox).to_have_attribute("aria-expanded", "false")
    combobox.press_sequentially("saint-den")
    expect(options).to_have_count(8)
    expect(combobox).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="8\u00a0propositions")).to_have_count(1)
    assert active() is None
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("End", 7), ("ArrowDown", 0)):
        combobox.press(key)
        expect(options.nth(place)).to_have_attribute("aria-selected", "true")
        assert active() == options.nth(place).get_attribute("id")
    for key, place in (("ArrowUp", 7), ("Home", 0)):
        combobox.press(key)
        expect(options.nth(place)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    combobox.press("Escape")
    expect(page.locator(".propositions")).to_be_hidden()
    expect(combobox).to_have_value("saint-den")
    assert active() is None
    combobox.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_be_visible()
    combobox.press("Escape")
    combobox.press("Escape")
    expect(combobox).to_have_value("")


def test_leaving_the_field_closes_the_list(visit: Visit) -> None:
    page = visit.open("/sources")
    field(page).fill("laval")
    expect(page.get_by_role("listbox")).to_be_visible()
    field(page).press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field(page).focus()
    expect(page.get_by_role("listbox")).to_be_visible()


def test_enter_before_the_index_waits_for_it_and_follows(visit: Visit) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route(INDEX, hold)
    page = visit.open("/")
    field(page).fill("quimper")
    field(page).press("Enter")
    while not held:
        page.wait_for_timeout(50)
    assert page.url.endswith("/")
    for route in held:
        route.fallback()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quimper")


def test_without_the_index_the_field_says_so_and_leads_to_the_regions(visit: Visit) -> None:
    cut = True
    visit.page.route(INDEX, lambda route: route.abort() if cut else route.fallback())
    page = visit.open("/territoire?territoire=region-53")
    field(page).fill("quimper")
    panel = page.locator(".propositions")
    expect(panel).to_contain_text("n’a pas pu être chargée")
    panel.get_by_role("link", name="Voir les régions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quel est votre territoire ?")
    cut = False
    visit.settle()
    field(page).fill("quimp")
    expect(page.get_by_role("option").first).to_contain_text("Quimper")


def test_a_name_out_of_france_is_no_dead_end(visit: Visit) -> None:
    page = visit.open("/")
    field(page).fill("Barcelona")
    panel = page.locator(".propositions")
    expect(panel).to_contain_text("en France")
    expect(panel).to_contain_text("code postal")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    field(page).press("Enter")
    expect(panel).to_be_visible()
    field(page).press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quel est votre territoire ?")


def test_a_former_commune_leads_to_the_one_of_today(visit: Visit) -> None:
    page = visit.open("/")
    field(page).fill("bussiere boffy")
    expect(page.get_by_role("option").first).to_contain_text(
        "ancienne commune, aujourd’hui Val d’Issoire"
    )
    field(page).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Val d’Issoire")


def test_an_overseas_collectivity_has_its_page(visit: Visit) -> None:
    page = visit.open("/")
    field(page).fill("975")
    field(page).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saint-Pierre-et-Miquelon")
    assert visit.errors == []


def test_suggestions_are_wide_enough_for_a_finger_and_stay_on_the_screen(
    new_visit, server: str
) -> None:
    visit = new_visit(server, viewport={"width": 320, "height": 640}, has_touch=True)
    for path in ("/", "/sources"):
        page = visit.open(path)
        field(page).fill("saint-julien-en")
        options = page.get_by_role("option")
        options.first.wait_for()
        boxes = [option.bounding_box() for option in options.all()]
        assert all(box and box["height"] >= 44 and box["width"] >= 200 for box in boxes)
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in boxes)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        options.first.tap()
        expect(page).to_have_url(re.compile("territoire=commune-"))


def test_axe_finds_nothing_serious_in_an_open_list(visit: Visit) -> None:
    for path, text in (("/", "saint-denis"), ("/sources", "zzzzz"), ("/sources", "laval")):
        page = visit.open(path)
        field(page).fill(text)
        page.locator(".propositions").wait_for()
        field(page).press("ArrowDown")
        violations = Axe().run(page).response["violations"]
        serious = [v for v in violations if v["impact"] in {"serious", "critical"}]
        assert [(v["id"], v["nodes"][0]["html"][:160]) for v in serious] == [], path
