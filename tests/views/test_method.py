"""The method page's examples: computed by the rules in force, and worth showing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires import settings
from territoires.analysis.classes import Classes
from territoires.analysis.precision import DEFAULT_THRESHOLDS, Precision, grade, wilson_interval
from territoires.analysis.significance import Flag, Order, change_between, differs_from
from territoires.domain.classification import Method
from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Suppression
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level
from territoires.tables.published import Published
from territoires.views import method
from territoires.views.method import MethodView, build_method_view, build_secrecy_example


@pytest.fixture(scope="module")
def view(published: Published, directory: Directory) -> MethodView:
    return build_method_view(published, directory)


def test_every_grade_has_its_line_with_the_limits_in_force(view: MethodView) -> None:
    assert [line.precision for line in view.grades] == list(Precision)
    limits = [line.up_to for line in view.grades if line.up_to is not None]
    assert limits == [settings.PRECISE, settings.CORRECTE, settings.INDICATIVE]
    # Each grade starts where the better one ends.
    assert [line.above for line in view.grades[1:4]] == limits


def test_the_sample_a_grade_asks_for_is_the_smallest_one(view: MethodView) -> None:
    for line in view.grades[:4]:
        n = line.smallest_sample
        assert n is not None
        assert grade(method.EXAMPLE_SHARE, n) is line.precision
        assert grade(method.EXAMPLE_SHARE, n - 1) is not line.precision
    assert view.grades[3].smallest_sample == settings.MINIMUM_RESPONDENTS
    assert all(line.smallest_sample is None for line in view.grades[4:])


def test_a_grade_ends_where_the_better_one_begins(view: MethodView) -> None:
    best, *others = view.grades[:4]
    assert best.largest_sample is None
    for better, line in zip((best, *others), others, strict=False):
        assert line.largest_sample is not None
        assert better.smallest_sample == line.largest_sample + 1
    assert all(line.largest_sample is None for line in view.grades[4:])


def test_intervals_are_those_of_the_figures(view: MethodView) -> None:
    for example in view.shares:
        expected = wilson_interval(example.share, example.respondents, example.deff)
        assert example.interval == expected
        assert example.precision is grade(example.share, example.respondents, example.deff)


def test_examples_show_that_more_answers_and_no_weights_make_shorter_intervals(
    view: MethodView,
) -> None:
    small, large, weighted, unanimous = view.shares
    assert small.share == large.share == weighted.share
    assert large.interval.half_width < small.interval.half_width < weighted.interval.half_width
    assert weighted.effective == weighted.respondents / weighted.deff < small.effective
    assert unanimous.share == unanimous.interval.high == 100
    assert unanimous.interval.low < 100


def test_the_correction_is_for_as_many_regions_as_there_are(
    view: MethodView, directory: Directory
) -> None:
    correction = view.correction
    assert correction.comparisons == len(directory.of_level(Level.REGION))
    assert correction.level == settings.SIGNIFICANCE_LEVEL
    assert correction.corrected_level * correction.comparisons == pytest.approx(correction.level)
    # At least one of independent alerts, counted the other way round.
    none = 1.0
    for _ in range(correction.comparisons):
        none *= 1 - correction.level
    assert correction.false_alert == pytest.approx(1 - none)
    assert correction.corrected_false_alert < correction.level < correction.false_alert


def test_a_gap_found_alone_is_given_up_among_all_the_regions_unless_the_sample_is_large(
    view: MethodView,
) -> None:
    small, large = view.differences
    assert small.alone.flag is Flag.PLUS_BAS
    assert small.corrected.flag is Flag.NON_SIGNIFICATIF
    assert large.corrected.flag is Flag.PLUS_BAS
    # What the page says of this example: the interval alone would have claimed it.
    assert view.shares[0].respondents == small.respondents
    assert view.shares[0].interval.high < small.reference
    for example in view.differences:
        assert example.corrected == differs_from(
            example.reference,
            example.share,
            example.respondents,
            1.0,
            comparisons=view.correction.comparisons,
        )


def test_the_same_change_is_established_or_not_after_the_samples(view: MethodView) -> None:
    small, large = view.changes
    assert (small.reference, small.share) == (large.reference, large.share)
    assert small.corrected.flag is Flag.NON_SIGNIFICATIF
    assert large.corrected.flag is Flag.PLUS_HAUT
    for example in view.changes:
        assert example.alone == change_between(
            example.reference,
            example.respondents,
            example.share,
            example.respondents,
            1.0,
            comparisons=1,
        )


def test_each_wording_of_an_order_has_its_example_the_higher_share_first(view: MethodView) -> None:
    assert [example.order.wording for example in view.orders] == [
        Order.PRESQUE_SUR,
        Order.PROBABLE,
        Order.INCERTAIN,
    ]
    assert all(example.one[0] > example.other[0] for example in view.orders)
    # Ranks are given only where precision allows: so are the examples.
    good = {Precision.PRECISE, Precision.CORRECTE}
    assert all(grade(*pair) in good for e in view.orders for pair in (e.one, e.other))


def test_the_secrecy_example_hides_a_small_sample_and_one_more(view: MethodView) -> None:
    reasons = {line.suppression: line for line in view.secrecy.lines}
    assert set(reasons) == {None, Suppression.EFFECTIF, Suppression.SECONDAIRE}
    assert reasons[Suppression.EFFECTIF].respondents < view.secrecy.minimum
    assert view.secrecy.deduced == reasons[Suppression.EFFECTIF].respondents


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_a_subtraction_never_gives_a_hidden_sample_unless_all_are_alone(samples: list[int]) -> None:
    example = build_secrecy_example(samples)
    assert [line.respondents for line in example.lines] == samples
    assert len({line.name for line in example.lines}) == len(samples)
    for line in example.lines:
        assert (line.suppression is Suppression.EFFECTIF) == (line.respondents < example.minimum)
    hidden = [line for line in example.lines if line.suppression and line.respondents]
    shown = [line for line in example.lines if not line.suppression]
    if len(hidden) == 1:
        assert shown == []
    assert example.minimum == DEFAULT_THRESHOLDS.minimum_respondents


def test_every_method_a_reader_may_ask_for_is_explained(view: MethodView) -> None:
    names = [name for name, _ in view.classes.by_method]
    assert names == [name for name in Method if name is not Method.UNIQUE]
    for name, classes in view.classes.by_method:
        if classes is not None:
            assert isinstance(classes, Classes)
            assert classes.method is name
            assert sum(classes.counts) == len(view.classes.values)
    assert dict(view.classes.by_method)[Method.ARRONDIES] is not None


def test_a_value_on_a_bound_is_in_the_class_below(view: MethodView) -> None:
    low, high = view.classes.holder
    assert low < view.classes.on_bound == high
    assert view.classes.on_bound in view.classes.values


def test_counts_are_those_of_the_data_in_view(view: MethodView, published: Published) -> None:
    surveys = [i for i in published.catalogue.values() if i.nature is Nature.ENQUETE]
    counts = view.catalogue
    assert counts.surveys == len(surveys)
    assert 0 < counts.several_waves < counts.surveys
    assert 0 < counts.linked < counts.surveys
    assert counts.not_coloured == sum(not i.is_colourable for i in published.catalogue.values())
    assert view.contradictions == len(published.contradictions)
    assert view.divergence is not None
    assert view.divergence.topic == published.contradictions.iloc[0]["topic"]


def test_a_set_without_contradiction_has_no_example_of_one(
    published: Published, directory: Directory
) -> None:
    bare = replace(
        published,
        contradictions=published.contradictions.iloc[:0],
        dataset=Dataset.DEMONSTRATION,
    )
    view = build_method_view(bare, directory)
    assert view.contradictions == 0
    assert view.divergence is None
    assert view.dataset is Dataset.DEMONSTRATION
