"""Slides of what has a chart of its own on a page: the ladder, the sizes, the programme, the dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from territoires.domain.indicators import Fiabilite, Nature, Source
from territoires.domain.kit import Milestone, ProgrammeItem
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE as FRANCE_ID
from territoires.render.figures import describe_size_chart
from territoires.render.slides.bars import (
    FRANCE,
    FRANCE_COLOUR,
    OWN_COLOUR,
    about,
    figure_words,
)
from territoires.render.slides.deck import (
    About,
    Bar,
    BarChart,
    ChartSlide,
    Series,
    Slide,
    TableSlide,
    say_sources,
)
from territoires.render.slides.lines import draw_lines, figures_of
from territoires.views.datasets import watermark_of
from territoires.views.french import NBSP, format_number, format_source_date
from territoires.views.maturity import Maturity
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_profile import Profile
from territoires.views.programme import Programme
from territoires.views.timeline import Timeline

_DOUBT_KEY = "* Les sources ne donnent pas cette ligne de la même façon."
_HOLLOW_KEY = "Barre creuse : nombre que les sources ne donnent pas de la même façon."
_TARGET_KEY = "Dernière barre : le nombre visé au départ."


def ladder_lines(view: Maturity) -> tuple[list[str], list[Comparison]]:
    """Give the rungs that have a figure, the highest first, with their names."""
    shown = [(rung.title, rung.line) for rung in view.rungs[::-1] if rung.line]
    return [title for title, _ in shown], [line for _, line in shown]


def ladder_slides(view: Maturity, title: str, *, notes: Sequence[str] = ()) -> tuple[Slide, ...]:
    """Draw the share of each rung, the territory's beside France's."""
    names, lines = ladder_lines(view)
    told = (view.sentence, *view.caveats, *notes)
    return (draw_lines(title, lines, view.dataset, names=names, notes=told),)


def size_slides(
    profile: Profile, dataset: Dataset, title: str, *, notes: Sequence[str] = ()
) -> tuple[Slide, ...]:
    """Draw the communes by size, in share, then give their numbers as a table."""
    is_france = profile.territory.id == FRANCE_ID
    sizes = [(size.number_line, size.share_line) for size in profile.sizes]
    # The country beside itself would be drawn twice.
    shares = [replace(line, national=None) if is_france else line for _, line in sizes]
    labels = [size.label for size in profile.sizes]
    told = (describe_size_chart(profile), *notes)
    chart = draw_lines(title, shares, dataset, names=labels, nature=Nature.COG, notes=told)
    lines = [line for pair in sizes for line in pair]
    figures = [[line.local for line in pair] for pair in sizes]
    if not is_france:
        figures = [
            own + [line.national for line in pair] for own, pair in zip(figures, sizes, strict=True)
        ]
    places = [profile.territory.name] if is_france else [profile.territory.name, FRANCE]
    headings = [f"{place}, {what}" for place in places for what in ("nombre", "part")]
    table = TableSlide(
        f"{title} : les chiffres",
        ("Taille de la commune", *headings),
        tuple((label, *map(figure_words, row)) for label, row in zip(labels, figures, strict=True)),
        (3.0, *(2.2 for _ in headings)),
        numeric=tuple(range(1, len(headings) + 1)),
        about=about(dataset, figures_of(lines), nature=Nature.COG, notes=notes),
    )
    return (chart, table)


def funnel_slides(
    view: Programme, dataset: Dataset, title: str, *, notes: Sequence[str] = ()
) -> tuple[Slide, ...]:
    """Draw the territories asked, agreed and reported, then every number with its words.

    What was aimed at is the last bar, of another colour: it is no step of the others.
    """
    funnel = view.funnel
    target = [funnel.target] if funnel.target else []
    drawn = [*funnel.levels, *target]
    told = _about(funnel.items, view.sources, dataset, (funnel.sentence, *notes))
    chart = BarChart(
        tuple(item.label for item in drawn),
        (Series("Territoires", OWN_COLOUR, tuple(map(_bar, drawn))),),
        unit="",
        last_colour=FRANCE_COLOUR if target else "",
    )
    keys = [_HOLLOW_KEY] if any(map(_is_doubtful, drawn)) else []
    keys += [_TARGET_KEY] if target else []
    words = f"Graphique en barres. {funnel.sentence}"
    table = TableSlide(
        f"{title} : les chiffres",
        ("Territoires", "Nombre", "Détail"),
        tuple(
            (_starred(item.label, item), format_number(item.value or 0), item.detail or "–")
            for item in funnel.items
        ),
        (3.4, 1.4, 6.0),
        numeric=(1,),
        about=told,
        key=_DOUBT_KEY if any(map(_is_doubtful, funnel.items)) else "",
    )
    return (ChartSlide(title, funnel.sentence, chart, words, " ".join(keys), told), table)


def timeline_slides(
    view: Timeline, dataset: Dataset, title: str, *, notes: Sequence[str] = ()
) -> tuple[Slide, ...]:
    """List the events of each period, as a table that may be shortened; the notes say more."""
    slides = []
    for place, period in enumerate(view.periods):
        events = period.milestones
        details = [f"{format_source_date(e.date)}, {e.title} : {e.description}" for e in events]
        slides.append(
            TableSlide(
                f"{title}, {period.label}",
                ("Date", "Jalon"),
                tuple((format_source_date(e.date), _starred(e.title, e)) for e in events),
                (2.7, 8.1),
                sentence="" if place else view.sentence,
                about=_about(events, view.sources, dataset, (*details, *notes)),
                key=_DOUBT_KEY if any(map(_is_doubtful, events)) else "",
            )
        )
    return tuple(slides)


def _bar(item: ProgrammeItem) -> Bar | None:
    return None if item.value is None else Bar(item.value, is_hollow=_is_doubtful(item))


def _is_doubtful(line: ProgrammeItem | Milestone) -> bool:
    return line.fiabilite is Fiabilite.AMBIGUE


def _starred(text: str, line: ProgrammeItem | Milestone) -> str:
    return f"{text}{NBSP}*" if _is_doubtful(line) else text


def _about(
    lines: Sequence[ProgrammeItem | Milestone],
    sources: Mapping[str, Source],
    dataset: Dataset,
    notes: Sequence[str],
) -> About:
    found = (sources.get(line.source_id) for line in lines)
    return About(
        say_sources(list(dict.fromkeys(source for source in found if source))),
        mark=watermark_of(dataset, Nature.CONTEXTE),
        notes=tuple(dict.fromkeys(note for note in notes if note)),
    )
