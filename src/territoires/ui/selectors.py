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
from territoires.domain.territories import Level
from territoires.ui import cache, state
from territoires.views.classification import (
    AUTOMATIC_NAME,
    METHOD_NAMES,
    PALETTE_NAMES,
    offered_palettes,
    with_method,
    with_palette,
)
from territoires.views.figure import has_sampling_error
from territoires.views.french import LEVEL_PLURALS, format_wave
from territoires.views.selection import MAP_LEVELS, first_of, mappable_indicators, waves_of

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
        st.segmented_control(
            "Niveau",
            MAP_LEVELS,
            format_func=lambda level: LEVEL_PLURALS[level].capitalize(),
            required=True,
            **state.controlled("niveau", selection.level, lambda v: _at_level(selection, Level(v))),
        )
        show_indicator_selectors(selection)
    with st.container(key="regard", horizontal=True, vertical_alignment="bottom"):
        _show_look(selection, current)


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
    offered = [i for i in mappable_indicators(data) if selection.level in i.levels]
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


def _at_level(selection: Selection, level: Level) -> Selection:
    """Change level; an indicator not published there gives way to the first that is."""
    data = cache.published(selection.dataset)
    changed = replace(selection, level=level)
    current = data.catalogue[selection.indicator_id]
    if level in current.levels:
        return _of_indicator(changed, current)
    offered = [i for i in mappable_indicators(data) if level in i.levels]
    return _of_indicator(changed, first_of(offered))
