"""Bytes of a text file as text: its encoding found, or asked, and what looks wrong told."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from territoires.domain.updates import Problem, Severity
from territoires.tables.sheets.formats import TABLE
from territoires.tables.sheets.sheet import ENCODINGS
from territoires.tables.sheets.told import refuse, tell

#: Share of control characters from which bytes are no text.
_MAX_CONTROLS = 0.01
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
#: Share of the pairs of bytes that hold a zero on one side, in UTF-16 of our alphabets.
_MANY, _FEW = 0.3, 0.05
_SAMPLE = 200_000
#: Signs that stand after or between letters only where the accents of another encoding were.
_ODD = re.compile("[A-Za-z][\u201aˆ‡]|[a-z][ŠŽ]|[A-Za-z][…™‹Œ“][a-z]|[\x80-\x9f]")
_UNWRITTEN = re.compile("[\x80-\x9f]")
#: What could not be read, and UTF-8 read as if it were Windows text.
_LOST = re.compile(
    "\ufffd|Ã[\u0080-\u00bf‰Šˆ‚ªŽ“”´®¨§¢¯»¼€]|â€[™“”¦œ]|Â[ «»°\u00a0]|[a-zéèêç]\\?[a-zA-ZéÉ]"
)
_FRENCH = re.compile("[A-Za-z][éèêëàâîïôöûùüçœ](?:[a-z ,;\t|]|$)", re.MULTILINE)
_KNOWN = {"utf-8-sig", *(codecs.lookup(name).name for name in ENCODINGS)}
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode(content: bytes, asked: str) -> tuple[str | None, str, tuple[Problem, ...]]:
    """Give the text of a file without its mark, its encoding, and what is to be known of it."""
    encoding = asked or _find_encoding(content)
    if not encoding:
        return None, "", (_refuse_binary(),)
    if not _is_known(encoding):
        mend = f"Choisissez parmi\u00a0: {', '.join(ENCODINGS.values())}."
        unknown = refuse("unknown-encoding", "un encodage connu", mend, read=encoding)
        return None, encoding, (unknown,)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        return None, encoding, (_refuse_encoding(encoding, content, error),)
    text = text.removeprefix("\ufeff")
    if _is_binary(text):
        return None, encoding, (_refuse_binary(),)
    told = _warn_of_accents(text, content, encoding)
    if not asked and encoding == "latin-1" and _UNWRITTEN.search(text):
        # These bytes are no letter of that encoding: what they stood for would be lost.
        told = tuple(replace(problem, severity=Severity.BLOCKING) for problem in told)
    return text, encoding, told


def _find_encoding(content: bytes) -> str:
    """Find an encoding in which every byte means something, nothing for what is no text."""
    if content[:2] in _UTF_16:
        return _UTF_16[content[:2]]
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8" if b"\0" not in content else _find_utf_16(content)
    if b"\0" in content:
        return _find_utf_16(content)
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


def _find_utf_16(content: bytes) -> str:
    """Find on which side of each pair of bytes the zeros are, nothing when on both."""
    sample = content[:_SAMPLE]
    pairs = max(1, len(sample) // 2)
    first, second = sample[::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if second > _MANY and first < _FEW:
        return "utf-16-le"
    if first > _MANY and second < _FEW:
        return "utf-16-be"
    return ""


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return "\0" in text or len(_CONTROLS.findall(sample)) > _MAX_CONTROLS * len(sample)


def _warn_of_accents(text: str, content: bytes, encoding: str) -> tuple[Problem, ...]:
    """Say when accents look unreadable, and which encoding would read them if one does."""
    sample = text[:_SAMPLE]
    if lost := _LOST.search(sample):
        mend = (
            "Ces accents étaient déjà perdus dans le fichier\u00a0: reprenez l’original et "
            "enregistrez-le en «\u00a0CSV UTF-8\u00a0»."
            if encoding == "utf-8"
            else "Choisissez l’encodage UTF-8, ou reprenez l’original."
        )
        return (_warn(sample, lost.start(), mend),)
    odd = _ODD.search(sample)
    if odd is None or encoding.startswith("utf"):
        return ()
    mend = "Choisissez l’encodage du fichier."
    if likely := _find_likely(content[:_SAMPLE], encoding):
        mend = f"Choisissez l’encodage du fichier\u00a0: {ENCODINGS[likely]} semble convenir."
    return (_warn(sample, odd.start(), mend),)


def _find_likely(sample: bytes, encoding: str) -> str:
    """Find the other encoding that makes the most French of bytes, nothing when none does."""
    found = {
        name: len(_FRENCH.findall(sample.decode(name, "replace")))
        for name in ("mac_roman", "cp850", "cp1252")
    }
    best = max(found, key=lambda name: found[name])
    return best if best != encoding and found[best] else ""


def _warn(text: str, place: int, mend: str) -> Problem:
    """Quote the word where accents look wrong, and what follows it in its cell."""
    before = re.split(r"[\s;,|]", text[max(0, place - 30) : place])[-1]
    after = re.split(r"[;,|\r\n\t]", text[place : place + 40])[0]
    read = before + after
    return tell(Severity.WARNING, "accents", "des accents lisibles", mend, read=read)


def _is_known(encoding: str) -> bool:
    """Tell whether an encoding is one of ours, under any of its names."""
    try:
        return codecs.lookup(encoding).name in _KNOWN
    except (LookupError, ValueError):
        return False


def _refuse_encoding(encoding: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    is_wide = codecs.lookup(encoding).name.startswith("utf-16")
    return refuse(
        "encoding",
        f"un texte en {ENCODINGS.get(encoding, encoding)}",
        f"Choisissez un autre encodage\u00a0: {', '.join(ENCODINGS.values())}.",
        row=0 if is_wide else content.count(b"\n", 0, error.start) + 1,
    )


def _refuse_binary() -> Problem:
    mend = "Choisissez le tableau lui-même, enregistré en .xlsx ou en CSV."
    return refuse("binary", TABLE, mend, read="des octets qui ne sont pas du texte")
