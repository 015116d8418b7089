"""Choices kept as text come back the same, and hostile text is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.domain.territories import Level
from territoires.domain.updates import Choices, ColumnRole, Dialect, FileKind
from territoires.tables.updates.choices import ChoicesError, read_choices, to_json

CHOICES = Choices(
    kind=FileKind.OBSERVATIONS,
    dialect=Dialect("utf-8", ";", ",", "Feuille", 3),
    confirmed=True,
    columns=(ColumnRole(0, "code"), ColumnRole(1, "value", "taux", "2025")),
    places=(("Bretagn", "region-53"),),
    excluded=(4, 5),
    level=Level.REGION,
)
NAMES = sorted(json.loads(to_json(CHOICES)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_choices_come_back_the_same() -> None:
    assert read_choices(to_json(CHOICES)) == CHOICES
    assert read_choices(to_json(Choices())) == Choices()
    assert read_choices("{}") == Choices()


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "{", "1", '{"kind":[]}', '{"kind":{}}', '{"kind":null}', '{"scale":[]}',
        '{"absent":{"a":1}}', '{"level":{"a":1}}', '{"level":[]}', '{"level":0}',
        '{"dialect":[]}', '{"dialect":0}', '{"places":[["a"]]}', '{"excluded":[-1]}',
        '{"excluded":[1.5]}', '{"excluded":[99999999999999]}', '{"columns":[{}]}',
        '{"indicator_id":"\\ud800"}', '{"inconnu":1}', "[" * 100_000, '{"excluded":[' + "9" * 9_000,
    ],
)  # fmt: skip
def test_what_holds_no_choices_is_told(text: str) -> None:
    with pytest.raises(ChoicesError, match="ne peuvent pas être relus"):
        read_choices(text)


@given(st.dictionaries(st.sampled_from(NAMES), JSON) | JSON)
def test_any_json_gives_choices_that_can_be_kept_or_is_told(value: object) -> None:
    try:
        choices = read_choices(json.dumps(value))
    except ChoicesError:
        return
    assert read_choices(to_json(choices)) == choices
    assert to_json(choices).encode()


@pytest.mark.parametrize("name", NAMES)
@given(value=JSON)
def test_any_value_of_any_part_gives_choices_or_is_told(name: str, value: object) -> None:
    try:
        assert to_json(read_choices(json.dumps({name: value}))).encode()
    except ChoicesError:
        return
