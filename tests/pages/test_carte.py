"""The map page: each choice followed twice in a row, in step with the link."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from territoires.tables.published import Published
from territoires.views.selection import mappable_indicators
from tests.pages.conftest import Open, has_map, html_of, notices_of, plain, sentence_of, text_of
from tests.render.pieces import tags

DEFAULT = "adhesion_maires_region"
HOSTILE = "<script>alert(1)</script>"


def level(at: AppTest):
    (group,) = [g for g in at.get("button_group") if g.key == "niveau"]
    return group


def link(at: AppTest) -> dict[str, str]:
    return {name: at.query_params[name] for name in at.query_params}


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
    at = open_page("carte", territoire="region-28")
    for chosen in ("departement", "region", "departement"):
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
    level(at).set_value("departement").run()
    assert notices_of(at) == []
    assert link(at)["niveau"] == "departement"
    level(at).set_value("region").run()
    assert notices_of(at) == []
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
