"""HTML that says which set of data is in view, on every page."""

from __future__ import annotations

from territoires.domain.selection import Dataset, Selection
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.datasets import EDITIONS


def context_bar(slug: str, selection: Selection) -> str:
    """Write the set of data in use, the way to the other, and « Copier le lien ».

    Under the demonstration set a banner stands first, on every page, and stays while scrolling.
    """
    edition = EDITIONS[selection.dataset]
    link = escape(html.page_url(slug, selection.to_params()))
    copy = f'<button type="button" data-copier="{link}">Copier le lien</button>'
    if selection.dataset is Dataset.PUBLIE:
        text, css, role = edition.banner, "contexte", ""
    else:
        text, css, role = edition.banner, "contexte bandeau-demo", ' role="note"'
    return f'<div class="{css}"{role}><span>{escape(text)}</span>{_chooser(slug, selection)}{copy}</div>'


def _chooser(slug: str, selection: Selection) -> str:
    """Write one link per set of data; a set keeps the territory and the level, not the figure."""
    items = []
    for dataset, edition in EDITIONS.items():
        params = {"jeu": dataset.value}
        if selection.territory:
            params["territoire"] = str(selection.territory)
        mark = ' aria-current="true"' if dataset is selection.dataset else ""
        url = escape(html.page_url(slug, params))
        items.append(
            f'<li><a href="{url}" data-interne data-jeu{mark}>{escape(edition.name)}</a></li>'
        )
    return f'<nav class="jeux" aria-label="Jeu de données"><ul>{"".join(items)}</ul></nav>'
