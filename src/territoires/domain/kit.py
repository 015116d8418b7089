"""The kit « Les outils de la co-construction territoriale » and the record around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from territoires.domain.indicators import Fiabilite, Source

_OVER = re.compile(r"\bachevée?\b", re.IGNORECASE)


class Step(StrEnum):
    """Step of the kit's path, as its table names it."""

    INFORMER = "S’informer"
    FORMER = "Se former"
    AGIR = "Agir"


class Section(StrEnum):
    """Part of the 2018 programme an item belongs to."""

    CADRE = "cadre"
    THEMATIQUE = "thematique"
    PHASE = "phase"
    ETAPE_PHASE = "etape_phase"
    SESSION = "session"
    CONTENU_SESSION = "contenu_session"
    COMITE = "comite"
    MEMBRE = "membre"
    REUNION = "reunion"
    ENTONNOIR = "entonnoir"
    JALON = "jalon"
    PILOTE_NOMME = "pilote_nomme"


@dataclass(frozen=True, slots=True)
class Resource:
    """A document, path, platform or network; `url` is empty where no source gives an address."""

    resource_id: str
    title: str
    kind: str
    producer: str
    partners: str
    date: str
    step: Step
    url: str
    note: str
    fiabilite: Fiabilite
    source_id: str

    @property
    def is_over(self) -> bool:
        """Tell whether its note says that it has ended: one reads of it, nobody joins it."""
        return _OVER.search(self.note) is not None


@dataclass(frozen=True, slots=True)
class Milestone:
    """An event of the record; `date` is a year, a month or a day, as published."""

    milestone_id: str
    date: str
    title: str
    description: str
    fiabilite: Fiabilite
    source_id: str

    @property
    def year(self) -> int:
        """Give the year."""
        return int(self.date[:4])


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """One line of the 2018 programme; `parent` names the item it belongs to, if any.

    `value` is a number of months, bodies or territories; None where the line has no number.
    """

    item_id: str
    section: Section
    order: int
    parent: str
    label: str
    detail: str
    value: int | None
    date_start: str
    date_end: str
    fiabilite: Fiabilite
    source_id: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure outside the surveys; `value` is None where the source only has words."""

    fact_id: str
    topic: str
    statement: str
    date: str
    value: float | None
    unit: str
    caveat: str
    fiabilite: Fiabilite
    source_id: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of fragility and the actors a text expects there.

    An actor that is not in `actors` is not told by the text, which is not a « no ».
    """

    domain_id: str
    label: str
    actors: tuple[str, ...]
    note: str
    fiabilite: Fiabilite
    source_id: str


@dataclass(frozen=True, slots=True)
class Divergence:
    """Two readings published of one subject, and the display they call for."""

    divergence_id: str
    topic: str
    readings: tuple[str, str]
    display: str
    sources: str


@dataclass(frozen=True, slots=True)
class Kit:
    """All of the record that helps to act: real whatever the set of data in view.

    `sources` holds what its lines cite, since the simulated set has no such source.
    """

    resources: tuple[Resource, ...]
    milestones: tuple[Milestone, ...]
    programme: tuple[ProgrammeItem, ...]
    facts: tuple[Fact, ...]
    domains: tuple[Domain, ...]
    divergences: Mapping[str, Divergence]
    sources: Mapping[str, Source]

    def domain(self, domain_id: str) -> Domain | None:
        """Give a domain by its identifier; None where it does not exist."""
        return next((d for d in self.domains if d.domain_id == domain_id), None)

    def diverging(self, *divergence_ids: str) -> tuple[Divergence, ...]:
        """Give the named subjects that published readings disagree on."""
        return tuple(self.divergences[name] for name in divergence_ids if name in self.divergences)
