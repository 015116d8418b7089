"""What a verb answers: French lines for a person, JSON for a script, never both."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from territoires.errors import TerritoiresError

FINE, FOUND, MISUSED, REFUSED = 0, 1, 2, 3


class WrongUseError(TerritoiresError):
    """What was typed cannot be done as it is."""


def refuse_to_replace(path: Path, *, replaces: bool) -> None:
    """Refuse to write over a file, unless asked to.

    Raises
    ------
    WrongUseError
        When it is there already.
    """
    if path.exists() and not replaces:
        raise WrongUseError(
            f"{path} existe déjà.", remedy="Ajoutez --remplacer pour l’écrire de nouveau."
        )


@dataclass(frozen=True, slots=True)
class Output:
    """Where a verb speaks: the standard output; what it is doing goes to a terminal alone."""

    is_json: bool = False

    def give(self, data: Callable[[], object], lines: Iterable[str]) -> None:
        """Give the answer, as JSON or as lines."""
        if self.is_json:
            print(json.dumps(data(), ensure_ascii=False, indent=1, default=str))
        else:
            for line in lines:
                print(plain(line))

    def say(self, *lines: str) -> None:
        """Tell a person something that is no part of the answer."""
        for line in lines:
            print(plain(line), file=sys.stderr)

    def fail(self, error: TerritoiresError) -> None:
        """Tell why the verb could not go to its end."""
        self.clear()
        if self.is_json:
            told = {"erreur": error.message, "details": error.details, "remede": error.remedy}
            print(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self.say(str(error))

    def step(self, rank: int, total: int, text: str) -> None:
        """Show how far a long work is."""
        if sys.stderr.isatty():
            width = 20
            done = width * rank // total
            bar = "█" * done + "░" * (width - done)
            print(f"\r\x1b[K{bar} {plain(text)}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take off what :meth:`step` showed."""
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def plain(text: str) -> str:
    """Keep a terminal from obeying what a file says: no control or hidden character."""
    return "".join(
        character
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf"}
        else "\ufffd"
        for character in text
    )


def ask(question: str) -> bool:
    """Ask the person at the terminal; only « oui » or « o » is yes."""
    print(f"{question} [oui/non] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"o", "oui"}
