"""Zonings read from a set of data or from the file of somebody, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.zonings import Zoning
from territoires.tables.contracts import Issue
from territoires.tables.indicators import read_contract
from territoires.tables.published import Published
from territoires.tables.zonings import read_zoning, to_rows, to_zonings

#: Redon Agglomération (35, 44, 56), Rennes Métropole, CC Ardennes Rives de Meuse.
REDON, RENNES, MEUSE = "243500741", "243500139", "240800862"


def read(text: str | bytes, directory: Directory, name: str = "Essai") -> Zoning:
    content = text.encode() if isinstance(text, str) else text
    zoning, issues = read_zoning(content, name, directory)
    assert issues == ()
    assert zoning is not None
    return zoning


def refused(text: str | bytes, directory: Directory) -> list[tuple[int, str, str]]:
    """Give the row, the column and the code of each problem of a file that must be refused."""
    content = text.encode() if isinstance(text, str) else text
    zoning, issues = read_zoning(content, "Essai", directory)
    assert zoning is None
    for issue in issues:
        assert issue.expected
        assert "attendu" in str(issue)
    return [(issue.row, issue.column, issue.code) for issue in issues]


def in_words(zoning: Zoning) -> dict[str, tuple[str, list[str]]]:
    return {
        zone.id.code: (zone.name, [member.code for member in zone.members]) for zone in zoning.zones
    }


@pytest.mark.parametrize(
    "headings",
    [
        "epci;zone;nom_zone",
        "Code EPCI;Code zone;Nom de la zone",
        "SIREN;CRTE;Libellé CRTE",
        "code;id_pays;lib_pays",
        "siren_epci;code;nom",
        "membre;code_zone;intitulé",
    ],
)
def test_headings_as_people_write_them(headings: str, directory: Directory) -> None:
    zoning = read(f"{headings}\n{REDON};1;Pays A\n{RENNES};1;Pays A\n{MEUSE};2;Pays B\n", directory)
    assert in_words(zoning) == {
        "essai.1": ("Pays A", [RENNES, REDON]),
        "essai.2": ("Pays B", [MEUSE]),
    }
    assert (zoning.zoning_id, zoning.name) == ("essai", "Essai")
    assert zoning.member_level is Level.EPCI


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_separators_and_encodings_of_spreadsheets(
    separator: str, encoding: str, line_end: str, directory: Directory
) -> None:
    lines = [["épci", "zone", "nom"], [REDON, "1", "Pays d’Été"], ["", "", ""]]
    text = line_end.join(separator.join(line) for line in lines)
    assert in_words(read(text.encode(encoding), directory)) == {"essai.1": ("Pays d’Été", [REDON])}


def test_other_columns_are_left_aside(directory: Directory) -> None:
    text = f"nom_epci,code_epci,région,zone,nom_zone\nRedon,{REDON},53,7,Pays\n"
    assert in_words(read(text, directory)) == {"essai.7": ("Pays", [REDON])}


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        (f"epci;zone\n{REDON};A-1\n", "essai.A-1", "A-1"),
        (f"epci;nom_zone\n{REDON};Pays d’Œuvre & Cœur\n", "essai.pays-d-oeuvre-coeur", None),
        (f"epci;pays\n{REDON};Pays de Redon\n", "essai.pays-de-redon", "Pays de Redon"),
        (f"epci;groupe\n{REDON};3\n", "essai.3", "3"),
        (f"epci;zone;nom\n{REDON};4;\n", "essai.4", "4"),
    ],
)
def test_two_columns_are_enough(
    text: str, code: str, name: str | None, directory: Directory
) -> None:
    ((found, (label, _)),) = in_words(read(text, directory)).items()
    assert found == code
    assert label == (name or "Pays d’Œuvre & Cœur")
    assert TerritoryId.parse(f"zone-{found}")


def test_communes_make_zones_too_and_lost_zeros_are_said(directory: Directory) -> None:
    zoning = read("insee;zone\n1001;a\n01002;a\n2a004;b\n35236;b\n", directory)
    assert in_words(zoning) == {
        "essai.a": ("a", ["01001", "01002"]),
        "essai.b": ("b", ["2A004", "35236"]),
    }
    assert zoning.member_level is Level.COMMUNE
    assert zoning.notes == (
        "1\u00a0code a perdu son zéro de tête\u00a0: «\u00a01001\u00a0» est lu "
        "«\u00a001001\u00a0».",
        "34\u202f871\u00a0communes sur 34\u202f875 ne sont dans aucune zone.",
        "1\u00a0zone est à cheval sur plusieurs régions\u00a0: b.",
    )


def test_what_is_left_out_counted_twice_or_across_regions_is_said(directory: Directory) -> None:
    text = f"epci;zone;nom\n{REDON};1;Un\n{RENNES};1;Un\n{REDON};2;Deux\n{REDON};2;Deux\n"
    assert read(text, directory).notes == (
        "1\u00a0ligne répétée n’est comptée qu’une fois.",
        "1\u202f253\u00a0intercommunalités sur 1\u202f255 ne sont dans aucune zone.",
        "1\u00a0intercommunalité est dans plusieurs zones, et comptée dans chacune\u00a0: "
        "CA Redon Agglomération. La somme des zones compte plusieurs fois ce qu’elles partagent.",
        "2\u00a0zones sont à cheval sur plusieurs régions\u00a0: Un, Deux.",
    )


def test_a_whole_partition_leaves_nothing_to_say_of_what_is_outside(directory: Directory) -> None:
    rows = "".join(f"{e.id.code};{e.region_code}\n" for e in directory.of_level(Level.EPCI))
    notes = read(f"epci;zone\n{rows}", directory).notes
    assert not any("aucune zone" in note or "plusieurs zones" in note for note in notes)


def test_every_problem_of_a_file_is_told_at_once(directory: Directory) -> None:
    text = (
        "epci;zone;nom_zone\n"
        f"{REDON};1;Pays A\n"
        f"{RENNES};1;Pays B\n"
        "999999999;2;Pays C\n"
        f"{MEUSE};;Pays C\n"
        ";2;Pays C\n"
        "35236;2;Pays C\n"
        "97502;2;Pays C\n"
        f"{MEUSE};★;Pays C\n"
        "9999;2;Pays C\n"
    )
    assert refused(text, directory) == [
        (3, "nom_zone", "zone-name"),
        (4, "epci", "code"),
        (5, "zone", "required"),
        (6, "epci", "required"),
        (8, "epci", "no-boundary"),
        (9, "zone", "pattern"),
        (10, "epci", "code"),
        (0, "epci", "mixed-levels"),
    ]


def test_two_codes_that_would_make_one_are_refused(directory: Directory) -> None:
    text = f"epci;pays\n{REDON};Pays d’Auge\n{RENNES};Pays d'Auge\n"
    assert refused(text, directory) == [(3, "pays", "zone-code")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\n\n;;\n", "empty-file"),
        (b"epci;zone;nom\n", "empty-file"),
        (b"PK\x03\x04classeur", "format"),
        (b"epci;zone\n2435\x00;1\n", "encoding"),
        (b"epci;zone\n2435\x81\x8d;1\n", "encoding"),
        (b'epci;zone\n243500741;"1\n', "unreadable"),
        (b"243500741;1;Pays\n", "columns"),
        (b"epci\n243500741\n", "columns"),
        (b"truc;machin\n243500741;1\n", "columns"),
        (b"code_epci;code_insee;zone\n243500741;35236;1\n", "columns"),
        (b"epci;zone;nom_zone;libelle_zone\n243500741;1;a;b\n", "columns"),
        (b"epci,zone,nom\n243500741,1,Pays de Redon, de Vilaine\n", "extra-cell"),
        (b"epci;zone\n" + b"1;1\n" * 100_000, "too-large"),
        (b"epci;zone\n" + b"1;1" * 2_000_000, "too-large"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_line(
    content: bytes, code: str, directory: Directory
) -> None:
    ((_, _, found),) = refused(content, directory)
    assert found == code


def test_a_file_that_is_not_there_is_told(tmp_path: Path, directory: Directory) -> None:
    zoning, (issue,) = read_zoning(tmp_path / "absent.csv", "Essai", directory)
    assert zoning is None
    assert (issue.file, issue.code) == ("absent.csv", "missing-file")


def test_a_file_is_read_from_its_path_or_from_its_bytes(
    tmp_path: Path, directory: Directory
) -> None:
    content = f"epci;zone\n{REDON};1\n".encode()
    (tmp_path / "essai.csv").write_bytes(content)
    from_path, issues = read_zoning(tmp_path / "essai.csv", "Essai", directory)
    assert issues == ()
    assert from_path == read(content, directory)


def test_hostile_text_stays_text(directory: Directory) -> None:
    name = '<script>alert("x")</script>'
    zoning = read(f'epci;zone;nom\n{REDON};<b>;"{name.replace(chr(34), chr(34) * 2)}"\n', directory)
    assert in_words(zoning) == {"essai.b": (name, [REDON])}
    long = read(f"epci;zone;nom\n{REDON};1;{'a' * 500}\n", directory, "b\u202e\x00" * 100)
    assert len(long.zones[0].name) == 120
    assert len(long.name) <= 120
    assert long.name.isprintable()
    assert TerritoryId.parse(str(long.zones[0].id))


def test_a_zoning_without_a_name_that_makes_a_code_has_one(directory: Directory) -> None:
    assert read(f"epci;zone\n{REDON};1\n", directory, "★ ★").zoning_id == "zonage"
    assert read(f"epci;zone\n{REDON};1\n", directory, "").name == "Zonage"


def test_a_zoning_becomes_rows_of_the_contract_and_back(
    demonstration: Published, directory: Directory
) -> None:
    own = demonstration.zonings["demo_pays_petr"]
    rows = to_rows(own)
    assert list(rows[0]) == [field["name"] for field in read_contract("zonages")["fields"]]
    (again,) = to_zonings(rows).values()
    assert again.zones == own.zones
    assert again.notes == ()
    text = "epci;zone;nom\n" + "".join(
        f"{row['code']};{row['zone_code']};{row['zone_name']}\n" for row in rows
    )
    found = read(text, directory, "demo_pays_petr")
    assert found.zones == own.zones
    assert found.notes == own.notes


def test_the_demonstration_has_its_zoning_and_the_published_set_none(
    published: Published, demonstration: Published
) -> None:
    assert published.zonings == {}
    (zoning,) = demonstration.zonings.values()
    assert zoning.name == "Pays et PETR de démonstration (simulés)"
    assert all("simulé" in zone.name for zone in zoning.zones)
    assert zoning.notes[0] == (
        "1\u202f045\u00a0intercommunalités sur 1\u202f255 ne sont dans aucune zone."
    )


CELLS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [REDON, RENNES, "35236", "1001", "97502", "epci", "zone", "nom", ";", '"', "\n", ","]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=4), max_size=6), st.booleans())
def test_whatever_the_file_it_gives_a_zoning_or_says_why_not(
    directory: Directory, cells: list[list[str]], headed: bool
) -> None:
    lines = [["epci", "zone", "nom"], *cells] if headed else cells
    text = "\n".join(";".join(line) for line in lines)
    zoning, issues = read_zoning(text.encode(), "Essai", directory)
    assert (zoning is None) == bool(issues)
    assert all(isinstance(issue, Issue) and str(issue) for issue in issues)
    if zoning:
        places = directory.with_zonings([zoning])
        assert len(places.of_level(Level.ZONE)) == len(zoning.zones) > 0
