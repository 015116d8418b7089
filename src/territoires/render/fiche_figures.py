"""The figures of a sheet, in words and in numbers to draw: surveys, context, domains, maturity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.indicators import Fiabilite, Nature
from territoires.domain.territories import FRANCE
from territoires.render.maturity import LADDER_NOTE
from territoires.render.portrait import say_no_survey, survey_lines
from territoires.render.portrait_tables import first_figures, say_difference
from territoires.tables.published import Published
from territoires.views.figure import (
    Figure,
    has_sampling_error,
    interval_text,
    is_same_question,
    national_figure,
)
from territoires.views.french import format_wave
from territoires.views.maturity import UNPUBLISHED, Maturity, Rung
from territoires.views.portrait import Portrait
from territoires.views.portrait_domains import DomainLine
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_sentence import choose_lead
from territoires.views.datasets import EDITIONS, mark_of

Json = dict[str, object]
_NO_FIGURE = "–"
#: Figures named for a domain, on each side.
_PER_DOMAIN = 2
_LARGEST_SHARE = 100.0


def to_surveys(portrait: Portrait, published: Published) -> Json:
    """Give the rates of the territory against France's, the one told first at their head.

    Where it has none, the main figures of France stand alone: they are no estimate of its own.
    """
    dataset, forms = portrait.dataset, portrait.region_forms
    lines = [line for line in survey_lines(portrait) if line.local]
    lead = choose_lead(lines, EDITIONS[dataset].default_indicator)
    lines.sort(key=lambda line: line != lead)
    empty = say_no_survey(forms, dataset) if forms else ""
    if portrait.shared.surveys and not lines:
        empty = "Les résultats d’enquête du territoire sont à la page suivante."
    return {
        "title": f"{mark_of(dataset, Nature.ENQUETE)}Les résultats d’enquête et la France",
        "place": _place_of(lines),
        "rows": [_row(line) for line in lines],
        "national": [] if lines else _nationals(published),
        "empty": "" if lines else empty,
        "notes": _survey_notes(lines),
    }


def _nationals(published: Published) -> list[Json]:
    """Give the main figures of France, those of the home page."""
    edition = EDITIONS[published.dataset]
    found = []
    for name in edition.key_indicators:
        indicator = published.catalogue.get(name)
        figure = national_figure(published, indicator, edition.key_wave) if indicator else None
        if indicator and figure:
            asked = f"{indicator.actor_label}, {format_wave(figure.wave)}"
            found.append(
                {
                    "label": indicator.label,
                    "value": figure.short_text,
                    "asked": ", ".join(t for t in (asked, _sample(figure)) if t),
                }
            )
    return found


def to_context(portrait: Portrait) -> Json | None:
    """Give what Insee measures, beside France's; None where nothing is known of the place."""
    lines = [line for line in portrait.shared.context if line.local or line.national]
    if not any(line.local for line in lines):
        return None
    return {
        "title": f"{mark_of(portrait.dataset, Nature.CONTEXTE)}Ce que mesure l’Insee",
        "place": _place_of(lines),
        "rows": [
            {
                "label": line.indicator.label,
                "unit": "" if line.indicator.unit_label == "%" else line.indicator.unit_label,
                "local": _short(line.local),
                "has_local": _is_told(line.local),
                "national": _short(line.national),
                "date": _date_of(line),
            }
            for line in lines
        ],
    }


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
                "share": _short(size.share_line.local),
                "number": f"({_short(size.number_line.local)})",
                "national": _short(size.share_line.national),
            }
            for size in profile.sizes
        ],
    }


def to_domains(portrait: Portrait) -> Json:
    """Give the first domains of fragility, in the order of the page, and what that order is."""
    domains = portrait.shared.domains
    return {
        "order": domains.order,
        "is_ranked": domains.is_ranked,
        "rows": [_domain(line) for line in domains.first],
        "total": len(domains.lines),
    }


def to_maturity(maturity: Maturity) -> Json:
    """Give the ladder, the highest rung first, or what is published in its place."""
    has_figures = any(rung.line for rung in maturity.rungs)
    return {
        "place": maturity.holder.territory.name if maturity.holder else "",
        "wave": format_wave(maturity.wave) if has_figures else "",
        "rungs": [_rung(rung) for rung in maturity.rungs[::-1]] if has_figures else [],
        "note": "" if has_figures else LADDER_NOTE,
        "readings": [_reading(line) for line in maturity.readings],
    }


def _row(line: Comparison) -> Json:
    """Give a rate beside France's; the numbers to draw are those of a share of a sample only."""
    local, national = line.local, line.national
    drawn = has_sampling_error(line.indicator)
    verdict = say_difference(line.difference, local)
    if local and local.suppression:
        verdict = ""
    asked = f"{line.indicator.actor_label}, {_date_of(line)}"
    other = local and national and not is_same_question(local, national)
    return {
        "label": line.indicator.label,
        "asked": asked,
        "local": _short(local),
        "has_local": _is_told(local),
        "sample": _sample(local),
        "national": _short(national),
        "other_question": "autre formulation" if other else "",
        "verdict": verdict,
        "doubt": _doubt(local or national),
        "value": _share(local) if drawn else None,
        "low": local.interval.low if drawn and local and local.interval else None,
        "high": local.interval.high if drawn and local and local.interval else None,
        "france": _beside(line) if drawn else None,
    }


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
    parts = []
    if line.local:
        sample = f" ({interval_text(line.local.interval)})" if line.local.interval else ""
        parts.append(f"{line.local.short_text}{sample}")
    if line.national:
        parts.append(f"France {line.national.short_text}")
    asked = line.indicator.actor_label if line.indicator.nature is Nature.ENQUETE else ""
    details = [part for part in (asked, _date_of(line)) if part]
    label = "" if domain in line.indicator.label else line.indicator.label
    return {"label": label, "value": ", ".join(parts), "asked": ", ".join(details)}


def _rung(rung: Rung) -> Json:
    local, national = (rung.line.local, rung.line.national) if rung.line else (None, None)
    verdict = say_difference(rung.line.difference, local) if rung.line else ""
    return {
        "title": rung.title,
        "local": local.short_text if local else UNPUBLISHED,
        "has_local": _is_told(local),
        "sample": _sample(local),
        "national": national.short_text if national else UNPUBLISHED,
        "verdict": "" if local and local.suppression else verdict,
        "value": _share(local),
        "low": local.interval.low if local and local.interval else None,
        "high": local.interval.high if local and local.interval else None,
        "france": _beside(rung.line) if rung.line else None,
    }


def _reading(line: Comparison) -> Json:
    """Give a figure on the subject; every wording published for it travels with it."""
    figure = line.local or line.national
    others = len(figure.other_readings) if figure else 0
    whose = line.holder.territory.name if line.local and line.holder else "France"
    return {
        "label": line.indicator.label,
        "asked": f"{line.indicator.actor_label}, {_date_of(line)}",
        "value": figure.short_text if figure else _NO_FIGURE,
        "sample": _sample(figure),
        "whose": whose,
        "others": others,
        "doubt": _doubt(figure),
    }


def _survey_notes(lines: Sequence[Comparison]) -> list[str]:
    """Say once what the rows have in common: what the test is, what the intervals leave out."""
    if any(line.local and line.local.interval and line.local.deff is None for line in lines):
        return ["Effet de plan non communiqué : intervalles optimistes si les réponses sont pondérées."]
    return []


def _sample(figure: Figure | None) -> str:
    """Say how sure a figure is: its interval, or that its sample is not known."""
    if figure is None or figure.suppression:
        return ""
    if figure.interval:
        return interval_text(figure.interval)
    return "effectif non communiqué" if figure.precision is Precision.INCONNUE else ""


def _share(figure: Figure | None) -> float | None:
    """Give a share that may be drawn; None for what is hidden, or too imprecise."""
    if figure is None or figure.value is None or figure.precision is Precision.TROP_IMPRECISE:
        return None
    return figure.value if 0 <= figure.value <= _LARGEST_SHARE else None


def _beside(line: Comparison) -> float | None:
    """Give France's share where it may stand on the axis of the territory's."""
    return None if line.difference is Flag.INCONNU else _share(line.national)


def _is_told(figure: Figure | None) -> bool:
    """Tell a figure from the words that stand in the place of one."""
    return figure is not None and figure.suppression is None


def _short(figure: Figure | None) -> str:
    return figure.short_text if figure else _NO_FIGURE


def _doubt(figure: Figure | None) -> str:
    if figure is None:
        return ""
    doubts = []
    if figure.precision in {Precision.INDICATIVE, Precision.TROP_IMPRECISE}:
        doubts.append(str(figure.precision))
    if figure.fiabilite is Fiabilite.AMBIGUE:
        doubts.append("source ambiguë ou contredite")
    return ", ".join(doubts)


def _date_of(line: Comparison) -> str:
    figure = line.local or line.national
    return format_wave(figure.wave) if figure else ""


def _place_of(lines: Sequence[Comparison]) -> str:
    return next((line.holder.territory.name for line in lines if line.holder), "")


def shown_figures(portrait: Portrait) -> Iterator[Figure]:
    """List the figures that a sheet may show, for their sources."""
    shared = portrait.shared
    rungs = (rung.line for rung in shared.maturity.rungs if rung.line)
    first = (one for d in shared.domains.first for one in first_figures(d.perceived)[0])
    for line in (*survey_lines(portrait), *rungs, *shared.maturity.readings[:3], *first, *shared.context):
        yield from (figure for figure in (line.local, line.national) if figure)
