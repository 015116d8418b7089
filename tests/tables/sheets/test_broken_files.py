"""Files that are refused, or read with a warning: what is said of each, word for word."""

from __future__ import annotations

import csv
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from territoires.domain.updates import MAX_BYTES, Dialect, Severity
from territoires.tables.sheets import read_sheet, read_sheet_file
from territoires.tables.sheets.told import MAX_TOLD
from tests.tables.sheets.files import SHEET, TYPES, to_book, to_parts, to_rows, to_zip

TABLE = "attendu un fichier CSV ou un classeur Excel (.xlsx)"
SAVE_AS = "Ouvrez-le dans un tableur et enregistrez-le en .xlsx ou en CSV UTF-8."
CHOOSE = "Choisissez le tableau lui-même, enregistré en .xlsx ou en CSV."
EMPTY = "Vérifiez que c’est le bon fichier, et qu’il a été enregistré."
DAMAGED = (
    "fichier entier\u00a0: attendu un classeur Excel (.xlsx) en bon état. Le fichier est abîmé "
    "ou incomplet\u00a0: ouvrez-le dans un tableur, enregistrez-le de nouveau en .xlsx ou en CSV "
    "UTF-8, ou reprenez l’original."
)
LONG_CELL = (
    "attendu des cellules de 32\u202f767 caractères au plus. Raccourcissez le texte\u00a0; dans "
    "un CSV, un guillemet ouvert et jamais refermé réunit tout ce qui le suit."
)
LONG_LINE = (
    "attendu des lignes d’un million de caractères au plus. Enregistrez le fichier de nouveau "
    "depuis un tableur\u00a0: ses fins de ligne sont peut-être perdues."
)
BOMB = (
    "attendu un classeur de 100\u00a0Mo au plus une fois décompressé. Enregistrez la seule "
    "feuille utile en CSV UTF-8."
)
ENCODINGS = (
    "UTF-8, Windows (ANSI, cp1252), ISO 8859-1 (latin-1), Mac (Roman), MS-DOS (cp850), "
    "Unicode (UTF-16), Unicode (UTF-16 LE), Unicode (UTF-16 BE)"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
XMLNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
GOOD = "a;b\n1;2\n"
FOUND = Dialect()


def read_as(what: str, then: str) -> str:
    return f"fichier entier\u00a0: lu «\u00a0{what}\u00a0», {TABLE}. {then}"


@dataclass(frozen=True)
class Broken:
    make: Callable[[], bytes]
    code: str
    told: str
    dialect: Dialect = FOUND


def text(content: str, code: str, told: str, **asked: object) -> Broken:
    return Broken(content.encode, code, told, Dialect(**asked))  # type: ignore[arg-type]


def damaged(make: Callable[[], bytes]) -> Broken:
    return Broken(make, "unreadable", DAMAGED)


def without(name: str) -> bytes:
    parts = to_parts(f"<worksheet><sheetData>{to_rows((1, 2))}</sheetData></worksheet>")
    del parts[name]
    return to_zip(parts)


def laughs(part: str) -> Callable[[], bytes]:
    """Give a workbook one part of which declares entities within entities."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )

    def make() -> bytes:
        parts = to_parts("<worksheet/>")
        return to_zip({**parts, part: f"<!DOCTYPE x [{entities}]><x>&i;</x>"})

    return make


def with_lie() -> bytes:
    """Give a workbook whose sheet says that it is small, and is not."""
    packed = to_book("<row><c><v>1</v></c></row>" + " " * 3_000_000)
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        size = archive.getinfo(SHEET).file_size
    return packed.replace(size.to_bytes(4, "little"), (60).to_bytes(4, "little"))


def with_overlap() -> bytes:
    """Give an archive whose members are the same bytes under many names."""
    packed = bytearray(to_zip({TYPES: "<Types/>", SHEET: "x" * 2_000_000}))
    start = packed.rfind(b"PK\x01\x02")
    end = packed.rfind(b"PK\x05\x06")
    entry = bytes(packed[start:end])
    packed[end:end] = entry * 40
    packed[-14:-10] = (42).to_bytes(2, "little") * 2
    packed[-10:-6] = (packed.rfind(b"PK\x05\x06") - packed.find(b"PK\x01\x02")).to_bytes(
        4, "little"
    )
    return bytes(packed)


def encrypted() -> bytes:
    packed = bytearray(to_book(to_rows(("a", "b"), (1, 2))))
    place = 0
    while (place := packed.find(b"PK\x01\x02", place)) >= 0:
        packed[place + 8] |= 1
        place += 4
    return bytes(packed)


BROKEN = {
    "empty": Broken(
        lambda: b"", "empty-file",
        f"fichier entier\u00a0: attendu des titres et des lignes (le fichier est vide). {EMPTY}",
    ),
    "mark-alone": Broken(
        lambda: b"\xef\xbb\xbf\r\n", "empty-file",
        f"fichier entier\u00a0: attendu des titres et des lignes (le fichier est vide). {EMPTY}",
    ),
    "zeros": Broken(
        lambda: b"\0" * 4096, "empty-file",
        f"fichier entier\u00a0: attendu des titres et des lignes (le fichier est vide). {EMPTY}",
    ),
    "separators-alone": text(
        ";;;\n;;;\n", "empty-file",
        "fichier entier\u00a0: attendu des titres et des lignes (rien n’y est écrit). Vérifiez "
        "que c’est le bon fichier, ou la bonne feuille.",
    ),
    "headings-alone": text(
        "\n\nRégion;Taux\n\n", "no-rows",
        "ligne 3\u00a0: lu «\u00a0Région ; Taux\u00a0», attendu au moins une ligne sous les "
        "titres. Ajoutez les lignes, ou choisissez la ligne des titres.",
    ),
    "image": Broken(
        lambda: b"\x89PNG\r\n\x1a\n" + b"\0\1" * 500, "format", read_as("une image PNG", CHOOSE)
    ),
    "pdf": Broken(lambda: b"%PDF-1.7\n...", "format", read_as("un document PDF", CHOOSE)),
    "html": text(
        "<html><table><tr><td>1</td></tr></table>", "format",
        read_as("une page HTML ou un fichier XML", SAVE_AS),
    ),
    "binary": Broken(
        lambda: bytes(range(256)) * 40, "binary",
        read_as("des octets qui ne sont pas du texte", CHOOSE),
    ),
    "one-nul": Broken(
        lambda: b"a;b\n1;\0\n", "binary", read_as("des octets qui ne sont pas du texte", CHOOSE)
    ),
    "old-excel": Broken(
        lambda: OLE + "Workbook".encode("utf-16-le"), "format",
        read_as("un classeur Excel 97-2003 (.xls)", SAVE_AS),
    ),
    "password": Broken(
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password",
        "fichier entier\u00a0: lu «\u00a0un classeur protégé par un mot de passe\u00a0», attendu "
        "un classeur sans mot de passe. Ouvrez-le, retirez le mot de passe (Fichier, "
        "Informations, Protéger le classeur), puis enregistrez-le en .xlsx ou en CSV UTF-8.",
    ),
    "password-of-the-archive": Broken(
        encrypted, "password",
        "fichier entier\u00a0: attendu un classeur sans mot de passe. Enregistrez-le sans mot "
        "de passe.",
    ),
    "opendocument": Broken(
        lambda: to_zip({"mimetype": "application/vnd.oasis", "content.xml": "<x/>"}), "format",
        read_as("un document OpenDocument (.ods)", SAVE_AS),
    ),
    "binary-excel": Broken(
        lambda: to_zip({TYPES: "<Types/>", "xl/workbook.bin": "x"}), "format",
        read_as("un classeur Excel binaire (.xlsb)", SAVE_AS),
    ),
    "word": Broken(
        lambda: to_zip({TYPES: "<Types/>", "word/document.xml": "<x/>"}), "format",
        read_as("un document Word (.docx)", SAVE_AS),
    ),
    "archive": Broken(
        lambda: to_zip({"a.csv": GOOD, "b.xlsx": to_book("")}), "format",
        read_as("une archive ZIP", SAVE_AS),
    ),
    "1000-columns": text(
        "\n".join([";".join(f"c{place}" for place in range(1000)), ";".join("1" * 1000)]),
        "too-many-columns",
        "ligne 1\u00a0: lu «\u00a01000 colonnes\u00a0», attendu 200 colonnes au plus. Retirez les "
        "colonnes inutiles, ou choisissez un autre séparateur.",
    ),
    "200001-rows": text(
        "a;b\n" + "1;2\n" * 200_001, "too-many-rows",
        "fichier entier\u00a0: attendu 200\u202f000 lignes au plus. Coupez-le en plusieurs "
        "fichiers.",
    ),
    "blank-rows-without-end": text(
        GOOD + "\n" * 1_100_000, "too-many-rows",
        "fichier entier\u00a0: attendu 200\u202f000 lignes au plus. Coupez-le en plusieurs "
        "fichiers.",
    ),
    "too-many-cells": text(
        (";".join("abcdefghijkl") + "\n") * 180_000, "too-many-cells",
        "fichier entier\u00a0: attendu 2\u202f000\u202f000 de cellules au plus. Coupez-le en "
        "plusieurs fichiers\u00a0; retirez les colonnes inutiles et les lignes vides mises en "
        "forme.",
    ),
    "quote-never-closed": text(
        'a;b\n1;"2\n3;4\n', "open-quote",
        "ligne 2\u00a0: attendu des guillemets refermés. Un guillemet ouvert sur cette ligne n’est "
        "jamais refermé\u00a0: fermez-le, ou retirez-le.",
    ),
    "quote-never-closed-far-from-the-end": text(
        'a;b\n1;2\n1;"2\n' + "3;4\n" * 100_000, "long-cell", f"ligne 3\u00a0: {LONG_CELL}"
    ),
    "quotes-within-quotes": text(
        'a;b\n1;"le "Grand" Est"\n', "quotes",
        "ligne 2\u00a0: attendu un séparateur après le guillemet fermant. Un guillemet à "
        "l’intérieur d’un texte s’écrit deux fois\u00a0: «\u00a0\"Le \"\"Grand\"\" "
        "Ouest\"\u00a0».",
    ),
    "100000-quotes": text(
        "a;b\n1;" + '"' * 100_000 + "\n", "long-cell", f"ligne 2\u00a0: {LONG_CELL}"
    ),
    "line-of-10-million": text(
        "a;b\n" + "x" * 10_000_000 + ";1\n", "long-line", f"ligne 2\u00a0: {LONG_LINE}"
    ),
    "cells-of-10-million": text(
        "a;b\n" + "x;" * 5_000_000, "long-line", f"ligne 2\u00a0: {LONG_LINE}"
    ),
    "extra-cell": text(
        "Nom,Taux\nBretagne,77,5\nCorse,8\n", "extra-cell",
        "ligne 2\u00a0: lu «\u00a05\u00a0», attendu 2 cellules, autant que de titres. Un texte ou "
        "un nombre qui contient le séparateur s’écrit entre guillemets\u00a0; ou choisissez un "
        "autre séparateur.",
    ),
    "encoding-unknown": text(
        GOOD, "unknown-encoding",
        "fichier entier\u00a0: lu «\u00a0punycode\u00a0», attendu un encodage connu. Choisissez "
        f"parmi\u00a0: {ENCODINGS}.",
        encoding="punycode",
    ),
    "encoding-that-cannot-read": Broken(
        lambda: "a;b\n1;2\nRégion;3\n".encode("cp1252"), "encoding",
        "ligne 3\u00a0: attendu un texte en UTF-8. Choisissez un autre encodage\u00a0: "
        f"{ENCODINGS}.",
        Dialect(encoding="utf-8"),
    ),
    "mark-of-another-encoding": Broken(
        lambda: b"\xef\xbb\xbfa;b\nR\xe9gion;3\n", "encoding",
        "ligne 2\u00a0: attendu un texte en UTF-8. Choisissez un autre encodage\u00a0: "
        f"{ENCODINGS}.",
    ),
    "separator-unknown": text(
        GOOD, "separator",
        "fichier entier\u00a0: lu «\u00a0a\u00a0», attendu un séparateur connu. Choisissez "
        "parmi\u00a0: point-virgule, virgule, tabulation, barre verticale.",
        separator="a",
    ),
    "decimal-sign-unknown": text(
        GOOD, "decimal-sign",
        "fichier entier\u00a0: lu «\u00a0/\u00a0», attendu un signe décimal. Choisissez la "
        "virgule ou le point.",
        decimal="/",
    ),
    "heading-row-beyond": text(
        GOOD, "heading-row",
        "ligne 9\u00a0: lu «\u00a0une ligne vide ou au-delà du tableau\u00a0», attendu une ligne "
        "de titres, entre 1 et 2. Choisissez une ligne qui n’est pas vide.",
        heading_row=9,
    ),
    "heading-row-last": text(
        GOOD, "no-rows",
        "ligne 2\u00a0: lu «\u00a01 ; 2\u00a0», attendu au moins une ligne sous les titres. "
        "Ajoutez les lignes, ou choisissez la ligne des titres.",
        heading_row=2,
    ),
    "sheet-unknown": Broken(
        lambda: to_book(to_rows(("a", "b"), (1, 2))), "sheet",
        "fichier entier\u00a0: lu «\u00a0Zut\u00a0», attendu une feuille du classeur. Choisissez "
        "parmi\u00a0: Feuil1.",
        Dialect(sheet="Zut"),
    ),
    "sheets-blank": Broken(
        lambda: to_book(to_rows(("", " "), ())), "empty-sheet",
        "fichier entier\u00a0: attendu des titres et des lignes (aucune feuille n’est remplie). "
        "Choisissez une autre feuille, ou vérifiez que c’est le bon fichier.",
    ),
    "workbook-of-1000-columns": Broken(
        lambda: to_book(to_rows(tuple(range(1000)))), "too-many-columns",
        "ligne 1\u00a0: lu «\u00a01000 colonnes\u00a0», attendu 200 colonnes au plus. Retirez les "
        "colonnes inutiles, ou choisissez un autre séparateur.",
    ),
    "workbook-cut": damaged(lambda: to_book(to_rows(("a", "b"), (1, 2)))[:-30]),
    "workbook-of-noise": damaged(lambda: b"PK\x03\x04" + bytes(range(256)) * 9),
    "workbook-without-list": damaged(lambda: without("xl/workbook.xml")),
    "xml-cut": damaged(lambda: to_zip(to_parts("<worksheet><sheetData><row>"))),
    "row-of-no-sheet": damaged(lambda: to_book('<row r="1048577"><c><v>1</v></c></row>')),
    "rows-that-go-back": damaged(lambda: to_book('<row r="2"/><row r="1"/>')),
    "column-of-no-sheet": damaged(lambda: to_book('<row><c r="XFE1"><v>1</v></c></row>')),
    "text-of-no-list": damaged(lambda: to_book('<row><c t="s"><v>7</v></c></row>')),
    "text-before-the-list": damaged(
        lambda: to_book('<row><c t="s"><v>-1</v></c></row>', strings="<sst><si><t>a</t></si></sst>")
    ),
    "text-in-a-million-styles": Broken(
        lambda: to_book(
            f"<row><c t='inlineStr'><is>{'<r><t>ab</t></r>' * 200_000}</is></c></row>"
        ),
        "long-cell",
        f"ligne 1\u00a0: {LONG_CELL}",
    ),
    "style-of-no-list": damaged(
        lambda: to_book(
            '<row><c s="7"><v>7</v></c></row>',
            styles='<styleSheet><cellXfs><xf numFmtId="9"/></cellXfs></styleSheet>',
        )
    ),
    "size-that-lies": damaged(with_lie),
    "elements-all-different": damaged(
        lambda: to_book("".join(f"<a{place}/>" for place in range(5_000)))
    ),
    "cell-of-a-megabyte": Broken(
        lambda: to_book(f"<row><c t='inlineStr'><is><t>{'é' * 1_000_000}</t></is></c></row>"),
        "long-cell", f"ligne 1\u00a0: {LONG_CELL}",
    ),
    "bomb": Broken(
        lambda: to_book(" " * 90_000_000), "bomb",
        f"fichier entier\u00a0: lu «\u00a090\u00a0Mo une fois décompressé\u00a0», {BOMB}",
    ),
    "bomb-of-members": Broken(
        lambda: to_zip({TYPES: "", **{f"xl/{place}": "" for place in range(2_100)}}), "bomb",
        f"fichier entier\u00a0: lu «\u00a01\u00a0Mo une fois décompressé\u00a0», {BOMB}",
    ),
    "bomb-of-overlaps": Broken(
        with_overlap, "bomb",
        f"fichier entier\u00a0: lu «\u00a082\u00a0Mo une fois décompressé\u00a0», {BOMB}",
    ),
    **{
        f"laughs-in-{part}": Broken(
            laughs(part), "doctype",
            "fichier entier\u00a0: attendu un classeur sans déclaration d’entités XML. Aucun "
            "tableur n’en écrit\u00a0: n’ouvrez pas ce fichier, demandez-en l’origine.",
        )
        for part in (
            "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET,
            "xl/sharedStrings.xml", "xl/styles.xml",
        )
    },
    "entity-of-another-file": Broken(
        lambda: to_zip(
            to_parts('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>')
        ),
        "doctype",
        "fichier entier\u00a0: attendu un classeur sans déclaration d’entités XML. Aucun tableur "
        "n’en écrit\u00a0: n’ouvrez pas ce fichier, demandez-en l’origine.",
    ),
}  # fmt: skip

#: Files that are read, with a word of caution.
DOUBTFUL = {
    "accents-lost": text(
        "RÃ©gion;Taux\nA;1\n", "accents",
        "fichier entier\u00a0: lu «\u00a0RÃ©gion\u00a0», attendu des accents lisibles. Ces accents "
        "étaient déjà perdus dans le fichier\u00a0: reprenez l’original et enregistrez-le en "
        "«\u00a0CSV UTF-8\u00a0».",
    ),
    "accents-of-another-encoding": text(
        "Région;Taux\nA;1\n", "accents",
        "fichier entier\u00a0: lu «\u00a0RÃ©gion\u00a0», attendu des accents lisibles. Choisissez "
        "l’encodage UTF-8, ou reprenez l’original.",
        encoding="cp1252",
    ),
    "decimal-in-doubt": text(
        "Nom;Élus\nA;12\nB;1.234\n", "decimal",
        "ligne 3, colonne Élus\u00a0: lu «\u00a01.234\u00a0», attendu un signe décimal sûr. Rien "
        "ne dit si ce signe sépare les décimales ou les milliers\u00a0; le signe décimal retenu "
        "est la virgule. Choisissez-en un autre si ce n’est pas le bon.",
    ),
    "decimals-mixed": text(
        "Nom;Taux\nA;12,5\nB;1,25\nC;7.5\n", "mixed-decimals",
        "ligne 4, colonne Taux\u00a0: lu «\u00a07.5\u00a0», attendu la virgule comme signe "
        "décimal. Les deux signes sont dans cette colonne\u00a0: écrivez tous les nombres de la "
        "même façon.",
    ),
    "rows-short": text(
        "a;b;c\n1;2;3\n4;5\n6\n", "short-rows",
        "ligne 3\u00a0: lu «\u00a0moins de cellules sur 2\u00a0lignes\u00a0», attendu 3 cellules "
        "par ligne. Les cellules qui manquent, à droite, sont lues comme vides\u00a0: vérifiez "
        "qu’aucune ne manque au milieu.",
    ),
    "lines-in-quotes": text(
        '"Nom;Taux"\n"Bretagne;5"\n', "one-column",
        "fichier entier\u00a0: lu «\u00a0Nom;Taux\u00a0», attendu plusieurs colonnes. Choisissez "
        "le séparateur\u00a0; si chaque ligne est tout entière entre guillemets, retirez-les.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_row_and_its_reason(name: str) -> None:
    broken = BROKEN[name]
    sheet, problems = read_sheet(broken.make(), "essai", broken.dialect)
    blocking = [problem for problem in problems if problem.severity is Severity.BLOCKING]
    assert [(problem.code, str(problem)) for problem in blocking] == [(broken.code, broken.told)]
    # Rows that are wrong are told beside the table, so that it can be looked at.
    assert (sheet is not None) is (broken.code == "extra-cell")


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubtful_file_is_read_and_its_doubt_is_told(name: str) -> None:
    doubtful = DOUBTFUL[name]
    sheet, problems = read_sheet(doubtful.make(), "essai", doubtful.dialect)
    assert sheet is not None
    assert [(problem.code, str(problem)) for problem in problems] == [
        (doubtful.code, doubtful.told)
    ]


def test_the_same_problem_on_many_rows_is_told_some_times_and_counted() -> None:
    content = b"a,b\n" + b"x,1,5\n" * (MAX_TOLD + 1_234)
    _, problems = read_sheet(content, "essai.csv")
    assert len(problems) == MAX_TOLD + 1
    assert str(problems[-1]) == (
        "fichier entier\u00a0: lu «\u00a0au moins 1\u202f234\u00a0autres cas\u00a0», attendu 2 "
        "cellules, autant que de titres. Les premiers sont dits un à un\u00a0: corrigez la cause, "
        "puis relisez le fichier."
    )


def test_text_of_the_file_is_told_short_and_on_one_line() -> None:
    hostile = "<script>alert(1)</script>\u202e\x1b[31m\n" + "x" * 500
    content = f'a,b\n1,2,"{hostile}"\n'.encode()
    _, problems = read_sheet(content, "essai.csv")
    assert len(problems[0].read) == 80
    assert problems[0].read.isprintable()


def test_a_file_too_big_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "grand.csv"
    with path.open("wb") as opened:
        opened.truncate(200_000_000)
    content, sheet, problems = read_sheet_file(path)
    assert (content, sheet) == (b"", None)
    assert [(problem.code, str(problem)) for problem in problems] == [
        (
            "too-large",
            "fichier entier\u00a0: lu «\u00a0200,0\u00a0Mo\u00a0», attendu un fichier de "
            "20\u00a0Mo au plus. Coupez-le en plusieurs fichiers, ou retirez les colonnes et les "
            "images inutiles.",
        )
    ]
    assert read_sheet(b"a" * (MAX_BYTES + 1), "essai")[1][0].code == "too-large"


@pytest.mark.parametrize("name", ["", "absent.csv", "a\0b"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    content, sheet, problems = read_sheet_file(tmp_path / name)
    assert (content, sheet, [problem.code for problem in problems]) == (b"", None, ["missing-file"])


def test_a_file_of_the_disk_is_read_with_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "bon.csv"
    path.write_bytes(GOOD.encode())
    content, sheet, problems = read_sheet_file(path)
    assert sheet is not None
    assert (content, sheet.file, problems) == (GOOD.encode(), "bon.csv", ())


@pytest.mark.parametrize("limit", [131_072, 2**31 - 1])
@pytest.mark.parametrize(
    "name", ["100000-quotes", "quote-never-closed-far-from-the-end", "endless"]
)
def test_the_limit_of_a_field_set_by_another_library_changes_nothing(name: str, limit: int) -> None:
    endless = text('a;b\n1;2\n1;"2\n' + "3;4\n" * 2_000_000, "", f"ligne 3\u00a0: {LONG_CELL}")
    broken = BROKEN.get(name, endless)
    before = csv.field_size_limit(limit)
    try:
        _, problems = read_sheet(broken.make(), "essai")
        assert str(problems[0]) == broken.told
    finally:
        csv.field_size_limit(before)


HUNGRY = [
    "200001-rows", "too-many-cells", "line-of-10-million", "cells-of-10-million", "bomb",
    "blank-rows-without-end", "elements-all-different", f"laughs-in-{SHEET}",
]  # fmt: skip
MEASURE = """
import sys
def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
from territoires.domain.updates import Dialect
from territoires.tables.sheets import read_sheet
import territoires.tables.sheets.workbook
content = open(sys.argv[1], "rb").read()
before = peak()
read_sheet(content, "essai")
print((peak() - before) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="la mémoire se lit dans /proc")
@pytest.mark.parametrize("name", HUNGRY)
def test_a_hostile_file_takes_less_than_200_megabytes(tmp_path: Path, name: str) -> None:
    path = tmp_path / "essai"
    path.write_bytes(BROKEN[name].make())
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    assert int(run.stdout) < 200
