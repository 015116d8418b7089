"""The 2018 programme on screen: funnel as chart, table and words; all of its lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires.render import programme
from territoires.tables.published import Published
from territoires.views.programme import Programme, build_programme
from tests.render.pieces import HOSTILE, cells, check_harmless, read, rows, tags, without_cards


@pytest.fixture
def view(published: Published) -> Programme:
    built = build_programme(published.kit)
    assert built is not None
    return built


def plain(html: str) -> str:
    return read(without_cards(html)).text.replace("\u00a0", " ")


def test_the_funnel_is_drawn_as_bars_with_the_target_as_a_line(view: Programme) -> None:
    figure = programme.build_funnel_chart(view.funnel)
    (bars,) = figure.data
    assert list(bars.x) == [13, 11, 10]
    (line,) = figure.layout.shapes
    assert line.x0 == line.x1 == 12
    labels = [a.text.replace("\u00a0", " ") for a in figure.layout.annotations]
    assert labels == [
        "Territoires sollicités",
        "Accords",
        "Territoires au bilan",
        "Territoires visés : 12",
    ]
    assert figure.layout.xaxis.range[0] == 0


def test_the_funnel_is_said_in_words_and_written_in_a_table(view: Programme) -> None:
    assert "visés : 12" in programme.describe_funnel(view.funnel)
    html = programme.funnel_table(view)
    assert [row[1][:2] for row in cells(without_cards(html))] == ["12", "13", "11", "2", "10"]
    assert html.count('<template class="fiche">') == 5
    assert "motif de l’écart non disponible" in plain(html)
    check_harmless(html)


def test_themes_phases_and_sessions_are_all_written(view: Programme) -> None:
    text = plain(programme.content(view))
    for item in view.themes:
        assert item.label.replace("\u00a0", " ") in text
    for branch in (*view.phases, *view.sessions):
        assert branch.item.label in text
    for session in view.sessions:
        for child in session.children:
            assert child.detail.replace("\u00a0", " ") in text
    assert "De juillet 2017 à mars 2018" in text
    assert text.count("Date non disponible") == 3


def test_committees_list_their_members_and_meetings(view: Programme) -> None:
    html = programme.people(view)
    text = plain(html)
    assert rows(html) == 3
    for committee in view.committees:
        assert all(member.label in text for member in (*committee.members, *committee.named_later))
    assert "source ambiguë ou contredite" in text
    assert "Noms non disponibles" in text
    assert "année non indiquée dans la source" in text
    assert len(tags(html.partition("divergences")[2], "section")) == 2
    check_harmless(html)


def test_the_frame_says_what_the_programme_was_with_its_source(view: Programme) -> None:
    text = plain(programme.frame(view, "Donnée réelle – "))
    assert text.startswith("Donnée réelle – 8 thématiques, 3 phases, 4 sessions, 3 comités.")
    assert "Parcours de 9 mois" in text
    assert text.count("Source : ") == 1


def test_hostile_lines_are_shown_as_texts(published: Published) -> None:
    items = tuple(replace(item, label=HOSTILE, detail=HOSTILE) for item in published.kit.programme)
    view = build_programme(replace(published.kit, programme=items))
    assert view is not None
    for html in (
        programme.frame(view),
        programme.content(view),
        programme.people(view),
        programme.funnel_table(view),
    ):
        check_harmless(html)
    for annotation in programme.build_funnel_chart(view.funnel).layout.annotations:
        assert "<script" not in annotation.text
