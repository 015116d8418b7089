"""The verb that makes what a person carries: ``territoires kit --territoire region-53``."""

from __future__ import annotations

import contextlib
import os
import tempfile
from datetime import date
from pathlib import Path

from territoires.cli.base import find_base, find_store, read_territories
from territoires.cli.options import Options
from territoires.cli.output import FINE, Output, WrongUseError, refuse_to_replace
from territoires.domain.directory import Directory
from territoires.domain.selection import Dataset
from territoires.domain.story import Story
from territoires.domain.story_files import MAX_BYTES, read_story
from territoires.domain.territories import Level, TerritoryId
from territoires.errors import StoryError, UnknownTerritoryError
from territoires.render.data_files import say_size
from territoires.render.file_names import name_kit_file
from territoires.render.kit_zip import build_kit
from territoires.render.press import Press
from territoires.render.qr import LOCAL_ADDRESS, read_base
from territoires.tables.names import read_names
from territoires.tables.profiles import add_profiles
from territoires.tables.published import Published, read_dataset
from territoires.tables.search_index import read_search_table
from territoires.tables.store.versions import version
from territoires.views.citation import Taken, taken_from
from territoires.views.disclosure import protect
from territoires.views.portrait import Portraits
from territoires.views.search import build_search_index, search

_HINTS, MAX_HINTED = 3, 80
_LOOK_UP = "« territoires chercher NOM » donne les territoires d’un nom, d’un code postal…"


def make_kit(options: Options, output: Output) -> int:
    """Write the archive of a territory, from the current version or the shipped data."""
    given = Path(options.output) if options.output else None
    if given:
        _check_target(given, replaces=options.remplacer)
    output.step(0, 3, "Lecture des territoires")
    story = _read_story(Path(options.recit), output) if options.recit else None
    directory = read_territories()
    dataset = Dataset(options.jeu)
    output.step(1, 3, "Lecture des données")
    address = _read_address(options.adresse)
    if not options.territoire.startswith(f"{Level.ZONE}-"):
        # Before any data is read; the zones come with it.
        _find(options.territoire, directory)
    press = build_press(directory, dataset)
    territory = _find(options.territoire, press.directory)
    portrait = press.portraits.build(territory)
    path = given or Path(name_kit_file(dataset, portrait.territory))
    _check_target(path, replaces=options.remplacer)
    output.step(2, 3, f"Écriture de {path.name}")
    content = build_kit(press, portrait, story, base_url=address)
    _write(path, content, replaces=options.remplacer)
    output.clear()
    told = {
        "fichier": str(path),
        "territoire": str(territory),
        "jeu": dataset.value,
        "octets": len(content),
    }
    output.give(lambda: told, [f"{portrait.territory.name} : {path} ({say_size(content)})."])
    return FINE


def build_press(directory: Directory, dataset: Dataset) -> Press:
    """Read a set of data as the pages do: hidden figures hidden, counted ones counted again."""
    base = find_base(directory)
    published = _complete(base.published, directory)
    if dataset is Dataset.DEMONSTRATION:
        # It stands beside what is published: the figures of Insee are the same.
        published = _complete(read_dataset(dataset, directory.known_codes(), published), directory)
    zonings = published.zonings.values()
    places, names = directory.with_zonings(zonings) if zonings else directory, read_names()
    taken = Taken(date.today())
    if base.number is not None:
        taken = taken_from(version(find_store(), base.number), date.today())
    return Press(published, places, names, Portraits(published, places, names), taken)


def _complete(data: Published, directory: Directory) -> Published:
    return add_profiles(protect(data, directory), directory)


def _read_address(text: str | None) -> str:
    try:
        return read_base(text) if text else LOCAL_ADDRESS
    except StoryError as error:
        raise WrongUseError(error.message, remedy=error.remedy) from error


def _read_story(path: Path, output: Output) -> Story:
    """Read a presentation; what it says and is left out is told."""
    with path.open("rb") as stream:
        read = read_story(stream.read(MAX_BYTES + 1))
    output.say(*read.notices)
    return read.story


def _find(text: str, directory: Directory) -> TerritoryId:
    """Read a typed identifier, and say which ones a name may stand for.

    Raises
    ------
    WrongUseError
        When it names no territory.
    """
    try:
        found = TerritoryId.parse(text)
        directory.get(found)
    except UnknownTerritoryError as error:
        is_code = text.partition("-")[0] in set(Level)
        index = None if is_code else build_search_index(read_search_table())
        matches = search(index, text[:MAX_HINTED])[:_HINTS] if index else ()
        hints = [f"{match.id} : {match.name}, {match.detail}" for match in matches]
        remedy = ["Est-ce l’un de ceux-ci ?", *hints] if hints else [error.remedy, _LOOK_UP]
        raise WrongUseError(
            f"« {text[:60]} » n’est pas un territoire connu.",
            remedy="\n".join(line for line in remedy if line),
        ) from error
    return found


def _check_target(path: Path, *, replaces: bool) -> None:
    """Refuse what would be overwritten, before any work.

    Raises
    ------
    WrongUseError
        When the file is there already, or cannot be one.
    """
    if path.is_dir():
        raise WrongUseError(f"{path} est un dossier.", remedy="Donnez le nom d’un fichier .zip.")
    if not path.parent.is_dir():
        raise WrongUseError(f"Le dossier {path.parent} n’existe pas.", remedy="Créez-le d’abord.")
    refuse_to_replace(path, replaces=replaces)


def _write(path: Path, content: bytes, *, replaces: bool) -> None:
    """Write the file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".kit-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        _check_target(path, replaces=replaces)
        Path(name).chmod(_mode_of_new_files())
        Path(name).replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()


def _mode_of_new_files() -> int:
    """Tell who may read what this person writes: a temporary file is read by its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
