"""Several processes at once: one wins, the others are told, nothing is written twice."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from territoires.domain.publishing import TERMINAL
from territoires.domain.versions import Act, AuditAction
from territoires.errors import ConflictError
from territoires.tables.store import (
    audit,
    close_store,
    current_number,
    import_release,
    open_store,
    publish,
    read,
    roll_back,
    save_draft,
    versions,
)
from tests.tables.store.conftest import SHIPPED, tables

PROCESSES = multiprocessing.get_context("forkserver")
ROUNDS, WRITERS = 12, 3


def race(work: Callable[..., Any], *arguments: object) -> list[Any]:
    """Run the same work in several processes that start together."""
    with PROCESSES.Manager() as manager:
        results = manager.list()
        start = PROCESSES.Barrier(WRITERS)
        children = [
            PROCESSES.Process(target=work, args=(*arguments, rank, start, results))
            for rank in range(WRITERS)
        ]
        for child in children:
            child.start()
        for child in children:
            child.join(60)
        assert [child.exitcode for child in children] == [0] * WRITERS
        return list(results)


def publish_rounds(url: str, rank: int, start: Any, results: Any) -> None:
    store = open_store(url)
    for turn in range(ROUNDS):
        start.wait(30)
        base = current_number(store)
        start.wait(30)
        try:
            act = Act(f"Personne {rank}", f"Tour {turn}")
            made = publish(store, tables(f"{turn}-{rank}"), act, base=base, caller=TERMINAL)
            results.append((turn, rank, made.number))
        except ConflictError as error:
            results.append((turn, rank, error.details[0]))


def open_and_import(url: str, rank: int, start: Any, results: Any) -> None:
    start.wait(30)
    store = open_store(url)
    made = import_release(store, SHIPPED, f"Livraison lue par {rank}")
    results.append(None if made is None else made.number)


def test_of_two_people_who_publish_at_once_exactly_one_wins(store, url: str) -> None:
    results = race(publish_rounds, url)
    assert len(results) == ROUNDS * WRITERS
    for turn in range(ROUNDS):
        wins = [result for result in results if result[0] == turn and isinstance(result[2], int)]
        assert len(wins) == 1
        _, rank, number = wins[0]
        assert number == turn + 1
        assert read(store, number) == tables(f"{turn}-{rank}")
        losers = [result[2] for result in results if result[0] == turn and result not in wins]
        assert all(f"Personne {rank}" in detail for detail in losers)
    assert [one.number for one in versions(store)] == list(range(ROUNDS, -1, -1))
    actions = [entry.action for entry in audit(store)]
    assert actions.count(AuditAction.PUBLICATION) == ROUNDS
    assert actions.count(AuditAction.CONFLICT) == ROUNDS * (WRITERS - 1)


@pytest.mark.parametrize("turn", range(4))
def test_two_servers_that_start_at_once_import_once(tmp_path: Path, turn: int) -> None:
    url = f"sqlite:///{tmp_path / str(turn) / 'base.sqlite'}"
    results = race(open_and_import, url)
    assert sorted(results, key=str) == [0, None, None]
    store = open_store(url)
    assert len(versions(store)) == 1
    assert len(audit(store)) == 1
    close_store(store)


def test_a_reader_is_not_disturbed_by_a_writer(store) -> None:
    with store.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE territoires_pointer SET version = version")
        assert current_number(store) == 0
        assert read(store, 0) == SHIPPED


def test_threads_share_a_store(store) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def work(turn: int) -> int:
        save_draft(store, f"k{turn % 20}", 0, "a.csv", b"1" * 1_000, "{}")
        return current_number(store)

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(work, range(60))) == {0}


def test_a_roll_back_and_a_publication_at_once_do_not_mix(store, publish_value) -> None:
    publish_value(78)
    roll_back(store, 0, Act("Ana", "Retour"), base=1, caller=TERMINAL)
    with pytest.raises(ConflictError):
        publish(store, tables(79), Act("Bob", "Suite"), base=1, caller=TERMINAL)
    assert read(store, current_number(store)) == SHIPPED
