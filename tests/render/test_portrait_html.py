"""The territory page's HTML: everything said, nothing executed, French order."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import TerritoryId
from territoires.render import portrait as render
from territoires.tables.names import read_names
from territoires.tables.published import Published
from territoires.views.portrait import Portrait, build_portrait
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
def build(published: Published, directory: Directory):
    def portrait(text: str) -> Portrait:
        return build_portrait(TerritoryId.parse(text), published, directory, read_names())

    return portrait


def every_part(portrait: Portrait, published: Published) -> dict[str, str]:
    note = published.lists["catalysts"]
    parts = {
        "head": render.head(portrait),
        "sentence": render.sentence(portrait),
        "surveys": render.surveys(portrait),
        "context": render.context(portrait),
        "maturity": render.maturity(portrait),
        "domains": render.domains(portrait),
        "actors": render.actors(portrait, published.catalyst_kinds, published.sources, note),
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
    if not portrait.groupings.empty:
        groupings = portrait.groupings.assign(statement=HOSTILE, grouping_name=HOSTILE, unit="<b>")
        portrait = replace(portrait, groupings=groupings)
    sources = {key: poison(source) for key, source in published.sources.items()}
    kinds = dict.fromkeys(published.catalyst_kinds, HOSTILE)
    parts = every_part(portrait, replace(published, sources=sources, catalyst_kinds=kinds))
    for name, part in parts.items():
        check_harmless(part)
        assert HOSTILE in read(part).text or not tags(part, "td"), name


def test_the_head_names_the_wider_territories_from_the_country_down(build) -> None:
    head = render.head(build("commune-53130"))
    text = read(head).text
    assert text.index("France") < text.index("Pays de la Loire") < text.index("Mayenne")
    addresses = [tag["href"] for tag in tags(head, "a")]
    assert len(addresses) == 5
    assert addresses[-1] == "/carte?territoire=commune-53130"
    assert "Commune · " in text
    assert "code postal 53000" in text
    assert "code officiel 53130" in text
    assert re.search(r"\d\d\s\d{3}\shabitants", text)


def test_the_head_of_the_country_has_no_trail(build) -> None:
    assert tags(render.head(build("pays-FR")), "a") == []


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
    figures = sum(bool(line.local) + bool(line.national) for line in portrait.surveys)
    assert part.count("chiffre-lien") == part.count("<template") == figures > 0
    for line in portrait.surveys:
        assert line.indicator.label in read(part).text
        assert line.local.short_text in read(part).text


def test_a_region_without_survey_says_so_and_why(build) -> None:
    part = read(render.surveys(build("region-06"))).text
    assert "Aucun résultat d’enquête n’est publié à Mayotte." in part
    assert "rien n’est estimé à la place" in part


def test_a_territory_without_region_has_no_survey_part(build) -> None:
    for text in ("commune-97502", "pays-FR"):
        assert render.surveys(build(text)) == render.context(build(text)) == ""


def test_a_figure_of_a_group_is_named_and_not_shared_out(build) -> None:
    part = read(render.surveys(build("region-94"))).text
    assert "à ne pas répartir" in part
    assert "Provence-Alpes-Côte d’Azur et Corse" in part
    assert re.search(r"48\s%", part)


@pytest.mark.parametrize("text", ["region-28", "region-06", "commune-53130", "pays-FR"])
def test_every_actor_of_the_view_is_listed_once(build, published: Published, text: str) -> None:
    portrait = build(text)
    part = every_part(portrait, published)["actors"]
    listed = rows(part)
    assert listed == len(portrait.catalysts_here) + len(portrait.catalysts_region)
    assert ("Aucun acteur recensé ici" in part) == (not listed)
    assert published.lists["catalysts"].caveat in read(part).text


def test_the_page_of_the_country_lists_every_actor(build, published: Published) -> None:
    part = every_part(build("pays-FR"), published)["actors"]
    assert rows(part) == len(published.catalysts) > 0
    assert f"France\u00a0: {len(published.catalysts)}\u00a0acteurs recensés" in read(part).text
    names = [row[0] for row in cells(part)]
    assert names == [c.name for c in published.catalysts]


def test_an_overseas_commune_has_no_profile(build, published: Published) -> None:
    assert "profile" not in every_part(build("commune-97502"), published)
    assert "profile" in every_part(build("pays-FR"), published)


def test_an_actor_without_a_precise_place_is_said_to_have_none(build, published: Published) -> None:
    wide = next(c for c in published.catalysts if c.precision == "region")
    part = every_part(build(f"region-{wide.region_code}"), published)["actors"]
    assert "(lieu précis non publié)" in part


def test_the_sixteen_domains_have_no_rank(build) -> None:
    part = render.domains(build("region-53"))
    assert len(tags(part, "tr")) == 17
    assert "les domaines ne se classent pas" in read(part).text


@pytest.fixture(scope="module")
def simulate(demonstration: Published, directory: Directory):
    def portrait(text: str) -> Portrait:
        return build_portrait(TerritoryId.parse(text), demonstration, directory, read_names())

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


def test_figures_of_a_departement_and_of_its_region_stand_in_two_tables(simulate) -> None:
    part = render.surveys(simulate("departement-29"))
    titles = re.findall(r"<h3>(.*?)</h3>", part)
    assert [title.replace("\u00a0", " ") for title in titles] == [
        "Chiffres du département : Finistère",
        "Chiffres de la région : Bretagne",
    ]
    assert len(tags(part, "table")) == 2
    assert "<h3>" not in render.surveys(simulate("region-53"))


def test_survey_figures_of_a_part_of_their_own_are_told_there_only(simulate) -> None:
    portrait = simulate("region-53")
    shown = sum(
        rows(part)
        for part in (render.surveys(portrait), render.maturity(portrait), render.domains(portrait))
    )
    assert shown == len(portrait.surveys)
    assert "sont plus bas" in render.surveys(portrait)


def test_maturity_is_told_national_only_where_it_is(build, simulate) -> None:
    words = "n’est publiée que pour la France entière"
    assert words in render.maturity(build("region-53"))
    assert words not in render.maturity(simulate("region-53"))


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
