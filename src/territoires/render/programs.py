"""Programs of our own that write one file and end: what they took of memory ends with them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from territoires.errors import DocumentError

#: Asked now and then while a file is written: is it still wanted?
Wanted = Callable[[], bool]
#: Files written at once, whatever the number of readers: each takes a processor and 100 MB.
_AT_ONCE = BoundedSemaphore(2)
#: Seconds between two looks at whether the file is still wanted.
_PACE = 0.2
#: Seconds after which a file that takes a few is given up.
_PATIENCE = 120
_REMEDY = "Recommencez dans un instant ; si cela dure, regardez le journal du serveur."


def always() -> bool:
    """Want a file until it is there."""
    return True


def run_program(
    module: str, arguments: Sequence[str], content: bytes, *, wanted: Wanted = always
) -> bytes | None:
    """Give what a program answers to a content; None as soon as it is no longer wanted.

    Raises
    ------
    DocumentError
        When the program fails or does not end; what it said is the cause.
    """
    while not _AT_ONCE.acquire(timeout=_PACE):
        if not wanted():
            return None
    try:
        return _run([sys.executable, "-P", "-m", module, *arguments], content, wanted)
    finally:
        _AT_ONCE.release()


def _run(command: Sequence[str], content: bytes, wanted: Wanted) -> bytes | None:
    end = time.monotonic() + _PATIENCE
    with (
        subprocess.Popen(  # noqa: S603 - our own program, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process,
        # In a thread: Popen.communicate(timeout=…) forgets what it has not sent yet (Python 3.11).
        ThreadPoolExecutor(max_workers=1) as reader,
    ):
        reading = reader.submit(process.communicate, content)
        try:
            while True:
                try:
                    answer, said = reading.result(timeout=_PACE)
                    break
                except TimeoutError:
                    if not wanted():
                        return None
                    if time.monotonic() > end:
                        raise DocumentError(
                            f"Le fichier n’était pas écrit au bout de {_PATIENCE} secondes.",
                            remedy=_REMEDY,
                        ) from None
        finally:
            # Stopped, or ``wanted`` raised: a page that is left does.
            if not reading.done():
                process.kill()
    if process.returncode:
        cause = RuntimeError(said.decode("utf-8", "replace").strip())
        raise DocumentError("Le fichier n’a pas pu être écrit.", remedy=_REMEDY) from cause
    return answer
