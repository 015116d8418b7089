"""The territory page's HTML: everything said, nothing executed, French order."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import TerritoryId
from territoires.render import portrait as render
from territoires.render import portrait_head as head
from territoires.render.portrait_actors import MAX_LISTED
from territoires.render.portrait_actors import actors as render_actors
from territoires.render.typography import escape
from territoires.tables.published import Published
from territoires.views.portrait import Portrait, Portraits
from tests.render.blocks import maturity_block, roles_block
from tests.render.pieces import (
    HOSTILE,
    cells,
    check_harmless,
    poison,
    read,
    rows,
    tags,
    without_cards,
)

TERRITORIES = (
    "region-28",
    "region-53",
    "region-94",
    "departement-29",
    "departement-976",
    "epci-200054781",
    "commune-53130",
    "commune-97502",
    "pays-FR",
)


@pytest.fixture(scope="module")
def build(portraits: Portraits):
    def portrait(text: str) -> Portrait:
        return portraits.build(TerritoryId.parse(text))

    return portrait


def every_part(portrait: Portrait, published: Published) -> dict[str, str]:
    parts = {
        "trail": head.trail(portrait.place),
        "identity": head.identity(portrait.place),
        "children": head.children(portrait.place),
        "maps": head.map_links(portrait.place),
        "brief": render.brief(portrait.answers, portrait.dataset),
        "missing": render.missing(portrait),
        "sentence": render.sentence(portrait),
        "surveys": render.surveys(portrait),
        "context": render.context(portrait),
        "maturity": maturity_block(portrait.shared.maturity),
        "roles": roles_block(portrait.shared.roles),
        "domains": render.domains(portrait),
        "actors": render_actors(portrait, published),
    }
    if portrait.profile:
        parts["profile"] = render.profile_counts(portrait.profile)
    return parts


@pytest.mark.parametrize("text", TERRITORIES)
def test_every_part_of_every_page_is_harmless(build, published: Published, text: str) -> None:
    for part in every_part(build(text), published).values():
        check_harmless(part)


@pytest.mark.parametrize("text", ["region-28", "region-94", "commune-53130"])
def test_hostile_texts_are_only_text(build, published: Published, text: str) -> None:
    portrait = poison(build(text))
    sources = {key: poison(source) for key, source in published.sources.items()}
    kinds = dict.fromkeys(published.catalyst_kinds, HOSTILE)
    parts = every_part(portrait, replace(published, sources=sources, catalyst_kinds=kinds))
    for name, part in parts.items():
        check_harmless(part)
        assert HOSTILE in read(part).text or not tags(part, "td"), name


def test_the_trail_names_the_wider_territories_from_the_country_down(build) -> None:
    place = build("commune-53130").place
    text = read(head.trail(place)).text
    names = ["France", "Pays de la Loire", "Mayenne", "CA Laval Agglomération", "Laval"]
    assert [text.index(name) for name in names] == sorted(text.index(name) for name in names)
    assert len(tags(head.trail(place), "a")) == 4
    assert 'aria-current="page">Laval<' in head.trail(place)


def test_a_territory_says_what_it_is(build) -> None:
    text = read(head.identity(build("commune-53130").place)).text
    assert "Commune · " in text
    assert "code postal 53000" in text
    assert "code officiel 53130" in text
    assert re.search(r"\d\d\s\d{3}\shabitants", text)
    assert "Métropole" in read(head.identity(build("epci-200046977").place)).text
    assert "SIREN 200046977" in read(head.identity(build("epci-200046977").place)).text


def test_the_country_has_no_trail(build) -> None:
    assert head.trail(build("pays-FR").place) == ""


@pytest.mark.parametrize(
    ("text", "number", "noun"),
    [
        ("pays-FR", 18, "régions"),
        ("region-53", 4, "départements"),
        ("departement-90", 3, "intercommunalités"),
        ("epci-200054781", 130, "communes"),
    ],
)
def test_a_territory_lists_all_it_holds_most_populated_first(
    build, text: str, number: int, noun: str
) -> None:
    place = build(text).place
    part = head.children(place)
    assert re.match(rf"{number}\s{noun}", read(part).text.strip())
    assert len(tags(part, "a")) == number
    populations = [child.population for child in place.children]
    assert populations == sorted(populations, reverse=True)


def test_a_commune_holds_nothing_and_leads_to_no_map(build) -> None:
    place = build("commune-53130").place
    assert head.children(place) == head.map_links(place) == ""


def test_maps_of_a_territory_are_limited_to_it(build) -> None:
    links = [tag["href"] for tag in tags(head.map_links(build("departement-53").place), "a")]
    assert links == [
        "/carte?niveau=epci&dans=departement-53",
        "/carte?niveau=commune&dans=departement-53",
    ]


def test_the_regions_stand_in_french_alphabetical_order(directory: Directory) -> None:
    names = [
        name for name in re.split(r"\n|</li>", render.regions_list(directory)) if "<a " in name
    ]
    names = [read(name).text.replace("Ou choisissez une région", "") for name in names]
    assert len(names) == 18
    assert names.index("Guyane") < names.index("Île-de-France") < names.index("La Réunion")


def test_each_survey_figure_stands_beside_france_with_its_card(build) -> None:
    portrait = build("region-28")
    part = render.surveys(portrait)
    figures = sum(bool(line.local) + bool(line.national) for line in portrait.shared.surveys)
    assert part.count("chiffre-lien") == part.count("<template") == figures > 0
    for line in portrait.shared.surveys:
        assert line.indicator.label in read(part).text
        assert line.local.short_text in read(part).text


def test_a_region_without_survey_says_so_and_why(build) -> None:
    part = read(render.surveys(build("region-06"))).text
    assert "Aucun résultat d’enquête n’est publié à Mayotte." in part
    assert "rien n’est estimé à la place" in part
    # What it promises below is there.
    landmarks = build("region-06").shared.landmarks
    assert "Les résultats nationaux ci-dessous" in part
    assert all(line.indicator.label in part for line in landmarks)
    assert all(line.national.short_text in part for line in landmarks)


def test_a_figure_of_france_under_the_name_of_a_territory_says_so(build) -> None:
    portrait = build("commune-53130")
    assert "France : 76\u00a0%" in read(render.brief(portrait.answers, portrait.dataset)).text


def test_a_territory_without_region_has_no_survey_part(build) -> None:
    for text in ("commune-97502", "pays-FR"):
        assert render.surveys(build(text)) == render.context(build(text)) == ""


def test_a_figure_of_a_group_is_named_and_not_shared_out(build) -> None:
    part = read(render.surveys(build("region-94"))).text
    assert "à ne pas répartir" in part
    assert "Provence-Alpes-Côte d’Azur et Corse" in part
    assert re.search(r"48\s%", part)


@pytest.mark.parametrize("text", ["region-28", "region-06", "commune-53130"])
def test_every_actor_of_the_view_is_listed_once(build, published: Published, text: str) -> None:
    portrait = build(text)
    part, nearby = every_part(portrait, published)["actors"], portrait.nearby
    listed = [nearby.inside, nearby.outside, nearby.without_place]
    assert rows(part) == sum(min(len(found), MAX_LISTED) for found in listed)
    assert published.lists["catalysts"].caveat in read(part).text
    assert read(escape(nearby.sentence)).text in read(part).text


def test_a_long_list_of_actors_is_cut_and_says_so(build, published: Published) -> None:
    part = every_part(build("pays-FR"), published)["actors"]
    assert rows(part) == MAX_LISTED < len(published.catalysts)
    assert f"s’arrêtent à {MAX_LISTED}" in read(part).text
    assert tags(part, "a")[-1]["href"] == "/catalyseurs?territoire=pays-FR"


def test_an_overseas_commune_has_no_profile(build, published: Published) -> None:
    assert "profile" not in every_part(build("commune-97502"), published)
    assert "profile" in every_part(build("pays-FR"), published)


def test_an_actor_without_a_precise_place_is_said_to_have_none(build, published: Published) -> None:
    wide = next(c for c in published.catalysts if c.precision == "region")
    part = every_part(build(f"region-{wide.region_code}"), published)["actors"]
    assert "(lieu précis non publié)" in part


def test_the_sixteen_domains_have_no_rank(build) -> None:
    part = render.domains(build("region-53"))
    assert rows(part) == 16
    assert "les domaines ne se classent pas" in read(part).text


@pytest.fixture(scope="module")
def simulate(simulated_portraits: Portraits):
    def portrait(text: str) -> Portrait:
        return simulated_portraits.build(TerritoryId.parse(text))

    return portrait


@pytest.mark.parametrize("text", TERRITORIES)
def test_every_part_of_a_simulated_page_is_harmless_and_marked(
    simulate, demonstration: Published, text: str
) -> None:
    parts = every_part(simulate(text), demonstration)
    captions = [
        caption
        for part in parts.values()
        for caption in re.findall(r"<caption>(.*?)</caption>", part)
    ]
    assert captions
    for caption in captions:
        assert caption.startswith(("Démonstration, données simulées – ", "Donnée réelle"))
    for part in parts.values():
        check_harmless(part)
    assert "Démonstration, données simulées" in parts["sentence"]


def test_the_published_page_speaks_of_no_simulation(build, published: Published) -> None:
    for text in TERRITORIES:
        for part in every_part(build(text), published).values():
            assert "simul" not in read(part).text.lower()


def test_tables_of_real_figures_bear_no_watermark(simulate, demonstration: Published) -> None:
    parts = every_part(simulate("region-53"), demonstration)
    for name, part in parts.items():
        for table in tags(part, "table"):
            assert ("reelle" in table["class"].split()) == (name in {"context", "profile"}), name


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("commune-29232", "Chiffres du département : Finistère"),
        ("commune-53130", "Chiffres de la région : Pays de la Loire"),
        ("departement-29", ""),
        ("region-53", ""),
    ],
)
def test_figures_of_a_wider_territory_are_named_as_such(simulate, text: str, title: str) -> None:
    part = render.surveys(simulate(text))
    titles = [found.replace("\u00a0", " ") for found in re.findall(r"<h3>(.*?)</h3>", part)]
    assert titles == ([title] if title else [])
    assert len(tags(part, "table")) == 1


def test_survey_figures_of_a_part_of_their_own_are_told_there_only(simulate) -> None:
    portrait = simulate("region-53")
    shared = portrait.shared
    domains = [line for domain in shared.domains.lines for line in domain.perceived]
    roles = [*shared.roles.expected, *shared.roles.profiles, *shared.roles.others]
    told = [*shared.maturity_lines, *domains, *roles]
    own = [line for line in told if line.local]
    assert len(set(own)) == len(own)
    assert rows(render.surveys(portrait)) == len(shared.surveys) - len(own)
    assert "sont plus bas" in render.surveys(portrait)


def test_domains_without_a_figure_of_the_territory_are_folded(build, simulate) -> None:
    for portrait, first in ((build("region-53"), 5), (simulate("region-53"), 5)):
        part = render.domains(portrait)
        shown, _, folded = part.partition('<details class="detail"')
        assert len(portrait.shared.domains.first) == first
        assert rows(shown) == first
        assert rows(part) == len(portrait.shared.domains.lines) == first + rows(folded)
        assert "Les 11 autres domaines" in read(part).text


def test_an_empty_list_says_whether_it_is_complete(
    build, simulate, published: Published, demonstration: Published
) -> None:
    """No actor of either list is in this overseas commune."""
    partial = every_part(build("commune-97502"), published)["actors"]
    assert "la liste n’est pas complète" in partial
    complete = every_part(simulate("commune-97502"), demonstration)["actors"]
    assert "Aucun acteur recensé ici" in complete
    assert "pas complète" not in complete


def test_a_hidden_figure_shows_neither_value_nor_answers(simulate) -> None:
    part = render.surveys(simulate("region-06"))
    body = part.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "effectif insuffisant" in body
    local = re.findall(r'data-titre="Mayotte">(.*?)<td', body)
    assert local
    for cell in local:
        assert not re.search(r"\d+[\s\u00a0]*(%|réponse)", read(cell).text)


def test_the_profile_is_told_as_real_data(build) -> None:
    part = render.profile_counts(build("region-53").profile)
    assert "Donnée réelle" in read(part).text
    assert "Communes de moins de 500 hab." in read(part).text


def test_the_profile_shows_the_numbers_of_its_chart_each_with_its_card(build) -> None:
    profile = build("region-53").profile
    found = [
        [cell.replace("\u00a0", " ").replace("\u202f", " ") for cell in row]
        for row in cells(without_cards(render.profile_counts(profile)))
    ]
    for size, row in zip(profile.sizes, found, strict=False):
        shares = [f"{s:.1f} %".replace(".", ",") for s in (size.share_pct, size.national_share_pct)]
        assert row[1:] == [f"{size.number:,}".replace(",", " "), *shares]
    figures = 3 * len(profile.sizes) + len(profile.counts)
    assert render.profile_counts(profile).count("<template") == figures
