"""A file that takes long, made in a thread of its own: the page stays in use meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from territoires.render.atlas import Progress


class Work:
    """A file being made; ``make`` knows of no session: what it needs is read before."""

    def __init__(self, make: Callable[[Progress], bytes | None]) -> None:
        self.steps = (0, 1)
        self._is_wanted = True
        own = ThreadPoolExecutor(1)
        self._made = own.submit(make, self._tell)
        own.shutdown(wait=False)

    def _tell(self, done: int, total: int) -> bool:
        self.steps = (done, total)
        return self._is_wanted

    def stop(self) -> None:
        """Ask for it no more: it stops at its next step."""
        self._is_wanted = False

    @property
    def is_over(self) -> bool:
        """Tell whether it is made, stopped or failed."""
        return self._made.done()

    @property
    def has_failed(self) -> bool:
        """Tell whether an error ended it."""
        return self.is_over and self._made.exception() is not None

    def result(self) -> bytes | None:
        """Wait for the file; None where it was stopped. What failed is raised here."""
        return self._made.result()
