"""New figures set against the published ones of their territory."""

from __future__ import annotations

from territoires.domain.updates import Row
from territoires.views.update_review import Review
from tests.views.conftest import Reviewer, Tables

Q = "\u00a0"


def lines(review: Review, code: str) -> list[str]:
    return [str(one) for one in review.problems if one.code == code]


def with_sample(tables: Tables, sizes: dict[str, str]) -> Tables:
    """Give the published shares of 2016 a sample size, by code of région."""

    def sized(row: Row) -> Row:
        is_asked = row["indicator_id"] == "adhesion_maires_region" and row["code"] in sizes
        return {**row, "respondents": sizes[row["code"]]} if is_asked else row

    return {**tables, "observations": tuple(sized(row) for row in tables["observations"])}


def test_a_jump_beyond_chance_is_told_with_both_samples(review: Reviewer, tables: Tables) -> None:
    known = with_sample(tables, {"28": "300"})
    done = review("Région;Taux;Répondants\nNormandie;50;300\n", known=known)
    assert lines(done, "jump") == [
        f"ligne 2, colonne Taux{Q}: lu «{Q}50{Q}», attendu un écart que le sondage explique "
        f"(77{Q}% publié pour novembre 2016). Écart de 27{Q}points, au-delà de ce que le hasard "
        f"explique (300{Q}réponses avant, 300{Q}réponses ici){Q}: vérifiez la valeur, la question "
        "et le territoire."
    ]
    assert done.is_publishable


def test_a_change_that_chance_explains_is_not_told(review: Reviewer, tables: Tables) -> None:
    known = with_sample(tables, {"28": "30"})
    done = review("Région;Taux;Répondants\nNormandie;60;30\n", known=known)
    assert lines(done, "jump") == lines(done, "jump-unverifiable") == []


def test_without_a_sample_only_a_wide_gap_is_told(review: Reviewer) -> None:
    done = review("Région;Taux;Répondants\nNormandie;97;300\nOccitanie;79;300\n")
    assert lines(done, "jump-unverifiable") == [
        f"ligne 3, colonne Taux{Q}: lu «{Q}79{Q}», attendu moins de 20{Q}points d’écart (100{Q}% "
        f"publié pour novembre 2016). Écart de 21{Q}points, invérifiable sans effectif{Q}: vérifiez "
        "la valeur, la question et le territoire."
    ]


def test_a_value_that_replaces_another_is_set_against_it(review: Reviewer) -> None:
    done = review("Région;Taux\nNormandie;20\n", wave="2016-11")
    (line,) = lines(done, "jump-unverifiable")
    assert f"77{Q}% publié pour la même vague" in line


def test_the_nearest_wave_before_is_the_one_that_counts(review: Reviewer, tables: Tables) -> None:
    (past,) = [row for row in tables["observations"] if row["observation_id"] == "PI16-02"]
    later = {**past, "observation_id": "x-2020", "wave": "2020-11", "value": "30"}
    known = {**tables, "observations": (*tables["observations"], later)}
    done = review("Région;Taux\nNormandie;35\n", known=known)
    assert lines(done, "jump-unverifiable") == []


def test_a_first_figure_is_set_against_nothing(review: Reviewer) -> None:
    done = review("Région;Taux;Répondants\nCorse;2;100\n")
    assert [one.code for one in done.problems] == []


def test_an_amount_many_times_larger_passes_for_a_slip_of_unit(
    review: Reviewer, tables: Tables
) -> None:
    (past,) = [
        row
        for row in tables["observations"]
        if row["indicator_id"] == "niveau_vie_median"
        and (row["level"], row["code"]) == ("region", "53")
    ]
    file = f"Région;Montant\nBretagne;{float(past['value']) / 1000:.2f}\n".replace(".", ",")
    done = review(file, indicator_id="niveau_vie_median", wave=past["wave"])
    (line,) = lines(done, "jump-unit")
    assert "vérifiez l’unité et le séparateur décimal" in line
