"""The choices above the map: level, theme, indicator, wave, what the colours say, classes."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from territoires.domain.classification import (
    MAX_CLASSES,
    MIN_CLASSES,
    Method,
    Palette,
    most_classes,
)
from territoires.domain.indicators import Indicator
from territoires.domain.selection import Mode, Selection
from territoires.domain.territories import FRANCE
from territoires.ui import cache, map_data, state
from territoires.ui.blocks import plain_label
from territoires.views.classification import (
    AUTOMATIC_NAME,
    METHOD_NAMES,
    PALETTE_NAMES,
    offered_palettes,
    with_method,
    with_palette,
)
from territoires.views.figure import has_sampling_error
from territoires.views.french import format_wave
from territoires.views.limits import Layer, layer_of, limit_of
from territoires.views.selection import (
    at_layer,
    first_of,
    indicators_at,
    name_layer,
    offered_layers,
    waves_of,
)

MODE_NAMES = {
    Mode.VALEUR: "La valeur",
    Mode.DIFFERENCE: "Différent de la France",
    Mode.PRECISION: "La précision",
}
_AUTO = "auto"


def show_selectors(selection: Selection) -> None:
    """Draw the choices; each follows the link and writes it."""
    current = cache.published(selection.dataset).catalogue[selection.indicator_id]
    with st.container(key="choix", horizontal=True, vertical_alignment="bottom"):
        _show_level(selection)
        _show_limit(selection)
        show_indicator_selectors(selection)
    with st.container(key="regard", horizontal=True, vertical_alignment="bottom"):
        _show_look(selection, current)


def _show_level(selection: Selection) -> None:
    """Draw the choice of a level; the zones of a zoning are one."""
    data, places = cache.published(selection.dataset), cache.directory(selection.dataset)
    layers = {_layer_key(layer): layer for layer in offered_layers(data)}
    st.segmented_control(
        "Niveau",
        list(layers),
        format_func=lambda key: plain_label(name_layer(layers[key], data)),
        required=True,
        **state.controlled(
            "niveau",
            _layer_key(layer_of(selection)),
            lambda key: at_layer(selection, layers[key], data, places),
        ),
    )


def _layer_key(layer: Layer) -> str:
    return f"{layer.level}-{layer.zoning_id}" if layer.zoning_id else layer.level.value


def _show_limit(selection: Selection) -> None:
    """Draw the choice of a territory to limit the map to, where there is one."""
    offered = map_data.limits(selection.dataset, layer_of(selection))
    if len(offered) < 2:  # noqa: PLR2004 - a choice
        return
    limit = limit_of(selection, cache.directory(selection.dataset)) or FRANCE
    st.selectbox(
        "Zoom",
        list(offered),
        format_func=lambda territory: offered[territory],
        filter_mode="contains",
        **state.controlled(
            "dans",
            limit,
            lambda territory: replace(selection, within=territory if territory != FRANCE else None),
        ),
    )


def _show_look(selection: Selection, current: Indicator) -> None:
    """Draw the choice of what the colours say, and how."""
    if has_sampling_error(current):
        st.segmented_control(
            "Voir",
            list(Mode),
            format_func=lambda mode: MODE_NAMES[mode],
            required=True,
            **state.controlled("voir", selection.mode, lambda v: replace(selection, mode=Mode(v))),
        )
    if selection.mode is Mode.VALEUR or not has_sampling_error(current):
        if current.is_colourable:
            with st.popover("Classes et couleurs"):
                _show_classes(selection)
        st.toggle(
            "Acteurs sur la carte",
            **state.controlled(
                "acteurs", selection.actors, lambda v: replace(selection, actors=bool(v))
            ),
        )


def show_indicator_selectors(selection: Selection) -> None:
    """Draw the choice of a theme, of an indicator known at the level, and of its wave."""
    data = cache.published(selection.dataset)
    offered = indicators_at(data, selection.level)
    current = data.catalogue[selection.indicator_id]
    of_theme = [i for i in offered if i.theme == current.theme]
    waves = waves_of(data, current.indicator_id, selection.level)
    st.selectbox(
        "Thème",
        list(dict.fromkeys(i.theme for i in offered)),
        filter_mode=None,
        **state.controlled(
            "theme",
            current.theme,
            lambda v: _of_indicator(selection, first_of([i for i in offered if i.theme == v])),
        ),
    )
    st.selectbox(
        "Indicateur",
        [i.indicator_id for i in of_theme],
        format_func=lambda name: indicator_title(data.catalogue[name]),
        filter_mode="contains",
        **state.controlled(
            "indicateur",
            current.indicator_id,
            lambda v: _of_indicator(selection, data.catalogue[str(v)]),
        ),
    )
    if len(waves) > 1:
        st.selectbox(
            "Vague",
            waves,
            format_func=format_wave,
            filter_mode=None,
            **state.controlled("vague", selection.wave, lambda v: replace(selection, wave=str(v))),
        )


def _show_classes(selection: Selection) -> None:
    """Draw the choice of class method, number of classes, bounds and colours."""
    choice = selection.classes
    most = most_classes(choice.palette)
    methods = [_AUTO, *(method.value for method in METHOD_NAMES)]
    st.selectbox(
        "Méthode",
        methods,
        format_func=lambda v: METHOD_NAMES[Method(v)] if v != _AUTO else AUTOMATIC_NAME,
        filter_mode=None,
        **state.controlled(
            "methode",
            choice.method.value if choice.method else _AUTO,
            lambda v: _by(selection, str(v)),
        ),
    )
    if choice.method is Method.MANUELLES:
        st.text_input(
            "Bornes intérieures, séparées par des espaces ou des points-virgules",
            placeholder="par exemple 50 ; 70 ; 90",
            max_chars=80,
            **state.controlled_text(
                "bornes",
                " ; ".join(f"{b:.9g}".replace(".", ",") for b in choice.bounds),
            ),
        )
    else:
        st.selectbox(
            "Nombre de classes, au plus",
            list(range(MIN_CLASSES, most + 1)),
            filter_mode=None,
            **state.controlled(
                "nombre",
                choice.count or MAX_CLASSES,
                lambda v: replace(selection, classes=replace(choice, count=int(v))),
            ),
        )
    st.selectbox(
        "Couleurs",
        offered_palettes(choice.method),
        format_func=lambda palette: PALETTE_NAMES[palette],
        filter_mode=None,
        **state.controlled("couleurs", choice.palette, lambda v: _coloured(selection, Palette(v))),
    )


def indicator_title(indicator: Indicator) -> str:
    """Name an indicator in a list; the actor asked tells apart the same question."""
    if indicator.actor == "territoire":
        return indicator.label
    return f"{indicator.label} – {indicator.actor_label}"


def _by(selection: Selection, method: str) -> Selection:
    chosen = None if method == _AUTO else Method(method)
    return replace(selection, classes=with_method(selection.classes, chosen))


def _coloured(selection: Selection, palette: Palette) -> Selection:
    return replace(selection, classes=with_palette(selection.classes, palette))


def _of_indicator(selection: Selection, indicator: Indicator) -> Selection:
    """Change the indicator; bounds chosen by hand were those of another one."""
    waves = waves_of(cache.published(selection.dataset), indicator.indicator_id, selection.level)
    mode = selection.mode if has_sampling_error(indicator) else Mode.VALEUR
    changed = replace(
        selection, indicator_id=indicator.indicator_id, wave=waves[0], other_wave="", mode=mode
    )
    return _by(changed, _AUTO) if selection.classes.method is Method.MANUELLES else changed
