"""Documents are written by a program apart, with our fonts, and their texts are never markup."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from territoires.errors import DocumentError
from territoires.render import programs
from territoires.render.documents import compile_pdf, compile_while, printable

DAY = date(2025, 11, 22)
TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set document(title: "Essai")
#set text(font: "Atkinson Hyperlegible Next", fallback: false, lang: "fr")
= Essai
#data.text
"""
ENDLESS = "#for i in range(100000) { for j in range(100000) { let k = i * j } }"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("typst") / "essai.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return str(path)


def test_a_hostile_text_prints_as_itself_and_nothing_of_it_is_read(template: str) -> None:
    text = printable("#panic(1) $1/0$ \\ <script>alert(1)</script> `x` *y* @z // « 漢 🎉 \x00")
    (page,) = PdfReader(io.BytesIO(compile_pdf(template, {"text": text}, day=DAY))).pages
    printed = page.extract_text()
    assert "#panic(1) $1/0$ \\ <script>alert(1)</script> `x` *y* @z //" in printed


def test_the_same_data_of_the_same_day_give_the_same_bytes(template: str) -> None:
    assert compile_pdf(template, {"text": "a"}, day=DAY) == compile_pdf(
        template, {"text": "a"}, day=DAY
    )


def test_what_typst_says_of_a_failure_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#unknown-name", encoding="utf-8")
    with pytest.raises(DocumentError) as raised:
        compile_pdf(str(broken), {}, day=DAY)
    assert "unknown" in str(raised.value.__cause__)


def test_a_document_without_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "_PATIENCE", 0)
    endless = tmp_path / "endless.typ"
    endless.write_text(ENDLESS, encoding="utf-8")
    with pytest.raises(DocumentError, match="0 secondes"):
        compile_pdf(str(endless), {}, day=DAY)


def test_a_document_no_longer_wanted_is_left_at_once(tmp_path: Path) -> None:
    endless = tmp_path / "endless.typ"
    endless.write_text(ENDLESS, encoding="utf-8")
    assert compile_while(str(endless), {}, day=DAY, wanted=lambda: False) is None


def test_a_program_slow_to_listen_gets_the_whole_of_a_long_request(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "_PACE", 0.001)
    data = {"text": "fin", "unused": "x" * 1_000_000}
    written = compile_pdf(template, data, day=DAY)
    assert "fin" in PdfReader(io.BytesIO(written)).pages[0].extract_text()


def test_an_error_of_the_one_who_waits_stops_the_program(tmp_path: Path) -> None:
    endless = tmp_path / "endless.typ"
    endless.write_text(ENDLESS, encoding="utf-8")

    def leave() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compile_while(str(endless), {}, day=DAY, wanted=leave)


def test_signs_the_font_does_not_have_are_replaced() -> None:
    assert (
        printable("34\u202f875 €, « Élu·e », Œuvre, Île") == "34\u202f875 €, « Élu·e », Œuvre, Île"
    )
    assert printable("漢 🎉 \x00\u200b А") == "? ? ?? ?"
    assert printable("a\n\tb\u2028c") == "a b c"
    assert printable("e\u0301") == "é"


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_a_printable_text_is_printable_for_good(text: str) -> None:
    assert printable(printable(text)) == printable(text)
