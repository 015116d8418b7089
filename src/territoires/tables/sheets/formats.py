"""Which kind of file bytes are; those that are no table are refused by their name."""

from __future__ import annotations

from territoires.domain.updates import Problem
from territoires.tables.sheets.told import refuse

TABLE = "un fichier CSV ou un classeur Excel (.xlsx)"
SAVE_AS = "Ouvrez-le dans un tableur et enregistrez-le en .xlsx ou en CSV UTF-8."
ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHOOSE = "Choisissez le tableau lui-même, enregistré en .xlsx ou en CSV."
#: First bytes of files that are no table → what they are.
_SIGNATURES = (
    (b"\x89PNG", "une image PNG"),
    (b"\xff\xd8\xff", "une image JPEG"),
    (b"GIF8", "une image GIF"),
    (b"RIFF", "une image ou un son"),
    (b"%PDF", "un document PDF"),
    (b"{\\rtf", "un document RTF"),
    (b"\x1f\x8b", "une archive gzip"),
    (b"7z\xbc\xaf", "une archive 7z"),
    (b"Rar!", "une archive RAR"),
    (b"BZh", "une archive bzip2"),
    (b"\xfd7zXZ", "une archive xz"),
    (b"\x7fELF", "un programme"),
    (b"MZ\x90", "un programme"),
    (b"SQLite format 3\0", "une base de données SQLite"),
    (b"PAR1", "un fichier Parquet"),
)
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<head", b"<body", b"<meta", b"<style")
#: Names of streams in a container of the old Office, as it writes them.
_ENCRYPTED, _WORKBOOKS = "EncryptedPackage", ("Workbook", "Book")


def refuse_format(content: bytes) -> Problem | None:
    """Say why bytes cannot be a table, None when they may be one."""
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        mend = "Vérifiez que c’est le bon fichier, et qu’il a été enregistré."
        return refuse("empty-file", "des titres et des lignes (le fichier est vide)", mend)
    if content.startswith(_OLE):
        return _refuse_ole(content)
    for signature, what in _SIGNATURES:
        if content.startswith(signature):
            return refuse("format", TABLE, _CHOOSE, read=what)
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        return refuse("format", TABLE, SAVE_AS, read="une page HTML ou un fichier XML")
    return None


def _refuse_ole(content: bytes) -> Problem:
    """Tell apart the old .xls and a workbook behind a password, which share a container."""
    if _ENCRYPTED.encode("utf-16-le") in content:
        return refuse(
            "password",
            "un classeur sans mot de passe",
            "Ouvrez-le, retirez le mot de passe (Fichier, Informations, Protéger le classeur), "
            "puis enregistrez-le en .xlsx ou en CSV UTF-8.",
            read="un classeur protégé par un mot de passe",
        )
    old = any(name.encode("utf-16-le") in content for name in _WORKBOOKS)
    read = "un classeur Excel 97-2003 (.xls)" if old else "un ancien document Office"
    return refuse("format", TABLE, SAVE_AS, read=read)
