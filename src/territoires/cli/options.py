"""What may be typed, with its help; everything in French, errors included."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, NoReturn

from territoires.domain.indicators import Fiabilite
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import Absent, FileKind, Scale
from territoires.errors import UnknownTerritoryError

Options = argparse.Namespace

CURRENT = "courante"
_HELP = {
    "check": "vérifie un fichier sans rien publier ; ni serveur ni base ne sont nécessaires",
    "publish": "vérifie un fichier, montre ce qu’il change et le publie",
    "zonage": "vérifie un zonage et le résume",
    "history": "donne les versions, la plus récente d’abord",
    "diff": "compare deux versions",
    "rollback": "publie de nouveau une ancienne version",
    "export": "écrit une version dans un dossier : CSV, fichier d’origine, version.json",
    "backup": "écrit toutes les versions dans un fichier",
    "restore": "reprend une sauvegarde ; rien de publié n’est jamais perdu",
    "kit": "écrit tout ce qui s’emporte d’un territoire : page, fiche, diaporama, données, carte",
    "verifier": "vérifie tous les fichiers de data/ et static/geo/",
    "chercher": "cherche un territoire : nom, ancien nom, code postal, Insee ou SIREN",
}
_USAGES = {
    "check": "territoires check FICHIER… [options]",
    "publish": "territoires publish FICHIER --auteur NOM --message TEXTE [options]",
}
_EXITS = (
    "Codes de sortie : 0 tout est bien, 1 problèmes trouvés, 2 commande mal écrite ou fichier "
    "illisible, 3 publication refusée ou en conflit."
)
_FRENCH = (
    (r"the following arguments are required: (.*)", r"il manque \1"),
    (r"unrecognized arguments: (.*)", r"ceci n’est pas compris : \1"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)",
     r"\1 : lu \2, attendu l’un de \3"),
    (r"argument (.*?): expected (?:one|at least one) argument", r"\1 attend une valeur"),
    (r"argument (.*?): invalid \w+ value: (.*)", r"\1 : lu \2, attendu un nombre"),
    (r"argument (.*?): ignored explicit argument (.*)", r"\1 ne prend pas de valeur (\2)"),
    (r"argument (.*?): (.*)", r"\1 : \2"),
)  # fmt: skip


class _Parser(argparse.ArgumentParser):
    """A parser that speaks French."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title, self._optionals.title = "Arguments", "Options"
        self.add_argument("-h", "--help", "--aide", action="help", help="montre cette aide")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "Usage : ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "Usage : ", 1)

    def error(self, message: str) -> NoReturn:
        for english, french in _FRENCH:
            if re.fullmatch(english, message, re.DOTALL):
                message = re.sub(english, french, message, count=1, flags=re.DOTALL)
                break
        self.exit(2, f"{self.format_usage()}{self.prog} : {message}\n")


def build_parser(verbs: Iterable[str]) -> argparse.ArgumentParser:
    """Give the parser of all the verbs."""
    parser = _Parser(prog="territoires", description="Outils de Territoires.", epilog=_EXITS)
    parser.add_argument(
        "--version",
        action="version",
        version=version("territoires"),
        help="montre le numéro de version",
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMANDE", title="Commandes"
    )
    for verb in verbs:
        command = commands.add_parser(
            verb,
            help=_HELP[verb],
            description=_HELP[verb][0].upper() + _HELP[verb][1:] + ".",
            epilog=_EXITS,
            usage=_USAGES.get(verb),
        )
        _ADDERS[verb](command)
        if verb not in {"verifier", "chercher"}:
            command.add_argument("--json", action="store_true", help="répond en JSON")
    return parser


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fichiers", metavar="FICHIER", nargs="+", help="CSV ou XLSX")
    _add_choices(parser)


def _add_publish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fichier", metavar="FICHIER", help="CSV ou XLSX")
    _add_act(parser)
    parser.add_argument("--oui", action="store_true", help="publie sans demander")
    parser.add_argument(
        "--malgre-avertissements",
        action="store_true",
        help="avec --oui : les points à vérifier ont été lus",
    )
    _add_choices(parser)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "Ce que le fichier ne dit pas", "Ce qui manque est cherché dans le fichier, puis montré."
    )
    add = group.add_argument
    add("--choix", metavar="FICHIER", help="choix écrits en JSON ; les options les complètent")
    add("--type", choices=list(map(str, FileKind)), help="ce que le fichier apporte")
    add("--indicateur", metavar="ID", help="indicateur de toutes les lignes")
    add("--vague", help="vague de toutes les lignes : 2024, 2024-11")
    add("--niveau", choices=list(map(str, Level)), help="niveau des territoires")
    add("--source", metavar="ID", help="source de toutes les lignes")
    add(
        "--fiabilite",
        choices=[str(Fiabilite.CLAIRE), str(Fiabilite.AMBIGUE)],
        help="fiabilité de toutes les lignes",
    )
    add("--reserve", help="réserve de toutes les lignes")
    add("--etude", help="étude de toutes les lignes")
    add("--enonce", help="énoncé de la question")
    add("--nom", help="nom du zonage")
    add("--echelle", choices=[one.value for one in Scale if one], help="écriture des parts")
    add("--absents", choices=list(map(str, Absent)), help="lignes publiées absentes du fichier")
    add(
        "--place",
        action="append",
        type=_read_place,
        metavar="TEXTE=TERRITOIRE",
        help="« Ile de Frnace=region-11 » ; sans territoire, les lignes sont laissées de côté",
    )
    add(
        "--colonne",
        action="append",
        type=_read_column,
        metavar="TITRE=CHAMP",
        help="« Taux=value », « Taux 2024=value:indicateur:2024 », « Notes=ignored »",
    )
    add("--exclure", action="append", type=int, metavar="LIGNE", help="ligne laissée de côté")
    group = parser.add_argument_group("Écriture du fichier")
    add = group.add_argument
    add("--feuille", help="feuille du classeur")
    add("--encodage", help="utf-8, cp1252, latin-1, utf-16")
    add("--separateur", help="« ; », « , » ou « tab »")
    add("--decimale", choices=[",", "."], help="séparateur décimal")
    add("--ligne-titres", type=int, metavar="LIGNE", help="ligne des titres")


def _add_zonage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fichier", metavar="FICHIER", help="CSV : membre, zone, nom de la zone")
    parser.add_argument("--nom", default="Zonage", help="nom du zonage")


def _add_history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limite", type=int, default=20, help="combien de versions (20)")
    parser.add_argument("--journal", action="store_true", help="le journal : refus, conflits…")


def _add_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "avant", nargs="?", type=_read_number, help="version (celle d’avant la seconde)"
    )
    parser.add_argument("apres", nargs="?", type=_read_number, help=f"version ({CURRENT})")
    parser.add_argument("--tout", action="store_true", help="toutes les lignes")


def _add_rollback(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", metavar="NUMÉRO", type=int, help="version à rétablir")
    _add_act(parser)
    parser.add_argument("--oui", action="store_true", help="publie sans demander")


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "version", metavar="VERSION", type=_read_number, help=f"numéro ou {CURRENT}"
    )
    parser.add_argument("dossier", metavar="DOSSIER", help="dossier vide, ou à créer")


def _add_backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fichier", metavar="FICHIER", help="archive .zip à écrire")
    _add_replacing(parser)


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fichier", metavar="FICHIER", help="archive écrite par backup")
    _add_act(parser)


def _add_kit(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--territoire", required=True, metavar="TERRITOIRE", help="region-53, commune-53130…")
    add("--output", "--sortie", metavar="FICHIER", help="archive .zip à écrire")
    add(
        "--jeu",
        choices=[Dataset.PUBLIE.value, Dataset.DEMONSTRATION.value],
        default=Dataset.PUBLIE.value,
        help="jeu de données (publie)",
    )
    add("--recit", metavar="FICHIER", help="présentation (.json) à la place de celle de la région")
    add("--adresse", metavar="URL", help="adresse du site publié, pour les codes QR et les liens")
    _add_replacing(parser)


def _add_replacing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--remplacer", action="store_true", help="remplace l’archive qui est déjà là"
    )


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("texte", metavar="TEXTE", nargs="+")


def _add_nothing(_: argparse.ArgumentParser) -> None:
    """Add nothing."""


def _add_act(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--auteur", required=True, help="votre nom, gardé avec la version")
    parser.add_argument("--message", required=True, help="pourquoi, en une phrase")


_ADDERS = {
    "check": _add_check,
    "publish": _add_publish,
    "zonage": _add_zonage,
    "history": _add_history,
    "diff": _add_diff,
    "rollback": _add_rollback,
    "export": _add_export,
    "backup": _add_backup,
    "restore": _add_restore,
    "kit": _add_kit,
    "verifier": _add_nothing,
    "chercher": _add_search,
}


def _read_number(text: str) -> int | None:
    """Read the number of a version; None is the current one."""
    if text == CURRENT:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"lu « {text[:40]} », attendu un numéro ou « {CURRENT} »")
    return int(text)


def _read_place(text: str) -> tuple[str, str]:
    written, separator, territory = text.rpartition("=")
    if not separator or not written:
        raise argparse.ArgumentTypeError(f"lu « {text[:40]} », attendu « texte=region-11 »")
    if territory:
        try:
            TerritoryId.parse(territory)
        except UnknownTerritoryError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
    return written, territory


def _read_column(text: str) -> tuple[str, str, str, str]:
    heading, separator, field = text.rpartition("=")
    if not separator or not heading or not field:
        raise argparse.ArgumentTypeError(f"lu « {text[:40]} », attendu « titre=champ »")
    name, _, rest = field.partition(":")
    indicator, _, wave = rest.partition(":")
    return heading, name, indicator, wave
