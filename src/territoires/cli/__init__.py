"""The same verbs for people who prefer a terminal: ``territoires check fichier.csv``.

Exit codes: 0 all is well, 1 problems found, 2 wrong use, 3 publishing refused or conflict.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence

from territoires.cli.checking import check, find, publish, read_zones, verify
from territoires.cli.history import diff, history, roll_back
from territoires.cli.kit import make_kit
from territoires.cli.options import Options, build_parser
from territoires.cli.output import FOUND, MISUSED, REFUSED, Output, WrongUseError
from territoires.cli.saving import backup, export, restore
from territoires.errors import ConflictError, PublishingRefusedError, TerritoiresError

Verb = Callable[[Options, Output], int]

VERBS: dict[str, Verb] = {
    "check": check,
    "publish": publish,
    "zonage": read_zones,
    "history": history,
    "diff": diff,
    "rollback": roll_back,
    "export": export,
    "backup": backup,
    "restore": restore,
    "kit": make_kit,
    "verifier": verify,
    "chercher": find,
}

_REASONS = (
    (FileNotFoundError, "introuvable"),
    (IsADirectoryError, "c’est un dossier, attendu un fichier"),
    (NotADirectoryError, "un des dossiers de ce chemin est un fichier"),
    (PermissionError, "accès refusé"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what is wrong is told in French, all at once. Give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names of files may hold bytes that are no text: shown, never a reason to stop.
            stream.reconfigure(errors="backslashreplace")
    options = build_parser(VERBS).parse_args(arguments)
    output = Output(is_json=getattr(options, "json", False))
    try:
        return VERBS[options.command](options, output)
    except WrongUseError as error:
        output.fail(error)
        return MISUSED
    except (PublishingRefusedError, ConflictError) as error:
        output.fail(error)
        return REFUSED
    except TerritoiresError as error:
        output.fail(error)
        return FOUND
    except OSError as error:
        reason = next((word for kind, word in _REASONS if isinstance(error, kind)), "illisible")
        output.fail(WrongUseError(f"{error.filename or 'Fichier'} : {reason}."))
        return MISUSED
    except KeyboardInterrupt:
        print("\nArrêté.", file=sys.stderr)
        return MISUSED
