"""What weighs on a territory, in a sheet: Insee's measures, its communes, the first domains."""

from __future__ import annotations

from territoires.domain.indicators import Indicator, Nature
from territoires.domain.territories import FRANCE
from territoires.render.fiche_words import Json, date_of, is_told, place_of, short
from territoires.render.portrait_tables import first_figures
from territoires.views.datasets import mark_of
from territoires.views.figure import Figure, interval_text
from territoires.views.portrait import Portrait
from territoires.views.portrait_domains import DomainLine
from territoires.views.portrait_figures import Comparison

#: Figures named for a domain, on each side.
_PER_DOMAIN = 2
#: Domains at the most, of sixteen.
MAX_DOMAINS = 8


def to_context(portrait: Portrait) -> Json | None:
    """Give what Insee measures, beside France's; France's alone where the place has none."""
    lines = [line for line in portrait.shared.context if line.local or line.national]
    if not lines:
        return None
    place, is_france = place_of(lines), not any(line.local for line in lines)
    return {
        "title": f"{mark_of(portrait.dataset, Nature.CONTEXTE)}Ce que mesure l’Insee",
        "place": place,
        "is_france": is_france,
        "rows": [
            {
                "label": line.indicator.label,
                "unit": _unit(line.indicator),
                "local": short(line.local),
                "has_local": is_told(line.local),
                "national": short(line.national),
                "date": _date(line, place),
            }
            for line in lines
        ],
    }


def _unit(indicator: Indicator) -> str:
    """Name the unit where neither the number nor the label holds it already."""
    unit = indicator.unit_label
    return "" if unit == "%" or unit in indicator.label else unit


def _date(line: Comparison, place: str) -> str:
    """Write the date, and whose figure it is where that is not the territory of the heading."""
    whose = place_of([line])
    return f"{whose}, {date_of(line)}" if whose not in {"", place} else date_of(line)


def to_profile(portrait: Portrait) -> Json | None:
    """Give the communes by size, beside France's; None for what has none."""
    profile = portrait.profile
    if profile is None:
        return None
    return {
        "title": f"{mark_of(portrait.dataset, Nature.COG)}La taille des communes",
        "place": profile.territory.name,
        "is_france": profile.territory.id == FRANCE,
        "rows": [
            {
                "label": size.label,
                "share": short(size.share_line.local),
                "number": f"({short(size.number_line.local)})",
                "national": short(size.share_line.national),
            }
            for size in profile.sizes
        ],
    }


def to_domains(portrait: Portrait) -> Json:
    """Give the first domains of fragility, in the order of the page, and what that order is."""
    domains = portrait.shared.domains
    return {
        "order": domains.order,
        "rows": [_domain(line) for line in _shown(portrait)],
        "total": len(domains.lines),
    }


def shown_in_domains(portrait: Portrait) -> list[Comparison]:
    """List the figures that the domains of a sheet show."""
    sides = [side for domain in _shown(portrait) for side in (domain.perceived, domain.measured)]
    return [line for side in sides for line in first_figures(side)[0][:_PER_DOMAIN]]


def _shown(portrait: Portrait) -> list[DomainLine]:
    """List the first domains, then those with a figure of France alone: the page cuts them first."""
    domains = portrait.shared.domains
    others = [one for one in domains.lines if one not in domains.first]
    national = [one for one in others if one.perceived or one.measured]
    return [*domains.first, *national][:MAX_DOMAINS]


def _domain(line: DomainLine) -> Json:
    perceived, others = first_figures(line.perceived)
    measured, unshown = first_figures(line.measured)
    return {
        "label": line.label,
        "perceived": [_told(one, line.label) for one in perceived[:_PER_DOMAIN]],
        "measured": [_told(one, line.label) for one in measured[:_PER_DOMAIN]],
        "others": len(others) + len(perceived[_PER_DOMAIN:]),
        "unshown": len(unshown) + len(measured[_PER_DOMAIN:]),
    }


def _told(line: Comparison, domain: str) -> Json:
    """Write a figure of a domain: its own value with its sample, France's beside.

    An indicator that is named after the domain is not named again.
    """
    parts, is_survey = [], line.indicator.nature is Nature.ENQUETE

    def value(figure: Figure) -> str:
        # A mark out of ten says so; the units of Insee stand on the first page.
        return figure.text if is_survey else figure.short_text

    if line.local:
        sample = f" ({interval_text(line.local.interval)})" if line.local.interval else ""
        parts.append(f"{value(line.local)}{sample}")
    if line.national:
        parts.append(f"France {value(line.national)}")
    asked = line.indicator.actor_label if is_survey else ""
    details = [part for part in (asked, date_of(line)) if part]
    label = "" if domain in line.indicator.label else line.indicator.label
    return {"label": label, "value": ", ".join(parts), "asked": ", ".join(details)}
