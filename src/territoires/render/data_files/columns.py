"""The columns of a table of figures, and what each takes from a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from territoires.domain.indicators import Indicator, Nature
from territoires.render.data_files.chart_columns import CHANGE_FIELDS, LANDMARK_FIELDS
from territoires.render.data_files.lines import (
    DEFF_DECIMALS,
    INTERVAL_DECIMALS,
    Line,
    Read,
    of_figure,
    of_source,
    read_deff,
    read_high,
    read_low,
    read_national_value,
    read_nature,
    read_respondents,
    read_value,
)
from territoires.render.data_files.tables import (
    Cell,
    Column,
    ColumnKind,
    Told,
    context_column,
    number_column,
    story_column,
    without_empty,
)
from territoires.views.datasets import EDITIONS
from territoires.views.french import FIABILITE_LABELS, LEVEL_LABELS, format_source_date
from territoires.views.map_view import DIFFERENCE_LABELS, STATE_LABELS

_VALUE = Column(
    "valeur",
    "Valeur",
    "Valeur publiée, arrondie comme à l’écran ; vide quand elle manque ou ne peut être diffusée : "
    "la colonne « etat » dit pourquoi.",
    ColumnKind.NUMBER,
    width=14,
    is_optional=False,
)
_FIELDS: tuple[tuple[Column, Read], ...] = (
    (
        Column(
            "jeu",
            "Jeu de données",
            "Jeu de données d’où vient la ligne.",
            width=24,
            is_optional=False,
        ),
        lambda line: EDITIONS[line.dataset].name,
    ),
    (
        Column(
            "code",
            "Code",
            "Code officiel géographique 2026 (SIREN d’une intercommunalité) : du texte, « 01 » garde "
            "son zéro.",
            width=12,
            is_optional=False,
        ),
        lambda line: line.territory.code,
    ),
    (
        Column("nom", "Nom", "Nom du territoire du chiffre.", width=30, is_optional=False),
        lambda line: line.name,
    ),
    (
        context_column("rubrique", "Rubrique", "Partie du portrait où se lit le chiffre."),
        lambda line: line.section,
    ),
    (
        Column("domaines", "Domaines", "Domaines de fragilité qu’éclaire le chiffre.", width=24),
        lambda line: line.domains,
    ),
    (
        context_column("niveau", "Niveau", "Niveau du territoire du chiffre."),
        lambda line: LEVEL_LABELS[line.territory.level],
    ),
    (
        Column(
            "territoire",
            "Territoire",
            "Niveau et code officiel : sans lui, « 53 » serait la Bretagne ou la Mayenne.",
            width=22,
            is_optional=False,
        ),
        lambda line: str(line.territory),
    ),
    (
        Column(
            "code_departement",
            "Département",
            "Code du département ; pour une intercommunalité ou une zone, celui de la plupart de ses "
            "habitants.",
            width=13,
        ),
        lambda line: line.departement,
    ),
    (
        Column("code_region", "Région", "Code de la région, trouvée de même.", width=9),
        lambda line: line.region,
    ),
    (
        context_column("indicateur", "Indicateur", "Identifiant de l’indicateur au catalogue.", 28),
        lambda line: line.indicator.indicator_id,
    ),
    (
        context_column("libelle", "Libellé", "Nom de l’indicateur.", 44),
        lambda line: line.indicator.label,
    ),
    (
        context_column(
            "interroges", "Interrogés ou champ", "Qui a répondu, ou ce qui est compté.", 24
        ),
        lambda line: line.indicator.actor_label,
    ),
    (
        context_column(
            "vague", "Vague", "Date du chiffre : année, année et mois, ou trimestre.", 12
        ),
        lambda line: line.wave,
    ),
    (_VALUE, read_value),
    (
        context_column("unite", "Unité", "Unité de la valeur.", 20),
        lambda line: line.indicator.unit_label,
    ),
    (
        Column("valeur_affichee", "Affiché", "Ce qu’en dit l’écran, mots compris.", width=20),
        of_figure(lambda figure: figure.text),
    ),
    (
        Column(
            "etat",
            "État",
            "État du chiffre, en un mot (voir « etat_en_clair »).",
            width=12,
            is_optional=False,
        ),
        lambda line: line.state.value,
    ),
    (
        Column(
            "etat_en_clair",
            "État en clair",
            "Pourquoi la valeur est là, réduite ou absente.",
            width=42,
        ),
        lambda line: STATE_LABELS[line.state],
    ),
    (
        Column(
            "classe",
            "Classe de la carte",
            "Classe qui colore le territoire, comme dans la légende.",
            width=26,
        ),
        lambda line: line.class_label,
    ),
    (
        number_column(
            "intervalle_bas",
            "Intervalle à 95 %, bas",
            "Borne basse de l’intervalle de confiance à 95 % (Wilson), dans l’unité de la valeur ; "
            "vide sans nombre de réponses.",
            INTERVAL_DECIMALS,
        ),
        read_low,
    ),
    (
        number_column(
            "intervalle_haut",
            "Intervalle à 95 %, haut",
            "Borne haute du même intervalle.",
            INTERVAL_DECIMALS,
        ),
        read_high,
    ),
    (
        Column(
            "reponses",
            "Réponses",
            "Nombre de réponses ; vide quand la source ne le donne pas (effectif non communiqué).",
            ColumnKind.INTEGER,
            width=13,
        ),
        read_respondents,
    ),
    (
        number_column(
            "effet_de_plan",
            "Effet de plan",
            "Ce qui réduit un échantillon pondéré ; vide s’il n’est pas communiqué : l’intervalle est "
            "alors optimiste si les réponses sont pondérées.",
            DEFF_DECIMALS,
        ),
        read_deff,
    ),
    (
        Column(
            "precision",
            "Précision",
            "Ce que permet l’échantillon, en mots (voir les notes).",
            width=24,
        ),
        of_figure(lambda figure: str(figure.precision) if figure.precision else ""),
    ),
    (
        Column(
            "par_rapport_a_la_france",
            "Par rapport à la France",
            "Résultat du test contre la France ; vide quand rien ne peut être testé.",
            width=30,
        ),
        lambda line: DIFFERENCE_LABELS.get(line.difference, "") if line.difference else "",
    ),
    (
        Column(
            "valeur_france",
            "France",
            "Valeur publiée pour la France à la même date, quand la question est la même ; jamais "
            "calculée.",
            ColumnKind.NUMBER,
            told=Told.CONTEXT,
            width=12,
        ),
        read_national_value,
    ),
    *CHANGE_FIELDS,
    *LANDMARK_FIELDS,
    (
        context_column("nature", "Nature", "Enquête, donnée réelle ou donnée simulée.", 24),
        read_nature,
    ),
    (
        context_column(
            "fiabilite", "Fiabilité", "Le chiffre se lit-il sans doute dans sa source ?", 26
        ),
        of_figure(lambda figure: FIABILITE_LABELS[figure.fiabilite]),
    ),
    (
        story_column("enonce", "Énoncé publié", "Mots de la source, tels que publiés."),
        of_figure(lambda figure: figure.statement),
    ),
    (
        Column(
            "autres_lectures",
            "Autres lectures publiées",
            "Ce que d’autres textes publient pour la même question.",
            width=40,
        ),
        of_figure(lambda figure: " | ".join(figure.other_readings)),
    ),
    (
        story_column("reserve", "Réserve", "Ce qu’il faut savoir de ce chiffre."),
        of_figure(lambda figure: figure.caveat),
    ),
    (
        story_column(
            "reserve_indicateur", "Réserve de l’indicateur", "Ce qu’il faut savoir de l’indicateur."
        ),
        lambda line: line.indicator.caveat,
    ),
    (story_column("source", "Source", "Titre du document publié."), of_source(lambda s: s.title)),
    (
        story_column("editeur", "Éditeur", "Qui publie ce document.", 28),
        of_source(lambda s: s.publisher),
    ),
    (
        story_column("date_source", "Date de la source", "Date du document.", 20),
        of_source(lambda s: format_source_date(s.date)),
    ),
    (
        story_column("adresse", "Adresse", "Adresse publique du document, si elle est connue."),
        of_source(lambda s: s.url),
    ),
)
#: Of a sample: official figures have none.
_OF_SAMPLES = frozenset(
    {"intervalle_bas", "intervalle_haut", "reponses", "effet_de_plan", "precision"}
)


def to_cells(
    lines: Iterable[Line], indicators: Sequence[Indicator]
) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Give the columns of some figures and their cells; a column with nothing in it is left out."""
    asked = any(indicator.nature is Nature.ENQUETE for indicator in indicators)
    fields = [field for field in _FIELDS if asked or field[0].name not in _OF_SAMPLES]
    columns = tuple(_in_unit(column, indicators) for column, _ in fields)
    reads = [read for _, read in fields]
    rows = [tuple([read(line) for read in reads]) for line in lines]
    return without_empty(columns, rows)


def _in_unit(column: Column, indicators: Sequence[Indicator]) -> Column:
    """Write the unit in the heading of the values, where they all have the same."""
    if column.name not in {"valeur", "valeur_france"}:
        return column
    units = {indicator.unit_label for indicator in indicators}
    unit = next(iter(units)) if len(units) == 1 else ""
    decimals = max((indicator.decimals for indicator in indicators), default=0)
    heading = f"{column.heading} ({unit})" if unit else column.heading
    return replace(column, heading=heading, decimals=decimals, width=max(14, len(heading) // 2))
