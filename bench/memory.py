"""What the server keeps in memory from one publication to the next, and once readers have left."""

from __future__ import annotations

import time
from collections.abc import Sequence

from playwright.sync_api import Browser

from bench.measure import Server, first_paint, resident_memory
from bench.report import Row, number

#: What `make run` gives the server (Makefile): few heaps, and large blocks given back.
HEAP = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072"}
#: Streamlit keeps the session of who left for a minute (.streamlit/config.toml), and looks for
#: those that are over when somebody comes.
FORGOTTEN_S = 75
#: The first publications fill what later ones use again: the libraries of the page, the names of
#: territories, the version before.
FILLING = 3
GROWTH_MB = 30


def measure_left(browser: Browser, server: Server) -> float:
    """Wait until the readers who left are forgotten; give the megabytes that stay."""
    time.sleep(FORGOTTEN_S)
    first_paint(browser, f"{server.url}/carte")
    return resident_memory(server.pid)


def say_memory(held: Sequence[float], left: float) -> list[Row]:
    """Write the megabytes held before any publication and after each, then once readers left."""
    last = len(held) - 1
    rows = [
        Row(
            f"Mémoire du serveur : avant ; après une publication ; après {last} ; lecteurs partis",
            f"{' ; '.join(number(one, 0) for one in (held[0], held[1], held[-1], left))} Mo",
        )
    ]
    if last > FILLING:
        each = (held[-1] - held[FILLING]) / (last - FILLING)
        label = f"Mémoire du serveur, de plus par publication après la {FILLING}e"
        rows.append(Row(label, f"{number(each, 0)} Mo", f"≤ {GROWTH_MB} Mo", each <= GROWTH_MB))
    return rows
