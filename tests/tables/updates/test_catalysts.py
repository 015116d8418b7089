"""Files of actors: what they make of the register, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territoires.domain.directory import Directory
from territoires.domain.updates import Absent, FileKind, Row, Severity
from territoires.tables.indicators import read_contract
from territoires.tables.matching import PlaceNames
from territoires.tables.updates.compare import compare_tables
from territoires.tables.updates.registers import check_contract
from tests.tables.updates.conftest import Rows
from tests.tables.updates.files import Built, as_kind, build, changed, to_csv, told

HEADINGS = ("Identifiant", "Nom", "Catégorie", "Lieu", "Commune", "Statut", "Fiabilité", "Source")
SOURCE = "cog-2026"
ROW = ("", "Nouvel Acteur", "Catalyseur territorial", "Brest", "29019", "Cité", "claire", SOURCE)

Make = Callable[..., Built]


@pytest.fixture
def make(tables: Rows, directory: Directory, place_names: PlaceNames) -> Make:
    def build_file(
        *rows: Sequence[str], headings: Sequence[str] = HEADINGS, **choices: object
    ) -> Built:
        content = to_csv(headings, *rows)
        asked = as_kind(FileKind.CATALYSTS, **choices)
        return build(content, asked, tables, directory, place_names)

    return build_file


def actor(built: Built, actor_id: str) -> Row:
    tables, problems = built
    assert not [p for p in problems if p.severity is Severity.BLOCKING], problems
    return next(row for row in tables["catalysts"] if row["actor_id"] == actor_id)


def cell(heading: str, text: str, row: Sequence[str] = ROW) -> tuple[str, ...]:
    cells = list(row)
    cells[HEADINGS.index(heading)] = text
    return tuple(cells)


def test_a_new_actor_gets_an_identifier_and_every_wider_code(make: Make, tables: Rows) -> None:
    built = make(ROW)
    assert built[1] == ()
    assert actor(built, "nouvel-acteur") == {
        "actor_id": "nouvel-acteur",
        "name": "Nouvel Acteur",
        "kind": "catalyseur",
        "metier": "",
        "place_name": "Brest",
        "insee_commune": "29019",
        "epci_code": "242900314",
        "departement_code": "29",
        "region_code": "53",
        "precision": "commune",
        "status_in_source": "Cité",
        "note": "",
        "fiabilite": "claire",
        "source_id": SOURCE,
    }
    assert built[0]["catalysts"][:-1] == tables["catalysts"]


@pytest.mark.parametrize(
    ("headings", "cells", "precision", "codes"),
    [
        (("Commune",), ("Brest",), "commune", ("29019", "242900314", "29", "53")),
        (
            ("Commune", "Département"),
            ("Saint-Denis", "93"),
            "commune",
            ("93066", "200054781", "93", "11"),
        ),
        (("EPCI",), ("242900314",), "epci", ("", "242900314", "29", "53")),
        (("Département",), ("1",), "departement", ("", "", "01", "84")),
        (("Région",), ("Bretagne",), "region", ("", "", "", "53")),
    ],
)
def test_the_finest_place_known_is_the_precision(
    make: Make,
    headings: tuple[str, ...],
    cells: tuple[str, ...],
    precision: str,
    codes: tuple[str, ...],
) -> None:
    built = make(
        ("Acteur", "cress", "Dit", *cells),
        headings=("Nom", "Catégorie", "Statut", *headings),
        fiabilite="claire",
        source_id=SOURCE,
    )
    found = actor(built, "acteur")
    columns = ("insee_commune", "epci_code", "departement_code", "region_code")
    assert tuple(found[column] for column in columns) == codes
    assert found["precision"] == precision
    assert found["place_name"]


def test_a_published_actor_of_that_name_and_place_keeps_its_identifier(
    make: Make, tables: Rows
) -> None:
    known = next(row for row in tables["catalysts"] if row["actor_id"] == "fondation-lille")
    built = make(
        ("FONDATION DE LILLE", "59350", "Une autre note"), headings=("Nom", "Commune", "Note")
    )
    assert actor(built, "fondation-lille") == changed(
        known, name="FONDATION DE LILLE", note="Une autre note"
    )
    (diff,) = compare_tables(tables, {**tables, **built[0]})
    assert [change.columns for change in diff.changed] == [("name", "note")]


def test_the_same_name_elsewhere_is_someone_else_and_is_told(make: Make, tables: Rows) -> None:
    built = make(cell("Nom", "Fondation de Lille"))
    new = built[0]["catalysts"][-1]
    assert new["actor_id"] not in {row["actor_id"] for row in tables["catalysts"]}
    assert told(built[1]) == [("a_verifier", "namesake", 2, "Nom")]
    assert "« fondation-lille » (Lille)" in built[1][0].mend.replace("\u00a0", " ")


def test_a_column_that_the_file_has_not_changes_nothing(make: Make, tables: Rows) -> None:
    known = tables["catalysts"][0]
    assert make((known["actor_id"],), headings=("Identifiant",)) == ({}, ())


def test_an_actor_that_moves_gets_the_codes_of_its_new_place(make: Make, tables: Rows) -> None:
    known = next(row for row in tables["catalysts"] if row["actor_id"] == "fondation-lille")
    built = make(
        (known["actor_id"], known["name"], "29019"), headings=("Identifiant", "Nom", "Commune")
    )
    found = actor(built, "fondation-lille")
    assert (found["departement_code"], found["region_code"]) == ("29", "53")


def test_a_place_that_is_not_settled_leaves_its_row_out(make: Make, tables: Rows) -> None:
    assert (
        make(cell("Commune", "Nulle-Part-sur-Rien"), ROW)[0]["catalysts"][:-1]
        == tables["catalysts"]
    )
    assert make(cell("Commune", "Nulle-Part-sur-Rien")) == ({}, ())


def test_a_row_left_out_is_not_read(make: Make) -> None:
    assert make(cell("Catégorie", "inconnue"), excluded=(2,)) == ({}, ())


def test_absent_actors_of_the_same_sources_are_removed_on_demand(make: Make, tables: Rows) -> None:
    source = tables["catalysts"][0]["source_id"]
    others = [row["actor_id"] for row in tables["catalysts"] if row["source_id"] == source][1:]
    built = make(
        (tables["catalysts"][0]["actor_id"],), headings=("Identifiant",), absent=Absent.REMOVE
    )
    kept = {row["actor_id"] for row in built[0].get("catalysts", tables["catalysts"])}
    assert kept == {row["actor_id"] for row in tables["catalysts"]} - set(others)
    assert [p.code for p in built[1]] == (["actors-removed"] if others else [])
    built = make(ROW, absent=Absent.REMOVE)
    assert built[0]["catalysts"][:-1] == tables["catalysts"]


def test_a_row_that_cannot_be_read_removes_nobody(make: Make, tables: Rows) -> None:
    source = next(
        source
        for source in {row["source_id"] for row in tables["catalysts"]}
        if sum(row["source_id"] == source for row in tables["catalysts"]) > 2
    )
    ours = [row for row in tables["catalysts"] if row["source_id"] == source]
    rows = [(row["actor_id"], row["kind"]) for row in ours[1:]] + [(ours[0]["actor_id"], "?")]
    built = make(*rows, headings=("Identifiant", "Catégorie"), absent=Absent.REMOVE)
    assert built[0] == {}
    assert [p.code for p in built[1]] == ["kind"]


def test_a_new_source_comes_with_its_actors(make: Make, tables: Rows) -> None:
    new = (("source_id", "essai-2026"), ("title", "Essai"), ("date", "2026"), ("kind", "enquête"))
    built = make(cell("Source", ""), new_source=new)
    assert built[0]["sources"][:-1] == tables["sources"]
    assert actor(built, "nouvel-acteur")["source_id"] == "essai-2026"


def test_an_incomplete_new_source_is_told(make: Make) -> None:
    built = make(
        cell("Source", SOURCE), new_source=(("source_id", "Essai !"), ("kind", "simulation"))
    )
    assert [(p.code, p.column) for p in built[1]] == [
        ("new-source", "identifiant de la source"),
        ("new-source", "titre de la source"),
        ("new-source", "date de la source"),
        ("simulated", "nature de la source"),
    ]


KINDS = (
    "l’une des catégories « Catalyseur territorial », « Réseau pilote du parcours d’expérience "
    "2018 », « Territoire ou structure pionnière », « Territoire d’expérimentation », « Fondation "
    "territoriale », « Témoin cité ou visité », « Structure d’ingénierie territoriale », « Pôle "
    "territorial de coopération économique, lauréat 2021 », « Pôle territorial de coopération "
    "économique, lauréat 2023 », « Chambre régionale de l’économie sociale et solidaire »"
)
BROKEN = {
    "unknown kind": (
        [cell("Catégorie", "association")],
        ("kind", 2, "Catégorie", f"lu « association », attendu {KINDS}. Recopiez l’une de ces catégories."),
    ),
    "no kind": (
        [cell("Catégorie", "")],
        ("required", 2, "Catégorie", f"attendu {KINDS}. Recopiez l’une de ces catégories."),
    ),
    "no name": (
        [cell("Nom", "")],
        ("required", 2, "Nom", "attendu le nom de l’acteur. Écrivez le nom de l’acteur."),
    ),
    "name of signs": (
        [cell("Nom", "***")],
        ("required", 2, "Nom", "lu « *** », attendu le nom de l’acteur. Écrivez le nom de l’acteur."),
    ),
    "no status": (
        [cell("Statut", "")],
        (
            "required", 2, "Statut",
            "attendu ce que la source dit de l’acteur. Recopiez en quelques mots ce que la source "
            "en dit.",
        ),
    ),
    "no place": (
        [cell("Commune", "")],
        (
            "place-missing", 2, "Commune",
            "attendu une commune, une intercommunalité, un département ou une région. Donnez au "
            "moins la région de l’acteur.",
        ),
    ),
    "overseas collectivity": (
        [cell("Commune", "98735")],
        (
            "no-region", 2, "Commune",
            "lu « 98735 », attendu un lieu de l’une des 18 régions. Les collectivités d’outre-mer "
            "n’ont pas de place dans ce registre.",
        ),
    ),
    "bad identifier": (
        [cell("Identifiant", "Été 2026")],
        (
            "pattern", 2, "Identifiant",
            "lu « Été 2026 », attendu un identifiant fait de lettres sans accent, de chiffres et de "
            "tirets. Écrivez « ete-2026 », ou videz la cellule : l’identifiant sera fait du nom.",
        ),
    ),
    "same identifier twice": (
        [cell("Identifiant", "un"), cell("Nom", "Autre", cell("Identifiant", "un"))],
        (
            "duplicate", 3, "Nom",
            "lu « Autre », attendu un acteur par ligne (déjà lu ligne 2). Gardez une seule de ces "
            "lignes, ou donnez un autre identifiant.",
        ),
    ),
    "same name and place twice": (
        [ROW, cell("Statut", "Autre chose")],
        (
            "duplicate", 3, "Nom",
            "lu « Nouvel Acteur », attendu un acteur par ligne (déjà lu ligne 2). Gardez une seule "
            "de ces lignes, ou donnez un autre identifiant.",
        ),
    ),
    "no fiabilite": (
        [cell("Fiabilité", "")],
        (
            "fiabilite-missing", 2, "Fiabilité",
            "attendu « claire » ou « ambigue ». Dites-la pour tout le fichier, ou ajoutez une "
            "colonne « Fiabilité ».",
        ),
    ),
    "no source": (
        [cell("Source", "")],
        (
            "source-missing", 2, "Source",
            "attendu la source de cette ligne. Choisissez la source pour tout le fichier, ou "
            "ajoutez une colonne « Source ».",
        ),
    ),
    "endless name": (
        [cell("Nom", "a" * 200)],
        (
            "too-long", 2, "Nom",
            f"lu « {'a' * 79}… », attendu 160 caractères au plus. Raccourcissez ce texte de 40 "
            "caractères.",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_row_is_told_exactly_and_changes_nothing(
    make: Make, tables: Rows, case: str
) -> None:
    rows, (code, row, column, message) = BROKEN[case]
    changed_tables, problems = make(*rows)
    blocking = [p for p in problems if p.severity is Severity.BLOCKING]
    assert [(p.code, p.row, p.column) for p in blocking] == [(code, row, column)]
    said = str(blocking[0]).partition("\u00a0: ")[2].replace("\u00a0", " ")
    assert said == message
    published = tables["catalysts"]
    assert changed_tables.get("catalysts", published)[: len(published)] == published


def test_a_column_that_a_file_lacks_is_told_once(make: Make) -> None:
    rows = [(f"Acteur {letter}", "29019") for letter in "abc"]
    changed_tables, problems = make(*rows, headings=("Nom", "Commune"))
    assert changed_tables == {}
    assert [(p.code, p.row) for p in problems] == [
        ("required", 0),
        ("fiabilite-missing", 0),
        ("source-missing", 0),
        ("required", 0),
    ]


def test_a_wider_place_that_disagrees_is_told(make: Make) -> None:
    _, problems = make(
        ("Acteur", "cress", "Dit", "29019", "35"),
        headings=("Nom", "Catégorie", "Statut", "Commune", "Département"),
        fiabilite="claire", source_id=SOURCE,
    )  # fmt: skip
    assert told(problems) == [("bloquant", "place-disagrees", 2, "Département")]
    assert problems[0].expected == "29 (Finistère), puisque l’acteur est à Brest"


def test_an_epci_may_lie_in_any_departement_it_touches(make: Make, directory: Directory) -> None:
    from territoires.domain.territories import Level

    epci = next(t for t in directory.of_level(Level.EPCI) if len(t.departement_codes) > 1)
    other = next(code for code in epci.departement_codes if code != epci.departement_code)
    built = make(
        ("Acteur", "cress", "Dit", epci.id.code, other),
        headings=("Nom", "Catégorie", "Statut", "EPCI", "Département"),
        fiabilite="claire", source_id=SOURCE,
    )  # fmt: skip
    assert actor(built, "acteur")["departement_code"] == other


def test_a_simulated_source_is_refused(
    simulated_tables: Rows, tables: Rows, directory: Directory, place_names: PlaceNames
) -> None:
    simulated = next(row for row in simulated_tables["sources"] if row["kind"] == "simulation")
    mixed = {**tables, "sources": (*tables["sources"], simulated)}
    content = to_csv(HEADINGS, cell("Source", simulated["source_id"]))
    built = build(content, as_kind(FileKind.CATALYSTS), mixed, directory, place_names)
    assert told(built[1]) == [("bloquant", "simulated", 2, "Source")]


def test_a_line_repeated_word_for_word_counts_once(make: Make) -> None:
    built = make(ROW, ROW)
    assert told(built[1]) == [("information", "duplicate", 3, "Nom")]
    assert len([row for row in built[0]["catalysts"] if row["name"] == "Nouvel Acteur"]) == 1


def test_formulas_and_hidden_characters_are_told_and_kept_as_text(make: Make) -> None:
    built = make(cell("Lieu", "=CMD()"), cell("Nom", "A\u202eb", cell("Lieu", "x")))
    assert ("a_verifier", "formula", 2, "Lieu") in told(built[1])
    assert ("information", "control-characters", 3, "Nom") in told(built[1])
    assert [row["place_name"] for row in built[0]["catalysts"][-2:]] == ["=CMD()", "x"]
    assert built[0]["catalysts"][-1]["name"] == "A b"


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(*[st.text(max_size=20)] * len(HEADINGS)), min_size=1, max_size=4))
def test_random_cells_never_raise_and_never_break_the_contract(
    make: Make, rows: list[tuple[str, ...]]
) -> None:
    from territoires.tables.sheets import read_sheet

    sheet, _ = read_sheet(to_csv(HEADINGS, *rows), "f.csv")
    if sheet is None:
        return
    columns = [field["name"] for field in read_contract("catalysts")["fields"]]
    for row in make(*rows, source_id=SOURCE, fiabilite="claire")[0].get("catalysts", ()):
        assert list(row) == columns
        assert check_contract("catalysts", row) == ()
