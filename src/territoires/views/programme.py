"""The 2018 programme of experience, put back together from its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from territoires.domain.indicators import Fiabilite, Source
from territoires.domain.kit import Divergence, Kit, ProgrammeItem, Section
from territoires.views.french import agree, count, format_number, format_source_date

_DIVERGENCES = ("entonnoir_territoires", "partenaires_parcours")
#: Lines of the funnel that are not levels of it: what was aimed at, and those who refused.
_TARGET, _REFUSED = "entonnoir-01", "entonnoir-04"
#: Stands where a date is not given.
NO_DATE = "date non disponible"


@dataclass(frozen=True, slots=True)
class Branch:
    """An item with those that belong to it: phase and its steps, session and its content."""

    item: ProgrammeItem
    children: tuple[ProgrammeItem, ...]


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee, its members as of its framing note, those named later, its meetings."""

    item: ProgrammeItem
    members: tuple[ProgrammeItem, ...]
    named_later: tuple[ProgrammeItem, ...]
    meetings: tuple[ProgrammeItem, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Territories asked, agreed and reported, with what was aimed at and the refusals beside."""

    levels: tuple[ProgrammeItem, ...]
    target: ProgrammeItem | None
    refused: ProgrammeItem | None
    sentence: str

    @property
    def items(self) -> tuple[ProgrammeItem, ...]:
        """Give every line of it, in the order of the source."""
        lines = (self.target, *self.levels, self.refused)
        return tuple(sorted((item for item in lines if item), key=lambda item: item.order))


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole programme."""

    frame: tuple[ProgrammeItem, ...]
    themes: tuple[ProgrammeItem, ...]
    phases: tuple[Branch, ...]
    sessions: tuple[Branch, ...]
    committees: tuple[Committee, ...]
    funnel: Funnel
    events: tuple[ProgrammeItem, ...]
    pilots: tuple[ProgrammeItem, ...]
    divergences: tuple[Divergence, ...]
    sources: Mapping[str, Source]
    sentence: str


def build_programme(kit: Kit) -> Programme | None:
    """Put the programme together; None where its table has no row."""
    if not kit.programme:
        return None
    themes, phases = _of(kit, Section.THEMATIQUE), _of(kit, Section.PHASE)
    sessions, committees = _of(kit, Section.SESSION), _of(kit, Section.COMITE)
    return Programme(
        frame=_of(kit, Section.CADRE),
        themes=themes,
        phases=tuple(Branch(item, _in(kit, item, Section.ETAPE_PHASE)) for item in phases),
        sessions=tuple(Branch(item, _in(kit, item, Section.CONTENU_SESSION)) for item in sessions),
        committees=tuple(_committee(kit, item) for item in committees),
        funnel=_funnel(kit),
        events=_of(kit, Section.JALON),
        pilots=_of(kit, Section.PILOTE_NOMME),
        divergences=kit.diverging(*_DIVERGENCES),
        sources=kit.sources,
        sentence=(
            f"{count(len(themes), 'thématique')}, {count(len(phases), 'phase')}, "
            f"{count(len(sessions), 'session')}, {count(len(committees), 'comité')}."
        ),
    )


def say_dates(item: ProgrammeItem) -> str:
    """Write when: « de juillet 2017 à mars 2018 », « 3 mai 2018 », or that nobody says."""
    if item.date_start and item.date_end:
        start, end = format_source_date(item.date_start), format_source_date(item.date_end)
        elided = "d’" if start[0] in "aoAO" else "de "
        return f"{elided}{start} à {end}"
    return format_source_date(item.date_start) if item.date_start else NO_DATE


def _of(kit: Kit, section: Section) -> tuple[ProgrammeItem, ...]:
    found = [item for item in kit.programme if item.section is section]
    return tuple(sorted(found, key=lambda item: item.order))


def _in(kit: Kit, parent: ProgrammeItem, section: Section) -> tuple[ProgrammeItem, ...]:
    return tuple(item for item in _of(kit, section) if item.parent == parent.item_id)


def _committee(kit: Kit, item: ProgrammeItem) -> Committee:
    members = _in(kit, item, Section.MEMBRE)
    return Committee(
        item,
        tuple(m for m in members if m.fiabilite is not Fiabilite.AMBIGUE),
        tuple(m for m in members if m.fiabilite is Fiabilite.AMBIGUE),
        _in(kit, item, Section.REUNION),
    )


def _funnel(kit: Kit) -> Funnel:
    lines = [item for item in _of(kit, Section.ENTONNOIR) if item.value is not None]
    target = next((item for item in lines if item.item_id == _TARGET), None)
    refused = next((item for item in lines if item.item_id == _REFUSED), None)
    levels = tuple(item for item in lines if item not in (target, refused))
    return Funnel(levels, target, refused, _say_funnel(levels, target, refused))


def _say_funnel(
    levels: tuple[ProgrammeItem, ...],
    target: ProgrammeItem | None,
    refused: ProgrammeItem | None,
) -> str:
    """Say the numbers in the order of the table, each with its own words and nothing between."""
    parts = [
        f"{item.label.lower()} : {format_number(item.value or 0)}"
        for item in (*((target,) if target else ()), *levels)
    ]
    text = " ; ".join(parts)
    if refused and refused.value is not None:
        number = count(refused.value, "refus", "refus")
        text += f" ; {number} {agree(refused.value, 'exprimé', 'exprimés')}"
    return f"{text[0].upper()}{text[1:]}." if text else ""
