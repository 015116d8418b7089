"""The few errors the interface may show; everything else is a bug and stays visible."""

from __future__ import annotations


class TerritoiresError(Exception):
    """Base of every error with a message written for the person in front of the screen.

    Parameters
    ----------
    message
        French text: what was read, what was expected, where.
    remedy
        French text: what to do or to run.
    details
        One French line per problem found, all of them at once.
    """

    def __init__(self, message: str, *, remedy: str = "", details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.details = details

    def __str__(self) -> str:
        """Give the whole text, for a terminal or a log."""
        return "\n".join(part for part in (self.message, *self.details, self.remedy) if part)


class DataFileError(TerritoiresError):
    """A file under data/ or static/ is missing, unreadable, altered or breaks its contract."""


class UnknownTerritoryError(TerritoiresError):
    """A text that does not name a territory: « region-99 », « 53 », « <script> »."""


class StoreError(TerritoiresError):
    """The store of versions cannot be read or written, is damaged or is not ours."""


class PublishingRefusedError(TerritoiresError):
    """Publishing is not open to this request, or there is nothing that may be published."""


class ConflictError(TerritoiresError):
    """Somebody published since the version an update started from; the details say who and what."""


class StoryError(TerritoiresError):
    """A presentation cannot be read, is too long, or has no room left."""


class DocumentError(TerritoiresError):
    """A document or an image could not be written; its cause is for the log."""
