"""« Repères »: harmless HTML, charts that hold exactly what their table holds."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from territoires.domain.directory import Directory
from territoires.domain.indicators import Reading, Suppression
from territoires.domain.selection import Dataset
from territoires.render import landmark_charts, landmarks
from territoires.render.chart_marks import (
    EARLIER,
    HOLLOW_KEY,
    LATER,
    OTHER_READING,
    OTHERS,
)
from territoires.render.figures import add_watermark
from territoires.render.landmark_charts import (
    build_question_chart,
    describe_question,
    question_key,
)
from territoires.render.typography import escape
from territoires.tables.published import Published, read_dataset
from territoires.views.comparison_waves import Verdict
from territoires.views.datasets import EDITIONS
from territoires.views.landmark_changes import changes_of
from territoires.views.landmarks import Question, ThemeView, build_theme_view, themes_of
from tests.render.pieces import (
    HOSTILE,
    JAVASCRIPT,
    behind,
    cells,
    check_harmless,
    poison,
    read,
    rows,
    tags,
)

SERIES = (EARLIER, LATER, *OTHERS)
PAGE_COLOURS = ("#fbfaf7", "#14191b")
MIN_FONT_PX = 13


@pytest.fixture(scope="module")
def sets(directory: Directory, published: Published) -> list[Published]:
    simulated = read_dataset(Dataset.DEMONSTRATION, directory.known_codes(), published)
    return [published, simulated]


@pytest.fixture(scope="module")
def views(sets: list[Published]) -> list[ThemeView]:
    return [build_theme_view(data, theme.slug) for data in sets for theme in themes_of(data)]


@pytest.fixture(scope="module")
def questions(views: list[ThemeView]) -> list[tuple[ThemeView, Question]]:
    return [(view, question) for view in views for question in view.questions]


def body_of(view: ThemeView) -> str:
    return "".join(
        [
            landmarks.introduction(view),
            landmarks.matrix(view),
            *(landmarks.question_head(question, view) for question in view.questions),
            *(landmarks.question_table(question, view) for question in view.questions),
            landmarks.lines(view),
            landmarks.contradictions(view),
        ]
    )


def test_the_page_is_harmless(views: list[ThemeView]) -> None:
    for view in views:
        check_harmless(body_of(view))


@pytest.mark.parametrize("text", [HOSTILE, JAVASCRIPT])
def test_hostile_texts_are_only_text(published: Published, views, text: str) -> None:
    for view in views:
        poisoned = poison(view, text)
        questions = tuple(
            replace(
                question,
                periods=(text,),
                answers=tuple(
                    replace(answer, landmarks=tuple(poison(one, text) for one in answer.landmarks))
                    for answer in question.answers
                ),
            )
            for question in poisoned.questions
        )
        lines = tuple(
            replace(line, landmarks=tuple(poison(one, text) for one in line.landmarks))
            for line in poisoned.lines
        )
        body = body_of(replace(poisoned, questions=questions, lines=lines))
        check_harmless(body)
        assert text in read(body).text
    frame = published.unavailable.assign(**dict.fromkeys(published.unavailable.columns, text))
    check_harmless(landmarks.unavailable(replace(published, unavailable=frame)))


def test_every_figure_opens_its_own_card(views: list[ThemeView]) -> None:
    for view in views:
        body = body_of(view)
        buttons = [t for t in tags(body, "button") if t.get("class") == "chiffre-lien"]
        cards = [t for t in tags(body, "template") if t.get("class") == "fiche"]
        assert len(buttons) == len(cards) == len(view.landmarks)
        for one in view.landmarks:
            assert escape(one.figure.source.title) in body


def test_a_figure_of_an_unknown_sample_says_so(views: list[ThemeView]) -> None:
    for view in views:
        for question in view.questions:
            sizes = {one.figure.respondents for one in question.landmarks if one.is_main}
            text = read(landmarks.question_table(question, view)).text
            caption = text.partition("Réponse")[0]
            assert ("Effectif non communiqué" in caption) == (sizes == {None})


def test_questions_of_a_theme_are_told_not_comparable(views: list[ThemeView]) -> None:
    for view in views:
        alone = len(view.questions) + len(view.lines) == 1
        for question in view.questions:
            head = read(landmarks.question_head(question, view)).text
            assert ("non comparable" in head) is not alone
        if view.lines and view.questions:
            assert "Non comparables entre elles" in read(landmarks.lines(view)).text


def test_other_readings_stand_beside_the_one_retained(views: list[ThemeView]) -> None:
    told = 0
    for view in views:
        for part in (
            *(landmarks.question_table(question, view) for question in view.questions),
            landmarks.lines(view),
        ):
            told += part.count('<ul class="lectures"')
        others = [one for one in view.landmarks if one.reading is Reading.AUTRE]
        assert body_of(view).count("autre lecture publiée") >= len(others)
    assert told > 0


def test_each_contradiction_is_a_visible_pair(views: list[ThemeView]) -> None:
    for view in views:
        body = landmarks.contradictions(view)
        assert read(body).text.count("deux lectures publiées") == len(view.contradictions)
        for item in view.contradictions:
            assert all(escape(reading) in body for reading in item.readings)


def test_every_table_of_the_simulated_set_bears_its_mark(views: list[ThemeView]) -> None:
    for view in views:
        captions = re.findall(r"<caption>(.*?)</caption>", body_of(view))
        assert captions
        mark = escape(EDITIONS[view.dataset].mark)
        if mark:
            assert all(caption.startswith(mark) for caption in captions)
        else:
            assert not any("simulé" in caption for caption in captions)


def test_what_cannot_be_read_is_told(sets: list[Published]) -> None:
    for data in sets:
        body = landmarks.unavailable(data)
        check_harmless(body)
        assert rows(body) == len(data.unavailable)
        if data.unavailable.empty:
            assert "Aucun résultat illisible" in body
        for row in data.unavailable.itertuples():
            assert escape(str(row.statement)) in body


def drawn_of(question: Question) -> list[float]:
    return sorted(
        one.figure.value for one in question.landmarks if one.reading is not Reading.REPRISE
    )


def test_the_points_are_the_figures_of_the_question(questions) -> None:
    for view, question in questions:
        figure = build_question_chart(question, EDITIONS[view.dataset].watermark)
        assert sorted(x for trace in figure.data for x in trace.x) == drawn_of(question)
        low, high = figure.layout.xaxis.range
        assert low == 0
        assert high > question.scale
        texts = [annotation.text for annotation in figure.layout.annotations]
        for one in question.landmarks:
            if one.reading is not Reading.REPRISE:
                assert escape(one.figure.text) in texts


def test_no_two_points_share_a_line(questions) -> None:
    for _, question in questions:
        heights = [y for trace in build_question_chart(question).data for y in trace.y]
        heights.sort()
        gaps = [b - a for a, b in pairwise(heights)]
        assert all(gap >= MIN_FONT_PX for gap in gaps)


def test_an_interval_is_drawn_where_it_is_known(questions) -> None:
    drawn = 0
    for _, question in questions:
        for trace in build_question_chart(question).data:
            known = [one.figure for one in question.landmarks if one.figure.interval]
            assert trace.error_x.visible is bool(known)
            for x, up, down in zip(
                trace.x, trace.error_x.array, trace.error_x.arrayminus, strict=True
            ):
                ends = [(f.interval.low, f.interval.high) for f in known if f.value == x]
                if ends:
                    assert any((x - down, x + up) == pytest.approx(pair, abs=1e-6) for pair in ends)
                    drawn += 1
                else:
                    assert up == down == 0
    assert drawn > 0


def symbols_of(question: Question) -> dict[str, set[str]]:
    """Give the symbols drawn for each period, without what makes them hollow."""
    found: dict[str, set[str]] = {}
    for trace in build_question_chart(question).data:
        found.setdefault(trace.name, set()).update(trace.marker.symbol)
    return found


def test_the_later_wave_is_a_round_dot_and_the_earlier_a_diamond(questions) -> None:
    told = 0
    for _, question in questions:
        main = [one for one in question.landmarks if one.is_main]
        dated = [
            period
            for period in question.periods
            if any(one.period == period and one.figure.wave != "non_precisee" for one in main)
        ]
        drawn = symbols_of(question)
        for period, series in zip(reversed(dated), (LATER, EARLIER), strict=False):
            (name,) = [n for n in drawn if n.startswith(escape(period)) and "lecture" not in n]
            assert {symbol.removesuffix("-open") for symbol in drawn[name]} == {series.symbol}
            told += 1
    assert told > len(questions)


def test_a_hollow_mark_is_an_unknown_sample_and_a_cross_another_reading(questions) -> None:
    hollow = 0
    for _, question in questions:
        others = [one for one in question.landmarks if one.reading is Reading.AUTRE]
        main = [one.figure for one in question.landmarks if one.is_main]
        unknown = sum(figure.respondents is None for figure in main)
        symbols = [s for t in build_question_chart(question).data for s in t.marker.symbol]
        assert sum(symbol.endswith("-open") for symbol in symbols) == unknown
        assert symbols.count(OTHER_READING) == len(others)
        key = question_key(question).lower()
        assert (HOLLOW_KEY in key) is bool(unknown)
        assert ("croix" in key) is bool(others)
        hollow += unknown
    assert hollow > 0


def test_two_studies_of_unknown_size_prove_no_change(views: list[ThemeView]) -> None:
    told = 0
    for view in views:
        for question in view.questions:
            text = read(landmarks.question_note(question)).text
            main = [one for one in question.landmarks if one.is_main]
            unknown = {one.figure.respondents for one in main} == {None}
            several = len({one.study for one in main}) > 1 < len({one.period for one in main})
            assert ("l’écart ne prouve pas une évolution" in text) is (unknown and several)
            told += unknown and several
    assert told > 0


def test_a_change_is_judged_where_both_samples_are_known_and_nowhere_else(
    views: list[ThemeView],
) -> None:
    verdicts = set()
    for view in views:
        for question in view.questions:
            table = landmarks.question_table(question, view)
            headings = [read(f"<p>{h}</p>").text for h in re.findall(r'data-tri="1">(.*?)<', table)]
            changes = changes_of(question)
            assert ("Évolution" in headings) is any(changes)
            assert any(changes) is (view.dataset is Dataset.DEMONSTRATION)
            if any(changes):
                lines = [line[-1] for line in cells(table)]
                assert lines == [change or Verdict.NON_TESTEE for change in changes]
            verdicts |= set(changes)
    assert Verdict.NON_ETABLIE in verdicts


def test_a_figure_that_a_chart_already_draws_is_told_so(published: Published) -> None:
    view = build_theme_view(published, "adhesion-aux-alliances")
    (line,) = [line for line in view.lines if line.drawn_in]
    assert line.landmarks[0].indicator.indicator_id == "adhesion_maires_region"
    text = read(landmarks.lines(view)).text
    assert f"même chiffre que dans le graphique “{line.drawn_in}”" in text


def test_nothing_simulated_is_told_published(views: list[ThemeView]) -> None:
    for view in views:
        body = read(body_of(view)).text
        simulated = view.dataset is Dataset.DEMONSTRATION
        assert ("tel que publié" in body) is not simulated
        assert ("Chiffres simulés, dans l’ordre du catalogue" in body) is simulated


def test_letters_are_large_enough(questions) -> None:
    for view, question in questions:
        layout = build_question_chart(question, EDITIONS[view.dataset].watermark).layout
        sizes = [annotation.font.size for annotation in layout.annotations]
        sizes += [layout.font.size, layout.xaxis.tickfont.size, layout.legend.font.size]
        assert min(sizes) >= MIN_FONT_PX


def test_only_simulated_charts_bear_a_watermark(questions) -> None:
    for view, question in questions:
        text = EDITIONS[view.dataset].watermark
        figure = build_question_chart(question, text)
        marks = [mark for mark in behind(figure) if mark.startswith("DÉMONSTRATION")]
        assert bool(marks) is (view.dataset is Dataset.DEMONSTRATION)
        assert len(marks) >= figure.layout.height // 500 * bool(text)


def test_an_empty_watermark_changes_nothing(questions) -> None:
    _, question = questions[0]
    figure = build_question_chart(question)
    before = figure.to_json()
    assert add_watermark(figure, "").to_json() == before
    assert add_watermark(figure, "EXEMPLE").to_json() != before


def test_the_sentence_beside_a_chart_says_each_of_its_points(questions) -> None:
    for _, question in questions:
        text = describe_question(question)
        said = text.partition("catalogue. ")[2]
        for one in question.landmarks:
            if one.reading is not Reading.REPRISE:
                assert one.figure.text in said
        values = re.findall(r"\d+(?:,\d+)?\u00a0(?:%|sur)", said)
        assert len(values) == len(drawn_of(question))


def test_a_hidden_figure_is_not_drawn_nor_said(questions) -> None:
    _, question = next(q for q in questions if len(q[1].answers) > 2)
    first = question.answers[0]
    hidden = tuple(
        replace(
            one,
            figure=replace(
                one.figure,
                value=None,
                text="effectif insuffisant",
                interval=None,
                suppression=Suppression.EFFECTIF,
            ),
        )
        for one in first.landmarks
    )
    masked = replace(question, answers=(replace(first, landmarks=hidden), *question.answers[1:]))
    figure = build_question_chart(masked)
    assert sum(len(trace.x) for trace in figure.data) == len(drawn_of(question)) - len(
        [one for one in hidden if one.reading is not Reading.REPRISE]
    )
    assert first.label not in describe_question(masked)


def test_hostile_labels_stay_text_in_a_chart(questions) -> None:
    _, question = questions[0]
    answers = tuple(replace(answer, label=HOSTILE) for answer in question.answers)
    figure = build_question_chart(replace(question, answers=answers))
    assert "<script" not in figure.to_json().replace("\\u003c", "<")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("page", PAGE_COLOURS)
@pytest.mark.parametrize("colour", [series.colour for series in SERIES])
def test_points_are_seen_on_the_light_and_the_dark_page(colour: str, page: str) -> None:
    high, low = sorted((luminance(colour), luminance(page)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 3


def test_series_differ_by_shape_and_not_by_colour_alone() -> None:
    symbols = {series.symbol for series in SERIES} | {OTHER_READING}
    assert len(symbols) == len(SERIES) + 1
    assert landmark_charts.FONT_PX >= MIN_FONT_PX
