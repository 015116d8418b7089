"""The chronology: one row per event, nothing overlaps, everything also in words and in a table."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from territoires.domain.indicators import Fiabilite
from territoires.render import timeline
from territoires.tables.published import Published
from territoires.views.timeline import Timeline, build_timeline
from tests.render.pieces import HOSTILE, behind, check_harmless, poison, read, rows, tags

LINE_PX = 18


@pytest.fixture
def view(published: Published) -> Timeline:
    return build_timeline(published.kit)


def texts(figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_every_event_has_one_dot_and_one_text(view: Timeline) -> None:
    for period in view.periods:
        figure = timeline.build_timeline_chart(period)
        dots = sum(len(trace.y) for trace in figure.data)
        assert dots == len(period.milestones)
        assert len(texts(figure)) == dots + len(period.years)


def test_no_text_overlaps_the_next_one_and_all_stand_in_the_chart(view: Timeline) -> None:
    for period in view.periods:
        figure = timeline.build_timeline_chart(period)
        places = sorted(
            (a.y, a.y + LINE_PX * (a.text.count("<br>") + 1)) for a in figure.layout.annotations
        )
        assert all(end <= start for (_, end), (start, _) in pairwise(places))
        assert places[-1][1] <= figure.layout.height


def test_lines_are_short_enough_for_a_phone(view: Timeline) -> None:
    for period in view.periods:
        for text in texts(timeline.build_timeline_chart(period)):
            for line in re.sub(r"</?b>", "", text).split("<br>"):
                assert len(read(line).text) <= 40


def test_a_doubtful_event_is_told_by_its_shape(view: Timeline) -> None:
    hollow = 0
    for period in view.periods:
        sure, doubtful = timeline.build_timeline_chart(period).data
        assert (sure.marker.symbol, doubtful.marker.symbol) == ("circle", "circle-open")
        hollow += len(doubtful.y)
    assert hollow == sum(m.fiabilite is Fiabilite.AMBIGUE for m in view.milestones) == 2
    assert "Cercle creux" in timeline.KEY


def test_the_chart_is_read_without_a_pointer_and_said_in_words(view: Timeline) -> None:
    for period in view.periods:
        figure = timeline.build_timeline_chart(period)
        assert figure.layout.hovermode is False
        said = timeline.describe_timeline(period)
        assert all(milestone.title in said for milestone in period.milestones)


def test_the_table_holds_every_event_with_its_source(view: Timeline) -> None:
    html = timeline.table(view)
    text = read(html).text.replace("\u00a0", " ")
    assert rows(html) == 42
    for milestone in view.milestones:
        assert milestone.description.replace("\u00a0", " ") in text
        assert view.sources[milestone.source_id].title.replace("\u00a0", " ") in text
    assert len(tags(html.partition("divergences")[2], "section")) == 3
    check_harmless(html)


def test_real_events_are_marked_among_simulated_ones(view: Timeline) -> None:
    marked = timeline.build_timeline_chart(view.periods[0], "Donnée réelle")
    assert set(behind(marked)) == {"Donnée réelle"}
    assert not behind(timeline.build_timeline_chart(view.periods[0]))


def test_hostile_titles_are_shown_as_texts(published: Published) -> None:
    kit = replace(
        published.kit,
        milestones=tuple(
            replace(poison(m, HOSTILE), date="2021-05") for m in published.kit.milestones
        ),
    )
    view = build_timeline(kit)
    check_harmless(timeline.table(view))
    check_harmless(timeline.period_title(view.periods[0]))
    for text in texts(timeline.build_timeline_chart(view.periods[0])):
        assert "<script" not in text
        assert "<img" not in text


def test_without_events_the_page_says_so(published: Published) -> None:
    assert "Aucun jalon" in timeline.table(build_timeline(replace(published.kit, milestones=())))
