"""Files of the catalogue: what they change, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from territoires.domain.directory import Directory
from territoires.domain.updates import Absent, FileKind, Severity
from territoires.tables.matching import PlaceNames
from territoires.tables.updates.catalogue import read_new_indicators
from territoires.tables.updates.registers import check_contract
from tests.tables.updates.conftest import Rows
from tests.tables.updates.files import Built, as_kind, build, changed, to_csv, told

NEW = {
    "indicator_id": "essai_region",
    "label": "Libellé court",
    "description": "Énoncé tel que publié",
    "theme": "adhesion aux alliances",
    "study": "Nom de l’étude",
    "actor": "Maires",
    "unit": "pour cent",
    "kind": "Taux",
    "direction": "haut favorable",
    "base": "Maires interrogés",
    "nature": "Enquête",
    "decimals": "0",
}

Make = Callable[..., Built]


@pytest.fixture
def make(tables: Rows, directory: Directory, place_names: PlaceNames) -> Make:
    def build_file(headings: Sequence[str], *rows: Sequence[str], **choices: object) -> Built:
        content = to_csv(headings, *rows)
        return build(
            content, as_kind(FileKind.CATALOGUE, **choices), tables, directory, place_names
        )

    return build_file


def new(tables: Rows, **cells: str) -> Built:
    entry = {**NEW, **cells}
    rows, problems = read_new_indicators(
        to_csv(list(entry), list(entry.values())), "nouveaux.csv", tables
    )
    return {"indicators": rows}, problems


def test_a_known_entry_is_changed_where_the_file_speaks(make: Make, tables: Rows) -> None:
    known = tables["indicators"][0]
    built = make(("Identifiant", "Libellé"), (known["indicator_id"], "Autre libellé"))
    assert built == (
        {"indicators": (changed(known, label="Autre libellé"), *tables["indicators"][1:])},
        (),
    )


def test_the_same_entry_changes_nothing(make: Make, tables: Rows) -> None:
    known = tables["indicators"][0]
    built = make(("Identifiant", "Nature de la mesure"), (known["indicator_id"], "taux"))
    assert built == ({}, ())


def test_an_entry_without_figures_is_refused_with_the_way_to_bring_it(make: Make) -> None:
    changed_tables, problems = make(list(NEW), list(NEW.values()))
    assert changed_tables == {}
    assert told(problems) == [
        ("information", "completed", 2, "indicator_id"),
        ("bloquant", "no-figures", 2, "indicator_id"),
    ]
    assert problems[1].mend == (
        "Un indicateur sans chiffre est refusé\u00a0: apportez ses chiffres (genre "
        "«\u00a0chiffres\u00a0») et joignez-y ce fichier comme indicateurs nouveaux."
    )


def test_french_words_become_those_of_the_contract_and_what_is_usual_is_told(tables: Rows) -> None:
    built, problems = new(tables)
    (entry,) = built["indicators"]
    assert entry == {
        **NEW,
        "theme": "Adhésion aux alliances",
        "actor": "maires",
        "actor_label": "maires",
        "unit": "%",
        "unit_label": "%",
        "kind": "rate",
        "direction": "haut_favorable",
        "nature": "enquete",
        "usage": "resultat",
        "status": "publie",
        "levels": "",
        "waves": "",
        "comparable_with": "",
        "domain_id": "",
        "caveat": "",
    }
    assert told(problems) == [("information", "completed", 2, "indicator_id")]
    faults = check_contract("indicators", {**entry, "levels": "region", "waves": "2026"})
    assert faults == ()


@pytest.mark.parametrize(
    ("cells", "code", "column", "expected"),
    [
        ({"indicator_id": "Été 2026"}, "contract", "indicator_id", "une écriture comme « adhesion_maires_region »"),
        ({"label": "x" * 71}, "contract", "label", "70 caractères au plus"),
        ({"label": ""}, "required", "label", "une valeur (elle ne peut pas être vide)"),
        ({"kind": "gros"}, "contract", "kind", "l’une des valeurs « taux », « effectif », « note », « montant », « rapport »"),
        ({"unit": "kg"}, "contract", "unit", "l’une des valeurs « % », « note sur 10 », « nombre », « sur 10 », « sur 4 », « sur 3 », « sur 2 », « en toutes lettres », « € par unité de consommation », « € par habitant », « rapport », « pour 100 », « % par an »"),
        ({"decimals": "4"}, "contract", "decimals", "un nombre inférieur ou égal à 3"),
        ({"decimals": "un"}, "contract", "decimals", "un nombre entier (sans espace ni unité)"),
        ({"unit": "nombre"}, "unit-kind", "unit", "une unité de taux, « % », « % par an », « en toutes lettres »"),
        ({"nature": "COG"}, "cog", "nature", "un indicateur d’enquête ou de contexte"),
        ({"status": "simulé"}, "simulated", "status", "un indicateur publié ou provisoire"),
        ({"domain_id": "inconnu"}, "unknown-name", "domain_id", "des identifiants connus, séparés par une espace"),
        ({"comparable_with": "inconnu"}, "unknown-name", "comparable_with", "des identifiants connus, séparés par une espace"),
        ({"comparable_with": "essai_region"}, "unknown-name", "comparable_with", "d’autres indicateurs"),
        ({"base": "x" * 301}, "too-long", "base", "300 caractères au plus"),
    ],
)  # fmt: skip
def test_a_broken_entry_is_told_exactly_and_left_out(
    tables: Rows, cells: dict[str, str], code: str, column: str, expected: str
) -> None:
    built, problems = new(tables, **cells)
    blocking = [p for p in problems if p.severity is Severity.BLOCKING]
    assert [(p.code, p.row, p.column, p.expected.replace("\u00a0", " ")) for p in blocking] == [
        (code, 2, column, expected)
    ]
    assert all(p.mend for p in problems)
    assert built["indicators"] == ()


def test_missing_columns_of_a_new_entry_are_told_once(tables: Rows) -> None:
    content = to_csv(("Identifiant", "Libellé"), ("essai_region", "Libellé court"))
    _, problems = read_new_indicators(content, "nouveaux.csv", tables)
    (blocking,) = (p for p in problems if p.severity is Severity.BLOCKING)
    assert blocking.code == "columns-missing"
    assert "« Thème »" in blocking.mend.replace("\u00a0", " ")


def test_domains_are_read_by_label_too(tables: Rows) -> None:
    built, _ = new(tables, domain_id="Isolement, lien social ; Éducation")
    assert built["indicators"][0]["domain_id"] == "lien_social education"


def test_a_comparison_named_by_one_side_alone_is_told(tables: Rows) -> None:
    _, problems = new(tables, comparable_with="innovation_maires")
    assert ("a_verifier", "one-way", 2, "comparable_with") in told(problems)


def test_another_unit_for_published_figures_is_to_be_checked(make: Make, tables: Rows) -> None:
    known = tables["indicators"][0]
    built = make(
        ("Identifiant", "Unité", "Nature de la mesure"),
        (known["indicator_id"], "nombre", "effectif"),
    )
    assert [(p.severity.value, p.code, p.column) for p in built[1]] == [
        ("bloquant", "meaning-changed", "Unité"),
        ("bloquant", "meaning-changed", "Nature de la mesure"),
    ]


def test_the_profile_of_the_cog_is_not_brought(make: Make, tables: Rows) -> None:
    cog = next(row for row in tables["indicators"] if row["nature"] == "cog")
    assert make(("Identifiant", "Libellé"), (cog["indicator_id"], cog["label"])) == ({}, ())
    changed_tables, problems = make(("Identifiant", "Libellé"), (cog["indicator_id"], "Autre"))
    assert (changed_tables, [p.code for p in problems]) == ({}, ["cog"])


def test_an_indicator_twice_is_refused(make: Make, tables: Rows) -> None:
    known = tables["indicators"][0]["indicator_id"]
    _, problems = make(("Identifiant", "Libellé"), (known, "Un"), (known, "Deux"))
    assert told(problems) == [("bloquant", "duplicate", 3, "Identifiant")]


def test_nothing_leaves_the_catalogue(make: Make, tables: Rows) -> None:
    known = tables["indicators"][0]
    built = make(
        ("Identifiant", "Libellé"), (known["indicator_id"], known["label"]), absent=Absent.REMOVE
    )
    assert (built[0], told(built[1])) == ({}, [("information", "kept", 0, "")])


def test_a_published_entry_beside_new_figures_stays_as_it_is(tables: Rows) -> None:
    built, problems = new(tables, indicator_id=tables["indicators"][0]["indicator_id"])
    assert built["indicators"] == ()
    assert "already-published" in [p.code for p in problems]


def test_a_file_that_cannot_be_read_gives_its_problems(tables: Rows) -> None:
    rows, problems = read_new_indicators(b"", "vide.csv", tables)
    assert rows == ()
    assert problems[0].severity is Severity.BLOCKING
