"""The addresses of the communes of some départements."""

from __future__ import annotations

import pytest

from territoires.domain.territories import Level
from territoires.errors import DataFileError
from territoires.settings import STATIC_URL
from territoires.tables.boundaries import topojson_name
from territoires.ui.cache import commune_topojson_urls


def test_addresses_come_in_the_order_asked_for() -> None:
    codes = ("971", "53", "2A")
    assert commune_topojson_urls(codes) == tuple(
        f"{STATIC_URL}/geo/{topojson_name(Level.COMMUNE, code)}" for code in codes
    )
    assert commune_topojson_urls(()) == ()


def test_a_departement_that_is_not_drawn_is_refused() -> None:
    with pytest.raises(DataFileError, match="commune-975"):
        commune_topojson_urls(("53", "975"))
