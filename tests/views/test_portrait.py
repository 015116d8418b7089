"""A territory's page: its place, what is published for its région, never anything lower."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.indicators import UNDATED_WAVE, Nature, Reading, Status
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.errors import UnknownTerritoryError
from territoires.tables.names import read_names
from territoires.tables.published import Published
from territoires.views.portrait import Portrait, Portraits

#: Metropolitan and overseas territories of each level, and a commune of no région.
REGIONS = tuple(
    f"region-{code}"
    for code in [
        "01",
        "02",
        "03",
        "04",
        "06",
        "11",
        "24",
        "27",
        "28",
        "32",
        "44",
        "52",
        "53",
        "75",
        "76",
        "84",
        "93",
        "94",
    ]
)
OTHERS = (
    "departement-01",
    "departement-29",
    "departement-2A",
    "departement-69",
    "departement-75",
    "departement-974",
    "departement-976",
    "epci-200054781",
    "epci-200046977",
    "epci-249740085",
    "commune-01001",
    "commune-2A004",
    "commune-53130",
    "commune-75056",
    "commune-97411",
    "commune-97611",
    "commune-97502",
    "commune-97701",
    "pays-FR",
)


@pytest.fixture(scope="module")
def build(portraits: Portraits):
    def portrait(text: str) -> Portrait:
        return portraits.build(TerritoryId.parse(text))

    return portrait


def test_all_eighteen_regions_are_tried(directory: Directory) -> None:
    assert {str(region.id) for region in directory.of_level(Level.REGION)} == set(REGIONS)


@pytest.mark.parametrize("text", [*REGIONS, *OTHERS])
def test_every_kind_of_territory_has_a_portrait(
    build, published: Published, directory: Directory, text: str
) -> None:
    portrait = build(text)
    assert str(portrait.territory.id) == text
    assert portrait.territory.name in portrait.sentence
    assert len(portrait.shared.domains.lines) == len(published.domains) == 16
    assert portrait.shared.maturity_lines
    assert portrait.place.ancestors == directory.ancestors(portrait.territory.id)
    for line in portrait.shared.surveys:
        assert line.indicator.nature is Nature.ENQUETE
        assert line.local is not None


@pytest.mark.parametrize("text", [*REGIONS, *OTHERS])
def test_figures_are_those_published_for_the_region(build, published: Published, text: str) -> None:
    portrait = build(text)
    region = portrait.region.id if portrait.region else None
    for line in (
        *portrait.shared.surveys,
        *portrait.shared.context,
        *portrait.shared.maturity_lines,
    ):
        for figure, territory in ((line.local, region), (line.national, FRANCE)):
            if figure is None or territory is None:
                assert figure is None
                continue
            main = [
                (o.wave, o.value)
                for o in published.of_territory(territory)
                if o.indicator_id == line.indicator.indicator_id and o.reading is Reading.PRINCIPALE
            ]
            assert (figure.wave, figure.value) in main


@pytest.mark.parametrize("text", REGIONS)
def test_a_region_shows_every_survey_result_published_for_it(
    build, published: Published, text: str
) -> None:
    surveys = {
        o.indicator_id
        for o in published.of_territory(TerritoryId.parse(text))
        if o.reading is Reading.PRINCIPALE
        and published.catalogue[o.indicator_id].nature is Nature.ENQUETE
    }
    assert {line.indicator.indicator_id for line in build(text).shared.surveys} == surveys


def test_figures_of_two_waves_never_stand_side_by_side(build) -> None:
    for text in (*REGIONS, *OTHERS):
        portrait = build(text)
        for line in (
            *portrait.shared.surveys,
            *portrait.shared.context,
            *portrait.shared.maturity_lines,
        ):
            if line.local and line.national:
                assert line.local.wave == line.national.wave


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("departement-29", "Bretagne"),
        ("commune-53130", "Pays de la Loire"),
        ("commune-2A004", "Corse"),
        ("epci-200054781", "Île-de-France"),
        ("commune-97411", "La Réunion"),
        ("departement-976", "Mayotte"),
    ],
)
def test_below_the_region_the_figures_are_those_of_the_region(
    build, text: str, region: str
) -> None:
    portrait = build(text)
    assert portrait.region.name == region
    assert portrait.shared.surveys == build(str(portrait.region.id)).shared.surveys
    assert portrait.region_forms is not None
    where = portrait.region_forms.en
    assert where.endswith(region)
    place = f"{portrait.territory.name} est {where}. "
    # Overseas a département has the name of its région: « Mayotte est à Mayotte » says nothing.
    assert portrait.sentence.startswith(place) is (portrait.territory.name != region)


@pytest.mark.parametrize("text", ["commune-97502", "commune-97701"])
def test_an_overseas_collectivity_has_no_region_and_no_borrowed_figure(build, text: str) -> None:
    portrait = build(text)
    assert portrait.region is None
    assert portrait.shared.surveys == ()
    assert portrait.profile is None
    assert portrait.nearby.inside == portrait.nearby.outside == ()
    assert all(line.local is None for line in portrait.shared.maturity_lines)
    assert not portrait.shared.groupings


def test_the_country_has_the_national_results_and_every_actor(build, published: Published) -> None:
    portrait = build("pays-FR")
    assert portrait.region is None
    assert portrait.place.ancestors == ()
    assert len(portrait.nearby.inside) == len(published.catalysts)
    assert all(
        line.local is None for line in (*portrait.shared.maturity_lines, *portrait.shared.context)
    )


def test_the_country_has_its_own_profile(build, directory: Directory) -> None:
    profile = build("pays-FR").profile
    assert profile.territory.id == FRANCE
    assert sum(size.share_pct for size in profile.sizes) == pytest.approx(100, abs=0.3)
    for size in profile.sizes:
        assert size.share_pct == size.national_share_pct
    counts = {line.indicator.indicator_id: line.local for line in profile.counts}
    assert counts["communes_nombre"].value == sum(size.number for size in profile.sizes)
    assert counts["communes_nombre"].value == len(directory.of_level(Level.COMMUNE))


def test_a_territory_that_does_not_exist_has_no_portrait(build) -> None:
    with pytest.raises(UnknownTerritoryError, match="Code officiel géographique"):
        build("region-99")


@pytest.mark.parametrize("text", [*REGIONS, *OTHERS])
def test_each_actor_is_told_once(build, text: str) -> None:
    nearby = build(text).nearby
    told = [*nearby.inside, *(near.catalyst for near in nearby.outside), *nearby.without_place]
    placed = [actor.actor_id for actor in told if actor.is_point]
    assert len(placed) == len(set(placed))
    assert len(nearby.inside) == len(set(nearby.inside))


@pytest.mark.parametrize("text", ["region-53", "region-04", "departement-29", "departement-976"])
def test_the_profile_is_that_of_the_territory_and_adds_up(build, text: str) -> None:
    profile = build(text).profile
    assert str(profile.territory.id) == text
    assert sum(size.share_pct for size in profile.sizes) == pytest.approx(100, abs=0.3)
    assert sum(size.national_share_pct for size in profile.sizes) == pytest.approx(100, abs=0.3)
    counts = {line.indicator.indicator_id: line.local for line in profile.counts}
    assert counts["communes_nombre"].value == sum(size.number for size in profile.sizes)


def test_the_profile_counts_the_communes_of_the_directory(build, directory: Directory) -> None:
    for text in ("region-53", "region-94", "departement-75", "departement-29"):
        counts = {line.indicator.indicator_id: line.local for line in build(text).profile.counts}
        expected = directory.children_count(TerritoryId.parse(text), Level.COMMUNE)
        assert counts["communes_nombre"].value == expected


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("commune-53130", "epci-200083392"),
        ("epci-200067254", "epci-200067254"),
        ("commune-22016", "departement-22"),
    ],
)
def test_a_commune_shows_the_profile_of_its_epci_else_of_its_departement(
    build, text: str, holder: str
) -> None:
    assert str(build(text).profile.territory.id) == holder


def test_the_domains_stand_in_the_order_of_the_source(build, published: Published) -> None:
    labels = [line.label for line in build("region-53").shared.domains.lines]
    assert labels == published.domains.sort_values("source_order")["label"].tolist()


@pytest.mark.parametrize(
    ("text", "shown"),
    [("region-94", True), ("region-93", True), ("region-53", False), ("pays-FR", False)],
)
def test_a_figure_of_a_group_is_shown_in_each_of_its_regions(build, text: str, shown: bool) -> None:
    """« Provence-Alpes-Côte d’Azur et Corse » is published for both, whatever the apostrophe."""
    groupings = build(text).shared.groupings
    assert ("Provence-Alpes-Côte d’Azur et Corse" in {one.grouping for one in groupings}) is shown
    assert all(one.source.title and one.caveat for one in groupings)


def with_local(published: Published, indicator: str, territory: TerritoryId, *waves: str):
    """Give the data where an indicator has exactly these waves for a territory."""
    some = next(o for o in published.observations if o.indicator_id == indicator)
    made = tuple(
        replace(some, level=territory.level, code=territory.code, wave=w, value=float(i))
        for i, w in enumerate(waves)
    )
    kept = tuple(o for o in published.of_territory(territory) if o.indicator_id != indicator)
    return replace(published, by_territory={**published.by_territory, territory: (*kept, *made)})


NORMANDIE = TerritoryId(Level.REGION, "28")


def test_france_of_another_wave_is_not_put_beside_the_local_figure(
    published: Published, directory: Directory
) -> None:
    data = with_local(published, "adhesion_maires_region", FRANCE, "2020-11")
    (line,) = Portraits(data, directory, read_names()).build(NORMANDIE).shared.surveys[:1]
    assert line.local.wave == "2016-11"
    assert line.national is None


@pytest.mark.parametrize("text", ["region-28", "region-53", "commune-53130"])
def test_france_of_the_same_wave_stands_beside_wherever_it_is_published(
    build, published: Published, text: str
) -> None:
    portrait = build(text)
    beside = 0
    for line in (*portrait.shared.surveys, *portrait.shared.context):
        if line.local is None:
            continue
        own = {
            o.value
            for o in published.of_indicator(line.indicator.indicator_id, Level.PAYS)
            if o.wave == line.local.wave and o.reading is Reading.PRINCIPALE
        }
        assert ({line.national.value} if line.national else set()) == own
        beside += bool(own)
    assert beside


def test_the_latest_wave_is_shown(published: Published, directory: Directory) -> None:
    data = with_local(published, "adhesion_maires_region", NORMANDIE, "2016-11", "2020-11")
    (line,) = Portraits(data, directory, read_names()).build(NORMANDIE).shared.surveys[:1]
    assert line.local.wave == "2020-11"


def test_an_undated_figure_never_hides_a_dated_one(
    published: Published, directory: Directory
) -> None:
    data = with_local(published, "adhesion_maires_region", NORMANDIE, "2016-11", UNDATED_WAVE)
    (line,) = Portraits(data, directory, read_names()).build(NORMANDIE).shared.surveys[:1]
    assert line.local.wave == "2016-11"


def test_france_of_the_same_wave_is_shown_though_a_later_one_exists(
    published: Published, directory: Directory
) -> None:
    data = with_local(published, "adhesion_maires_region", FRANCE, "2016-11", "2020-11")
    (line,) = Portraits(data, directory, read_names()).build(NORMANDIE).shared.surveys[:1]
    assert line.local.wave == "2016-11"
    assert line.national is not None
    assert line.national.wave == "2016-11"


@pytest.fixture(scope="module")
def simulate(simulated_portraits: Portraits):
    def portrait(text: str) -> Portrait:
        return simulated_portraits.build(TerritoryId.parse(text))

    return portrait


@pytest.mark.parametrize("text", [*REGIONS, *OTHERS])
def test_no_survey_figure_of_one_set_enters_the_page_of_the_other(
    build, simulate, text: str
) -> None:
    for portrait, status in ((build(text), False), (simulate(text), True)):
        perceived = [line for domain in portrait.shared.domains.lines for line in domain.perceived]
        lines = [*portrait.shared.surveys, *portrait.shared.maturity_lines, *perceived]
        assert lines
        for line in lines:
            assert (line.indicator.status is Status.SIMULE) is status
        measured = [line for domain in portrait.shared.domains.lines for line in domain.measured]
        for line in (*portrait.shared.context, *measured):
            assert line.indicator.status is not Status.SIMULE


def test_a_departement_shows_its_own_figures_then_those_of_its_region(
    simulate, demonstration: Published
) -> None:
    portrait = simulate("departement-29")
    own = {o.indicator_id for o in demonstration.of_territory(portrait.territory.id)}
    surveyed = {line.indicator.indicator_id for line in portrait.shared.surveys}
    assert own & surveyed
    assert surveyed - own
    for line in portrait.shared.surveys:
        expected = "departement-29" if line.indicator.indicator_id in own else "region-53"
        assert str(line.holder.territory.id) == expected
        assert line.local.value in {
            o.value for o in demonstration.of_territory(line.holder.territory.id)
        }


def test_a_departement_without_figures_shows_those_of_its_region(simulate) -> None:
    portrait = simulate("departement-53")
    assert portrait.shared.surveys
    assert {str(line.holder.territory.id) for line in portrait.shared.surveys} == {"region-52"}
    assert portrait.shared.surveys == simulate("region-52").shared.surveys


def test_there_is_no_profile_without_official_figures(
    demonstration: Published, directory: Directory
) -> None:
    alone = {
        t: tuple(o for o in figures if o.indicator_id.startswith("demo_"))
        for t, figures in demonstration.by_territory.items()
    }
    catalogue = {k: i for k, i in demonstration.catalogue.items() if k.startswith("demo_")}
    data = replace(demonstration, by_territory=alone, catalogue=catalogue)
    portrait = Portraits(data, directory, read_names()).build(NORMANDIE)
    assert portrait.profile is None
    assert portrait.shared.context == ()


def test_the_answers_of_the_country_miss_nothing_and_say_whose_a_figure_is(build) -> None:
    weight, maturity, *_ = build("pays-FR").answers
    assert "publiés" not in weight.text
    assert (maturity.whose, maturity.figure) == ("France", maturity.line.national)


def test_what_too_few_answered_is_said_hidden_not_unpublished(
    simulated_portraits: Portraits,
) -> None:
    portrait = simulated_portraits.build(TerritoryId.parse("departement-976"))
    assert "tous masqués" in portrait.sentence
    weight, maturity, *_ = portrait.answers
    for answer in (weight, maturity):
        assert "effectif insuffisant" in answer.text
        assert "Rien n’est publié" not in answer.text
        assert "pas publiées" not in answer.text


def test_the_figure_of_a_wider_territory_names_it(simulated_portraits: Portraits) -> None:
    own = simulated_portraits.build(TerritoryId.parse("region-52")).answers[1]
    wider = simulated_portraits.build(TerritoryId.parse("commune-53130")).answers[1]
    assert own.figure == wider.figure
    assert (own.whose, wider.whose) == ("", "Pays de la Loire")


def test_actors_known_by_their_departement_only_are_not_said_unknown(build) -> None:
    portrait = build("departement-976")
    assert portrait.nearby.without_place
    assert portrait.answers[2].words == "Aucun acteur localisé ici"
