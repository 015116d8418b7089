"""Problems worded the same way everywhere."""

from __future__ import annotations

from territoires.tables.updates.problems import (
    Gathered,
    block,
    join,
    name_rows,
    note,
    quote,
    tell_nearest,
)


def test_rows_are_named_one_by_one_then_counted() -> None:
    assert name_rows([3]) == "ligne\u00a03"
    assert name_rows([9, 3, 5, 3]) == "lignes\u00a03, 5 et 9"
    assert name_rows(range(2, 12)) == "lignes\u00a02, 3, 4, 5, 6, 7, 8, 9 et 2 autres"
    assert join([str(one) for one in range(9)]).endswith("7 et 1 autre")


def test_a_shared_problem_is_told_once_with_all_its_rows() -> None:
    gathered = Gathered()
    assert not gathered
    problem = note("missing-value", "une valeur", "Laissée de côté.", column="Taux")
    for row in (7, 3):
        gathered.add(problem, row)
    gathered.add(block("wave", "une vague", "Corrigez."), 5)
    first, second = gathered.problems()
    assert (first.row, first.mend) == (3, "Laissée de côté. Lignes\u00a03 et 7.")
    assert (second.row, second.mend) == (5, "Corrigez.")


def test_a_text_of_the_file_is_cut_to_one_line() -> None:
    assert quote("a\nb") == "«\u00a0a b\u00a0»"
    assert len(quote("x" * 500)) < 100
    assert len(block("c", "e", "m", read="x" * 500).read) == 80


def test_the_nearest_names_agree_in_number() -> None:
    assert tell_nearest([]) == ""
    assert tell_nearest(["a"]).startswith("Le plus proche\u00a0: a.")
    assert tell_nearest(["a", "b"]).startswith("Les plus proches\u00a0: a et b.")
