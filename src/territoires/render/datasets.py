"""HTML that says which set of data is in view, on every page."""

from __future__ import annotations

from territoires.domain.selection import Dataset, Selection
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.datasets import EDITIONS

#: Where a draft is prepared, published or dropped.
UPDATE_PAGE = "mise_a_jour"
_BANNERS = {Dataset.DEMONSTRATION: "bandeau-demo", Dataset.BROUILLON: "bandeau-brouillon"}


def context_bar(slug: str, selection: Selection, *, has_draft: bool = False) -> str:
    """Write the set of data in use, the way to the others, and « Copier le lien ».

    Under the demonstration set or a draft, a banner stands first, on every page, and stays while
    scrolling. A draft is offered to the person who has one (``has_draft``).
    """
    edition = EDITIONS[selection.dataset]
    link = escape(html.page_url(slug, selection.to_params()))
    copy = f'<button type="button" data-copier="{link}">Copier le lien</button>'
    banner = _BANNERS.get(selection.dataset, "")
    css, role = (f"contexte {banner}", ' role="note"') if banner else ("contexte", "")
    text = escape(edition.banner)
    if selection.dataset is Dataset.BROUILLON and slug != UPDATE_PAGE:
        text += f" {html.internal_link(f'/{UPDATE_PAGE}', 'Revenir à la mise à jour')}"
    chooser = _chooser(slug, selection, has_draft=has_draft)
    return f'<div class="{css}"{role}><span>{text}</span>{chooser}{copy}</div>'


def _chooser(slug: str, selection: Selection, *, has_draft: bool) -> str:
    """Write one link per set of data; a set keeps the territory and the level, not the figure."""
    items = []
    for dataset, edition in EDITIONS.items():
        if dataset is Dataset.BROUILLON and not has_draft and selection.dataset is not dataset:
            continue
        params = {"jeu": dataset.value}
        if selection.territory:
            params["territoire"] = str(selection.territory)
        mark = ' aria-current="true"' if dataset is selection.dataset else ""
        url = escape(html.page_url(slug, params))
        items.append(
            f'<li><a href="{url}" data-interne data-jeu{mark}>{escape(edition.name)}</a></li>'
        )
    return f'<nav class="jeux" aria-label="Jeu de données"><ul>{"".join(items)}</ul></nav>'
