"""The survey figures of a sheet, in words and in numbers to draw: rates and maturity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from territoires.domain.indicators import Nature
from territoires.render.fiche_context import shown_in_domains
from territoires.render.fiche_words import (
    NO_FIGURE,
    Json,
    beside,
    date_of,
    doubt,
    is_told,
    place_of,
    sample,
    share,
    short,
)
from territoires.render.maturity import LADDER_NOTE
from territoires.render.portrait import say_no_survey
from territoires.render.portrait_tables import say_difference
from territoires.views.datasets import mark_of
from territoires.views.figure import (
    Figure,
    has_sampling_error,
    is_same_question,
)
from territoires.views.french import format_wave
from territoires.views.maturity import UNPUBLISHED, Maturity, Rung
from territoires.views.portrait import Portrait
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_lines import own_surveys


def to_surveys(portrait: Portrait) -> Json:
    """Give the rates of the territory against France's, the one told first at their head.

    Where it has none, the main figures of France stand alone: they are no estimate of its own.
    """
    lines = own_surveys(portrait)
    empty = say_no_survey(portrait) if portrait.region_forms else ""
    if portrait.shared.surveys and not lines:
        empty = "Les résultats d’enquête du territoire sont à la page suivante."
    return {
        "title": f"{mark_of(portrait.dataset, Nature.ENQUETE)}Les résultats d’enquête et la France",
        "place": place_of(lines),
        "rows": [_row(line, place_of(lines)) for line in lines],
        "national": [] if lines else _nationals(portrait),
        "empty": "" if lines else empty,
        "notes": _survey_notes(lines),
    }


def _nationals(portrait: Portrait) -> list[Json]:
    """Give the main figures of France, those of the home page."""
    return [
        {
            "label": line.indicator.label,
            "value": short(line.national),
            "asked": f"{line.indicator.actor_label}, {date_of(line)}",
            "sure": ", ".join(t for t in (sample(line.national), doubt(line.national)) if t),
        }
        for line in portrait.shared.landmarks
    ]


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


def _row(line: Comparison, place: str) -> Json:
    """Give a rate beside France's; the numbers to draw are those of a share of a sample only.

    A figure of another territory than the one of the heading names its own.
    """
    local, national = line.local, line.national
    drawn = has_sampling_error(line.indicator)
    verdict = say_difference(line.difference, local)
    if local and local.suppression:
        verdict = ""
    asked = f"{line.indicator.actor_label}, {date_of(line)}"
    if place_of([line]) != place:
        asked = f"{place_of([line])}, {asked}"
    other = local and national and not is_same_question(local, national)
    return {
        "label": line.indicator.label,
        "asked": asked,
        "local": short(local),
        "has_local": is_told(local),
        "sample": sample(local),
        "national": short(national),
        "other_question": "autre formulation" if other else "",
        "verdict": verdict,
        "doubt": doubt(local or national),
        "value": share(local) if drawn else None,
        "low": local.interval.low if drawn and local and local.interval else None,
        "high": local.interval.high if drawn and local and local.interval else None,
        "france": beside(line) if drawn else None,
    }


def _rung(rung: Rung) -> Json:
    local, national = (rung.line.local, rung.line.national) if rung.line else (None, None)
    verdict = say_difference(rung.line.difference, local) if rung.line else ""
    return {
        "title": rung.title,
        "local": local.short_text if local else UNPUBLISHED,
        "has_local": is_told(local),
        "sample": sample(local),
        "national": national.short_text if national else UNPUBLISHED,
        "verdict": "" if local and local.suppression else verdict,
        "value": share(local),
        "low": local.interval.low if local and local.interval else None,
        "high": local.interval.high if local and local.interval else None,
        "france": beside(rung.line) if rung.line else None,
    }


def _reading(line: Comparison) -> Json:
    """Give a figure on the subject; every wording published for it travels with it."""
    figure = line.local or line.national
    others = len(figure.other_readings) if figure else 0
    whose = line.holder.territory.name if line.local and line.holder else "France"
    return {
        "label": line.indicator.label,
        "asked": f"{line.indicator.actor_label}, {date_of(line)}",
        "value": figure.short_text if figure else NO_FIGURE,
        "sample": sample(figure),
        "whose": whose,
        "others": others,
        "doubt": doubt(figure),
    }


def _survey_notes(lines: Sequence[Comparison]) -> list[str]:
    """Say once what the rows have in common: what the test is, what the intervals leave out."""
    if any(line.local and line.local.interval and line.local.deff is None for line in lines):
        return [
            "Effet de plan non communiqué : intervalles optimistes si les réponses sont pondérées."
        ]
    return []


def shown_figures(portrait: Portrait) -> Iterator[Figure]:
    """List the figures that a sheet may show, for their sources."""
    shared, sizes = portrait.shared, portrait.profile.sizes if portrait.profile else ()
    for line in (
        *(own_surveys(portrait) or shared.landmarks),
        *shared.context,
        *(rung.line for rung in shared.maturity.rungs if rung.line),
        *shared.maturity.readings,
        *shown_in_domains(portrait),
        *(line for size in sizes for line in (size.share_line, size.number_line)),
    ):
        yield from (figure for figure in (line.local, line.national) if figure)
