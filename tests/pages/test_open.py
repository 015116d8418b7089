"""Every page opens, alone at its address or from another one."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from territoires.settings import STATIC
from territoires.ui.shell import PAGES
from territoires.views.french import ATTRIBUTION
from tests.pages.conftest import ROOT, TIMEOUT_S, Open, html_of, plain, text_of
from tests.render.pieces import tags
from tests.selections import EVERYTHING

TITLES = {
    "": "Où en est la co-construction dans votre territoire ?",
    "territoire": "Quel est votre territoire ?",
    "catalyseurs": "Catalyseurs et acteurs recensés",
    "agir": "Agir",
    "comparer": "Comparer des territoires",
    "reperes": "Repères nationaux",
    "presentation": "Présentation",
    "methode": "Méthode",
    "sources": "Sources",
    "mise_a_jour": "Mise à jour",
    "accessibilite": "Accessibilité",
}
SLUGS = tuple(page.slug for page in PAGES)


def titles(at: AppTest) -> list[str]:
    """List the first-level headings that are seen, ours and Streamlit's, without their tags."""
    ours = re.findall(r"<h1>(.*?)</h1>", html_of(at))
    return [re.sub(r"<[^>]+>", "", text) for text in ours] + [title.value for title in at.title]


def link_to_copy(at: AppTest) -> str:
    """Give the address that « Copier le lien » copies."""
    (link,) = [b["data-copier"] for b in tags(html_of(at), "button") if "data-copier" in b]
    assert link
    return link


@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_opens_alone_and_shows_its_title(open_page: Open, slug: str) -> None:
    at = open_page(slug)
    if slug == "carte":
        # The map page keeps its height for the map: its title is read by screen readers only.
        assert '<h1 class="lecteur-seul">Carte</h1>' in html_of(at)
        assert titles(at) == []
    else:
        assert titles(at) == [TITLES[slug]]
    assert 'class="avis"' not in html_of(at)
    assert not at.exception


@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_has_the_same_head_and_foot(open_page: Open, slug: str) -> None:
    at = open_page(slug)
    body = html_of(at)
    assert body.count('<nav class="menu"') == 1
    assert body.count('aria-current="page"') == 1
    assert body.count("<h1") + len(at.title) == 1
    for page in PAGES:
        assert f">{page.title}</a>" in body
    assert "Données publiées, chacune avec sa source" in body
    assert ATTRIBUTION in plain(text_of(at))
    assert not at.exception


@pytest.mark.parametrize("slug", SLUGS)
def test_the_link_to_copy_says_all_that_is_in_view(open_page: Open, slug: str) -> None:
    at = open_page(slug, niveau="departement", territoire="departement-29")
    link = link_to_copy(at)
    address, _, query = link.partition("?")
    assert address == f"/{slug}"
    params = dict(parse_qsl(query))
    assert set(params) == {"jeu", "indicateur", "vague", "niveau", "territoire"}
    assert params["niveau"] == "departement"
    assert params["territoire"] == "departement-29"
    # What changes alone, below the head, tells its own link (« data-vue »).
    views = [p["data-vue"] for p in tags(html_of(at), "p") if "data-vue" in p]
    assert views in ([], [link])
    assert views or slug != "carte"
    assert not at.exception


@pytest.mark.parametrize("slug", SLUGS)
def test_menu_links_are_bare_and_completed_by_the_browser(open_page: Open, slug: str) -> None:
    """What is in view is added by shell.js, whose list must name every parameter of a link."""
    at = open_page(slug, niveau="departement", territoire="departement-29")
    (menu,) = re.findall(r'<nav class="menu".*?</nav>', html_of(at))
    links = tags(menu, "a")
    assert [link["href"] for link in links] == [f"/{page.slug}" for page in PAGES if page.in_menu]
    assert all("data-interne" in link for link in links)
    script = (STATIC / "ui" / "shell.js").read_text(encoding="utf-8")
    (names,) = re.findall(r"const IN_VIEW = \[(.*?)\];", script)
    assert re.findall(r'"(\w+)"', names) == list(EVERYTHING.to_params())
    assert not at.exception


@pytest.mark.parametrize(
    ("slug", "params", "changed"),
    [
        ("carte", {"territoire": "region-28"}, {"territoire", "niveau", "dans"}),
        ("territoire", {}, {"territoire"}),
        ("", {}, set()),
    ],
)
def test_links_to_our_pages_say_only_what_they_change(
    open_page: Open, slug: str, params: dict[str, str], changed: set[str]
) -> None:
    at = open_page(slug, **params)
    queries = {
        name
        for link in tags(html_of(at), "a")
        if "data-interne" in link and "data-jeu" not in link
        for name, _ in parse_qsl(link["href"].partition("?")[2])
    }
    assert queries == changed
    assert not at.exception


@pytest.mark.parametrize("slug", SLUGS)
def test_links_to_our_pages_are_followed_without_loading_the_application_again(
    open_page: Open, slug: str
) -> None:
    at = open_page(slug)
    addresses = {f"/{page.slug}" for page in PAGES}
    links = [a for a in tags(html_of(at), "a") if a["href"].partition("?")[0] in addresses]
    assert len(links) >= len(PAGES)
    assert all("data-interne" in link for link in links)
    assert not at.exception


def test_going_from_page_to_page_and_back_breaks_nothing() -> None:
    at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=TIMEOUT_S).run()
    for slug in ("carte", "territoire", "carte", "sources", "accessibilite", "carte"):
        at.switch_page(f"pages/{slug}.py").run()
        assert not at.exception
        (current,) = [a for a in tags(html_of(at), "a") if a.get("aria-current") == "page"]
        assert current["href"].partition("?")[0] == f"/{slug}"
    at.switch_page("dashboard.py").run()
    assert titles(at) == [TITLES[""]]
    assert not at.exception


def test_a_choice_is_kept_when_the_reader_leaves_the_map_and_comes_back() -> None:
    at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=TIMEOUT_S).run()
    at.switch_page("pages/carte.py").run()
    at.get("button_group")[0].set_value("departement").run()
    link = dict(at.query_params)
    # The browser (shell.js) opens the menu's bare links with what is in view.
    at.switch_page("pages/sources.py")
    at.query_params.update(link)
    at.run()
    assert "niveau=departement" in link_to_copy(at)
    at.switch_page("pages/carte.py")
    at.query_params.update(link)
    at.run()
    assert at.get("button_group")[0].value == "departement"
    at.get("button_group")[0].set_value("region").run()
    assert at.query_params["niveau"] == "region"
    assert not at.exception


def test_no_english_of_streamlit_stands_on_a_page(open_page: Open) -> None:
    for slug in SLUGS:
        at = open_page(slug)
        labels = [widget.label for widget in at.selectbox]
        assert set(labels) <= {
            "Niveau",
            "Thème",
            "Indicateur",
            "Vague",
            "Méthode",
            "Nombre de classes, au plus",
            "Couleurs",
            "Comparer à la vague",
            "Partir d’un domaine de fragilité",
            "Nature",
            "Région ou département",
            "Région",
        }
        assert not at.exception
