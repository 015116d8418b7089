"""Verbs that write files or take them back: export, backup, restore."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

from territoires.cli.base import find_store
from territoires.cli.options import Options
from territoires.cli.output import FINE, Output, WrongUseError, refuse_to_replace
from territoires.cli.saying import say_version, show_version
from territoires.domain.publishing import TERMINAL
from territoires.domain.versions import Act
from territoires.tables.store.backup import backup as write_backup
from territoires.tables.store.connection import open_store
from territoires.tables.store.restore import restore as take_back
from territoires.tables.store.versions import current_number, original, read, version
from territoires.views.french import count, format_value

_MAX_NAME = 120


def export(options: Options, output: Output) -> int:
    """Write a version to a folder: its tables, the file it came from, what it says of itself."""
    store = find_store()
    number = current_number(store) if options.version is None else options.version
    found, contents, brought = version(store, number), read(store, number), original(store, number)
    folder = Path(options.dossier)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUseError(
            f"{folder} existe déjà et n’est pas un dossier vide.",
            remedy="Donnez un dossier vide, ou à créer.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    for table, content in contents.items():
        (folder / f"{table}.csv").write_bytes(content)
    if brought is not None:
        (folder / "original").mkdir()
        (folder / "original" / safe_name(brought.name)).write_bytes(brought.content)
    # Last, so that a folder that has it is whole.
    told = json.dumps(show_version(found), ensure_ascii=False, indent=1)
    (folder / "version.json").write_text(told + "\n", encoding="utf-8")
    output.give(
        lambda: {"dossier": str(folder), "version": number, "tables": sorted(contents)},
        [f"Version {number} écrite dans {folder} : {count(len(contents), 'table')}."],
    )
    return FINE


def backup(options: Options, output: Output) -> int:
    """Write every version to one file."""
    path = Path(options.fichier)
    refuse_to_replace(path, replaces=options.remplacer)
    output.step(0, 1, f"Écriture de {path.name}")
    number = write_backup(find_store(), path)
    output.clear()
    size = path.stat().st_size
    output.give(
        lambda: {"fichier": str(path), "versions": number, "octets": size},
        [f"{count(number, 'version')} dans {path} ({format_value(size / 1e6, 1, 'Mo')})."],
    )
    return FINE


def restore(options: Options, output: Output) -> int:
    """Take back every version of a backup."""
    path = Path(options.fichier)
    output.step(0, 1, f"Vérification de {path.name}")
    act = Act(options.auteur, options.message)
    made = take_back(open_store(), path, act, caller=TERMINAL)
    output.clear()
    lines = [f"Sauvegarde restaurée : la version {made.number} est en ligne.", *say_version(made)]
    output.give(lambda: show_version(made), lines)
    return FINE


def safe_name(name: str) -> str:
    """Make a name that was brought into one that stays in its folder, whatever it says."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    kept = re.sub(r"[^\w .,()+-]", "_", last).strip(" .")[-_MAX_NAME:].strip(" .")
    return kept or "fichier"
