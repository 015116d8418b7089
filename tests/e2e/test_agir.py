"""« Agir » in a real browser: by keyboard, on a phone, on paper."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.browsing import Visit

QUESTIONS = 5


def radios(page: Page, number: int):
    return page.get_by_role("radiogroup").nth(number).get_by_role("radio")


def test_the_five_questions_are_answered_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open("/agir")
    radios(page, 0).first.focus()
    for number in range(QUESTIONS):
        # The last answer of each question, then on to the next one.
        page.keyboard.press("Space")
        expect(radios(page, number).first).to_be_checked()
        visit.settle()
        page.keyboard.press("ArrowDown")
        expect(radios(page, number).nth(1)).to_be_checked()
        visit.settle()
        page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"reponses=11111"))
    status = page.locator(".autodiagnostic[role=status]")
    expect(status).to_contain_text("en réflexion")
    expect(page.locator(".echelons [aria-current=true]")).to_contain_text("en réflexion")
    expect(page.get_by_role("button", name="Effacer mes réponses")).to_be_visible()
    assert visit.errors == []


def test_answers_follow_the_reader_to_another_page_and_back(visit: Visit) -> None:
    page = visit.open("/agir?reponses=22122")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Méthode").click()
    expect(page.get_by_role("heading", level=1, name="Méthode")).to_be_visible()
    page.go_back()
    visit.settle()
    expect(page.locator(".echelons [aria-current=true]")).to_contain_text("émergente")
    page.get_by_role("button", name="Effacer mes réponses").click()
    expect(page.locator(".echelons [aria-current=true]")).to_have_count(0)
    assert "reponses" not in page.url


#: For each chart: how many texts it has, leave its frame, cover another.
TEXTS_OF_CHARTS = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].map((chart) => {
  const frame = chart.getBoundingClientRect();
  const boxes = [...chart.querySelectorAll('.annotation-text')].map((t) => t.getBoundingClientRect());
  const out = boxes.filter((b) => b.left < frame.left - 1 || b.right > frame.right + 1
    || b.top < frame.top - 1 || b.bottom > frame.bottom + 1).length;
  let over = 0;
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    if (a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2) over += 1;
  }));
  return [boxes.length, out, over];
})"""


def test_no_text_of_the_charts_is_cut_or_covers_another(visit: Visit) -> None:
    for width in (320, 390, 700, 1440):
        visit.page.set_viewport_size({"width": width, "height": 900})
        page = visit.open("/agir")
        page.locator(".st-key-chronologie .annotation-text").last.wait_for()
        found = page.evaluate(TEXTS_OF_CHARTS)
        assert len(found) == 4
        for texts, cut, over in found:
            assert texts > 0, width
            assert (cut, over) == (0, 0), width


def test_a_figure_of_the_funnel_opens_its_card(visit: Visit) -> None:
    page = visit.open("/agir")
    page.locator(".st-key-programme button.chiffre-lien", has_text="13").click()
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("Territoires sollicités")
    expect(card).to_contain_text("Note de cadrage")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_the_summary_leads_to_each_part(visit: Visit) -> None:
    page = visit.open("/agir")
    links = page.get_by_role("navigation", name="Dans cette page").get_by_role("link")
    assert links.count() == 5
    for i in range(links.count()):
        anchor = links.nth(i).get_attribute("href")
        assert page.locator(f"h2{anchor}").count() == 1
    links.nth(3).click()
    expect(page.get_by_role("heading", name="La chronologie")).to_be_in_viewport()
