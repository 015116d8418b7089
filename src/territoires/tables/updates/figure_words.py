"""What is said of the cells of a file of figures that cannot be read as they are."""

from __future__ import annotations

from collections.abc import Iterable

from territoires.domain.territories import Level
from territoires.domain.updates import Problem
from territoires.tables.updates.problems import block, join, note, warn

#: What a figure needs besides a value and a territory.
_LEVELS = {
    Level.PAYS: "pays",
    Level.REGION: "région",
    Level.DEPARTEMENT: "département",
    Level.ZONE: "zone",
    Level.EPCI: "intercommunalité",
    Level.COMMUNE: "commune",
}
_PARTS = {"indicator": "un indicateur", "wave": "une vague ou un millésime"}


def no_value_column() -> Problem:
    """Ask which column holds the values."""
    mend = "Dites quelle colonne du fichier les contient."
    return block("column-value", "une colonne de valeurs", mend)


def no_place_column() -> Problem:
    """Ask which column holds the territories."""
    return block(
        "column-place",
        "une colonne de codes ou de noms de territoires",
        "Dites quelle colonne du fichier les contient. Si tout vaut pour la France, choisissez le "
        "niveau «\u00a0pays\u00a0».",
    )


def no_part(name: str, column: str) -> Problem:
    """Ask for the indicator or the wave of a column that nothing gives."""
    that = "le" if name == "indicator" else "la"
    mend = f"Choisissez-{that} pour cette colonne ou pour tout le fichier, ou ajoutez une colonne."
    return block(f"{name}-missing", _PARTS[name], mend, column=column)


def empty_part(name: str, column: str) -> Problem:
    """Ask for the indicator or the wave of a row whose cell is empty."""
    mend = "Complétez la cellule, ou dites ce qui vaut pour tout le fichier."
    return block(f"{name}-missing", _PARTS[name], mend, column=column)


def shared_sample(column: str) -> Problem:
    """Tell one sample for several waves: people are not the same from one to the next."""
    return warn(
        "respondents-shared",
        "un nombre de réponses par vague",
        "Cet effectif est repris pour chacune des vagues du fichier\u00a0: séparez-les s’il ne "
        "vaut que pour l’une.",
        column=column,
    )


def no_place(column: str) -> Problem:
    """Tell a value that is of nowhere."""
    return block(
        "place-missing",
        "le code ou le nom d’un territoire",
        "Une valeur sans territoire ne se publie pas\u00a0: complétez la cellule, ou laissez la "
        "ligne de côté.",
        column=column,
    )


def idle_row(column: str) -> Problem:
    """Tell a row without place nor value, a remark most often."""
    mend = "Ligne sans territoire ni valeur, laissée de côté."
    return note("row-left-out", "un territoire et une valeur", mend, column=column)


def wrong_level(level: Level, allowed: Iterable[Level], column: str) -> Problem:
    """Refuse a level at which no figure may be published."""
    return block(
        "level",
        f"un territoire de l’un des niveaux {join([_LEVELS[one] for one in allowed])}",
        "Aucun chiffre ne se publie à ce niveau\u00a0: laissez la ligne de côté.",
        column=column,
        read=_LEVELS[level],
    )


def other_reading(text: str, column: str) -> Problem:
    """Tell a row that is not the main reading."""
    return note(
        "reading-left-out",
        "la lecture principale",
        "Les autres lectures et les reprises ne se mettent pas à jour par un fichier de "
        "chiffres\u00a0: ligne laissée de côté, rien n’est changé.",
        column=column,
        read=text,
    )


def nothing_read() -> Problem:
    """Tell a file without any figure."""
    return block(
        "no-figure",
        "au moins un chiffre",
        "Aucune valeur n’a pu être lue\u00a0: relisez ce que chaque colonne est devenue.",
    )


def future(column: str, wave: str) -> Problem:
    """Tell a wave that has not come yet."""
    return warn(
        "wave-future",
        "une vague passée",
        "Cette vague est dans l’avenir\u00a0: vérifiez l’année.",
        column=column,
        read=wave,
    )


def not_a_number(text: str, row: int, column: str) -> Problem:
    """Refuse a value that is no number."""
    return block(
        "not-a-number",
        "un nombre",
        "Écrivez un nombre seul, ou «\u00a0n.d.\u00a0» si la valeur n’est pas connue.",
        row=row,
        column=column,
        read=text,
    )


def too_many(row: int) -> Problem:
    """Tell that the rows after this one were not read."""
    return block(
        "too-many-problems",
        "les chiffres d’une enquête",
        "Trop de cellules sont à corriger\u00a0: les lignes suivantes ne sont pas lues. Vérifiez que "
        "c’est le bon fichier et que chaque colonne est prise pour ce qu’elle est.",
        row=row,
    )


def missing_value(text: str, column: str) -> Problem:
    """Tell a value that is not there."""
    return note(
        "missing-value",
        "une valeur",
        "Valeur manquante laissée de côté\u00a0: rien n’est inventé à sa place.",
        column=column,
        read=text,
    )


def wrong_sample(name: str, text: str, row: int, column: str) -> Problem:
    """Refuse a sample size or a design effect that is none."""
    if name == "respondents":
        expected = "un nombre entier de réponses, 1 au moins"
        mend = "Comptez les personnes qui ont répondu, sans pondération, ou videz la cellule."
    else:
        expected = "un effet de plan, 1 au moins"
        mend = "Un effet de plan inférieur à 1 n’est pas crédité\u00a0: écrivez 1, ou videz la cellule."
    return block(name, expected, mend, row=row, column=column, read=text)


def too_long(text: str, most: int, row: int, column: str) -> Problem:
    """Refuse a text that nobody could read."""
    return block(
        "too-long",
        f"{most} caractères au plus",
        f"Raccourcissez ce texte, qui en a {len(text)}.",
        row=row,
        column=column,
        read=text,
    )


def cleaned(column: str) -> Problem:
    """Tell characters that cannot be seen, taken away."""
    return note(
        "cleaned",
        "un texte d’une ligne, sans caractère invisible",
        "Caractères invisibles retirés.",
        column=column,
    )


def wrong_wave(text: str, column: str) -> Problem:
    """Refuse a text that is no wave."""
    return block(
        "wave",
        "une vague ou un millésime, comme «\u00a02024\u00a0», «\u00a02024-11\u00a0» ou "
        "«\u00a02024-T4\u00a0»",
        "Corrigez la cellule, ou écrivez «\u00a0non précisée\u00a0» si la source ne le dit pas.",
        column=column,
        read=text,
    )
