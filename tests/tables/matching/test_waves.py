from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.tables.indicators import read_contract
from territoires.tables.matching import normalise_wave

_FORM = r"non_precisee|[0-9]{4}(-(0[1-9]|1[0-2])|-T[1-4])?"


@pytest.mark.parametrize(
    ("text", "wave"),
    [
        ("2024", "2024"),
        (" 2024 ", "2024"),
        ("2024.0", "2024"),
        ("2024,0", "2024"),
        ("2024-11", "2024-11"),
        ("2024/11", "2024-11"),
        ("2024-5", "2024-05"),
        ("11/2024", "2024-11"),
        ("nov. 2024", "2024-11"),
        ("Novembre 2024", "2024-11"),
        ("novembre\u00a02024", "2024-11"),
        ("Août 2023", "2023-08"),
        ("févr. 2020", "2020-02"),
        ("DÉCEMBRE 2021", "2021-12"),
        ("1er novembre 2024", "2024-11"),
        ("2024-11-01", "2024-11"),
        ("2024-11-01 00:00:00", "2024-11"),
        ("2024-11-01T00:00:00", "2024-11"),
        ("01/11/2024", "2024-11"),
        ("31.12.2023", "2023-12"),
        ("nov-16", "2016-11"),
        ("nov.-16", "2016-11"),
        ("mai-24", "2024-05"),
        ("vague 2016-11", "2016-11"),
        ("Vague de novembre 2016", "2016-11"),
        ("Année 2020", "2020"),
        ("T1 2025", "2025-T1"),
        ("2025-T1", "2025-T1"),
        ("2025 T3", "2025-T3"),
        ("2025T1", "2025-T1"),
        ("Q2 2025", "2025-T2"),
        ("1er trimestre 2025", "2025-T1"),
        ("2e trimestre 2025", "2025-T2"),
        ("3ème trim. 2025", "2025-T3"),
        ("non_precisee", "non_precisee"),
        ("Non précisée", "non_precisee"),
    ],
)
def test_a_wave_is_read_as_people_write_it(text: str, wave: str) -> None:
    assert normalise_wave(text) == wave


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "45", "1789", "3000", "2024-13", "13/2024", "2024-T5", "T0 2025", "bonjour",
        "24-mai", "2024,5", "2024.75", "-2024", "20245", "32/12/2024", "brumaire 2024", "٢٠٢٤", "1e3", "2024-11-01 et plus", "x" * 5000, "<b>2024</b>",
    ],
)  # fmt: skip
def test_what_is_not_a_wave_is_none(text: str) -> None:
    assert normalise_wave(text) is None


@given(st.text(max_size=60))
def test_any_text_gives_a_wave_of_the_contract_or_none(text: str) -> None:
    wave = normalise_wave(text)
    assert wave is None or re.fullmatch(_FORM, wave)


@given(st.from_regex(_FORM.replace("[0-9]{4}", "(19[0-9]{2}|20[0-9]{2})"), fullmatch=True))
def test_a_wave_of_the_contract_is_itself(wave: str) -> None:
    assert normalise_wave(wave) == wave


def test_the_form_is_the_one_of_the_contract() -> None:
    fields = read_contract("observations")["fields"]
    (wave,) = (field for field in fields if field["name"] == "wave")
    assert wave["constraints"]["pattern"] == _FORM
