"""The file of a SQLite store: whether it still is the one that was opened."""

from __future__ import annotations

from pathlib import Path
from threading import RLock

from sqlalchemy.engine import URL

from territoires.errors import StoreError

#: Device and number of a file, which a file of the same name does not share.
Identity = tuple[int, int]


class Place:
    """Where a store is; without a path (a server, a URI) it is never asked."""

    def __init__(self, path: Path | None) -> None:
        """Keep the path; ``opened`` is the file it named when the store was opened."""
        self.path = path
        self.opened: Identity | None = None
        self.lock = RLock()

    def look(self) -> Identity | None:
        """Give the file there is now; None without one."""
        if self.path is None:
            return None
        try:
            found = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_dev, found.st_ino

    def is_at(self, file: Identity | None) -> bool:
        """Tell whether a file is the one there is now."""
        return self.path is None or (file is not None and self.look() == file)


def find_place(url: URL) -> Place:
    """Give the place of a database."""
    name = url.database or ""
    is_file = url.get_backend_name() == "sqlite" and not name.startswith("file:")
    return Place(Path(name).absolute() if is_file else None)


def say_gone() -> StoreError:
    """Tell that there is no file any more, before anything was written."""
    return StoreError(
        "Le fichier de la base des versions n’est plus là. Rien n’a été modifié.",
        remedy="Remettez-le à sa place, ou relancez le serveur pour en faire un neuf.",
    )


def say_replaced() -> StoreError:
    """Tell that another file was there before anything was written."""
    return StoreError(
        "Le fichier de la base des versions a été déplacé ou remplacé. Rien n’a été modifié.",
        remedy="Rechargez la page, comparez de nouveau avec ce qui est en ligne, puis recommencez.",
    )


def say_lost() -> StoreError:
    """Tell that the file went away while it was written."""
    return StoreError(
        "Le fichier de la base des versions a été déplacé ou remplacé pendant l’écriture : ce qui "
        "vient d’être écrit l’a été dans l’ancien fichier, que plus personne ne lit.",
        remedy="Remettez l’ancien fichier à sa place, ou rechargez la page et recommencez.",
    )
