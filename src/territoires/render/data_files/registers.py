"""Tables of « Sources » and of « Méthode »: what is known of the figures, not the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from territoires.domain.indicators import Source
from territoires.domain.kit import Fact, ProgrammeItem, Resource
from territoires.domain.territories import Level
from territoires.render.data_files import kit as kit_rows
from territoires.render.data_files.cards import CARD, to_card
from territoires.render.data_files.lines import NATURES
from territoires.render.data_files.tables import (
    Cell,
    Column,
    ColumnKind,
    DataTable,
    head_notes,
    name_comparable,
    number_column,
    without_empty,
)
from territoires.render.file_names import Register
from territoires.render.method_scales import scale_rows
from territoires.tables.published import Published
from territoires.views.catalyst_coverage import FAR_KM, PER_INHABITANTS, Coverage
from territoires.views.citation import Citation
from territoires.views.datasets import EDITIONS
from territoires.views.french import LEVEL_PLURALS, count, format_number, format_source_date
from territoires.views.method import MethodView

REGISTER_TITLES: Mapping[Register, str] = {
    Register.INDICATEURS: "Catalogue des indicateurs",
    Register.LECTURES: "Lectures divergentes",
    Register.MANQUANTS: "Ce qui n’est pas disponible",
    Register.SOURCES: "Registre des sources",
    Register.RESSOURCES: "Les outils de la co-construction territoriale",
    Register.PARCOURS: "Parcours d’expérience de 2018",
    Register.REPERES: "Chiffres hors enquête",
}
SCALES_TITLE = "Échelles de lecture : fiabilité et précision"
COVERAGE_TITLE = "Population proche d’un acteur, par département"
_SET = Column("jeu", "Jeu de données", "Jeu de données d’où vient la ligne.", width=24)
_SOURCE = Column("source", "Source", "Titre du document publié.", width=50)
_COVERED = {
    Level.REGION: "Régions couvertes",
    Level.DEPARTEMENT: "Départements couverts",
    Level.EPCI: "EPCI couverts",
    Level.COMMUNE: "Communes couvertes",
}
_NUMBERS = tuple(
    Column(
        f"couverture_{level}",
        heading,
        f"Nombre de {LEVEL_PLURALS[level]} qui ont au moins un chiffre.",
        ColumnKind.INTEGER,
        width=12,
    )
    for level, heading in _COVERED.items()
)
#: Of a card, what is read on a screen: long, or for other software.
_UNPRINTED = ("indicateur", "base", "sens", "decimales", "comparable", "reserve")
_Rows = Iterator[tuple[Cell, ...]]


def register_table(register: Register, published: Published, citation: Citation) -> DataTable:
    """Give a table of « Sources » or of « Agir », whole."""
    columns, read = _REGISTERS[register]
    return _to_table(columns, list(read(published)), citation)


def sources_of_register(register: Register, published: Published) -> Sequence[Source]:
    """List the sources of the rows of a table; a row of the others names its own, or is ours."""
    kit = published.kit
    cited: Mapping[Register, Sequence[Resource | ProgrammeItem | Fact]] = {
        Register.RESSOURCES: kit.resources,
        Register.PARCOURS: kit.programme,
        Register.REPERES: kit.facts,
    }
    if register in cited:
        found = (kit.sources.get(line.source_id) for line in cited[register])
        return [source for source in found if source]
    frames = {
        Register.LECTURES: (published.contradictions,),
        Register.MANQUANTS: (published.unavailable, published.groupings),
    }
    names = [name for frame in frames.get(register, ()) for name in frame.get("source_id", ())]
    return [published.sources[name] for name in names if name in published.sources]


def scales_table(view: MethodView, citation: Citation) -> DataTable:
    """Give the two scales that figures are read with, and what is done at each degree."""
    return _to_table(_SCALES, list(scale_rows(view)), citation)


def coverage_table(view: Coverage, citation: Citation) -> DataTable:
    """Give how each département stands, the least covered first."""
    rows = [
        (
            line.territory.id.code,
            line.territory.name,
            round(line.far_share_pct, 1),
            line.actors,
            round(line.density, 2),
            line.population,
        )
        for line in view.departements
    ]
    told = [
        (
            "Population",
            f"À {reach.distance_km} km au plus d’un acteur : {format_number(reach.share_pct, 1)} %, "
            f"{count(reach.population, 'habitant')}.",
        )
        for reach in view.reaches
    ]
    return _to_table(_COVERAGE, rows, citation, [("Ce qu’on y lit", view.sentence), *told])


def _indicators(published: Published) -> _Rows:
    covered = {
        key: len({one.code for one in known if not one.suppression})
        for key, known in published.by_indicator.items()
    }
    every = list(published.catalogue.values())
    comparable = name_comparable(every, published.catalogue)
    for one in every:
        numbers = (covered.get((one.indicator_id, level)) or None for level in _COVERED)
        cells = to_card(one, comparable.get(one.indicator_id, ""))
        card = {column.name: cell for column, cell in zip(CARD, cells, strict=True)}
        aside = [card.pop(name) for name in _UNPRINTED]
        yield (one.theme, *card.values(), NATURES[one.nature], *numbers, *aside)


def _readings(published: Published) -> _Rows:
    for row in published.contradictions.to_dict("records"):
        yield tuple(str(row[name]) for name in _READING_FIELDS)


def _missing(published: Published) -> _Rows:
    for row in published.unavailable.to_dict("records"):
        yield (
            str(row["statement"]),
            str(row["topic"]),
            "illisible",
            "",
            None,
            "",
            str(row["reason"]),
        )
    for row in published.groupings.to_dict("records"):
        yield (
            str(row["statement"]),
            str(row["topic"]),
            "publié pour un regroupement",
            str(row["grouping_name"]),
            float(row["value"]),
            str(row["unit"]),
            str(row["caveat"]),
        )


def _sources(published: Published) -> _Rows:
    used = Counter(one.source_id for one in published.observations)
    for source in published.sources.values():
        yield (
            source.source_id,
            source.title,
            source.publisher,
            format_source_date(source.date),
            source.kind,
            used[source.source_id],
            source.licence or "non communiquée",
            source.url,
        )


_READING_FIELDS = ("topic", "reading_1", "reading_2", "recommended_display", "sources")
_READINGS = (
    Column("nom", "Sujet", "Ce dont parlent les publications.", width=32),
    Column("lecture_1", "Une lecture", "Ce que dit une publication.", width=40),
    Column("lecture_2", "Une autre lecture", "Ce qu’en dit une autre.", width=40),
    Column("affichage", "Affichage conseillé", "Comment le montrer sans trancher.", width=40),
    Column("source", "Sources", "Publications en cause.", width=40),
)
_MISSING = (
    Column("nom", "Énoncé", "Résultat publié, dans les mots de la source.", width=40),
    Column("sujet", "Sujet", "Thème du résultat.", width=30),
    Column("pourquoi", "Pourquoi", "Ce qui empêche de l’afficher par territoire.", width=24),
    Column("publie_pour", "Publié pour", "Regroupement de territoires, s’il y en a un.", width=28),
    number_column("valeur", "Valeur", "Valeur publiée pour le regroupement.", 0),
    Column("unite", "Unité", "Unité de la valeur.", width=12),
    Column("reserve", "Réserve", "Ce qu’il faut en savoir.", width=50),
)
_SOURCES = (
    Column("identifiant", "Identifiant", "Identifiant de la source.", width=28),
    Column("nom", "Titre", "Titre du document publié.", width=50),
    Column("editeur", "Éditeur", "Qui publie ce document.", width=28),
    Column("date", "Date", "Date du document.", width=20),
    Column("type", "Type", "Nature du document.", width=18),
    Column(
        "chiffres", "Chiffres", "Nombre de chiffres qui en viennent.", ColumnKind.INTEGER, width=12
    ),
    Column("licence", "Licence", "À quelles conditions l’employer.", width=30),
    Column("adresse", "Adresse", "Adresse publique du document, si elle est connue.", width=50),
)
_SCALES = (
    Column(
        "echelle", "Échelle", "Fiabilité de la source, ou précision de l’échantillon.", width=20
    ),
    Column("nom", "Degré", "Degré de l’échelle.", width=28),
    Column("sens", "Ce que cela veut dire", "Ce que dit ce degré.", width=44),
    Column("reponses", "Réponses", "Nombre de réponses qui y mène.", width=30),
    Column("carte", "Sur la carte", "Ce que la carte montre.", width=36),
    Column("classement", "Dans un classement", "Le chiffre peut-il se classer ?", width=18),
)
_COVERAGE = (
    Column("code", "Code", "Code officiel géographique du département.", width=10),
    Column("nom", "Département", "Nom du département.", width=28),
    number_column(
        "part_loin",
        f"À plus de {FAR_KM} km (%)",
        f"Part de la population à plus de {FAR_KM} km, à vol d’oiseau, d’un acteur de la liste.",
        1,
    ),
    Column("acteurs", "Acteurs", "Acteurs placés dans le département.", ColumnKind.INTEGER),
    number_column(
        "densite",
        f"Pour {format_number(PER_INHABITANTS)} hab.",
        "Acteurs rapportés aux habitants : un taux, d’un petit nombre d’acteurs.",
        2,
    ),
    Column("habitants", "Habitants", "Population municipale.", ColumnKind.INTEGER),
)
_INDICATORS = (
    Column("theme", "Thème", "Thème de l’indicateur.", width=24),
    *(column for column in CARD if column.name not in _UNPRINTED),
    Column("nature", "Nature", "Enquête, donnée réelle ou donnée simulée.", width=18),
    *_NUMBERS,
    *(replace(column, is_code=True) for column in CARD if column.name in _UNPRINTED),
)
_REGISTERS: Mapping[Register, tuple[Sequence[Column], Callable[[Published], _Rows]]] = {
    Register.INDICATEURS: (_INDICATORS, _indicators),
    Register.LECTURES: (_READINGS, _readings),
    Register.MANQUANTS: (_MISSING, _missing),
    Register.SOURCES: (_SOURCES, _sources),
    Register.RESSOURCES: (kit_rows.RESOURCES, lambda data: kit_rows.resources(data.kit)),
    Register.PARCOURS: (kit_rows.PROGRAMME, lambda data: kit_rows.programme(data.kit)),
    Register.REPERES: (kit_rows.FACTS, lambda data: kit_rows.facts(data.kit)),
}


def _to_table(
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    citation: Citation,
    told: Sequence[tuple[str, str]] = (),
) -> DataTable:
    name = EDITIONS[citation.dataset].name
    kept, cells = without_empty((_SET, *columns), [(name, *row) for row in rows])
    kept = kept or (_SET, *columns)
    return DataTable(
        citation,
        kept,
        cells,
        keys=(),
        indicators=(),
        comparable={},
        notes=(
            ("Titre", citation.marked_title),
            *head_notes(citation.dataset),
            *told,
            *(("À savoir", caveat) for caveat in citation.caveats),
        ),
    )
