"""The map page: each choice followed twice in a row, in step with the link."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from territoires.domain.territories import TerritoryId
from territoires.tables.published import Published
from territoires.views.selection import mappable_indicators
from tests.pages.conftest import Open, has_map, html_of, notices_of, plain, sentence_of, text_of
from tests.render.pieces import tags

DEFAULT = "adhesion_maires_region"
POPULATION = "population_municipale"
ZONES = "zone-demo_pays_petr"
HOSTILE = "<script>alert(1)</script>"


def level(at: AppTest):
    (group,) = [g for g in at.get("button_group") if g.key == "niveau"]
    return group


def link(at: AppTest) -> dict[str, str]:
    return {name: at.query_params[name] for name in at.query_params}


def french(text: str) -> str:
    """Read a text without minding any of its no-break spaces."""
    return plain(text).replace("\u202f", " ")


def test_the_default_map_is_the_adhesion_of_mayors(open_page: Open) -> None:
    at = open_page("carte")
    assert sentence_of(at).startswith(
        "Adhésion à la dynamique partenariale (maires, novembre 2016)"
    )
    assert level(at).value == "region"
    assert at.selectbox(key="indicateur").value == DEFAULT
    assert at.selectbox(key="theme").value == "Adhésion aux alliances"
    assert "Effectif non communiqué" in text_of(at)
    assert has_map(at)
    assert not at.exception


def test_the_level_follows_every_change(open_page: Open) -> None:
    at = open_page("carte")
    for chosen, words in (
        ("departement", "101 départements"),
        ("region", "régions"),
        ("departement", "101 départements"),
        ("region", "régions"),
    ):
        level(at).set_value(chosen).run()
        assert level(at).value == chosen
        assert link(at)["niveau"] == chosen
        assert words in sentence_of(at).replace("région sur", "régions sur")
        assert not at.exception


def test_the_theme_follows_every_change(open_page: Open, published: Published) -> None:
    at = open_page("carte")
    themes = at.selectbox(key="theme").options
    assert len(themes) > 2
    seen = {sentence_of(at)}
    for theme in (themes[1], themes[2], themes[0], themes[1]):
        at.selectbox(key="theme").select(theme).run()
        assert at.selectbox(key="theme").value == theme
        indicator = published.catalogue[at.selectbox(key="indicateur").value]
        assert indicator.theme == theme
        assert link(at)["indicateur"] == indicator.indicator_id
        assert sentence_of(at).startswith(indicator.label)
        seen.add(sentence_of(at))
        assert not at.exception
    assert len(seen) == 3


def test_the_indicator_follows_every_change(open_page: Open, published: Published) -> None:
    at = open_page("carte", niveau="departement")
    first = published.catalogue[at.selectbox(key="indicateur").value]
    others = [
        i.indicator_id
        for i in mappable_indicators(published)
        if "departement" in i.levels and i.theme == first.theme and i != first
    ]
    assert len(others) >= 2
    for name in (others[0], others[1], first.indicator_id, others[1]):
        at.selectbox(key="indicateur").set_value(name).run()
        assert at.selectbox(key="indicateur").value == name
        assert link(at)["indicateur"] == name
        assert link(at)["niveau"] == "departement"
        assert sentence_of(at).startswith(published.catalogue[name].label)
        assert not at.exception


def add_waves(home: Path, *waves: str) -> None:
    """Publish, in the copy, the default indicator again at other dates."""
    path = home / "data" / "indicators" / "observations.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    again = [
        {**row, "wave": wave, "observation_id": f"{row['observation_id']}-{wave}", "value": value}
        for wave, value in zip(waves, ("61", "62", "63"), strict=False)
        for row in rows
        if row["indicator_id"] == DEFAULT and row["reading"] == "principale"
    ]
    write(path, [*rows, *again])
    path = home / "data" / "indicators" / "indicators.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["indicator_id"] == DEFAULT:
            row["waves"] = " ".join(sorted([*row["waves"].split(), *waves]))
    write(path, rows)


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_the_wave_follows_every_change(open_page: Open, home: Path) -> None:
    add_waves(home, "2018-11", "2020-11")
    at = open_page("carte", indicateur=DEFAULT)
    assert at.selectbox(key="vague").options == ["novembre 2020", "novembre 2018", "novembre 2016"]
    assert at.selectbox(key="vague").value == "2020-11"
    for wave, words in (
        ("2018-11", "novembre 2018) : 3 régions sur 18 ont une valeur publiée, 61 %"),
        ("2016-11", "novembre 2016) : 3 régions sur 18 ont une valeur publiée, de 77 % à 100 %"),
        ("2020-11", "novembre 2020) : 3 régions sur 18 ont une valeur publiée, 62 %"),
        ("2016-11", "novembre 2016)"),
    ):
        at.selectbox(key="vague").set_value(wave).run()
        assert at.selectbox(key="vague").value == wave
        assert link(at)["vague"] == wave
        assert words in sentence_of(at).replace("\u00a0", " ")
        assert not at.exception


def test_one_wave_needs_no_choice(open_page: Open) -> None:
    at = open_page("carte")
    assert "vague" not in [box.key for box in at.selectbox]
    assert not at.exception


def test_the_link_to_copy_follows_every_change(open_page: Open) -> None:
    """The map changes alone, without the head of the page: it tells its own link."""
    at = open_page("carte", territoire="region-28", indicateur=POPULATION)
    for chosen in ("departement", "commune", "region", "departement"):
        level(at).set_value(chosen).run()
        (view,) = [p["data-vue"] for p in tags(html_of(at), "p") if "data-vue" in p]
        address, _, query = view.partition("?")
        assert address == "/carte"
        assert dict(parse_qsl(query)) == link(at)
        assert link(at)["niveau"] == chosen
        assert not at.exception


def test_a_choice_keeps_the_territory_in_view(open_page: Open) -> None:
    at = open_page("carte", territoire="region-28")
    assert "Normandie" in text_of(at)
    themes = at.selectbox(key="theme").options
    at.selectbox(key="theme").select(themes[1]).run()
    at.selectbox(key="theme").select(themes[2]).run()
    assert link(at)["territoire"] == "region-28"
    assert '<div class="resume"><h2>Normandie</h2>' in html_of(at)
    assert not at.exception


@pytest.mark.parametrize(
    ("territory", "words"),
    [
        ("region-28", "Ouvrir la page Normandie"),
        ("region-53", "aucune valeur publiée pour ce territoire"),
        ("commune-53130", "Ouvrir la page Pays de la Loire"),
        ("commune-97502", "Choisissez une région"),
    ],
)
def test_a_link_to_a_territory_shows_its_summary(
    open_page: Open, territory: str, words: str
) -> None:
    at = open_page("carte", territoire=territory)
    assert words in text_of(at)
    assert not at.exception


def test_a_deep_link_opens_exactly_what_it_says(open_page: Open) -> None:
    wanted = {
        "jeu": "publie",
        "indicateur": "communes_10000_plus_part",
        "vague": "2026",
        "niveau": "departement",
        "territoire": "departement-2A",
    }
    at = open_page("carte", **wanted)
    assert link(at) == wanted
    assert notices_of(at) == []
    assert at.selectbox(key="indicateur").value == "communes_10000_plus_part"
    assert level(at).value == "departement"
    assert '<div class="resume"><h2>Corse-du-Sud</h2>' in html_of(at)
    assert not at.exception


@pytest.mark.parametrize(
    ("param", "value", "words"),
    [
        ("jeu", "secret", "Le jeu de données « secret » n’existe pas"),
        ("jeu", HOSTILE, "Le jeu de données « &lt;script&gt;alert(1)&lt;/script&gt; »"),
        ("indicateur", "inconnu", "L’indicateur « inconnu » n’existe pas"),
        ("indicateur", HOSTILE, "L’indicateur « &lt;script&gt;alert(1)&lt;/script&gt; »"),
        ("indicateur", "devoir_alliance_maires", "ne se dessine pas sur une carte"),
        ("vague", "1999-01", "La vague « 1999-01 » n’existe pas"),
        ("vague", HOSTILE, "La vague « &lt;script&gt;alert(1)&lt;/script&gt; »"),
        ("niveau", "canton", "Le niveau « canton » n’est pas proposé ici"),
        ("niveau", HOSTILE, "Le niveau « &lt;script&gt;alert(1)&lt;/script&gt; »"),
        ("territoire", "region-99", "« region-99 » n’existe pas"),
        ("territoire", "53", "« 53 » ne désigne pas un territoire"),
        ("territoire", HOSTILE, "« &lt;script&gt;alert(1)&lt;/script&gt; » ne désigne pas"),
    ],
)
def test_a_bad_value_in_the_link_falls_back_with_a_french_notice(
    open_page: Open, param: str, value: str, words: str
) -> None:
    at = open_page("carte", **{param: value})
    (notice,) = notices_of(at)
    assert words in plain(notice)
    assert HOSTILE not in html_of(at)
    assert sentence_of(at).startswith("Adhésion à la dynamique partenariale")
    assert has_map(at)
    assert not at.exception


def test_several_bad_values_are_told_together(open_page: Open) -> None:
    at = open_page("carte", jeu="a", indicateur="b", vague="c", niveau=HOSTILE, territoire="e")
    (notice,) = notices_of(at)
    assert notice.count("<p>") == 5
    assert HOSTILE not in html_of(at)
    assert has_map(at)
    assert not at.exception


def test_choosing_mends_a_bad_link(open_page: Open) -> None:
    at = open_page("carte", indicateur="inconnu", niveau="canton")
    assert notices_of(at)
    at.selectbox(key="theme").select("Profil des collectivités").run()
    assert notices_of(at) == []
    assert link(at)["niveau"] == "region"
    level(at).set_value("departement").run()
    assert notices_of(at) == []
    assert not at.exception


def test_the_indicator_follows_the_reader_from_level_to_level(open_page: Open) -> None:
    at = open_page("carte", indicateur=POPULATION)
    for chosen, words in (
        ("commune", "les 34 875 communes ont une valeur"),
        ("epci", "les 1 255 intercommunalités ont une valeur"),
        ("departement", "les 101 départements ont une valeur"),
        ("commune", "les 34 875 communes ont une valeur"),
        ("region", "les 18 régions ont une valeur"),
    ):
        level(at).set_value(chosen).run()
        assert level(at).value == chosen
        assert (link(at)["niveau"], link(at)["indicateur"]) == (chosen, POPULATION)
        assert words in french(sentence_of(at))
        assert notices_of(at) == []
        assert has_map(at)
        assert not at.exception


@pytest.mark.parametrize("chosen", ["departement", "epci", "commune"])
def test_an_indicator_unknown_at_a_level_is_replaced_with_a_notice_until_the_next_choice(
    open_page: Open, published: Published, chosen: str
) -> None:
    at = open_page("carte")
    level(at).set_value(chosen).run()
    (notice,) = notices_of(at)
    shown = published.catalogue[at.selectbox(key="indicateur").value]
    assert "« Adhésion à la dynamique partenariale » n’est pas publié par" in french(notice)
    assert f"voici « {shown.label} »" in french(notice)
    assert sentence_of(at).startswith(shown.label)
    assert level(at).value == chosen
    assert not at.exception
    # A run for another reason leaves the notice; a choice takes it away.
    at.run()
    assert len(notices_of(at)) == 1
    at.toggle(key="acteurs").set_value(False).run()
    assert notices_of(at) == []
    assert link(at)["indicateur"] == shown.indicator_id
    assert link(at)["niveau"] == chosen
    assert not at.exception


def test_the_zoom_follows_every_change(open_page: Open) -> None:
    at = open_page("carte", indicateur=POPULATION, niveau="commune")
    for chosen, words in (
        ("departement-53", "en Mayenne : les 240 communes"),
        ("region-04", "à La Réunion : les 24 communes"),
        ("epci-200083392", "dans l’intercommunalité CA Laval Agglomération : les 34 communes"),
        ("pays-FR", "2026) : les 34 875 communes"),
        ("departement-53", "en Mayenne : les 240 communes"),
    ):
        at.selectbox(key="dans").set_value(TerritoryId.parse(chosen)).run()
        assert str(at.selectbox(key="dans").value) == chosen
        assert link(at).get("dans", "pays-FR") == chosen
        assert words in french(sentence_of(at))
        assert ('<nav class="fil" aria-label="Sortir du zoom">' in html_of(at)) == (
            chosen != "pays-FR"
        )
        assert not at.exception


def test_a_zoom_too_narrow_for_a_level_gives_way_to_the_one_around_it(open_page: Open) -> None:
    at = open_page("carte", indicateur=POPULATION, niveau="commune", dans="departement-53")
    for chosen, limit in (("departement", "region-52"), ("epci", "region-52"), ("region", None)):
        level(at).set_value(chosen).run()
        assert link(at).get("dans") == limit
        assert not at.exception
    assert "dans" not in [box.key for box in at.selectbox]


def test_a_zoomed_map_says_its_place_and_lists_only_what_is_in_it(open_page: Open) -> None:
    at = open_page("carte", indicateur=POPULATION, niveau="commune", dans="departement-53")
    html = html_of(at)
    assert "Population municipale – ensemble du territoire, 2026, en Mayenne" in french(text_of(at))
    assert "Laval" in html
    assert "les plus peuplées" not in text_of(at)
    whole = open_page("carte", indicateur=POPULATION, niveau="commune")
    assert "les 100 communes les plus peuplées sur 34 875" in french(text_of(whole))


def test_the_territory_in_view_leads_down_to_what_it_holds(open_page: Open) -> None:
    at = open_page("carte", niveau="departement", territoire="departement-53")
    assert "Descendre d’un niveau : 10 intercommunalités · 240 communes" in " ".join(
        french(text_of(at)).split()
    )


def test_the_zones_of_the_demonstration_are_a_level(open_page: Open) -> None:
    at = open_page("carte", jeu="demonstration", indicateur=POPULATION)
    for chosen in (ZONES, "epci", ZONES, "region", ZONES):
        level(at).set_value(chosen).run()
        assert level(at).value == chosen
        zones = chosen == ZONES
        assert link(at)["niveau"] == ("zone" if zones else chosen)
        assert link(at).get("zonage") == ("demo_pays_petr" if zones else None)
        assert ("les 59 zones ont une valeur" in french(sentence_of(at))) == zones
        assert ("Zones simulées" in text_of(at)) == zones
        assert sentence_of(at).startswith("Démonstration, données simulées") == zones
        assert not at.exception


def test_zones_are_not_offered_where_there_are_none(open_page: Open) -> None:
    at = open_page("carte", niveau="zone", zonage="demo_pays_petr")
    (notice,) = notices_of(at)
    assert "Ce jeu de données n’a pas de zonage" in french(notice)
    assert "Le zonage « demo_pays_petr » n’existe pas" in french(notice)
    assert level(at).options == ["Régions", "Départements", "Intercommunalités", "Communes"]
    assert has_map(at)
    assert not at.exception


@pytest.mark.parametrize("limit", ["commune-53130", "region-99", HOSTILE])
def test_a_zoom_that_holds_nothing_shows_the_whole_country(open_page: Open, limit: str) -> None:
    at = open_page("carte", indicateur=POPULATION, niveau="epci", dans=limit)
    assert len(notices_of(at)) == 1
    assert str(at.selectbox(key="dans").value) == "pays-FR"
    assert HOSTILE not in html_of(at)
    assert not at.exception


def test_every_indicator_of_the_menus_makes_a_map(open_page: Open, published: Published) -> None:
    at = open_page("carte")
    for indicator in mappable_indicators(published):
        at.query_params["indicateur"] = indicator.indicator_id
        for name in ("vague", "niveau"):
            if name in at.query_params:
                del at.query_params[name]
        at.run()
        assert sentence_of(at).startswith(indicator.label)
        assert notices_of(at) == []
        assert not at.exception
