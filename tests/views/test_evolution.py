"""Evolution: two dated waves of one wording, tested together, never more said than tested."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from territoires.analysis.significance import Flag, change_between
from territoires.domain.directory import Directory
from territoires.domain.indicators import UNDATED_WAVE, Nature, Observation
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.comparison_waves import Verdict
from territoires.views.datasets import EDITIONS
from territoires.views.evolution import Evolution, build_evolution
from territoires.views.portrait_figures import Holder

Build = Callable[..., Evolution]
MARK = EDITIONS[Dataset.DEMONSTRATION].mark
FLAGS = {
    Flag.PLUS_HAUT: Verdict.HAUSSE,
    Flag.PLUS_BAS: Verdict.BAISSE,
    Flag.NON_SIGNIFICATIF: Verdict.NON_ETABLIE,
}


@pytest.fixture(scope="module")
def build(directory: Directory, names: Mapping[TerritoryId, NameForms]) -> Build:
    def evolution(data: Published, text: str) -> Evolution:
        territory = directory.parse(text)
        nearest = (territory, *reversed(directory.ancestors(territory.id)))
        levels = (Level.REGION, Level.DEPARTEMENT)
        holders = [Holder(one, names.get(one.id)) for one in nearest if one.id.level in levels]
        if territory.id == FRANCE:
            holders = [Holder(territory)]
        return build_evolution(data, holders)

    return evolution


def changed(data: Published, change: Callable[[Observation], Observation]) -> Published:
    by_territory = {
        place: tuple(change(one) for one in found) for place, found in data.by_territory.items()
    }
    return replace(data, by_territory=by_territory)


def trends_of(evolution: Evolution):
    return [trend for group in evolution.groups for trend in group.trends]


def test_every_region_and_departement_has_an_honest_sentence(
    build: Build, datasets: tuple[Published, Published], directory: Directory
) -> None:
    for data in datasets:
        for level in (Level.REGION, Level.DEPARTEMENT):
            for territory in directory.of_level(level):
                evolution = build(data, str(territory.id))
                assert evolution.sentence.startswith(f"{EDITIONS[data.dataset].mark}Évolution")
                assert bool(evolution.groups) is ("rien à comparer" not in evolution.sentence)


@pytest.mark.parametrize("text", ["region-53", "departement-14", "commune-35238", "commune-97502"])
def test_no_published_region_has_two_waves_yet(
    build: Build, published: Published, text: str
) -> None:
    evolution = build(published, text)
    assert evolution.groups == ()
    assert "aucun résultat d’enquête n’a deux vagues datées" in evolution.sentence
    assert evolution.caveats == ()


def test_national_waves_of_unknown_samples_are_not_compared(
    build: Build, published: Published
) -> None:
    evolution = build(published, "pays-FR")
    trends = trends_of(evolution)
    assert {trend.indicator.indicator_id for trend in trends} == {
        "innovation_maires",
        "partenariats_associations_employeuses",
    }
    assert {trend.change.verdict for trend in trends} == {Verdict.NON_COMPARABLE}
    assert all(trend.change.gap is None for trend in trends)
    assert "effectif non communiqué" in evolution.sentence
    assert evolution.comparisons == 0
    assert any("études différentes" in text for text in evolution.caveats)
    assert not re.search(r"hausse|baisse|augment", evolution.sentence)


def test_each_verdict_is_that_of_the_test_corrected_for_all(
    build: Build, demonstration: Published
) -> None:
    verdicts = set()
    for text in ("region-52", "region-24", "region-53", "region-01", "pays-FR"):
        evolution = build(demonstration, text)
        trends = trends_of(evolution)
        assert evolution.comparisons == len(trends) == 36
        for trend in trends:
            before, after = trend.change.before, trend.change.after
            assert (before.wave, after.wave) == ("2023", "2025")
            expected = change_between(
                before.value,
                before.respondents,
                after.value,
                after.respondents,
                max(before.deff or 1.0, after.deff or 1.0),
                comparisons=36,
            )
            assert trend.change.verdict is FLAGS[expected.flag]
            verdicts.add(trend.change.verdict)
    assert verdicts == set(FLAGS.values())


def test_the_sentences_hold_the_numbers_of_the_table(
    build: Build, demonstration: Published
) -> None:
    for text in ("region-52", "region-24", "pays-FR", "departement-29"):
        evolution = build(demonstration, text)
        for group in evolution.groups:
            assert group.sentence.startswith(MARK)
            shown = {f.text for t in group.trends for f in (t.change.before, t.change.after)}
            assert set(re.findall(r"\d+\u00a0%", group.sentence)) <= shown
            for trend in group.trends:
                firm = trend.change.verdict in (Verdict.HAUSSE, Verdict.BAISSE)
                told = f"{trend.change.before.text} puis {trend.change.after.text}"
                assert (told in group.sentence) >= firm
        firm = sum(
            t.change.verdict in (Verdict.HAUSSE, Verdict.BAISSE) for t in trends_of(evolution)
        )
        assert (f"{firm}\u00a0évolution" in evolution.sentence) is bool(firm)


def test_figures_of_the_nearest_territory_come_first(
    build: Build, demonstration: Published
) -> None:
    evolution = build(demonstration, "departement-29")
    places = {str(group.holder.territory.id): group for group in evolution.groups}
    assert set(places) == {"departement-29", "region-53"}
    names = [trend.indicator.indicator_id for trend in trends_of(evolution)]
    assert len(names) == len(set(names)) == 36
    assert (
        "11\u00a0chiffres dans le Finistère et 25\u00a0chiffres en Bretagne" in evolution.sentence
    )


def test_a_hidden_wave_is_not_compared(build: Build, demonstration: Published) -> None:
    trends = trends_of(build(demonstration, "region-03"))
    assert trends
    assert {trend.change.verdict for trend in trends} == {Verdict.NON_COMPARABLE}
    assert {trend.change.reason for trend in trends} == {"effectif insuffisant"}


def test_a_region_asked_once_has_nothing_to_compare(build: Build, demonstration: Published) -> None:
    assert build(demonstration, "region-06").groups == ()


def test_an_undated_wave_has_no_place_in_time(build: Build, demonstration: Published) -> None:
    data = changed(
        demonstration, lambda o: replace(o, wave=UNDATED_WAVE) if o.wave == "2023" else o
    )
    assert build(data, "region-53").groups == ()


def test_only_the_last_two_waves_are_compared(build: Build, demonstration: Published) -> None:
    extra = [
        replace(o, wave="2021")
        for o in demonstration.of_territory(TerritoryId.parse("region-53"))
        if o.wave == "2023"
    ]
    place = TerritoryId.parse("region-53")
    found = (*demonstration.of_territory(place), *extra)
    data = replace(demonstration, by_territory={**demonstration.by_territory, place: found})
    assert {(g.earlier, g.later) for g in build(data, "region-53").groups} == {("2023", "2025")}


def test_official_figures_are_no_survey_results(build: Build, demonstration: Published) -> None:
    for trend in trends_of(build(demonstration, "region-53")):
        assert trend.indicator.nature is Nature.ENQUETE


def test_without_holders_there_is_nothing_to_say(published: Published) -> None:
    evolution = build_evolution(published, ())
    assert evolution.groups == ()
    assert evolution.sentence.startswith("Évolution : aucun")
