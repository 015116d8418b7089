"""Verbs about versions: history, diff, rollback."""

from __future__ import annotations

import sys

from territoires.cli.base import find_store
from territoires.cli.options import Options
from territoires.cli.output import FINE, FOUND, Output, WrongUseError, ask
from territoires.cli.saying import say_diffs, say_rows, say_version, show_diffs, show_version
from territoires.domain.publishing import TERMINAL
from territoires.domain.versions import Act, AuditEntry
from territoires.tables.snapshots import to_tables
from territoires.tables.store.audit import audit
from territoires.tables.store.connection import Store
from territoires.tables.store.publishing import roll_back as roll_back_version
from territoires.tables.store.versions import current_number, read, version, versions
from territoires.tables.updates.compare import TableDiff, compare_tables, counts
from territoires.views.history import ACTIONS, format_moment

_MAX_ROWS = 20


def history(options: Options, output: Output) -> int:
    """Give the versions, or the log, the newest first."""
    store = find_store()
    if options.journal:
        entries = audit(store, options.limite)
        output.give(lambda: [_show_entry(one) for one in entries], map(_say_entry, entries))
        return FINE
    found = versions(store)[: max(options.limite, 0)]
    output.give(
        lambda: [show_version(one) for one in found],
        (line for one in found for line in say_version(one)),
    )
    return FINE


def diff(options: Options, output: Output) -> int:
    """Compare two versions: by default the current one and that before it."""
    store = find_store()
    after = current_number(store) if options.apres is None else options.apres
    before = options.avant
    if before is None:
        before = version(store, after).parent
    if before is None:
        raise WrongUseError(
            f"La version {after} est la première : il n’y a rien avant elle.",
            remedy="Donnez deux numéros : territoires diff 0 3.",
        )
    diffs = _compare(store, before, after)
    output.give(
        lambda: {"avant": before, "apres": after, "tables": show_diffs(diffs, rows=True)},
        [
            f"Version {after}. {say_diffs(diffs, before)}",
            *say_rows(diffs, None if options.tout else _MAX_ROWS),
        ],
    )
    return FINE


def roll_back(options: Options, output: Output) -> int:
    """Publish an older version again, once the person says so."""
    store = find_store()
    base = current_number(store)
    diffs = _compare(store, base, options.version)
    if not output.is_json:
        output.say(say_diffs(diffs, base), *say_rows(diffs, _MAX_ROWS))
    if diffs and not options.oui:
        if not sys.stdin.isatty():
            raise WrongUseError(
                "Personne ne peut répondre ici : rien n’a été publié.",
                remedy="Relisez ce qui change, puis ajoutez --oui.",
            )
        if not ask(f"Revenir à la version {options.version} ?"):
            output.say("Rien n’a été publié.")
            return FOUND
    act = Act(options.auteur, options.message)
    made = roll_back_version(
        store, options.version, act, base=base, caller=TERMINAL, counts=counts(diffs)
    )
    output.give(lambda: show_version(made), [f"Version {made.number} publiée.", *say_version(made)])
    return FINE


def _compare(store: Store, before: int, after: int) -> tuple[TableDiff, ...]:
    return compare_tables(to_tables(read(store, before)), to_tables(read(store, after)))


def _say_entry(entry: AuditEntry) -> str:
    return (
        f"{entry.number:>5}  {format_moment(entry.date)}  {ACTIONS[entry.action]}  "
        f"{entry.author} : {entry.detail}"
    )


def _show_entry(entry: AuditEntry) -> dict[str, object]:
    return {
        "numero": entry.number,
        "date": entry.date.isoformat(),
        "action": entry.action.value,
        "auteur": entry.author,
        "version": entry.version,
        "detail": entry.detail,
    }
