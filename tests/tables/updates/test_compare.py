"""Two sets of tables compared, and two updates of one set merged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from territoires.domain.updates import Row
from territoires.tables.updates.compare import (
    Conflict,
    RowChange,
    TableDiff,
    compare_tables,
    counts,
    merge_tables,
)
from territoires.tables.updates.extents import with_extents
from tests.tables.updates.conftest import Rows
from tests.tables.updates.files import changed, with_rows


def replace_row(tables: Rows, table: str, position: int, **cells: str) -> Rows:
    rows = list(tables[table])
    rows[position] = changed(rows[position], **cells)
    return {**tables, table: tuple(rows)}


def remove_row(tables: Rows, table: str, position: int) -> Rows:
    rows = tables[table]
    return {**tables, table: (*rows[:position], *rows[position + 1 :])}


def test_the_same_tables_do_not_differ(tables: Rows) -> None:
    copy = {name: tuple(dict(row) for row in rows) for name, rows in tables.items()}
    assert compare_tables(tables, copy) == ()
    assert counts(()) == (0, 0, 0)


def test_the_order_of_the_rows_is_no_difference(tables: Rows) -> None:
    shuffled = {name: tuple(reversed(rows)) for name, rows in tables.items()}
    assert compare_tables(tables, shuffled) == ()


def test_a_changed_row_names_its_columns(tables: Rows) -> None:
    new = replace_row(tables, "catalysts", 3, note="Autre note", metier="Facilitation")
    (diff,) = compare_tables(tables, new)
    assert diff.table == "catalysts"
    assert diff.changed == (
        RowChange(tables["catalysts"][3], new["catalysts"][3], ("metier", "note")),
    )
    assert (diff.added, diff.removed, diff.unchanged) == ((), (), len(tables["catalysts"]) - 1)


def test_rows_come_and_go(tables: Rows) -> None:
    row = changed(tables["sources"][0], source_id="essai-2026")
    new = remove_row(with_rows(tables, "sources", row), "sources", 0)
    (diff,) = compare_tables(tables, new)
    assert diff.added == (row,)
    assert diff.removed == (tables["sources"][0],)
    assert counts([diff]) == (1, 0, 1)


def test_a_table_that_appears_is_all_added(tables: Rows, simulated_tables: Rows) -> None:
    without = {name: rows for name, rows in tables.items() if name != "zonages"}
    new = {**without, "zonages": simulated_tables["zonages"]}
    (diff,) = compare_tables(without, new)
    assert diff == TableDiff("zonages", simulated_tables["zonages"], (), (), 0)


def test_a_renamed_main_figure_is_one_changed_row(tables: Rows) -> None:
    new = replace_row(tables, "observations", 0, observation_id="autre-nom", source_id="cog-2026")
    (diff,) = compare_tables(tables, new)
    (change,) = diff.changed
    assert change.columns == ("observation_id", "source_id")
    assert (diff.added, diff.removed) == ((), ())


def test_other_readings_of_a_figure_are_told_apart_by_their_identifier(tables: Rows) -> None:
    others = [row for row in tables["observations"] if row["reading"] != "principale"]
    new = with_rows(tables, "observations", changed(others[0], observation_id="encore-une"))
    (diff,) = compare_tables(tables, new)
    assert [row["observation_id"] for row in diff.added] == ["encore-une"]
    assert diff.changed == ()


def test_a_key_met_twice_loses_no_row(tables: Rows) -> None:
    twice = with_rows(tables, "sources", tables["sources"][0], tables["sources"][0])
    (diff,) = compare_tables(tables, twice)
    assert len(diff.added) == 2
    assert counts(compare_tables(twice, tables)) == (0, 0, 2)


def test_two_updates_of_different_rows_are_both_kept(tables: Rows) -> None:
    mine = replace_row(tables, "catalysts", 0, note="La mienne")
    theirs = replace_row(tables, "catalysts", 1, note="La leur")
    merged, conflicts = merge_tables(tables, mine, theirs)
    assert conflicts == ()
    assert [row["note"] for row in merged["catalysts"][:2]] == ["La mienne", "La leur"]
    assert merged["catalysts"][2:] == tables["catalysts"][2:]


def test_a_row_changed_twice_is_a_conflict_and_mine_is_kept(tables: Rows) -> None:
    mine = replace_row(tables, "catalysts", 0, note="La mienne")
    theirs = replace_row(tables, "catalysts", 0, note="La leur")
    merged, conflicts = merge_tables(tables, mine, theirs)
    assert conflicts == (
        Conflict("catalysts", tables["catalysts"][0], mine["catalysts"][0], theirs["catalysts"][0]),
    )
    assert merged["catalysts"] == mine["catalysts"]


def test_the_same_change_on_both_sides_is_no_conflict(tables: Rows) -> None:
    mine = replace_row(tables, "catalysts", 0, note="La même")
    theirs = replace_row(mine, "catalysts", 1, note="La leur")
    merged, conflicts = merge_tables(tables, mine, theirs)
    assert conflicts == ()
    assert merged["catalysts"] == theirs["catalysts"]


def test_changed_here_and_removed_there_is_a_conflict(tables: Rows) -> None:
    mine = replace_row(tables, "catalysts", 0, note="La mienne")
    theirs = remove_row(tables, "catalysts", 0)
    merged, conflicts = merge_tables(tables, mine, theirs)
    assert [(c.mine is None, c.theirs is None) for c in conflicts] == [(False, True)]
    assert merged["catalysts"] == mine["catalysts"]
    merged, conflicts = merge_tables(tables, theirs, mine)
    assert [(c.mine is None, c.theirs is None) for c in conflicts] == [(True, False)]
    assert merged["catalysts"] == theirs["catalysts"]


def test_what_one_side_adds_comes_last(tables: Rows) -> None:
    row, other = (changed(tables["catalysts"][0], actor_id=name) for name in ("un", "deux"))
    merged, conflicts = merge_tables(
        tables, with_rows(tables, "catalysts", row), with_rows(tables, "catalysts", other)
    )
    assert conflicts == ()
    assert merged["catalysts"] == (*tables["catalysts"], row, other)


def test_two_waves_of_one_indicator_do_not_conflict(tables: Rows) -> None:
    first = next(row for row in tables["observations"] if row["reading"] == "principale")

    def with_wave(wave: str) -> Rows:
        row = changed(first, observation_id=f"essai-{wave}", wave=wave)
        observations = (*tables["observations"], row)
        indicators = with_extents(tables["indicators"], observations)
        return {**tables, "observations": observations, "indicators": indicators}

    merged, conflicts = merge_tables(tables, with_wave("2030"), with_wave("2031"))
    assert conflicts == ()
    (indicator,) = (
        row for row in merged["indicators"] if row["indicator_id"] == first["indicator_id"]
    )
    assert indicator["waves"].split()[-2:] == ["2030", "2031"]


CELLS = st.sampled_from(["", "a", "b", "é"])
ROWS = st.lists(
    st.builds(
        lambda key, title, date: {"source_id": key, "title": title, "date": date},
        st.sampled_from("abcdefgh"),
        CELLS,
        CELLS,
    ),
    max_size=8,
    unique_by=lambda row: row["source_id"],
).map(tuple)


def by_key(rows: tuple[Row, ...]) -> dict[str, Row]:
    return {row["source_id"]: row for row in rows}


@given(old=ROWS, new=ROWS)
def test_a_difference_applied_gives_the_new_table(
    old: tuple[Row, ...], new: tuple[Row, ...]
) -> None:
    diffs = compare_tables({"sources": old}, {"sources": new})
    rows = by_key(old)
    for diff in diffs:
        for row in diff.removed:
            assert rows.pop(row["source_id"]) == row
        for change in diff.changed:
            assert rows[change.before["source_id"]] == change.before
            assert {c for c in change.after if change.before[c] != change.after[c]} == set(
                change.columns
            )
            rows[change.after["source_id"]] = change.after
        for row in diff.added:
            assert row["source_id"] not in rows
            rows[row["source_id"]] = row
        assert diff.unchanged + len(diff.added) + len(diff.changed) == len(new)
    assert rows == by_key(new)


@given(base=ROWS, other=ROWS)
def test_a_merge_with_nothing_is_the_other_side(
    base: tuple[Row, ...], other: tuple[Row, ...]
) -> None:
    before, after = {"sources": base}, {"sources": other}
    assert merge_tables(before, before, after) == (after, ())
    assert merge_tables(before, after, before) == (after, ())


@given(base=ROWS, mine=ROWS, theirs=ROWS)
def test_a_merge_loses_nothing_that_nobody_removed(
    base: tuple[Row, ...], mine: tuple[Row, ...], theirs: tuple[Row, ...]
) -> None:
    merged, conflicts = merge_tables({"sources": base}, {"sources": mine}, {"sources": theirs})
    rows, old, here, there = (by_key(r) for r in (merged["sources"], base, mine, theirs))
    disputed = {(c.base or c.mine or c.theirs or {})["source_id"] for c in conflicts}
    for key in {*old, *here, *there}:
        sides = here.get(key), there.get(key)
        if key in disputed or sides[0] == sides[1]:
            assert rows.get(key) == sides[0]
        else:
            assert old.get(key) in sides
            assert rows.get(key) == (sides[1] if sides[0] == old.get(key) else sides[0])
