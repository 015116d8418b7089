"""Tables of what is no survey: the territories of the 2018 programme, the chronology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from territoires.domain.indicators import Fiabilite, Source
from territoires.domain.selection import Dataset
from territoires.render.data_files.tables import (
    Cell,
    Column,
    ColumnKind,
    DataTable,
    head_notes,
    without_empty,
)
from territoires.views.citation import Citation
from territoires.views.datasets import EDITIONS
from territoires.views.french import FIABILITE_LABELS, format_source_date
from territoires.views.programme import Programme
from territoires.views.timeline import Timeline

_SET = Column("jeu", "Jeu de données", "Jeu de données d’où vient la ligne.", width=24)
_RELIABILITY = Column(
    "fiabilite", "Fiabilité", "La ligne se lit-elle sans doute dans sa source ?", width=26
)
_SOURCE = (
    Column("source", "Source", "Titre du document publié.", width=50),
    Column("editeur", "Éditeur", "Qui publie ce document.", width=28),
    Column("date_source", "Date de la source", "Date du document.", width=20),
    Column("adresse", "Adresse", "Adresse publique du document, si elle est connue.", width=40),
)
_FUNNEL = (
    _SET,
    Column("nom", "Territoires", "Ce qui est compté.", width=28, is_optional=False),
    Column("valeur", "Nombre", "Nombre publié de territoires.", ColumnKind.INTEGER, width=12),
    Column("detail", "Détail", "Ce qu’en dit la source.", width=50),
    _RELIABILITY,
    *_SOURCE,
)
_TIMELINE = (
    _SET,
    Column("date", "Date", "Année, mois ou jour, comme publié.", width=14, is_optional=False),
    Column("nom", "Jalon", "Ce qui a eu lieu.", width=50, is_optional=False),
    Column("description", "Description", "Ce qu’en dit la source.", width=70),
    _RELIABILITY,
    *_SOURCE,
)


def funnel_table(view: Programme, dataset: Dataset, citation: Citation) -> DataTable:
    """Give every number of territories of the programme, in its order."""
    rows = [
        (item.label, item.value, item.detail, *_about(item.fiabilite, item.source_id, view.sources))
        for item in view.funnel.items
    ]
    return _to_table(_FUNNEL, rows, dataset, citation, view.funnel.sentence)


def timeline_table(view: Timeline, dataset: Dataset, citation: Citation) -> DataTable:
    """Give every event of the chronology, in the order of the dates."""
    rows = [
        (one.date, one.title, one.description, *_about(one.fiabilite, one.source_id, view.sources))
        for one in view.milestones
    ]
    return _to_table(_TIMELINE, rows, dataset, citation, view.sentence)


def _about(fiabilite: Fiabilite, source_id: str, sources: Mapping[str, Source]) -> Iterator[Cell]:
    yield FIABILITE_LABELS[fiabilite]
    source = sources.get(source_id)
    if source is None:
        yield from ("",) * len(_SOURCE)
    else:
        yield from (source.title, source.publisher, format_source_date(source.date), source.url)


def _to_table(
    columns: Sequence[Column],
    rows: Iterable[tuple[Cell, ...]],
    dataset: Dataset,
    citation: Citation,
    sentence: str,
) -> DataTable:
    cells = [(EDITIONS[dataset].name, *row) for row in rows]
    kept, shown = without_empty(columns, cells)
    return DataTable(
        citation,
        kept,
        shown,
        keys=(),
        indicators=(),
        comparable={},
        notes=(
            ("Titre", citation.marked_title),
            *head_notes(dataset),
            ("Ce qu’on y lit", sentence),
            *(("À savoir", caveat) for caveat in citation.caveats),
        ),
    )
