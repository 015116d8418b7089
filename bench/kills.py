"""Kill publications at random moments and look at what is left: ``python -m bench.kills``.

A process publishes a version of 35,000 rows and is killed (SIGKILL) somewhere between its first
instruction and its last. What everyone reads afterwards must be the old version or the new one,
whole: the file sound, the tables as they were written, the log in step. Prints a Markdown table;
the exit code is 1 when anything else was found.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

from bench.report import number
from territoires.domain.publishing import TERMINAL
from territoires.domain.versions import Act, AuditAction, Original
from territoires.tables.store import (
    audit,
    close_store,
    current,
    current_number,
    import_release,
    open_store,
    publish,
    read,
    versions,
)
from territoires.tables.store.connection import reading

ROWS, KILLS = 35_000, 200
PUBLISH_BUDGET_S = 3.0
ACT = Act("Banc d’essai", "Publication interrompue")
#: Moments of a kill, in parts of a publication: up to a little beyond its end, most near the commit.
NEAR_COMMIT, BEYOND = 0.95, 1.25


@dataclass(slots=True)
class Tally:
    """What was found after each kill; ``wrong`` says what should never be."""

    kills: int = 0
    old: int = 0
    new: int = 0
    finished: int = 0
    wrong: list[str] = field(default_factory=list)
    publish_s: float = 0.0
    reopen_s: float = 0.0


def build_contents(rows: int, turn: int) -> dict[str, bytes]:
    """Write a table whose every row differs from one turn to the next."""
    chance = random.Random(turn)  # noqa: S311 - figures of a test, not secrets
    lines = [
        f"essai-2024-commune-{row:05},indicateur_essai,Enquête d’essai,2024,commune,{row:05},"
        f"{chance.randrange(1001) / 10},{chance.randrange(11, 900)},,principale,,essai,{turn}\n"
        for row in range(rows)
    ]
    head = "observation_id,indicator_id,study,wave,level,code,value,respondents,,,,source_id,turn\n"
    return {"observations": (head + "".join(lines)).encode(), "sources": b"source_id\nessai\n"}


def publish_turn(url: str, rows: int, turn: int, ready: Connection) -> None:
    """Publish the version of a turn; ``ready`` hears when it begins and when it is over."""
    contents = build_contents(rows, turn)
    original = Original("essai.csv", contents["observations"][::-1])
    store = open_store(url)
    ready.send("begins")
    base = current_number(store)
    publish(store, contents, ACT, base=base, caller=TERMINAL, original=original)
    ready.send("done")
    close_store(store)


def run(folder: Path, kills: int = KILLS, rows: int = ROWS, seed: int = 0) -> Tally:
    """Kill as many publications, each at a moment drawn at random."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["territoires.tables.store"])
    url = f"sqlite:///{folder / 'base.sqlite'}"
    store = open_store(url)
    import_release(store, build_contents(rows, 0), "Essai")
    close_store(store)
    tally = Tally()
    tally.publish_s = publish_and_kill(processes, url, rows, 1, None)[1]
    before = 1
    for turn in range(2, kills + 2):
        moment = tally.publish_s * chance.triangular(0, BEYOND, NEAR_COMMIT)
        was_done, _ = publish_and_kill(processes, url, rows, turn, moment)
        found = look(url, rows, turn, tally)
        tally.kills += 1
        tally.finished += was_done
        tally.new += found == turn
        tally.old += found == before
        if found not in {before, turn} or (was_done and found != turn):
            tally.wrong.append(f"turn {turn}: found turn {found}")
        before = found
    return tally


def publish_and_kill(
    processes: ForkServerContext, url: str, rows: int, turn: int, moment: float | None
) -> tuple[bool, float]:
    """Publish in a process, killed after ``moment`` seconds, or left to end.

    Returns
    -------
    tuple
        Whether it had said that it was done, and how long it lived.
    """
    hears, says = processes.Pipe(duplex=False)
    child = processes.Process(target=publish_turn, args=(url, rows, turn, says))
    child.start()
    says.close()
    hears.recv()
    start = time.perf_counter()
    if moment is None:
        done = said_done(hears, wait=60)
    else:
        time.sleep(moment)
        child.kill()
        done = None
    lived = time.perf_counter() - start
    child.join()
    return (said_done(hears) if done is None else done), lived


def said_done(hears: Connection, wait: float = 0) -> bool:
    """Tell whether the killed process had said that it was done."""
    try:
        return hears.poll(wait) and bool(hears.recv() == "done")
    except EOFError:
        return False


def look(url: str, rows: int, turn: int, tally: Tally) -> int:
    """Look at the store as the next reader does; give the turn whose version is there."""
    start = time.perf_counter()
    store = open_store(url)
    now = current(store)
    contents = read(store, now.number)
    tally.reopen_s = max(tally.reopen_s, time.perf_counter() - start)
    with reading(store) as connection:
        sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    if sound != "ok":
        tally.wrong.append(f"turn {turn}: {sound}")
    written = int(contents["observations"].rsplit(b",", 1)[1])
    if contents != build_contents(rows, written):
        tally.wrong.append(f"turn {turn}: version {now.number} is not whole")
    told = next(line.version for line in audit(store) if line.action is AuditAction.PUBLICATION)
    if told != now.number or len(versions(store)) != now.number + 1:
        tally.wrong.append(f"turn {turn}: version {now.number}, the log says {told}")
    close_store(store)
    return written


def main() -> int:
    """Run the kills and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fois", type=int, default=KILLS)
    parser.add_argument("--lignes", type=int, default=ROWS)
    parser.add_argument("--graine", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), options.fois, options.lignes, options.graine)
        size = (Path(folder) / "base.sqlite").stat().st_size
    print("| Ce qui a été vu | Mesure |\n|---|---|")
    rows = f"{options.lignes:,}".replace(",", "\u00a0")
    print(f"| publications interrompues par kill -9 ({rows} lignes) | {tally.kills} |")
    print(f"| ancienne version trouvée, entière | {tally.old} |")
    print(f"| nouvelle version trouvée, entière | {tally.new} |")
    print(f"| dont déjà annoncée finie | {tally.finished} |")
    print(f"| autre chose | {len(tally.wrong)} (exigé : 0) |")
    print(
        f"| durée d’une publication | {number(tally.publish_s)} s (exigé : {number(PUBLISH_BUDGET_S, 0)} s) |"
    )
    print(f"| base rouverte et version lue, au plus | {number(tally.reopen_s)} s |")
    print(f"| taille de la base à la fin | {size / 1e6:.0f} Mo |")
    for line in tally.wrong:
        print(f"- {line}")
    return 1 if tally.wrong or tally.publish_s > PUBLISH_BUDGET_S else 0


if __name__ == "__main__":
    sys.exit(main())
