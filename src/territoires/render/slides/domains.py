"""Tables of the domains of fragility on slides: what is known of each, who is expected on it."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.selection import Dataset
from territoires.render.slides.bars import about, table_key
from territoires.render.slides.deck import TableSlide
from territoires.render.slides.lines import both_figures, brief, figures_of, lead_of, names_of
from territoires.views.datasets import is_simulated_set
from territoires.views.portrait_domains import SHOWN_FIRST, Domains
from territoires.views.portrait_gap import GAP_NOTE
from territoires.views.roles import ACTORS, Expectation, Roles

_DOMAIN_WIDTHS, _ROLE_WIDTHS = (2.4, 4.0, 4.0), (4.0, 2.0, 2.2, 2.2, 2.2)
_MOST_DOMAINS = 6


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

    A domain that the source says nothing of is counted in the sentence, not listed.
    """
    told = [d for d in roles.domains if set(d.expectations) != {Expectation.NON_PRECISE}]
    shown = sorted(told, key=lambda domain: domain.label not in first)[:_MOST_DOMAINS]
    if not shown:
        return None
    known = (roles.general_note, *(domain.note for domain in shown), *notes)
    return TableSlide(
        title,
        ("Domaine", *ACTORS.values()),
        tuple((d.label, *(str(expected) for expected in d.expectations)) for d in shown),
        _ROLE_WIDTHS,
        sentence=roles.sentence,
        about=about(roles.dataset, [], notes=known, sources=roles.sources),
        is_one_page=True,
    )
