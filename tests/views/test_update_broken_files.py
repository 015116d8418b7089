"""Files of figures with one thing wrong: the code, the place and the very words of each problem."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from territoires.domain.updates import Absent, ColumnRole, Scale, Severity
from territoires.tables.updates import figure_reader
from territoires.views import update_places
from tests.views.conftest import Reviewer, Tables

H = "Région;Taux;Répondants\n"
TWICE = (
    ColumnRole(0, "name"),
    ColumnRole(1, "value"),
    ColumnRole(2, "respondents"),
    ColumnRole(3, "respondents"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A file, what a person said of it, and the one problem it is told for."""

    name: str
    content: str
    severity: Severity
    code: str
    row: int
    column: str
    message: str
    said: dict[str, object] = field(default_factory=dict)


CASES = (
    Case(
        "value in letters",
        H + "Bretagne;quatre-vingts;100\n",
        Severity.BLOCKING,
        "not-a-number",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a0quatre-vingts\u00a0», attendu un nombre. Écrivez un nombre seul, ou «\u00a0n.d.\u00a0» si la valeur n’est pas connue.",
    ),
    Case(
        "two decimal signs",
        H + "Bretagne;77,5,2;100\n",
        Severity.BLOCKING,
        "not-a-number",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a077,5,2\u00a0», attendu un nombre. Écrivez un nombre seul, ou «\u00a0n.d.\u00a0» si la valeur n’est pas connue.",
    ),
    Case(
        "scientific notation",
        H + "Bretagne;7e1;100\n",
        Severity.BLOCKING,
        "not-a-number",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a07e1\u00a0», attendu un nombre. Écrivez un nombre seul, ou «\u00a0n.d.\u00a0» si la valeur n’est pas connue.",
    ),
    Case(
        "share over 100",
        H + "Bretagne;178;100\n",
        Severity.BLOCKING,
        "share",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a0178\u00a0», attendu un pourcentage entre 0 et 100. Vérifiez la valeur à sa source\u00a0: rien n’est corrigé à votre place.",
    ),
    Case(
        "negative share",
        H + "Bretagne;-3;100\n",
        Severity.BLOCKING,
        "share",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a0-3\u00a0», attendu un pourcentage entre 0 et 100. Vérifiez la valeur à sa source\u00a0: rien n’est corrigé à votre place.",
    ),
    Case(
        "negative count",
        H + "Bretagne;-3;100\n",
        Severity.BLOCKING,
        "negative",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a0-3\u00a0», attendu un nombre positif ou nul. Vérifiez la valeur à sa source\u00a0: rien n’est corrigé à votre place.",
        {"indicator_id": "maires_volontaires_nombre"},
    ),
    Case(
        "count that is not whole",
        H + "Bretagne;3,5;100\n",
        Severity.WARNING,
        "count-not-whole",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a03,5\u00a0», attendu un nombre entier. Cet indicateur compte\u00a0: vérifiez qu’il ne s’agit pas d’une part ou d’une moyenne.",
        {"indicator_id": "maires_volontaires_nombre"},
    ),
    Case(
        "score over its scale",
        H + "France;12;100\n",
        Severity.BLOCKING,
        "score",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a012\u00a0», attendu une valeur entre 0 et 10. Vérifiez la valeur à sa source\u00a0: rien n’est corrigé à votre place.",
        {"indicator_id": "domaines_tous_maires"},
    ),
    Case(
        "shares that may be proportions",
        "Région;Taux\nBretagne;0,77\nNormandie;0,81\n",
        Severity.BLOCKING,
        "scale",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a00,77\u00a0», attendu des pourcentages de 0 à 100, ou des proportions de 0 à 1. Toutes les valeurs de cette colonne sont entre 0 et 1\u00a0: dites si ce sont des proportions (0,77 vaut 77\u00a0%) ou de très petits pourcentages.",
    ),
    Case(
        "shares and proportions mixed",
        "Région;Taux\nBretagne;0,77\nNormandie;0,81\nCorse;64\n",
        Severity.BLOCKING,
        "scale-mixed",
        4,
        "Taux",
        "ligne 4, colonne Taux\u00a0: lu «\u00a064\u00a0», attendu une seule façon d’écrire les parts. La plupart des valeurs sont entre 0 et 1, d’autres non (ligne\u00a04)\u00a0: écrivez-les toutes de la même façon, ou dites que ce sont des pourcentages.",
    ),
    Case(
        "percentage among proportions",
        "Région;Taux\nBretagne;0,77\nCorse;64\n",
        Severity.BLOCKING,
        "scale-proportion",
        3,
        "Taux",
        "ligne 3, colonne Taux\u00a0: lu «\u00a064\u00a0», attendu une proportion de 0 à 1, comme pour tout le fichier. Corrigez la cellule, ou dites que le fichier est écrit en pourcentages.",
        {"scale": Scale.PROPORTION},
    ),
    Case(
        "only noughts and ones",
        "Région;Taux\nBretagne;0\nCorse;1\n",
        Severity.WARNING,
        "scale-ones",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a00\u00a0», attendu des pourcentages de 0 à 100. Cette colonne ne contient que des 0 et des 1\u00a0: 1 y est lu 1\u00a0%, et non 100\u00a0%. Choisissez «\u00a0proportions\u00a0» dans l’autre cas.",
    ),
    Case(
        "same figure twice",
        H + "Bretagne;77;100\nBRETAGNE;77;100\n",
        Severity.WARNING,
        "duplicate",
        3,
        "Taux",
        "ligne 3, colonne Taux\u00a0: lu «\u00a077\u00a0», attendu un seul chiffre par territoire, indicateur et vague. Même chiffre que ligne\u00a02\u00a0: un seul est gardé.",
    ),
    Case(
        "two values for one cell",
        H + "Bretagne;77;100\nBretagne;78;100\n",
        Severity.BLOCKING,
        "duplicate-conflict",
        3,
        "Taux",
        "ligne 3, colonne Taux\u00a0: lu «\u00a078\u00a0», attendu un seul chiffre par territoire, indicateur et vague. La ligne\u00a02 donne «\u00a077\u00a0»\u00a0: écartez l’une des lignes.",
    ),
    Case(
        "two samples for one cell",
        H + "Bretagne;77;100\nBretagne;77;200\n",
        Severity.BLOCKING,
        "duplicate-conflict",
        3,
        "Taux",
        "ligne 3, colonne Taux\u00a0: lu «\u00a077\u00a0», attendu un seul chiffre par territoire, indicateur et vague. La ligne\u00a02 donne la même valeur avec un autre effectif\u00a0: écartez l’une des lignes.",
    ),
    Case(
        "half a person",
        H + "Bretagne;77;12,5\n",
        Severity.BLOCKING,
        "respondents",
        2,
        "Répondants",
        "ligne 2, colonne Répondants\u00a0: lu «\u00a012,5\u00a0», attendu un nombre entier de réponses, 1 au moins. Comptez les personnes qui ont répondu, sans pondération, ou videz la cellule.",
    ),
    Case(
        "nobody answered",
        H + "Bretagne;77;0\n",
        Severity.BLOCKING,
        "respondents",
        2,
        "Répondants",
        "ligne 2, colonne Répondants\u00a0: lu «\u00a00\u00a0», attendu un nombre entier de réponses, 1 au moins. Comptez les personnes qui ont répondu, sans pondération, ou videz la cellule.",
    ),
    Case(
        "design effect under 1",
        "Région;Taux;Répondants;Effet de plan\nBretagne;77;100;0,8\n",
        Severity.BLOCKING,
        "deff",
        2,
        "Effet de plan",
        "ligne 2, colonne Effet de plan\u00a0: lu «\u00a00,8\u00a0», attendu un effet de plan, 1 au moins. Un effet de plan inférieur à 1 n’est pas crédité\u00a0: écrivez 1, ou videz la cellule.",
    ),
    Case(
        "no wave",
        "Région;Taux;Vague\nBretagne;77;hiver dernier\n",
        Severity.BLOCKING,
        "wave",
        2,
        "Vague",
        "ligne 2, colonne Vague\u00a0: lu «\u00a0hiver dernier\u00a0», attendu une vague ou un millésime, comme «\u00a02024\u00a0», «\u00a02024-11\u00a0» ou «\u00a02024-T4\u00a0». Corrigez la cellule, ou écrivez «\u00a0non précisée\u00a0» si la source ne le dit pas.",
    ),
    Case(
        "wave to come",
        "Région;Taux;Vague\nBretagne;77;2090\n",
        Severity.WARNING,
        "wave-future",
        2,
        "Vague",
        "ligne 2, colonne Vague\u00a0: lu «\u00a02090\u00a0», attendu une vague passée. Cette vague est dans l’avenir\u00a0: vérifiez l’année.",
    ),
    Case(
        "unknown indicator",
        "Région;Taux;Indicateur\nBretagne;77;adhesion_maires\n",
        Severity.BLOCKING,
        "indicator-unknown",
        2,
        "Indicateur",
        "ligne 2, colonne Indicateur\u00a0: lu «\u00a0adhesion_maires\u00a0», attendu l’identifiant ou le libellé exact d’un indicateur du catalogue. Le plus proche\u00a0: «\u00a0Adhésion à la dynamique partenariale\u00a0» (adhesion_maires_region). Corrigez, ou ajoutez d’abord l’indicateur au catalogue.",
    ),
    Case(
        "label of several indicators",
        "Région;Taux;Indicateur\nFrance;77;Les alliances sont source d’innovation\n",
        Severity.BLOCKING,
        "indicator-ambiguous",
        2,
        "Indicateur",
        "ligne 2, colonne Indicateur\u00a0: lu «\u00a0Les alliances sont source d’innovation\u00a0», attendu l’identifiant ou le libellé exact d’un indicateur du catalogue. Plusieurs indicateurs portent ce libellé\u00a0: écrivez l’identifiant du bon (innovation_maires, innovation_citoyens, innovation_entreprises et innovation_associations).",
    ),
    Case(
        "unknown source",
        "Région;Taux;Source\nBretagne;77;une note interne\n",
        Severity.BLOCKING,
        "source-unknown",
        2,
        "Source",
        "ligne 2, colonne Source\u00a0: lu «\u00a0une note interne\u00a0», attendu l’identifiant ou le titre exact d’une source du registre. Corrigez la cellule, ou ajoutez d’abord la source au registre.",
    ),
    Case(
        "no source",
        "Région;Taux\nBretagne;77\nCorse;66\n",
        Severity.BLOCKING,
        "source-missing",
        2,
        "",
        "ligne 2\u00a0: attendu la source du chiffre. Source à préciser, ligne par ligne ou pour tout le fichier\u00a0: un chiffre sans source ne se publie pas. Lignes\u00a02 et 3.",
        {"source_id": ""},
    ),
    Case(
        "source that does not exist",
        "Région;Taux\nBretagne;77\n",
        Severity.BLOCKING,
        "source-missing",
        2,
        "",
        "ligne 2\u00a0: lu «\u00a0inconnue\u00a0», attendu la source du chiffre. Source à préciser, ligne par ligne ou pour tout le fichier\u00a0: un chiffre sans source ne se publie pas.",
        {"source_id": "inconnue"},
    ),
    Case(
        "no fiabilite",
        "Région;Taux\nBretagne;77\n",
        Severity.BLOCKING,
        "fiabilite-missing",
        2,
        "",
        "ligne 2\u00a0: attendu une fiabilité. Dites si le chiffre se lit clairement à sa source (colonne du fichier, ou pour tout le fichier).",
        {"fiabilite": ""},
    ),
    Case(
        "unknown fiabilite",
        "Région;Taux;Fiabilité\nBretagne;77;moyenne\n",
        Severity.BLOCKING,
        "fiabilite",
        2,
        "Fiabilité",
        "ligne 2, colonne Fiabilité\u00a0: lu «\u00a0moyenne\u00a0», attendu «\u00a0claire\u00a0» ou «\u00a0ambigue\u00a0». La fiabilité dit comment le chiffre se lit à sa source\u00a0: «\u00a0ambigue\u00a0» s’il est approché, contredit ou équivoque.",
    ),
    Case(
        "ambiguous without caveat",
        "Région;Taux\nBretagne;77\n",
        Severity.BLOCKING,
        "caveat-missing",
        2,
        "",
        "ligne 2\u00a0: attendu une réserve (la fiabilité est «\u00a0ambigue\u00a0»). Dites en une phrase ce qui est ambigu, approché ou contredit.",
        {"fiabilite": "ambigue"},
    ),
    Case(
        "formula in a text file",
        H + "Bretagne;=70+7;100\n",
        Severity.BLOCKING,
        "formula",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a0=70+7\u00a0», attendu une valeur, et non une formule. Dans un fichier texte, une formule n’est jamais calculée\u00a0: collez sa valeur à la place.",
    ),
    Case(
        "value without territory",
        H + "Bretagne;77;100\n;45;12\n",
        Severity.BLOCKING,
        "place-missing",
        3,
        "Région",
        "ligne 3, colonne Région\u00a0: attendu le code ou le nom d’un territoire. Une valeur sans territoire ne se publie pas\u00a0: complétez la cellule, ou laissez la ligne de côté.",
    ),
    Case(
        "unknown territory",
        H + "Atlantide;77;100\n",
        Severity.BLOCKING,
        "place-inconnu",
        2,
        "Région",
        "ligne 2, colonne Région\u00a0: lu «\u00a0Atlantide\u00a0», attendu le nom ou le code d’un territoire. Aucun territoire de ce nom. Les plus proches\u00a0: Nouvelle-Aquitaine (région 75) et Occitanie (région 76). Choisissez le territoire, corrigez la cellule, ou laissez la ligne de côté.",
    ),
    Case(
        "former region",
        H + "Alsace;77;100\n",
        Severity.BLOCKING,
        "place-inconnu",
        2,
        "Région",
        "ligne 2, colonne Région\u00a0: lu «\u00a0Alsace\u00a0», attendu le nom ou le code d’un territoire. Alsace\u00a0: ancienne région, réunie à la Champagne-Ardenne et à la Lorraine dans le Grand Est depuis 2016\u00a0: un chiffre de l’une ne vaut pas pour l’autre. Le plus proche\u00a0: Grand Est (région 44). Choisissez le territoire, corrigez la cellule, ou laissez la ligne de côté.",
    ),
    Case(
        "misspelt territory",
        H + "Bretagn;77;100\n",
        Severity.BLOCKING,
        "place-proche",
        2,
        "Région",
        "ligne 2, colonne Région\u00a0: lu «\u00a0Bretagn\u00a0», attendu un territoire confirmé. Nom proche de Bretagne (région 53). Confirmez, choisissez-en un autre, ou laissez la ligne de côté.",
    ),
    Case(
        "totals row",
        H + "Bretagne;77;100\nTotal;78;900\n",
        Severity.BLOCKING,
        "place-total",
        3,
        "Région",
        "ligne 3, colonne Région\u00a0: lu «\u00a0Total\u00a0», attendu un territoire. Ligne de total. Laissez de côté ce qui additionne d’autres lignes.",
    ),
    Case(
        "choice that does not exist",
        H + "Bretagn;77;100\n",
        Severity.BLOCKING,
        "place-choice",
        2,
        "Région",
        "ligne 2, colonne Région\u00a0: lu «\u00a0region-99\u00a0», attendu un territoire connu. Pour «\u00a0Bretagn\u00a0», choisissez un territoire de la liste, ou laissez ses lignes de côté.",
        {"places": (("Bretagn", "region-99"),)},
    ),
    Case(
        "indicator recounted from the code",
        H + "Bretagne;77;100\n",
        Severity.BLOCKING,
        "indicator-derived",
        2,
        "",
        "ligne 2\u00a0: lu «\u00a0communes_nombre\u00a0», attendu un indicateur d’enquête ou de contexte. Cet indicateur est recompté d’après le Code officiel géographique\u00a0: ses chiffres ne s’apportent pas.",
        {"indicator_id": "communes_nombre"},
    ),
    Case(
        "no column of values",
        "Région;Remarque\nBretagne;rien\n",
        Severity.BLOCKING,
        "column-value",
        0,
        "",
        "fichier entier\u00a0: attendu une colonne de valeurs. Dites quelle colonne du fichier les contient.",
    ),
    Case(
        "no column of territories",
        "Taux;Répondants\n77;100\n",
        Severity.BLOCKING,
        "column-place",
        0,
        "",
        "fichier entier\u00a0: attendu une colonne de codes ou de noms de territoires. Dites quelle colonne du fichier les contient. Si tout vaut pour la France, choisissez le niveau «\u00a0pays\u00a0».",
    ),
    Case(
        "no indicator",
        H + "Bretagne;77;100\n",
        Severity.BLOCKING,
        "indicator-missing",
        0,
        "Taux",
        "colonne Taux\u00a0: attendu un indicateur. Choisissez-le pour cette colonne ou pour tout le fichier, ou ajoutez une colonne.",
        {"indicator_id": ""},
    ),
    Case(
        "wave missing",
        H + "Bretagne;77;100\n",
        Severity.BLOCKING,
        "wave-missing",
        0,
        "Taux",
        "colonne Taux\u00a0: attendu une vague ou un millésime. Choisissez-la pour cette colonne ou pour tout le fichier, ou ajoutez une colonne.",
        {"wave": ""},
    ),
    Case(
        "choice that is no wave",
        H + "Bretagne;77;100\n",
        Severity.BLOCKING,
        "wave",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a0hier\u00a0», attendu une vague ou un millésime, comme «\u00a02024\u00a0», «\u00a02024-11\u00a0» ou «\u00a02024-T4\u00a0». Corrigez la cellule, ou écrivez «\u00a0non précisée\u00a0» si la source ne le dit pas.",
        {"wave": "hier"},
    ),
    Case(
        "unknown reading",
        "Région;Taux;Lecture\nBretagne;77;seconde\n",
        Severity.BLOCKING,
        "reading",
        2,
        "Lecture",
        "ligne 2, colonne Lecture\u00a0: lu «\u00a0seconde\u00a0», attendu «\u00a0principale\u00a0», «\u00a0autre\u00a0» ou «\u00a0reprise\u00a0». Corrigez la cellule, ou videz-la\u00a0: la lecture est alors la principale.",
    ),
    Case(
        "nobody has confirmed",
        H + "Bretagne;77;100\n",
        Severity.BLOCKING,
        "unconfirmed",
        0,
        "",
        "fichier entier\u00a0: attendu des correspondances relues par une personne. Relisez ce que chaque colonne et chaque territoire est devenu, puis confirmez\u00a0: rien n’est appliqué avant.",
        {"confirmed": False},
    ),
    Case(
        "one field for two columns",
        "Région;Taux;A;B\nBretagne;77;100;100\n",
        Severity.BLOCKING,
        "column-twice",
        0,
        "B",
        "colonne B\u00a0: attendu une seule colonne pour chaque information. La colonne «\u00a0A\u00a0» dit déjà la même chose\u00a0: laissez l’une des deux de côté.",
        {"columns": TWICE},
    ),
    Case(
        "too many decimals",
        H + "Bretagne;77,123456;1000\n",
        Severity.WARNING,
        "decimals",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: attendu 4 décimales au plus. Trop de décimales pour une mesure\u00a0: 4 sont gardées.",
    ),
    Case(
        "share that nobody can make",
        H + "Bretagne;77,3;13\n",
        Severity.WARNING,
        "unreachable",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: lu «\u00a077,3\u00a0», attendu une part que 13\u00a0réponses peuvent donner. Aucun nombre de personnes sur 13 ne fait 77,3\u00a0%\u00a0: vérifiez l’effectif, ou donnez l’effet de plan si les réponses sont pondérées.",
    ),
    Case(
        "more mayors than communes",
        H + "Bretagne;77;2000\n",
        Severity.WARNING,
        "respondents-many",
        2,
        "Répondants",
        "ligne 2, colonne Répondants\u00a0: lu «\u00a02 000\u00a0», attendu 1\u202f202\u00a0maires au plus (Bretagne). Plus de réponses que de personnes à interroger\u00a0: vérifiez l’effectif et le territoire.",
    ),
    Case(
        "sample under secrecy",
        H + "Bretagne;75;8\n",
        Severity.NOTE,
        "respondents-few",
        2,
        "Répondants",
        "ligne 2, colonne Répondants\u00a0: attendu 11 réponses au moins. Chiffre publié mais masqué par le secret statistique, avec un autre si le total le trahit.",
    ),
    Case(
        "no sample",
        "Région;Taux\nBretagne;77\nCorse;66\n",
        Severity.WARNING,
        "respondents-missing",
        2,
        "Taux",
        "ligne 2, colonne Taux\u00a0: attendu le nombre de réponses derrière chaque chiffre de «\u00a0Adhésion à la dynamique partenariale\u00a0». Sans effectif\u00a0: ni intervalle, ni précision, ni comparaison ne seront montrés. Lignes\u00a02 et 3.",
    ),
    Case(
        "missing value",
        H + "Bretagne;77;100\nCorse;n.d.;\n",
        Severity.NOTE,
        "missing-value",
        3,
        "Taux",
        "ligne 3, colonne Taux\u00a0: lu «\u00a0n.d.\u00a0», attendu une valeur. Valeur manquante laissée de côté\u00a0: rien n’est inventé à sa place.",
    ),
    Case(
        "published rows that the file lacks",
        H + "Normandie;77;\n",
        Severity.WARNING,
        "removed",
        0,
        "",
        "fichier entier\u00a0: lu «\u00a0adhesion_maires_region, 2016-11\u00a0», attendu tous les territoires déjà publiés. Les chiffres publiés de ces territoires, absents du fichier, seront retirés, autres lectures comprises\u00a0: Occitanie et Auvergne-Rhône-Alpes.",
        {"wave": "2016-11", "absent": Absent.REMOVE},
    ),
    Case(
        "indicator left without figure",
        "Territoire;Taux\nFrance;n.d.\n",
        Severity.BLOCKING,
        "indicator-empty",
        0,
        "",
        "fichier entier\u00a0: lu «\u00a0mandat_jouer_collectif_maires\u00a0», attendu au moins un chiffre par indicateur. Cet indicateur n’aurait plus aucun chiffre\u00a0: apportez-en, ou gardez ceux qui sont publiés.",
        {
            "indicator_id": "mandat_jouer_collectif_maires",
            "wave": "2020-11",
            "absent": Absent.REMOVE,
        },
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_file_is_told_in_full(case: Case, review: Reviewer) -> None:
    reviewed = review(case.content, **case.said)
    (problem,) = [one for one in reviewed.problems if one.code == case.code]
    assert (problem.severity, problem.row, problem.column) == (
        case.severity,
        case.row,
        case.column,
    )
    assert str(problem) == case.message


@pytest.mark.parametrize(
    "case", [one for one in CASES if one.severity is Severity.BLOCKING], ids=lambda case: case.name
)
def test_a_file_with_a_blocking_problem_is_never_publishable(case: Case, review: Reviewer) -> None:
    assert not review(case.content, **case.said).is_publishable


@pytest.mark.parametrize(
    "case",
    [one for one in CASES if one.severity is not Severity.BLOCKING],
    ids=lambda case: case.name,
)
def test_a_doubt_alone_leaves_the_file_publishable(case: Case, review: Reviewer) -> None:
    assert review(case.content, **case.said).is_publishable


def test_no_broken_file_touches_what_is_published(review: Reviewer, tables: Tables) -> None:
    before = {table: tuple(dict(row) for row in rows) for table, rows in tables.items()}
    for case in CASES:
        review(case.content, **case.said)
    assert {table: tuple(rows) for table, rows in tables.items()} == before


def test_a_file_with_too_many_wrong_cells_is_read_no_further(
    review: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_reader, "MAX_PROBLEMS", 2)
    reviewed = review("Région;Taux\nBretagne;abc\nNormandie;def\nCorse;ghi\nOccitanie;77\n")
    told = [(one.code, one.row) for one in reviewed.problems if one.severity is Severity.BLOCKING]
    assert told == [("not-a-number", 2), ("not-a-number", 3), ("too-many-problems", 3)]
    assert not reviewed.is_publishable


def test_too_many_unknown_territories_are_counted(
    review: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update_places, "MAX_PROBLEMS", 1)
    reviewed = review(
        "Région;Taux;Répondants\nXqzt;77;90\nWxcv;77;90\nBretagne;77;90\nHjkl;77;90\n"
    )
    blocking = [one for one in reviewed.problems if one.severity is Severity.BLOCKING]
    assert [(one.code, one.row) for one in blocking] == [
        ("place-inconnu", 2),
        ("places-too-many", 3),
    ]
    assert blocking[1].mend.startswith("2\u00a0autres textes à vérifier depuis cette ligne")
    assert len(reviewed.places) == 4
    assert not reviewed.is_publishable
