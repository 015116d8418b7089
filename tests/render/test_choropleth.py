"""The map given to streamlit-folium: constant base script, light and harmless paint, no other site."""

from __future__ import annotations

import json
import re

import folium
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit_folium import (
    _get_feature_group_string,
    _get_header,
    _get_html,
    _get_map_string,
    generate_js_hash,
)

from territoires.domain.territories import Level, TerritoryId
from territoires.render.choropleth import (
    CLASS_KEYS,
    COMMON_CLASS,
    IMPRECISE,
    INDICATIVE_KEYS,
    MISSING,
    OUTSIDE,
    POINT_SHAPES,
    STATES,
    SUPPRESSED,
    SYMBOL,
    UNKNOWN,
    UNKNOWN_KEYS,
    MergedZone,
    Paint,
    Point,
    PointKind,
    Zones,
    asset_urls,
    build_common,
    build_map,
    build_paint,
    zones_selector,
)
from territoires.render.map_wire import pack_texts, to_script_json
from territoires.settings import STATIC
from tests.render.pieces import check_harmless, read

BOUNDS = (91.0, 5967.0, 1251.0, 7119.0)
PALETTE = ("#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c")
HOSTILE = "</script><img src=x onerror=\"alert(1)\"> & 'l’O' {{'map'}} \u2028 \\ <!--"


def base_map(level: Level = Level.REGION, **options: object) -> folium.Map:
    arguments = {
        "topojson_urls": [f"/app/static/geo/{level.value}.0123456789.json"],
        "bounds": BOUNDS,
        "common": f".{COMMON_CLASS}",
    }
    return build_map(level, **(arguments | options))


def base_script(carte: folium.Map) -> str:
    carte.get_root().render()
    return _get_map_string(carte)


def sent_script(paint: Paint) -> str:
    """Give the feature group's script as streamlit-folium sends it."""
    carte = base_map()
    base_script(carte)
    return _get_feature_group_string(build_paint(paint), carte)


def painted(paint: Paint) -> dict[str, object]:
    """Give the argument of Territoires.paint, read back from the script sent."""
    (text,) = re.findall(r"Territoires\.paint\((.*?)\);$", sent_script(paint), re.MULTILINE)
    return json.loads(text)


def paint(classes: str = "0m4A", **options: object) -> Paint:
    return Paint(classes=classes, palette=PALETTE, title="Titre", **options)


def test_the_base_script_is_the_same_every_time_for_a_level() -> None:
    assert base_script(base_map()) == base_script(base_map())


def test_the_base_script_tells_levels_apart() -> None:
    hashes = {generate_js_hash(base_script(base_map(level)), "carte") for level in Level}
    assert len(hashes) == len(Level)


def test_the_base_script_only_calls_mount() -> None:
    script = base_script(base_map()).replace("\nvar drawnItems = [];", "").strip()
    assert re.fullmatch(r'var map_div = Territoires\.mount\("map_div", \{.*\}\);', script)


def test_a_paint_does_not_change_the_base_script() -> None:
    carte, other = base_map(), base_map()
    first = base_script(carte)
    _get_feature_group_string(build_paint(paint()), carte)
    assert first == base_script(other)


def test_a_map_kept_in_a_cache_does_not_remember_the_paint() -> None:
    carte = base_map()
    first = base_script(carte)
    for title in ("un", "deux"):
        script = _get_feature_group_string(
            build_paint(Paint(classes="0", palette=PALETTE, title=title)), carte
        )
        assert f'"title":"{title}"' in script
        assert base_script(carte) == first


def test_titles_that_differ_only_after_an_underscore_give_different_paints() -> None:
    one = Paint(classes="0", palette=PALETTE, title="taux_a1")
    two = Paint(classes="0", palette=PALETTE, title="taux_b2")
    assert generate_js_hash(sent_script(one)) == generate_js_hash(sent_script(two)), "the trap"
    assert sent_script(one) != sent_script(two), "what the frame compares"
    assert painted(one)["title"] == "taux_a1"


def test_words_that_look_like_folium_variables_arrive_whole() -> None:
    title = "map_div map_0 feature_group_0 marker_5f9d46ab {{ 'x' }} alert(coords);"
    assert painted(Paint(classes="0", palette=PALETTE, title=title))["title"] == title


@pytest.mark.parametrize("field", ["title", "texts", "class_labels", "watermark"])
def test_hostile_words_cannot_leave_the_script(field: str) -> None:
    values = {
        "title": HOSTILE,
        "texts": (HOSTILE,),
        "class_labels": (HOSTILE,),
        "watermark": HOSTILE,
    }
    options = {"classes": "0", "palette": PALETTE, "title": "Titre", field: values[field]}
    script = sent_script(Paint(**options))
    assert not set("<>&\u2028\u2029") & set(script)
    assert "{{" not in script
    assert HOSTILE in json.dumps(painted(Paint(**options)), ensure_ascii=False).replace(
        "\\\\", "\\"
    ).replace('\\"', '"')


@pytest.mark.parametrize("field", ["topojson_urls", "backdrop_url", "common"])
def test_hostile_addresses_cannot_leave_the_base_script(field: str) -> None:
    wanted = [HOSTILE] if field == "topojson_urls" else HOSTILE
    script = base_script(base_map(**{field: wanted}))
    assert not set("<>&\u2028\u2029") & set(script)
    (config,) = re.findall(r"mount\(\"map_div\", (.*)\);", script)
    assert wanted in json.loads(config).values()


def test_bare_circles_are_one_per_territory_and_sent_only_where_there_are_some() -> None:
    with pytest.raises(ValueError, match="2 rings for 3"):
        Paint(classes="012", palette=PALETTE, title="Carte", rings=(1.0, None))
    sent = painted(Paint("012", PALETTE, "Carte", rings=(1.24, None, 0.0)))
    assert sent["rings"] == [12, 0, 0]
    assert "rings" not in painted(Paint("012", PALETTE, "Carte", rings=(None, None, 0.0)))


def common(text: str = "Texte", **options: object) -> str:
    arguments = {
        "points": [Point(1, 2, 0, text, text)],
        "kinds": [PointKind(label=text, shape="rond", colour="#a3195b")],
        "states": dict.fromkeys(STATES, text),
        "attribution": text,
    }
    return build_common(**(arguments | options))


def read_common(html: str) -> dict[str, object]:
    """Read the element as the frame does: the one of that class, its « data-commun »."""
    ((tag, attributes),) = read(html).tags
    assert tag == "div"
    assert attributes["class"] == COMMON_CLASS
    assert "hidden" in attributes
    return json.loads(attributes["data-commun"] or "")


@pytest.mark.parametrize("text", [HOSTILE, "'\"><b>", "&quot;", "|", "\\", "</div>"])
def test_hostile_actors_states_and_attribution_cannot_leave_the_hidden_element(text: str) -> None:
    html = common(text)
    check_harmless(html)
    assert read(html).text == ""
    assert read_common(html) == {
        "points": [[1, 2, 0, text, text]],
        "kinds": [[text, POINT_SHAPES["rond"], "#a3195b"]],
        "states": dict.fromkeys(STATES, text),
        "attribution": text,
    }


@given(st.text(st.characters(exclude_characters="\r\0", exclude_categories=("Cs",))))
def test_what_no_change_touches_reads_back_as_it_was_written(text: str) -> None:
    held = read_common(common(text))
    assert held["attribution"] == text
    assert held["points"] == [[1, 2, 0, text, text]]


def test_points_are_sent_to_the_hundred_metres_in_order() -> None:
    points = [Point(100.04, 6000.06, 0, "a", "A"), Point(1, 2, 1, "b")]
    held = read_common(common(points=points))
    assert held["points"] == [[100.0, 6000.1, 0, "a", "A"], [1, 2, 1, "b", ""]]


def test_what_no_change_touches_is_not_sent_again_with_a_change() -> None:
    """Actors, labels and attribution stand in the page, sent once; the arguments only point there."""
    script = base_script(base_map()) + sent_script(paint())
    (config,) = re.findall(r"mount\(\"map_div\", (\{.*?\})\);", script)
    assert json.loads(config)["common"] == f".{COMMON_CLASS}"
    for name in ("points", "kinds", "states", "attribution"):
        assert name not in json.loads(config)
    assert not {"states", "kinds", "attribution"} & set(painted(paint()))


def test_a_label_of_no_state_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown states: \\['absent'\\]"):
        common(states={"manquant": "…", "absent": "…"})


def test_script_json_reads_back_as_it_was_written() -> None:
    value = {"a": HOSTILE, "b": {"c": [1, None, True, "é"]}}
    assert json.loads(to_script_json(value)) == value


def test_nothing_comes_from_another_site() -> None:
    carte = base_map()
    build_paint(paint()).add_to(carte)
    page = carte.get_root().render()
    links = re.findall(r"(?:src|href)=\"([^\"]*)\"", page)
    assert links
    assert all(link.startswith("/app/static/") for link in links)
    assert "http" not in page.replace("http-equiv", "")


def test_no_jquery_bootstrap_or_icon_font_is_asked_for() -> None:
    scripts, styles = asset_urls()
    names = [name for name, _ in (*scripts, *styles)]
    assert names[0] == "leaflet.js"
    assert not [name for name in names if re.search("jquery|bootstrap|awesome|glyph", name)]


def test_folium_itself_is_left_as_it_was() -> None:
    base_map()
    assert folium.Map.default_js[0][1].startswith("https://")


def test_asset_addresses_carry_the_hash_of_their_content() -> None:
    for _, url in (*asset_urls()[0], *asset_urls()[1]):
        assert re.fullmatch(r"/app/static/[\w./-]+\?v=[0-9a-f]{10}", url)


def test_the_frame_gets_no_header_that_forbids_zoom() -> None:
    carte = base_map()
    carte.get_root().render()
    assert "user-scalable" not in _get_header(carte)
    assert _get_html(carte) == ""


def test_a_change_of_departements_weighs_less_than_ten_kilobytes() -> None:
    texts = tuple(
        f"{value},4 % [61,2 – 93,9], effectif : 1 {value} réponses" for value in range(101)
    )
    script = sent_script(paint("0123ABms" * 12 + "01234", texts=texts))
    assert len(json.dumps(base_script(base_map()) + script).encode()) < 9_000


def test_a_change_of_communes_weighs_less_than_sixty_kilobytes() -> None:
    script = sent_script(paint("01234" * 6975))
    assert len(json.dumps(base_script(base_map(Level.COMMUNE)) + script).encode()) < 40_000


#: Stand for the absence of a text and before one that has another end (static/map/choropleth.js).
ABSENT, WHOLE = "∅", "†"


def unpack(joined: str, suffix: str) -> list[str | None]:
    """Read packed texts as the browser does (static/map/choropleth.js)."""
    return [
        None if text == ABSENT else text[1:] if text.startswith(WHOLE) else text + suffix
        for text in joined.split("|")
    ]


def test_an_end_shared_by_all_texts_is_sent_once() -> None:
    end = " %, effectif non communiqué"
    sent = painted(paint("01m2", texts=(f"12{end}", f"77{end}", "", f"80{end}")))
    assert sent["texts"] == f"12|77|{ABSENT}|80"
    assert sent["suffix"] == end
    assert sent_script(paint("01", texts=(f"12{end}", f"77{end}"))).count("effectif") == 1


def test_texts_that_differ_are_sent_in_the_order_of_the_territories() -> None:
    sent = painted(paint("01m", texts=("12 %", "14 €", "")))
    assert unpack(sent["texts"], sent["suffix"]) == ["12 %", "14 €", None]


def test_without_texts_none_is_sent() -> None:
    assert not {"texts", "suffix"} & set(painted(paint("01m")))


@given(
    st.lists(
        st.one_of(
            st.just(""),
            st.sampled_from(
                ["77 %", "7 %", "100 %", " %", "|", "a|b", "77 %, effectif non communiqué"]
            ),
            st.sampled_from(["0 habitant", "1 habitant", "12 habitants", "3 400 habitants"]),
            st.text(st.characters(exclude_characters=ABSENT + WHOLE, exclude_categories=("Cs",))),
        ),
        min_size=1,
        max_size=20,
    )
)
@example(["", ""])
@example(["77 %"])
@example(["77 %", "77 %", ""])
@example(["|", "¦"])
@example(["%", "77 %"])
def test_packed_texts_read_back_as_they_were_in_order(texts: list[str]) -> None:
    """Absent stays absent, even beside a text that is all shared end; « | » becomes « ¦ »."""
    joined, suffix = pack_texts(texts)
    assert unpack(joined, suffix) == [text.replace("|", "¦") or None for text in texts]


def test_the_shared_end_is_the_longest() -> None:
    assert pack_texts(["12 %", "77 %", ""]) == (f"12|77|{ABSENT}", " %")
    assert pack_texts(["2 %", "12 %"]) == ("|1", "2 %")
    assert pack_texts(["", ""]) == (f"{ABSENT}|{ABSENT}", "")


def test_one_text_with_another_end_does_not_cost_all_the_others_theirs() -> None:
    texts = ["0\u00a0habitant", *(f"{n}\u202f000\u00a0habitants" for n in range(1, 40))]
    joined, suffix = pack_texts(texts)
    assert suffix == "\u00a0habitants"
    assert joined.startswith(f"{WHOLE}0\u00a0habitant|1\u202f000|2\u202f000|")
    assert unpack(joined, suffix) == texts


def test_the_browser_knows_the_mark_of_an_absent_text() -> None:
    script = (STATIC / "map" / "choropleth.js").read_text(encoding="utf-8")
    ((absent, whole),) = re.findall(r"const NO_TEXT = '(.*?)', WHOLE = '(.*?)'", script)
    assert (absent, whole) == ("\\u2205", "\\u2020")
    assert "texts?.split('|')" in script


def test_the_selected_territory_is_typed() -> None:
    sent = painted(paint(selected=TerritoryId(Level.REGION, "53")))
    assert sent["selected"] == "region-53"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"classes": "0x"}, "unknown classes"),
        ({"classes": "5"}, "no colour"),
        ({"classes": "F"}, "no colour"),
        ({"classes": "Z"}, "no colour"),
        ({"classes": "p", "palette": (), "sizes": (3,)}, "no colour"),
        ({"classes": "00", "texts": ("a",)}, "1 texts for 2"),
        ({"classes": "pp", "sizes": (3,)}, "1 sizes for 2"),
        ({"classes": "p"}, "drawn 'p' has the size None"),
        ({"classes": "p", "sizes": (None,)}, "drawn 'p' has the size None"),
        ({"classes": "m", "sizes": (3,)}, "drawn 'm' has the size 3"),
        ({"classes": "p", "sizes": (-0.1,)}, "cannot have the size -0.1"),
        ({"classes": "p", "sizes": (float("inf"),)}, "cannot have the size inf"),
        ({"classes": "p", "sizes": (float("nan"),)}, "cannot have the size nan"),
    ],
)
def test_a_paint_that_would_lie_is_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Paint(**({"palette": PALETTE, "title": "Titre"} | options))


def test_all_missing_needs_no_colour() -> None:
    assert painted(Paint(classes="mmsin", palette=(), title="Rien"))["palette"] == []


def test_a_paint_without_symbols_or_watermark_sends_nothing_about_them() -> None:
    fields = {"classes", "palette", "title", "labels", "selected", "points"}
    assert set(painted(paint("0Umn"))) == fields
    assert set(painted(paint("0m", sizes=(None, None), watermark=" "))) == fields


def test_only_the_sizes_of_the_symbols_are_sent_to_the_tenth_in_order() -> None:
    sent = painted(paint("pmpp", sizes=(12.345, None, 0, 7)))
    assert sent["sizes"] == [123, 0, 70]


def test_a_few_symbols_among_all_communes_weigh_next_to_nothing() -> None:
    plain, few = "m" * 34_875, "p" * 200 + "m" * 34_675
    sizes = tuple(4 + rank % 9 / 10 if key == SYMBOL else None for rank, key in enumerate(few))
    extra = len(sent_script(paint(few, sizes=sizes))) - len(sent_script(paint(plain)))
    assert 0 < extra < 1_500


def test_what_lies_outside_the_limit_sends_no_text() -> None:
    within = TerritoryId(Level.DEPARTEMENT, "53")
    sent = painted(paint("o0om", texts=("", "12 %", "", "77 %"), within=within))
    assert sent["classes"] == "o0om"
    assert unpack(sent["texts"], sent["suffix"]) == ["12 %", "77 %"]
    assert sent["within"] == "departement-53"


def test_the_communes_of_a_departement_among_all_weigh_little_more_than_their_classes() -> None:
    classes = "o" * 20_000 + "p" * 240 + "o" * 14_635
    inside = [key == "p" for key in classes]
    script = sent_script(
        paint(
            classes,
            texts=tuple("12 345 habitants" if one else "" for one in inside),
            sizes=tuple(12.3 if one else None for one in inside),
        )
    )
    assert len(script.encode()) < 34_875 + 5_000


def test_the_actors_shown_are_sent_by_their_ranks_or_not_at_all() -> None:
    assert painted(paint(actors=(0, 4, 7)))["actors"] == [0, 4, 7]
    assert painted(paint(actors=()))["actors"] == []


ZONES = Zones("demo_pays", (MergedZone("demo_pays.1", "Un", (0, 2)), MergedZone("b", "D", (1,))))


def test_the_members_of_the_zones_stand_in_the_page_and_the_map_points_there() -> None:
    ((_, attributes),) = read(common(zoning=ZONES)).tags
    assert json.loads(attributes["data-zones"] or "") == [
        ["demo_pays.1", "Un", [0, 2]],
        ["b", "D", [1]],
    ]
    assert attributes["data-zonage"] == "demo_pays"
    (config,) = re.findall(r"mount\(\"map_div\", (.*)\);", base_script(base_map(zoning_id="z_1")))
    assert (
        json.loads(config)["zones"]
        == zones_selector("z_1")
        == (f'.{COMMON_CLASS}[data-zonage="z_1"]')
    )
    assert json.loads(base_config())["zones"] is None


def test_hostile_names_of_zones_cannot_leave_the_hidden_element() -> None:
    zones = Zones(HOSTILE, (MergedZone(HOSTILE, HOSTILE, (0,)),))
    html = common(zoning=zones)
    check_harmless(html)
    ((_, attributes),) = read(html).tags
    assert json.loads(attributes["data-zones"] or "") == [[HOSTILE, HOSTILE, [0]]]
    with pytest.raises(ValueError, match="not the identifier of a zoning"):
        zones_selector(HOSTILE)


def base_config() -> str:
    (config,) = re.findall(r"mount\(\"map_div\", (.*)\);", base_script(base_map()))
    return config


def test_the_watermark_is_sent_as_it_was_written() -> None:
    assert painted(paint(watermark=" Jeu de démonstration "))["watermark"] == "Jeu de démonstration"


def browser_looks() -> tuple[dict[str, str], dict[str, str], dict[str, tuple[str, float]]]:
    """Give the states by key, the keys by state and the textures that the browser knows."""
    script = (STATIC / "map" / "textures.js").read_text(encoding="utf-8")
    blocks = [
        re.findall(rf"const {name} = \{{(.*?)\}};", script, re.DOTALL)[0]
        for name in ("STATES", "BY_CLASS", "TEXTURES")
    ]
    states, classes = (dict(re.findall(r"(\w+): '(\w+)'", block)) for block in blocks[:2])
    textures = {
        name: (path, float(width))
        for name, path, width in re.findall(r"(\w+): \{ path: '(.*?)', width: (.*?) \}", blocks[2])
    }
    return states, classes, textures


def test_the_browser_knows_every_key_by_the_same_state() -> None:
    states, classes, textures = browser_looks()
    assert states == {
        MISSING: "manquant",
        SUPPRESSED: "supprime",
        IMPRECISE: "imprecis",
        UNKNOWN: "inconnu",
        SYMBOL: "symbole",
        OUTSIDE: "dehors",
    }
    assert classes == {
        "classe": CLASS_KEYS,
        "indicatif": INDICATIVE_KEYS,
        "inconnu": UNKNOWN_KEYS,
    }
    assert set(STATES) == {*states.values(), *classes} - {"classe", "symbole", "dehors"}
    assert set(textures) == set(STATES)


def test_every_key_has_its_rule_in_the_style_sheet_of_the_map() -> None:
    style = (STATIC / "map" / "choropleth.css").read_text(encoding="utf-8")
    fills = dict(re.findall(r'\[data-classe="(.)"\] \{ fill: (.*?); \}', style))
    plain = {key: f"var(--c{key})" for key in CLASS_KEYS}
    textured = {*INDICATIVE_KEYS, *UNKNOWN_KEYS, MISSING, SUPPRESSED, IMPRECISE, UNKNOWN}
    assert fills == plain | {key: f'url("#motif-{key}")' for key in textured}
    (outside,) = re.findall(r'^\.leaflet-pane > svg [^{]*"o"\] \{(.*?)\}', style, re.M | re.S)
    assert "pointer-events: none" in outside


def test_the_tiles_of_the_legend_are_those_of_the_map() -> None:
    style = (STATIC / "ui" / "territoires.css").read_text(encoding="utf-8")
    tiles = {
        name: (path, float(width))
        for name, path, width in re.findall(
            r"^\.trame-(\w+) .*?viewBox='0 0 8 8'><path d='(.*?)' stroke='black' "
            r"stroke-width='(.*?)'",
            style,
            re.MULTILINE,
        )
    }
    assert tiles == browser_looks()[2]


def test_no_two_textures_have_the_same_form() -> None:
    textures = browser_looks()[2]
    assert len({path for path, _ in textures.values()}) == len(textures)


def test_every_form_of_marker_is_a_closed_path() -> None:
    assert all(path.startswith("M") and path.endswith("Z") for path in POINT_SHAPES.values())
