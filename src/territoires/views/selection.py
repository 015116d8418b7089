"""Read a link: what it asks for, checked against what exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from territoires.domain.classification import Method
from territoires.domain.directory import Directory
from territoires.domain.indicators import Indicator, Reading, wave_order
from territoires.domain.selection import ActorFilter, Dataset, Selection
from territoires.domain.territories import Level
from territoires.errors import DataFileError
from territoires.tables.published import Published
from territoires.views.classification import read_choice, with_method
from territoires.views.datasets import EDITIONS
from territoires.views.french import LEVEL_LABELS, LEVEL_PLURALS, format_wave, quote_short
from territoires.views.limits import Layer
from territoires.views.limits import at_layer as move_to_layer
from territoires.views.link_values import (
    resolve_actors,
    resolve_answers,
    resolve_compared,
    resolve_mode,
    resolve_territory,
    resolve_within,
    short_name,
)

#: Levels a map is drawn at, the widest first.
MAP_LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.ZONE, Level.EPCI, Level.COMMUNE)
#: Levels of what is few enough to be set side by side, or read on a small map of the country.
WIDE_LEVELS = (Level.REGION, Level.DEPARTEMENT)
#: Longest text looked for among the actors.
MAX_TEXT = 80


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is in view, and one French notice per parameter that had to be replaced."""

    selection: Selection
    notices: tuple[str, ...]


def mappable_indicators(
    published: Published, levels: Sequence[Level] = MAP_LEVELS
) -> list[Indicator]:
    """Keep what a map can show: rates as colours, counts as symbols, with a number below France."""
    return [
        indicator
        for indicator in published.catalogue.values()
        if any(
            observation.value is not None
            for level in levels
            for observation in published.of_indicator(indicator.indicator_id, level)
        )
    ]


def indicators_at(published: Published, level: Level) -> list[Indicator]:
    """List the indicators that a map of a level can show."""
    return [i for i in mappable_indicators(published, (level,)) if level in i.levels]


def offered_layers(published: Published) -> tuple[Layer, ...]:
    """List the layers that have at least one indicator, the widest first; a zoning is one."""
    layers: list[Layer] = []
    for level in MAP_LEVELS:
        if not indicators_at(published, level):
            continue
        names = published.zonings if level is Level.ZONE else ("",)
        layers += [Layer(level, name) for name in names]
    return tuple(layers)


def name_layer(layer: Layer, published: Published) -> str:
    """Name a layer among the choices: a zoning has its own name."""
    zoning = published.zonings.get(layer.zoning_id)
    return zoning.name if zoning else LEVEL_PLURALS[layer.level].capitalize()


def first_of(indicators: Sequence[Indicator]) -> Indicator:
    """Choose what is shown first: a colour says more at a glance than symbols do."""
    return next((i for i in indicators if i.is_colourable), indicators[0])


def resolve_selection(
    params: Mapping[str, str],
    published: Published,
    directory: Directory,
    levels: Sequence[Level] = MAP_LEVELS,
) -> Resolved:
    """Check every parameter of a link; what is unknown falls back to what exists, with a notice.

    The level comes before the indicator: one that has no figure there gives way to another, and
    the notice says which. ``levels`` are those of the page.
    """
    _, notices = resolve_dataset(params, has_draft=published.dataset is Dataset.BROUILLON)
    level = _read_level(params.get("niveau"), published, levels)
    indicator, wave_text = _resolve_indicator(params, published, level, levels, notices)
    if level is None:
        level = next(level for level in levels if level in indicator.levels)
        _tell_level(params.get("niveau"), published, level, notices)
    wave = _resolve_wave(wave_text, indicator, level, published, notices)
    selection = Selection(
        dataset=published.dataset,
        indicator_id=indicator.indicator_id,
        wave=wave,
        level=level,
        territory=resolve_territory(params.get("territoire"), directory, notices),
        mode=resolve_mode(params.get("voir"), notices),
        classes=read_choice(params, notices),
        actors=resolve_actors(params.get("acteurs"), notices),
        compared=resolve_compared(params.get("avec"), directory, notices),
        other_wave=_resolve_other_wave(params.get("vague2"), indicator, level, published, notices),
        theme=short_name(params.get("theme")),
        zoning=_resolve_zoning(params.get("zonage"), level, published, notices),
        within=resolve_within(params.get("dans"), directory, notices),
        answers=resolve_answers(params.get("reponses"), notices),
        domain=short_name(params.get("domaine")),
        actor_filter=ActorFilter(
            short_name(params.get("nature")),
            (params.get("metier") or "")[:MAX_TEXT],
            (params.get("texte") or "")[:MAX_TEXT],
        ),
    )
    return Resolved(selection, tuple(notices))


def at_layer(
    selection: Selection, layer: Layer, published: Published, directory: Directory
) -> Selection:
    """Change the layer in view, keeping what it knows.

    An indicator without any figure there is kept too: the link that asks for it is told what
    replaces it.
    """
    changed = move_to_layer(selection, layer, directory)
    waves = waves_of(published, selection.indicator_id, layer.level)
    if waves and selection.wave not in waves:
        changed = replace(changed, wave=waves[0])
    if selection.classes.method is Method.MANUELLES:
        # Bounds chosen by hand were those of other territories.
        changed = replace(changed, classes=with_method(selection.classes, None))
    return replace(changed, other_wave="")


def to_overview(selection: Selection, published: Published) -> Selection:
    """Bring a selection to a small map of the whole country."""
    level = selection.level if selection.level in WIDE_LEVELS else None
    params = replace(selection, level=level or WIDE_LEVELS[0], within=None, zoning="").to_params()
    if level is None:
        del params["niveau"], params["vague"]
    default = _resolve_indicator(params, published, level, WIDE_LEVELS, [])[0]
    level = level or next(level for level in WIDE_LEVELS if level in default.levels)
    waves = waves_of(published, default.indicator_id, level)
    return replace(
        selection,
        indicator_id=default.indicator_id,
        wave=selection.wave if selection.wave in waves else waves[0],
        level=level,
        within=None,
        zoning="",
    )


def waves_of(published: Published, indicator_id: str, level: Level) -> list[str]:
    """List the waves of an indicator at a level, latest first, the undated one last."""
    waves = {
        o.wave
        for o in published.of_indicator(indicator_id, level)
        if o.reading is Reading.PRINCIPALE
    }
    return sorted(waves, key=wave_order, reverse=True)


def resolve_dataset(
    params: Mapping[str, str], *, has_draft: bool = False
) -> tuple[Dataset, list[str]]:
    """Read which set of data a link asks for; a draft is there for the person who made it alone."""
    text = params.get("jeu")
    if not text or text in {Dataset.PUBLIE.value, Dataset.DEMONSTRATION.value}:
        return Dataset(text) if text else Dataset.PUBLIE, []
    if text == Dataset.BROUILLON.value:
        if has_draft:
            return Dataset.BROUILLON, []
        reason = "Vous n’avez pas de brouillon prêt à être vu dans ce navigateur"
    else:
        reason = f"Le jeu de données « {quote_short(text)} » n’existe pas"
    return Dataset.PUBLIE, [f"{reason} : voici les données publiées."]


def _read_level(text: str | None, published: Published, levels: Sequence[Level]) -> Level | None:
    """Read a level that the page draws and that has an indicator."""
    if text not in {level.value for level in levels}:
        return None
    level = Level(text)
    if level is Level.ZONE and not published.zonings:
        return None
    return level if indicators_at(published, level) else None


def _tell_level(text: str | None, published: Published, level: Level, notices: list[str]) -> None:
    """Tell that a level asked for gave way to another."""
    if not text:
        return
    if text == Level.ZONE and not published.zonings:
        reason = "Ce jeu de données n’a pas de zonage"
    else:
        name = LEVEL_LABELS[Level(text)] if text in set(Level) else quote_short(text)
        reason = f"Le niveau « {name} » n’est pas proposé ici"
    notices.append(f"{reason} : voici les {LEVEL_PLURALS[level]}.")


def _resolve_indicator(
    params: Mapping[str, str],
    published: Published,
    level: Level | None,
    levels: Sequence[Level],
    notices: list[str],
) -> tuple[Indicator, str | None]:
    """Choose an indicator known at the level asked for, and the wave asked for of it."""
    catalogue = published.catalogue
    mappable = {i.indicator_id: i for i in mappable_indicators(published, levels)}
    at_level = [i for i in mappable.values() if level is None or level in i.levels]
    text = params.get("indicateur")
    if text in mappable and mappable[text] in at_level:
        return mappable[text], params.get("vague")
    if not at_level:
        raise DataFileError(
            "Aucun indicateur n’a de chiffre par région ou par département : rien à dessiner.",
            remedy="Récupérez les fichiers d’origine : git checkout -- data/indicators",
        )
    default = mappable.get(EDITIONS[published.dataset].default_indicator)
    if default is None or default not in at_level:
        default = first_of(at_level)
    here = f"voici « {default.label} »."
    if text in mappable and level:
        noun = LEVEL_LABELS[level]
        notices.append(f"« {mappable[text].label} » n’est pas publié par {noun} : {here}")
        return default, None
    if text is not None and text in catalogue and _is_finer(catalogue[text], levels):
        notices.append(
            f"« {catalogue[text].label} » n’a de chiffre qu’à un niveau plus fin que ceux d’ici : "
            f"{here}"
        )
    elif text is not None and text in catalogue:
        notices.append(
            f"« {catalogue[text].label} » ne se dessine pas sur une carte (chiffre national "
            f"seulement, ou publié en toutes lettres) : {here}"
        )
    elif text:
        notices.append(f"L’indicateur « {quote_short(text)} » n’existe pas : {here}")
    return default, params.get("vague")


def _is_finer(indicator: Indicator, levels: Sequence[Level]) -> bool:
    """Tell whether the figures of an indicator are at levels of the map that a page does not offer."""
    drawn = set(MAP_LEVELS) & set(indicator.levels)
    return bool(drawn) and drawn.isdisjoint(levels)


def _resolve_zoning(
    text: str | None, level: Level, published: Published, notices: list[str]
) -> str:
    """Read a zoning of the set of data; where its zones are in view, one is needed."""
    zonings = published.zonings
    if text and text in zonings:
        return text
    first = next(iter(zonings), "") if level is Level.ZONE else ""
    if text:
        here = f" : voici « {zonings[first].name} »" if first else ""
        notices.append(
            f"Le zonage « {quote_short(text)} » n’existe pas dans ce jeu de données{here}."
        )
    return first


def _resolve_wave(
    text: str | None,
    indicator: Indicator,
    level: Level,
    published: Published,
    notices: list[str],
) -> str:
    waves = waves_of(published, indicator.indicator_id, level)
    if text in waves:
        return str(text)
    if text:
        notices.append(
            f"La vague « {quote_short(text)} » n’existe pas pour cet indicateur : "
            f"voici {format_wave(waves[0])}."
        )
    return waves[0]


def _resolve_other_wave(
    text: str | None,
    indicator: Indicator,
    level: Level,
    published: Published,
    notices: list[str],
) -> str:
    if not text or text in waves_of(published, indicator.indicator_id, level):
        return text or ""
    notices.append(f"La vague « {quote_short(text)} » n’existe pas pour cet indicateur.")
    return ""
