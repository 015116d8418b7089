"""What is doubtful in figures that change: told once, with what to do, and never of what stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires.domain.updates import Absent, Choices, Severity
from territoires.views.update_review import Review
from tests.views.conftest import SAID, Reviewer, Tables

Q = "\u00a0"


def lines(review: Review, code: str) -> list[str]:
    return [str(one) for one in review.problems if one.code == code]


def severities(review: Review, code: str) -> set[Severity]:
    return {one.severity for one in review.problems if one.code == code}


def with_rungs(tables: Tables, number: int = 5) -> Choices:
    (model,) = [r for r in tables["indicators"] if r["indicator_id"] == "adhesion_maires_region"]
    cards = [
        {**model, "indicator_id": f"essai_maturite_{rung}", "label": f"Échelon {rung}"}
        for rung in range(1, number + 1)
    ]
    return replace(
        SAID, indicator_id="", new_indicators=tuple(tuple(card.items()) for card in cards)
    )


def rungs(*shares: str, place: str = "Bretagne") -> str:
    rows = [f"essai_maturite_{i};{place};{share};200" for i, share in enumerate(shares, start=1)]
    return "\n".join(["Indicateur;Région;Valeur;Répondants", *rows]) + "\n"


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        (("20", "20", "20", "20", "20"), ""),
        (("20", "20", "20", "20", "21"), ""),
        (("20", "20", "20", "20", "23"), "sum"),
        (("20", "20", "20", "10", "10"), "sum"),
        (("20", "20", "20", "20", "25"), "sum"),
        (("20", "20", "20", "20", "26"), "sum-over"),
        (("20,1", "20,1", "20,1", "20,1", "20,1"), "sum"),
    ],
)
def test_parts_of_one_whole_add_up_to_a_hundred(
    shares: tuple[str, ...], code: str, review: Reviewer, tables: Tables
) -> None:
    done = review(rungs(*shares), choices=with_rungs(tables))
    found = [one.code for one in done.problems if one.code.startswith("sum")]
    assert found == ([code] if code else [])
    assert done.is_publishable is (code != "sum-over")


def test_the_sum_is_told_with_the_place_and_what_it_is(review: Reviewer, tables: Tables) -> None:
    done = review(rungs("40", "40", "40", "40", "40"), choices=with_rungs(tables))
    assert lines(done, "sum-over") == [
        f"ligne 2, colonne Valeur{Q}: lu «{Q}200 %{Q}», attendu des parts qui font 100{Q}% au "
        f"plus (Bretagne). Ces parts s’excluent{Q}: leur total ne peut pas dépasser 100. Vérifiez "
        "que chaque colonne est bien celle de son indicateur."
    ]


def test_some_parts_alone_may_be_under_a_hundred_but_not_over(
    review: Reviewer, tables: Tables
) -> None:
    (model,) = [r for r in tables["indicators"] if r["indicator_id"] == "adhesion_maires_region"]
    # The other rungs are published elsewhere: only two are known in Bretagne.
    known = {
        **tables,
        "indicators": (
            *tables["indicators"],
            *({**model, "indicator_id": f"essai_maturite_{i}"} for i in range(1, 6)),
        ),
    }
    said = replace(SAID, indicator_id="")
    few = review(rungs("20", "30"), choices=said, known=known)
    assert lines(few, "sum") == []
    many = review(rungs("80", "70"), choices=said, known=known)
    assert severities(many, "sum-over") == {Severity.BLOCKING}


REGIONS = ("Bretagne", "Normandie", "Occitanie", "Corse", "Grand Est")


def with_country(share: str, national: str, size: str = "200") -> str:
    rows = [f"{name};{share};{size}" for name in REGIONS]
    return "\n".join(["Territoire;Taux;Répondants", *rows, f"France;{national};1000"]) + "\n"


def test_regions_far_from_the_country_are_told(review: Reviewer) -> None:
    done = review(with_country("80", "60"))
    assert lines(done, "country") == [
        f"ligne 2, colonne Taux{Q}: attendu des régions proches du chiffre de la France (60,0{Q}%)."
        f" Pondérées par leurs effectifs, les 5 régions donnent en moyenne 80,0{Q}%{Q}: vérifiez "
        "qu’il s’agit de la même question, ou donnez le chiffre national de cette vague."
    ]
    assert severities(done, "country") == {Severity.WARNING}


def test_regions_near_the_country_or_of_unknown_samples_are_not(review: Reviewer) -> None:
    assert lines(review(with_country("80", "76")), "country") == []
    assert lines(review(with_country("80", "60", size="")), "country") == []


def test_a_sample_larger_than_the_population_is_told(review: Reviewer) -> None:
    done = review("Commune;Taux;Répondants\n35238;61;9000000\n", indicator_id="innovation_citoyens")
    (line,) = lines(done, "respondents-many")
    assert "habitants au plus (Rennes)" in line


def test_a_weighted_share_is_not_held_to_whole_people(review: Reviewer) -> None:
    weighted = review("Région;Taux;Répondants;Effet de plan\nBretagne;77,3;13;1,4\n")
    assert lines(weighted, "unreachable") == []
    plain = review("Région;Taux;Répondants;Effet de plan\nBretagne;77,3;13;1\n")
    assert len(lines(plain, "unreachable")) == 1


def test_a_large_sample_is_not_held_to_whole_people(review: Reviewer) -> None:
    assert lines(review("Région;Taux;Répondants\nBretagne;77,33;201\n"), "unreachable") == []


def test_a_proportion_is_held_with_the_decimals_of_its_percentage(review: Reviewer) -> None:
    from territoires.domain.updates import Scale

    done = review("Région;Taux;Répondants\nBretagne;0,77;13\n", scale=Scale.PROPORTION)
    assert lines(done, "unreachable") == []


def test_missing_samples_are_told_once_for_each_indicator(review: Reviewer) -> None:
    done = review("Région;Taux\nBretagne;77\nCorse;66\nNormandie;78\n")
    assert len(lines(done, "respondents-missing")) == 1
    assert lines(done, "respondents-missing")[0].endswith(f"Lignes{Q}2, 3 et 4.")


def test_a_context_figure_needs_no_sample(review: Reviewer) -> None:
    done = review(
        "Région;Taux\nBretagne;10,9\n",
        indicator_id="taux_pauvrete",
        wave="2022",
        absent=Absent.KEEP,
    )
    assert lines(done, "respondents-missing") == []


def test_a_count_needs_no_sample(review: Reviewer) -> None:
    done = review("Région;Nombre\nBretagne;300\n", indicator_id="maires_volontaires_nombre")
    assert lines(done, "respondents-missing") == []


def test_figures_that_stay_as_published_raise_no_doubt(review: Reviewer) -> None:
    # The published ones have no sample: that was accepted when they were published.
    done = review("Région;Taux\nNormandie;77\n", wave="2016-11", source_id="", fiabilite="")
    assert [one.code for one in done.problems] == ["no-change"]
