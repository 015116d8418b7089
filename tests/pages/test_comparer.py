"""« Comparer »: each choice followed twice in a row, in step with the link, in both sets."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from territoires.domain.territories import Level
from territoires.tables.published import Published
from territoires.views.selection import WIDE_LEVELS, mappable_indicators, waves_of
from tests.pages.conftest import Open, components, html_of, notices_of, plain, text_of
from tests.pages.test_carte import level, link

DEMO = {"jeu": "demonstration", "indicateur": "demo_mandat_collectif"}


def words_of(at: AppTest) -> str:
    return plain(text_of(at))


def charts(at: AppTest) -> int:
    return len(at.get("plotly_chart"))


def test_the_published_values_stand_side_by_side_without_a_verdict(open_page: Open) -> None:
    at = open_page("comparer")
    text = words_of(at)
    assert "Exemple : trois régions qui ont un chiffre." in text
    assert "Effectif non communiqué : ces valeurs ne se comparent pas." in text
    assert "Pas de classement" in text
    assert "Une seule vague de cet indicateur" in text
    assert at.multiselect(key="territoires").value
    assert charts(at) == 1
    assert components(at) == []
    assert not at.exception


def test_the_territories_follow_every_change(open_page: Open) -> None:
    at = open_page("comparer", **DEMO, avec="region-28 region-53")
    assert len(at.multiselect(key="territoires").value) == 2
    assert "Exemple :" not in words_of(at)
    assert "la part est plus haute en Bretagne qu’en Normandie" in words_of(at)
    for names, wanted in (
        (["Bretagne", "Normandie", "Occitanie"], "region-28 region-53 region-76"),
        (["Occitanie", "Bretagne"], "region-53 region-76"),
        (["Bretagne"], "region-53"),
        (["Bretagne", "Normandie"], "region-28 region-53"),
    ):
        box = at.multiselect(key="territoires")
        box.set_value(names).run()
        assert link(at)["avec"] == wanted
        assert len(at.multiselect(key="territoires").value) == len(names)
        assert not at.exception


def test_two_waves_are_drawn_and_may_be_exchanged(open_page: Open) -> None:
    at = open_page("comparer", **DEMO, avec="region-28 region-53")
    assert charts(at) == 2
    assert at.selectbox(key="vague2").value == "2023"
    assert "pas d’évolution établie" in words_of(at)
    for wave, other in (("2023", "2025"), ("2025", "2023"), ("2023", "2025")):
        at.selectbox(key="vague").set_value(wave).run()
        assert at.selectbox(key="vague2").value == other
        assert "2023 puis 2025" in words_of(at)
        assert not at.exception


def test_a_small_map_per_wave(open_page: Open) -> None:
    at = open_page("comparer", **DEMO)
    assert len(components(at)) == 2
    assert "Une carte par vague" in html_of(at)
    assert not at.exception


def test_the_level_changes_twice_and_leaves_its_territories(open_page: Open) -> None:
    at = open_page("comparer", **DEMO, avec="region-28 region-53")
    for chosen in ("departement", "region", "departement"):
        level(at).set_value(chosen).run()
        assert link(at)["niveau"] == chosen
        assert "avec" not in link(at)
        assert link(at)["jeu"] == "demonstration"
        assert notices_of(at) == []
        assert not at.exception


def test_a_level_without_the_indicator_takes_the_first_that_has_it(open_page: Open) -> None:
    at = open_page("comparer", indicateur="adhesion_maires_region")
    level(at).set_value("departement").run()
    assert link(at)["niveau"] == "departement"
    assert link(at)["indicateur"] != "adhesion_maires_region"
    assert notices_of(at) == []
    assert not at.exception


@pytest.mark.parametrize(
    "value", ["region-99", "<script>alert(1)</script>", " ".join(["region-53"] * 9)]
)
def test_a_bad_list_of_territories_never_breaks_the_page(open_page: Open, value: str) -> None:
    at = open_page("comparer", avec=value)
    assert "<script>alert" not in html_of(at)
    assert at.multiselect(key="territoires").value
    assert not at.exception


def test_the_territory_in_view_is_compared_first(open_page: Open) -> None:
    at = open_page("comparer", **DEMO, territoire="commune-35238")
    assert "Exemple : le territoire en vue et deux régions" in words_of(at)
    assert "en Bretagne" in words_of(at)
    assert not at.exception


def test_one_indicator_in_three_of_both_sets_opens_at_every_level(
    open_page: Open, datasets: tuple[Published, Published]
) -> None:
    at = open_page("comparer")
    for data in datasets:
        for indicator in mappable_indicators(data)[::3]:
            for shown in WIDE_LEVELS:
                for wave in waves_of(data, indicator.indicator_id, Level(shown))[:1]:
                    at.query_params["jeu"] = data.dataset.value
                    at.query_params["indicateur"] = indicator.indicator_id
                    at.query_params["niveau"] = shown.value
                    at.query_params["vague"] = wave
                    at.run()
                    assert plain(indicator.label) in words_of(at)
                    assert notices_of(at) == []
                    assert not at.exception
