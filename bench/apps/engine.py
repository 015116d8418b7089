"""Our map alone, with random indicators: ``?niveau=region|departement|epci|commune``."""

import json
import random

import streamlit as st
from streamlit_folium import st_folium

from territoires.analysis.composition import map_bounds
from territoires.domain.territories import Level
from territoires.render.choropleth import Paint, build_map, build_paint
from territoires.settings import STATIC, STATIC_URL

PLURALS = {
    Level.REGION: "regions",
    Level.DEPARTEMENT: "departements",
    Level.EPCI: "epci",
    Level.COMMUNE: "communes",
}


@st.cache_data
def read_geometry(level: Level) -> tuple[str, int]:
    """Give the address of the geometry of a level and its number of territories."""
    (path,) = (STATIC / "geo").glob(f"{PLURALS[level]}.*.json")
    territories = json.loads(path.read_bytes())["objects"]["territories"]
    return f"{STATIC_URL}/geo/{path.name}", len(territories["geometries"])


@st.fragment
def show_map(level: Level) -> None:
    indicator = st.selectbox("Indicateur", [f"Indicateur {number}" for number in range(1, 9)])
    url, count = read_geometry(level)
    draw = random.Random(indicator)  # noqa: S311
    classes = "".join(draw.choices("01234ABCmsi", k=count))
    texts = tuple(
        "" if key in "ms" else f"{draw.random() * 100:.1f} %, effectif non communiqué"
        for key in classes
    )
    backdrop = read_geometry(Level.REGION)[0] if level is Level.COMMUNE else None
    st_folium(
        build_map(
            level,
            topojson_urls=(url,),
            bounds=map_bounds(),
            backdrop_url=backdrop,
        ),
        feature_group_to_add=build_paint(
            Paint(
                classes=classes,
                palette=("#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c"),
                title=f"{indicator} par {level.value}",
                texts=None if level is Level.COMMUNE else texts,
                class_labels=("0 à 20 %", "20 à 40 %", "40 à 60 %", "60 à 80 %", "80 à 100 %"),
            )
        ),
        returned_objects=[],
        key=f"carte-{level.value}",
        use_container_width=True,
        height=760,
    )


st.set_page_config(layout="wide")
show_map(Level(st.query_params.get("niveau", "region")))
