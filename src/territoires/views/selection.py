"""Read a link: what it asks for, checked against what exists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from territoires.domain.directory import Directory
from territoires.domain.indicators import Indicator, Reading, wave_order
from territoires.domain.selection import ActorFilter, Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.errors import DataFileError, UnknownTerritoryError
from territoires.tables.published import Published
from territoires.views.classification import read_choice
from territoires.views.datasets import EDITIONS
from territoires.views.french import LEVEL_PLURALS, format_wave, quote_short

#: Levels the map page offers; the engine draws all of them.
MAP_LEVELS = (Level.REGION, Level.DEPARTEMENT)
#: Territories that « Comparer » sets side by side.
MAX_COMPARED = 5
#: Short names that the page concerned checks against what exists.
_SHORT_NAME = re.compile(r"[a-z0-9_-]{1,60}")
_ANSWERS = re.compile(r"[0-3-]{5}")
#: Longest text looked for among the actors.
MAX_TEXT = 80


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is in view, and one French notice per parameter that had to be replaced."""

    selection: Selection
    notices: tuple[str, ...]


def mappable_indicators(published: Published) -> list[Indicator]:
    """Keep what a map can show: rates as colours, counts as symbols, with a number below France."""
    return [
        indicator
        for indicator in published.catalogue.values()
        if any(
            observation.value is not None
            for level in MAP_LEVELS
            for observation in published.of_indicator(indicator.indicator_id, level)
        )
    ]


def first_of(indicators: Sequence[Indicator]) -> Indicator:
    """Choose what is shown first: a colour says more at a glance than symbols do."""
    return next((i for i in indicators if i.is_colourable), indicators[0])


def resolve_selection(
    params: Mapping[str, str],
    published: Published,
    directory: Directory,
) -> Resolved:
    """Check every parameter of a link; what is unknown falls back to what exists, with a notice."""
    _, notices = resolve_dataset(params)
    indicator = _resolve_indicator(params, published, notices)
    level = _resolve_level(params.get("niveau"), indicator, notices)
    wave = _resolve_wave(params.get("vague"), indicator, level, published, notices)
    selection = Selection(
        dataset=published.dataset,
        indicator_id=indicator.indicator_id,
        wave=wave,
        level=level,
        territory=_resolve_territory(params.get("territoire"), directory, notices),
        mode=_resolve_mode(params.get("voir"), notices),
        classes=read_choice(params, notices),
        actors=_resolve_actors(params.get("acteurs"), notices),
        compared=_resolve_compared(params.get("avec"), directory, notices),
        other_wave=_resolve_other_wave(params.get("vague2"), indicator, level, published, notices),
        theme=_short_name(params.get("theme")),
        within=_resolve_within(params.get("dans"), directory, notices),
        answers=_resolve_answers(params.get("reponses"), notices),
        domain=_short_name(params.get("domaine")),
        actor_filter=ActorFilter(
            _short_name(params.get("nature")),
            (params.get("metier") or "")[:MAX_TEXT],
            (params.get("texte") or "")[:MAX_TEXT],
        ),
    )
    return Resolved(selection, tuple(notices))


def waves_of(published: Published, indicator_id: str, level: Level) -> list[str]:
    """List the waves of an indicator at a level, latest first, the undated one last."""
    waves = {
        o.wave
        for o in published.of_indicator(indicator_id, level)
        if o.reading is Reading.PRINCIPALE
    }
    return sorted(waves, key=wave_order, reverse=True)


def resolve_dataset(params: Mapping[str, str]) -> tuple[Dataset, list[str]]:
    """Read which set of data a link asks for; drafts are reserved, and said so."""
    text = params.get("jeu")
    if not text or text in {Dataset.PUBLIE.value, Dataset.DEMONSTRATION.value}:
        return Dataset(text) if text else Dataset.PUBLIE, []
    if text == Dataset.BROUILLON.value:
        reason = "Aucun brouillon n’est en préparation"
    else:
        reason = f"Le jeu de données « {quote_short(text)} » n’existe pas"
    return Dataset.PUBLIE, [f"{reason} : voici les données publiées."]


def _resolve_indicator(
    params: Mapping[str, str], published: Published, notices: list[str]
) -> Indicator:
    catalogue = published.catalogue
    mappable = {indicator.indicator_id: indicator for indicator in mappable_indicators(published)}
    text = params.get("indicateur")
    if text in mappable:
        return mappable[text]
    # A link that names only a level gets the first indicator known there.
    at_level = [i for i in mappable.values() if params.get("niveau") in {v.value for v in i.levels}]
    default = mappable.get(EDITIONS[published.dataset].default_indicator) or next(
        iter(mappable.values()), None
    )
    if default is None:
        raise DataFileError(
            "Aucun indicateur n’a de chiffre par région ou par département : rien à dessiner.",
            remedy="Récupérez les fichiers d’origine : git checkout -- data/indicators",
        )
    if at_level and default not in at_level:
        default = first_of(at_level)
    if text is not None and text in catalogue:
        notices.append(
            f"« {catalogue[text].label} » ne se dessine pas sur une carte (chiffre national "
            f"seulement, ou publié en toutes lettres) : voici « {default.label} »."
        )
    elif text:
        notices.append(
            f"L’indicateur « {quote_short(text)} » n’existe pas : voici « {default.label} »."
        )
    return default


def _resolve_level(text: str | None, indicator: Indicator, notices: list[str]) -> Level:
    offered = [level for level in MAP_LEVELS if level in indicator.levels]
    if text in {level.value for level in offered}:
        return Level(text)
    if text in {level.value for level in MAP_LEVELS}:
        notices.append(
            f"« {indicator.label} » n’est pas publié par {_singular(Level(text))} : "
            f"voici les {LEVEL_PLURALS[offered[0]]}."
        )
    elif text:
        notices.append(
            f"Le niveau « {quote_short(text)} » n’est pas proposé ici : "
            f"voici les {LEVEL_PLURALS[offered[0]]}."
        )
    return offered[0]


def _singular(level: Level) -> str:
    return {Level.REGION: "région", Level.DEPARTEMENT: "département"}.get(level, level.value)


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


def _resolve_mode(text: str | None, notices: list[str]) -> Mode:
    if not text or text in set(Mode):
        return Mode(text) if text else Mode.VALEUR
    notices.append(f"« voir={quote_short(text)} » n’existe pas : voici la valeur.")
    return Mode.VALEUR


def _resolve_actors(text: str | None, notices: list[str]) -> bool:
    if text and text not in {"oui", "non"}:
        notices.append(
            f"« acteurs={quote_short(text)} » se lit « oui » ou « non » : voici les acteurs."
        )
    return text != "non"


def _resolve_compared(
    text: str | None, directory: Directory, notices: list[str]
) -> tuple[TerritoryId, ...]:
    """Read the territories set side by side: those that exist, each once, a handful at most."""
    asked = list(dict.fromkeys((text or "").split()))
    found = tuple(
        territory
        for name in asked[:MAX_COMPARED]
        if (territory := _resolve_territory(name, directory, notices))
    )
    if len(asked) > MAX_COMPARED:
        notices.append(
            f"{len(asked)} territoires demandés : la comparaison en montre {MAX_COMPARED} au plus."
        )
    return found


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


def _resolve_within(
    text: str | None, directory: Directory, notices: list[str]
) -> TerritoryId | None:
    """Read the wider territory that the map is limited to; the country is no limit."""
    territory = _resolve_territory(text, directory, notices)
    if territory is None or territory.level is Level.PAYS:
        return None
    if territory.level is Level.COMMUNE:
        notices.append(f"« dans={territory} » : une commune ne contient aucun autre territoire.")
        return None
    return territory


def _resolve_answers(text: str | None, notices: list[str]) -> str:
    if text and not _ANSWERS.fullmatch(text):
        notices.append(
            f"« reponses={quote_short(text)} » ne se lit pas : cinq caractères de 0 à 3 (ou « - ») "
            "sont attendus ; l’autodiagnostic est vide."
        )
        return ""
    return text or ""


def _short_name(text: str | None) -> str:
    """Keep a short name; the page that lists what bears it knows which exist."""
    return text if text and _SHORT_NAME.fullmatch(text) else ""


def _resolve_territory(
    text: str | None, directory: Directory, notices: list[str]
) -> TerritoryId | None:
    if not text:
        return None
    try:
        territory = TerritoryId.parse(text)
    except UnknownTerritoryError as error:
        notices.append(f"{error.message} {error.remedy}")
        return None
    if territory not in directory:
        notices.append(
            f"Le territoire « {territory} » n’existe pas au code officiel géographique 2026."
        )
        return None
    return territory
