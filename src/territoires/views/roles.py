"""Who is expected to act on each domain, what mayors say of the others, and their profiles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from territoires.domain.indicators import Fiabilite, Indicator, Source
from territoires.domain.selection import Dataset
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.figure import Figure, national_figure
from territoires.views.french import count, format_wave, join_words
from territoires.views.portrait_figures import Comparison, TerritoryFigures
from territoires.views.shares import bare_label, say_shares

ROLES_THEME = "Acteurs et rôles"
#: Columns of domains.csv, and what they are called.
ACTORS = {
    "citoyens": "Citoyens",
    "associations": "Associations",
    "entreprises": "Entreprises",
    "collectivites": "Collectivités",
}
#: Number of profiles told apart by a study that names none of them.
_PROFILES_NUMBER = "profils_maires_nombre"
_PROFILE = re.compile(r"(?:.*_)?profil_[a-z]")
_EXPECTED = re.compile(r"(?:.*_)?role_(citoyens|associations|entreprises|collectivites)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])")


class Expectation(StrEnum):
    """What the source says of an actor in a domain; an empty cell is no « no »."""

    ATTENDU = "attendu"
    NON_RETENU = "non retenu"
    NON_PRECISE = "non précisé"


_READ = {"true": Expectation.ATTENDU, "false": Expectation.NON_RETENU}


@dataclass(frozen=True, slots=True)
class DomainRoles:
    """A domain with what is expected of each actor, in the order of ``ACTORS``."""

    label: str
    expectations: tuple[Expectation, ...]
    note: str
    fiabilite: Fiabilite
    source: Source


@dataclass(frozen=True, slots=True)
class Roles:
    """Who is expected where, and the figures on actors and roles.

    ``general_note`` is what the source says of every domain. ``expected`` are the shares of those
    who expect each actor, ``profiles`` those of each profile of mayors, ``others`` the remaining
    figures of the theme; each is empty where the set has none.
    """

    dataset: Dataset
    domains: tuple[DomainRoles, ...]
    general_note: str
    expected: tuple[Comparison, ...]
    profiles: tuple[Comparison, ...]
    others: tuple[Comparison, ...]
    sentence: str
    expected_sentence: str
    profiles_sentence: str
    #: France's number of profiles, where only that is published, with its indicator.
    profiles_number: tuple[Indicator, Figure] | None

    @property
    def sources(self) -> tuple[Source, ...]:
        """List where the matrix comes from."""
        return tuple(dict.fromkeys(domain.source for domain in self.domains))


def build_roles(published: Published, figures: TerritoryFigures) -> Roles:
    """Read the matrix of the domains and the figures on actors, nearest territory first."""
    domains, general = _domains(published)
    known = [
        line
        for line in figures.lines(lambda indicator: indicator.theme == ROLES_THEME)
        if line.local or line.national
    ]
    expected = tuple(x for x in known if _EXPECTED.fullmatch(x.indicator.indicator_id))
    profiles = tuple(x for x in known if _PROFILE.fullmatch(x.indicator.indicator_id))
    number = _profiles_number(published)
    return Roles(
        dataset=published.dataset,
        domains=domains,
        general_note=general,
        expected=expected,
        profiles=profiles,
        others=tuple(x for x in known if x not in expected and x not in profiles),
        sentence=_say(published.dataset, domains),
        expected_sentence=_say_lines(published.dataset, "Acteurs attendus", expected),
        profiles_sentence=_say_lines(published.dataset, "Profils", profiles) or _say_number(number),
        profiles_number=number,
    )


def _domains(published: Published) -> tuple[tuple[DomainRoles, ...], str]:
    """Read each domain's row, and take out of the notes what they all say."""
    rows = list(published.domains.sort_values("source_order").itertuples(index=False))
    notes = [_SENTENCE.split(str(row.note)) for row in rows]
    shared = [s for s in (notes[0] if notes else []) if s and all(s in note for note in notes)]
    domains = tuple(
        DomainRoles(
            label=str(row.label),
            expectations=tuple(
                _READ.get(str(getattr(row, actor)), Expectation.NON_PRECISE) for actor in ACTORS
            ),
            note=" ".join(sentence for sentence in note if sentence not in shared),
            fiabilite=Fiabilite(str(row.fiabilite)),
            source=published.sources[str(row.source_id)],
        )
        for row, note in zip(rows, notes, strict=True)
    )
    return domains, " ".join(shared)


def _profiles_number(published: Published) -> tuple[Indicator, Figure] | None:
    indicator = published.catalogue.get(_PROFILES_NUMBER)
    if indicator is None or not indicator.waves:
        return None
    figure = national_figure(published, indicator, indicator.waves[-1])
    return (indicator, figure) if figure else None


def _say(dataset: Dataset, domains: Sequence[DomainRoles]) -> str:
    """Count the domains on which each actor is expected; an empty cell is not a « no »."""
    counts = Counter(
        actor
        for domain in domains
        for actor, expectation in zip(ACTORS, domain.expectations, strict=True)
        if expectation is Expectation.ATTENDU
    )
    parts = [
        f"les {label.lower()} sur {counts[actor] or 'aucun'}" for actor, label in ACTORS.items()
    ]
    all_cells = [expectation for domain in domains for expectation in domain.expectations]
    text = (
        f"{EDITIONS[dataset].mark}Sur {count(len(domains), 'domaine')} de fragilité, sont attendus : "
        f"{join_words(parts)}"
    )
    if empty := all_cells.count(Expectation.NON_PRECISE):
        cells = count(empty, "case est vide", "cases sont vides")
        text += f" ; {cells} sur {len(all_cells)}, ce qui veut dire « non précisé », pas « non »"
    return f"{text}."


def _say_lines(dataset: Dataset, start: str, lines: Sequence[Comparison]) -> str:
    """Say shares of one question, the territory's beside France's; empty where there is none."""
    figure = next((f for line in lines if (f := line.local or line.national)), None)
    if figure is None:
        return ""
    holder = next((line.holder for line in lines if line.holder), None)
    told = say_shares([short_name(line.indicator) for line in lines], lines, holder)
    about = f"{lines[0].indicator.actor_label}, {format_wave(figure.wave)}"
    return f"{EDITIONS[dataset].mark}{start}, {about} : {told}."


def _say_number(number: tuple[Indicator, Figure] | None) -> str:
    """Say how many profiles a study tells apart, and what it does not publish of them."""
    if number is None:
        return ""
    indicator, figure = number
    wave = format_wave(figure.wave)
    text = f"L’étude {indicator.study} ({wave}) distingue {figure.text} de maires."
    return f"{text} {figure.caveat}".strip()


def short_name(indicator: Indicator) -> str:
    """Name a share among those of its question: « profil A », « citoyens »."""
    if found := _EXPECTED.fullmatch(indicator.indicator_id):
        return ACTORS[found[1]].lower()
    name = bare_label(indicator)
    return name[:1].lower() + name[1:]
