"""Typed identifiers: their form is checked, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.errors import TerritoiresError, UnknownTerritoryError

FORMS = {
    Level.PAYS: "FR",
    Level.REGION: "[0-9]{2}",
    Level.DEPARTEMENT: "[0-9]{2}|2[AB]|9[78][0-9]",
    Level.ZONE: "[a-z0-9_]{1,40}[.][A-Za-z0-9_-]{1,40}",
    Level.EPCI: "[0-9]{9}",
    Level.COMMUNE: "([0-9]{2}|2[AB])[0-9]{3}",
}
identifiers = st.one_of(
    *(
        st.builds(TerritoryId, st.just(level), st.from_regex(form, fullmatch=True))
        for level, form in FORMS.items()
    )
)


@given(identifiers)
def test_an_identifier_written_then_read_is_the_same(territory: TerritoryId) -> None:
    assert TerritoryId.parse(str(territory)) == territory


@given(st.text())
def test_any_text_is_an_identifier_or_a_french_error(text: str) -> None:
    try:
        territory = TerritoryId.parse(text)
    except UnknownTerritoryError as error:
        refusal: UnknownTerritoryError | None = error
    else:
        refusal = None
        assert str(territory) == text
    if refusal is not None:
        assert "ne désigne pas un territoire" in refusal.message
        assert "region-53" in refusal.remedy


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("pays-FR", Level.PAYS, "FR"),
        ("region-53", Level.REGION, "53"),
        ("region-01", Level.REGION, "01"),
        ("departement-01", Level.DEPARTEMENT, "01"),
        ("departement-2A", Level.DEPARTEMENT, "2A"),
        ("departement-2B", Level.DEPARTEMENT, "2B"),
        ("departement-976", Level.DEPARTEMENT, "976"),
        ("epci-200067981", Level.EPCI, "200067981"),
        ("commune-53130", Level.COMMUNE, "53130"),
        ("commune-2A004", Level.COMMUNE, "2A004"),
        ("commune-01001", Level.COMMUNE, "01001"),
        ("commune-97502", Level.COMMUNE, "97502"),
    ],
)
def test_each_level_has_its_form_of_code(text: str, level: Level, code: str) -> None:
    assert TerritoryId.parse(text) == TerritoryId(level, code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "53",
        "region",
        "region-",
        "region-5",
        "region-053",
        "region-99x",
        "region--53",
        "region-53-",
        "region-53\n",
        " region-53",
        "region-53 ",
        "Region-53",
        "RÉGION-53",
        "région-53",
        "region_53",
        "region–53",
        "region-٥٣",
        "region-５３",
        "region-²³",
        "departement-2C",
        "departement-2a",
        "departement-960",
        "departement-9",
        "epci-20006798",
        "epci-2000679810",
        "commune-2C004",
        "commune-2a004",
        "commune-5313",
        "commune-531300",
        "pays-fr",
        "pays-DE",
        "canton-2901",
        "<script>",
        "region-<script>alert(1)</script>",
        "region-53' OR 1=1 --",
        "../../etc/passwd",
        "region-53\x00",
        "😀-53",
    ],
)
def test_what_is_not_of_the_form_is_refused(text: str) -> None:
    with pytest.raises(UnknownTerritoryError, match="ne désigne pas un territoire"):
        TerritoryId.parse(text)


def test_a_refusal_quotes_at_most_sixty_characters() -> None:
    with pytest.raises(UnknownTerritoryError) as refusal:
        TerritoryId.parse("x" * 10_000)
    assert "x" * 60 in refusal.value.message
    assert "x" * 61 not in refusal.value.message


def test_the_same_code_at_two_levels_is_two_territories() -> None:
    assert TerritoryId(Level.REGION, "01") != TerritoryId(Level.DEPARTEMENT, "01")


def test_levels_go_from_the_widest_to_the_finest() -> None:
    assert list(Level) == ["pays", "region", "departement", "zone", "epci", "commune"]


def test_the_country_has_one_identifier() -> None:
    assert str(FRANCE) == "pays-FR"
    assert TerritoryId.parse("pays-FR") == FRANCE


def test_an_unknown_territory_is_an_error_the_pages_may_show() -> None:
    assert issubclass(UnknownTerritoryError, TerritoiresError)
