"""Charts: the view's own numbers, nothing from another site."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from territoires.domain.territories import FRANCE, TerritoryId
from territoires.render.figures import PLOTLY_CONFIG, ROOM_PCT, describe_size_chart, size_bars
from territoires.render.typography import escape
from territoires.views.portrait import Portraits
from territoires.views.portrait_profile import Profile
from tests.render.pieces import HOSTILE, check_harmless, read


@pytest.fixture(
    scope="module", params=["region-53", "region-06", "departement-75", "departement-2A"]
)
def profile(request: pytest.FixtureRequest, portraits: Portraits) -> Profile:
    return portraits.build(TerritoryId.parse(request.param)).profile


def parts(html: str) -> list[tuple[float, str]]:
    """Give the width of each part of the bars, in percent, and the text on it."""
    found = re.findall(r"flex-basis:([\d.]+)%[^>]*>([^<]*)</span>", html)
    return [(float(width), text) for width, text in found]


def test_the_bars_are_the_numbers_of_the_view(profile: Profile) -> None:
    widths = [width for width, _ in parts(size_bars(profile))]
    own = [size.share_pct for size in profile.sizes]
    national = [size.national_share_pct for size in profile.sizes]
    assert widths == pytest.approx([*own, *national], abs=0.01)
    assert sum(widths[: len(own)]) == pytest.approx(100, abs=0.3)


def test_france_is_drawn_once_on_its_own_page(portraits: Portraits) -> None:
    profile = portraits.build(FRANCE).profile
    assert len(parts(size_bars(profile))) == len(profile.sizes)


def test_the_text_on_a_bar_is_its_number_or_nothing(profile: Profile) -> None:
    for width, text in parts(size_bars(profile)):
        if text:
            assert re.sub(r"\D", "", text) == f"{width:.0f}"
        else:
            assert width < ROOM_PCT


def test_the_bars_say_in_words_what_they_show_and_that_the_set_is_a_demonstration(
    profile: Profile,
) -> None:
    html = size_bars(profile, "FILIGRANE")
    assert f'aria-label="{escape(describe_size_chart(profile))}"' in html
    assert "FILIGRANE" in read(html).text
    assert "FILIGRANE" not in read(size_bars(profile)).text


def test_the_sentence_says_the_same_numbers(profile: Profile) -> None:
    sentence = describe_size_chart(profile)
    for size in profile.sizes:
        for share in (size.share_pct, size.national_share_pct):
            assert f"{share:.1f}\u00a0%".replace(".", ",") in sentence
    assert profile.territory.name in sentence


def test_charts_show_nothing_foreign_and_nothing_english() -> None:
    assert PLOTLY_CONFIG["displayModeBar"] is False
    assert PLOTLY_CONFIG["displaylogo"] is False


def test_a_hostile_name_is_only_a_label(profile: Profile) -> None:
    hostile = replace(profile, territory=replace(profile.territory, name=HOSTILE))
    check_harmless(size_bars(hostile))
    assert HOSTILE in read(size_bars(hostile)).text
    assert HOSTILE in describe_size_chart(hostile)
