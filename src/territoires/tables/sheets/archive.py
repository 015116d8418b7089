"""The ZIP archive that an Excel workbook is: looked over before anything in it is opened."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from territoires.domain.updates import Problem
from territoires.tables.sheets.formats import SAVE_AS, TABLE
from territoires.tables.sheets.limits import MAX_CELLS, too_many_cells
from territoires.tables.sheets.told import refuse

MAX_MEMBERS = 2_000
#: Bytes of everything once unpacked; 200,000 rows of 10 columns are some 90 MB.
MAX_UNPACKED = 100_000_000
#: Elements of a part, and different names in it: those of a workbook are some hundreds.
_MAX_ELEMENTS, _MAX_NAMES = 10_000_000, 2_000
#: How much a big member may swell; sheets of repeated values stay under 50.
_MAX_RATIO, _BIG = 100, 5_000_000
_CHUNK = 262_144
#: Bytes of a sheet from which its cells are counted first.
_LONG = 20_000_000
_ENCRYPTED = 1
#: What reading a broken archive or a broken part may raise.
BROKEN: tuple[type[Exception], ...] = (
    BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    ArithmeticError,
)

#: A member that tells what an archive is, when it is no Excel workbook.
_KINDS = (
    ("xl/workbook.bin", "un classeur Excel binaire (.xlsb)"),
    ("word/document.xml", "un document Word (.docx)"),
    ("ppt/presentation.xml", "un diaporama (.pptx)"),
    ("Index/Document.iwa", "un document d’Apple (Numbers, Pages ou Keynote)"),
)


#: What is done at the start of an element.
_Take = Callable[[str, Mapping[str, str]], None]
_Start = Callable[[str, dict[str, str]], None]


class RefusedError(Exception):
    """A file that must not be read further; its argument is the problem."""

    @property
    def problem(self) -> Problem:
        """Give why."""
        problem: Problem = self.args[0]
        return problem


def open_archive(content: bytes) -> ZipFile:
    """Open a workbook whose archive is sound and of a bearable size, else raise ``RefusedError``."""
    try:
        archive = ZipFile(io.BytesIO(content))
    except BROKEN as error:
        raise RefusedError(refuse_broken()) from error
    members = archive.infolist()
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or "xl/workbook.bin" in names:
        raise RefusedError(_refuse_kind(names))
    if any(member.flag_bits & _ENCRYPTED for member in members):
        mend = "Enregistrez-le sans mot de passe."
        raise RefusedError(refuse("password", "un classeur sans mot de passe", mend))
    if not any(name.startswith("xl/") for name in names):
        raise RefusedError(_refuse_kind(names))
    if _is_bomb(members, len(content)):
        raise RefusedError(_refuse_bomb(sum(member.file_size for member in members)))
    if any(member.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for member in members):
        raise RefusedError(refuse_broken())
    return archive


def parse_part(
    archive: ZipFile,
    path: str,
    start: _Take | None = None,
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    """Give every element of a part to functions, as it is read; no tree is built.

    A document type is refused where it stands: workbooks have none, and it is what declares the
    entities that swell or fetch other files.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = _guard(start), end
    parser.CharacterDataHandler = data
    with archive.open(path) as opened:
        while chunk := opened.read(_CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)


def check_cells(archive: ZipFile, path: str) -> None:
    """Refuse a sheet of too many cells before each is looked at, which takes seconds."""
    if archive.getinfo(path).file_size < _LONG:
        return
    cells = 0
    with archive.open(path) as opened:
        while chunk := opened.read(_CHUNK):
            cells += chunk.count(b"<c ") + chunk.count(b"<c>") + chunk.count(b":c ")
    if cells > MAX_CELLS:
        raise RefusedError(too_many_cells())


def _guard(start: _Take | None) -> _Start:
    """Stop at a part whose elements are too many, or all different: it is made to fill memory."""
    names: set[str] = set()
    elements = 0

    def open_element(name: str, attributes: dict[str, str]) -> None:
        nonlocal elements
        elements += 1
        names.add(name)
        names.update(attributes)
        if elements > _MAX_ELEMENTS or len(names) > _MAX_NAMES:
            raise RefusedError(refuse_broken())
        if start is not None:
            start(name, attributes)

    return open_element


def refuse_broken() -> Problem:
    """Say that a workbook cannot be read."""
    return refuse(
        "unreadable", "un classeur Excel (.xlsx) en bon état",
        "Le fichier est abîmé ou incomplet\u00a0: ouvrez-le dans un tableur, enregistrez-le de "
        "nouveau en .xlsx ou en CSV UTF-8, ou reprenez l’original.",
    )  # fmt: skip


def _refuse_doctype(*_: object) -> None:
    raise RefusedError(
        refuse(
            "doctype", "un classeur sans déclaration d’entités XML",
            "Aucun tableur n’en écrit\u00a0: n’ouvrez pas ce fichier, demandez-en l’origine.",
        )
    )  # fmt: skip


def _is_bomb(members: list[ZipInfo], size: int) -> bool:
    """Tell whether an archive is made to fill the memory of who opens it.

    The sizes are those it declares; ``zipfile`` never unpacks more of a member than it declares.
    Members that share bytes would be more, packed, than the whole file.
    """
    return (
        len(members) > MAX_MEMBERS
        or sum(member.file_size for member in members) > MAX_UNPACKED
        or sum(member.compress_size for member in members) > size
        or any(
            member.file_size > max(_BIG, _MAX_RATIO * member.compress_size) for member in members
        )
    )


def _refuse_bomb(unpacked: int) -> Problem:
    return refuse(
        "bomb", f"un classeur de {MAX_UNPACKED // 1_000_000}\u00a0Mo au plus une fois décompressé",
        "Enregistrez la seule feuille utile en CSV UTF-8.",
        read=f"{max(1, unpacked // 1_000_000)}\u00a0Mo une fois décompressé",
    )  # fmt: skip


def _refuse_kind(names: set[str]) -> Problem:
    what = next((what for name, what in _KINDS if name in names), "")
    if not what and "mimetype" in names and "content.xml" in names:
        what = "un document OpenDocument (.ods)"
    return refuse("format", TABLE, SAVE_AS, read=what or "une archive ZIP")
