"""Charts: the view's own numbers, nothing from another site."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from territoires.domain.territories import FRANCE, TerritoryId
from territoires.render.figures import PLOTLY_CONFIG, build_size_chart, describe_size_chart
from territoires.views.portrait import Portraits
from territoires.views.portrait_profile import Profile
from tests.render.pieces import HOSTILE


@pytest.fixture(
    scope="module", params=["region-53", "region-06", "departement-75", "departement-2A"]
)
def profile(request: pytest.FixtureRequest, portraits: Portraits) -> Profile:
    return portraits.build(TerritoryId.parse(request.param)).profile


def test_the_bars_are_the_numbers_of_the_view(profile: Profile) -> None:
    figure = build_size_chart(profile)
    assert [bar.name for bar in figure.data] == [size.label for size in profile.sizes]
    for bar, size in zip(figure.data, profile.sizes, strict=True):
        assert list(bar.x) == [size.national_share_pct, size.share_pct]
        assert list(bar.y) == ["France", profile.territory.name]


def test_france_is_drawn_once_on_its_own_page(portraits: Portraits) -> None:
    profile = portraits.build(FRANCE).profile
    for bar in build_size_chart(profile).data:
        assert list(bar.y) == ["France"]
        assert len(bar.x) == 1


def test_a_whole_bar_is_inside_the_frame(profile: Profile) -> None:
    figure = build_size_chart(profile)
    assert figure.layout.barmode == "stack"
    low, high = figure.layout.xaxis.range
    for end in (0, 1):
        total = sum(bar.x[end] for bar in figure.data)
        assert low <= total <= high
        assert total == pytest.approx(100, abs=0.3)


def test_the_text_on_a_bar_is_its_number_or_nothing(profile: Profile) -> None:
    for bar in build_size_chart(profile).data:
        for share, text in zip(bar.x, bar.text, strict=True):
            if text:
                assert re.sub(r"\D", "", text) == f"{share:.0f}"
            else:
                assert share < 6


def test_the_sentence_says_the_same_numbers(profile: Profile) -> None:
    sentence = describe_size_chart(profile)
    for size in profile.sizes:
        for share in (size.share_pct, size.national_share_pct):
            assert f"{share:.1f}\u00a0%".replace(".", ",") in sentence
    assert profile.territory.name in sentence


def test_nothing_comes_from_another_site(profile: Profile) -> None:
    text = build_size_chart(profile).to_json()
    assert re.findall(r"https?:|//[a-z]", text) == []
    assert PLOTLY_CONFIG["displayModeBar"] is False
    assert PLOTLY_CONFIG["displaylogo"] is False


def test_bars_touch_their_numbers_in_french(profile: Profile) -> None:
    layout = json.loads(build_size_chart(profile).to_json())["layout"]
    assert layout["separators"].startswith(",")


def test_a_hostile_name_is_only_a_label(profile: Profile) -> None:
    hostile = replace(profile, territory=replace(profile.territory, name=HOSTILE))
    text = build_size_chart(hostile).to_json()
    # Plotly reads a few tags in labels (<b>, <a>…): none may come from a file.
    assert "<script" not in text
    assert HOSTILE in describe_size_chart(hostile)
