"""What stands on every page: head, menu, search, data set in use, notices, foot, errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from territoires import settings
from territoires.domain.selection import Dataset, Selection
from territoires.errors import TerritoiresError
from territoires.render import datasets, html
from territoires.render.assets import asset_url
from territoires.render.typography import escape
from territoires.settings import STATIC
from territoires.ui import cache, link
from territoires.ui.blocks import show_html
from territoires.ui.search import show_search
from territoires.ui.story_adder import offers_step, show_adder
from territoires.views.datasets import EDITIONS
from territoires.views.french import ATTRIBUTION


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the application: its address (the file's name) and its title.

    One that is not in the menu is linked from the foot of every page.
    """

    slug: str
    title: str
    in_menu: bool = True


PAGES = (
    Page("", "Accueil"),
    Page("carte", "Carte"),
    Page("territoire", "Territoire"),
    Page("catalyseurs", "Catalyseurs"),
    Page("agir", "Agir"),
    Page("comparer", "Comparer"),
    Page("reperes", "Repères"),
    Page("presentation", "Présentation"),
    Page("methode", "Méthode"),
    Page("sources", "Sources"),
    # Useful where one may publish; elsewhere it is linked from the foot.
    Page("mise_a_jour", "Mise à jour", in_menu=settings.PUBLISHING_OPEN),
    Page("accessibilite", "Accessibilité", in_menu=False),
)


@contextmanager
def open_page(file: str, *, notices: bool = True) -> Iterator[Selection]:
    """Open a page: configure it, draw its head, give what is in view, draw its foot.

    Errors meant for the reader are shown here, in French, instead of the page; anything else is a
    bug and stays visible in the server's log. A page that changes alone below its head (a
    fragment) shows the ``notices`` itself, so that they go when a choice mends the link.
    """
    slug = "" if Path(file).name == "dashboard.py" else Path(file).stem
    page = next(page for page in PAGES if page.slug == slug)
    st.set_page_config(
        page_title=_document_title(page.title if slug else ""),
        page_icon=str(STATIC / "ui" / "favicon.png"),
        layout="wide",
    )
    _show_assets()
    with cache.one_moment():
        selection = _open(page, notices=notices)
        try:
            yield selection
        except TerritoiresError as error:
            _show_error(error)
        _show_foot(page, selection.dataset)


def _open(page: Page, *, notices: bool) -> Selection:
    """Draw what stands above the page; give what is in view."""
    try:
        resolved = link.read_selection()
    except TerritoiresError as error:
        # Without data there is no page to draw: the menu, what is wrong, how to mend it.
        _show_head(page, None)
        _show_error(error)
        _show_foot(page)
        st.stop()
    if resolved.selection.dataset is not Dataset.PUBLIE:
        name_page(page.title if page.slug else "", resolved.selection)
    _show_head(page, resolved.selection)
    if notices:
        show_notices(resolved.notices)
    return resolved.selection


@contextmanager
def open_stage(title: str) -> Iterator[None]:
    """Open a page without head nor foot, for a projector; errors are shown as ``open_page`` does."""
    st.set_page_config(
        page_title=_document_title(title),
        page_icon=str(STATIC / "ui" / "favicon.png"),
        layout="wide",
    )
    _show_assets()
    try:
        with cache.one_moment():
            yield
    except TerritoiresError as error:
        _show_error(error)
        show_html(f"<p>{html.internal_link('/presentation', 'Préparer une présentation')}</p>")


def name_page(title: str, selection: Selection) -> None:
    """Name the document after what is in view, for tabs, history and screen readers.

    A page saved or printed to a file takes this name: a simulated one says so first.
    """
    mark = EDITIONS[selection.dataset].file_mark
    name = _document_title(title)
    st.set_page_config(page_title=f"{mark} – {name}" if mark else name)


def _document_title(title: str) -> str:
    return f"{title} – Territoires" if title else "Territoires"


def show_notices(notices: Sequence[str]) -> None:
    """Show what had to be replaced in the link."""
    show_html(html.notice(notices) if notices else "")


def _show_error(error: TerritoiresError) -> None:
    """Show what was read, what was expected, where, and how to mend it."""
    st.html(html.notice([error.message], details=error.details, remedy=error.remedy))


def _show_assets() -> None:
    st.html(f"<style>@import url('{asset_url('ui/territoires.css')}');</style>")
    scripts = tuple(map(asset_url, ("ui/shell.js", "ui/card.js", "ui/popovers.js")))
    st.html(
        "".join(f'<script type="module" src="{url}"></script>' for url in scripts),
        unsafe_allow_javascript=True,
    )


def _show_head(page: Page, selection: Selection | None) -> None:
    with st.container(key="entete", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="marque">{html.internal_link("/", "Territoires")}'
            "<span>la co-construction territoriale</span></p>",
            width="content",
        )
        st.html(_menu(page), width="content")
        if page.slug and selection:
            zones = cache.search_zones(selection.dataset)
            show_search("entete", "Chercher un territoire", zones)
    if selection is None:
        return
    with st.container(key="jeu", horizontal=True, vertical_alignment="center"):
        st.html(datasets.context_bar(page.slug, selection, has_draft=cache.has_draft()))
        if offers_step(page.slug):
            with st.container(key="ajout_recit", width="content"):
                show_adder(page.slug)


def _menu(current: Page) -> str:
    """Write the menu; what is in view is added to its links by the browser (shell.js)."""
    items = []
    for page in (page for page in PAGES if page.in_menu):
        items.append(f"<li>{_page_link(page, current)}</li>")
    return f'<nav class="menu" aria-label="Pages"><ul>{"".join(items)}</ul></nav>'


def _page_link(page: Page, current: Page, title: str = "") -> str:
    mark = ' aria-current="page"' if page is current else ""
    return f'<a href="/{page.slug}" data-interne{mark}>{escape(title or page.title)}</a>'


def _show_foot(current: Page, dataset: Dataset = Dataset.PUBLIE) -> None:
    others = " · ".join(_page_link(page, current) for page in PAGES if not page.in_menu)
    st.html(
        f'<footer class="pied"><p>{escape(ATTRIBUTION)}</p>'
        f"<p>{escape(EDITIONS[dataset].credit)} "
        f"{html.internal_link('/sources', 'Sources et licences')} · {others}</p></footer>"
    )
