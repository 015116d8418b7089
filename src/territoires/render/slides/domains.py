"""Tables of the domains of fragility on slides: what is known of each, who is expected on it."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.selection import Dataset
from territoires.render.carried import read_roles
from territoires.render.slides.bars import about, table_key
from territoires.render.slides.deck import TableSlide
from territoires.render.slides.lines import both_figures, brief, figures_of, lead_of, names_of
from territoires.views.datasets import is_simulated_set
from territoires.views.french import NBSP, count
from territoires.views.portrait_domains import SHOWN_FIRST, Domains
from territoires.views.portrait_gap import GAP_NOTE
from territoires.views.roles import ACTORS, Roles

_DOMAIN_WIDTHS, _ROLE_WIDTHS = (2.4, 4.0, 4.0), (4.0, 2.0, 2.2, 2.2, 2.2)


def domains_table(
    title: str, domains: Domains, dataset: Dataset, notes: Sequence[str]
) -> TableSlide:
    """List the first domains with a figure of each kind; the notes hold all their figures."""
    first = domains.first[:SHOWN_FIRST]
    leads = [lead_of(some) for line in first for some in (line.perceived, line.measured)]
    shown = [lead for lead in leads if lead]
    figures = figures_of(shown)
    whole = [f"{x.label} : {both_figures((*x.perceived, *x.measured))}." for x in first]
    perceived = "Perçu (simulé)" if is_simulated_set(dataset) else "Perçu (enquêtes)"
    return TableSlide(
        title,
        ("Domaine", perceived, "Mesuré (Insee)"),
        tuple((x.label, brief(x.perceived), brief(x.measured)) for x in first),
        _DOMAIN_WIDTHS,
        sentence=domains.order,
        about=about(dataset, figures, names=names_of(shown), notes=(*whole, GAP_NOTE, *notes)),
        key=table_key(figures),
        is_one_page=True,
    )


def roles_table(
    title: str, roles: Roles, first: Sequence[str], notes: Sequence[str]
) -> TableSlide | None:
    """Say who is expected on some domains, those in ``first`` on top; None without any.

    The domains that the source says nothing of are named under the table, not listed.
    """
    read = read_roles(roles)
    rows = sorted(read.rows, key=lambda row: row[0].rstrip(f"{NBSP}*") not in first)
    if not rows:
        return None
    known = (read.silent, roles.general_note, *(one.note for one in roles.domains), *notes)
    return TableSlide(
        title,
        ("Domaine", *ACTORS.values()),
        tuple((label, *cells) for label, cells in rows),
        _ROLE_WIDTHS,
        sentence=roles.sentence,
        about=about(roles.dataset, [], notes=known, sources=roles.sources),
        key=" ".join((read.key[:1].upper() + read.key[1:], _say_silent(roles, rows))).strip(),
        is_one_page=True,
    )


def _say_silent(roles: Roles, rows: Sequence[object]) -> str:
    """Count the domains that the source says nothing of; the notes name them."""
    silent = len(roles.domains) - len(rows)
    if not silent:
        return ""
    of_them = count(silent, "autre domaine", "autres domaines")
    return f"{of_them} : la source ne précise aucun acteur."
