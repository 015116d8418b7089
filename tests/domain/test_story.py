"""A presentation: its steps, its link, its file, and what hostile ones give."""

from __future__ import annotations

import base64
import json
import random
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.domain.story import (
    MAX_STEPS,
    MAX_TEXT,
    MAX_TITLE,
    STEP_PARAMS,
    VIEW_PARAMS,
    Step,
    StepKind,
    Story,
    add_step,
    move_step,
    remove_step,
    replace_step,
    step_of,
)
from territoires.domain.story_files import (
    MAX_BYTES,
    MAX_LINK,
    read_link,
    read_story,
    to_file,
    to_link,
)
from territoires.errors import StoryError
from tests.selections import EVERYTHING

MAP = Step(StepKind.CARTE, "Ma carte", "Un mot.", {"jeu": "publie", "niveau": "region"})
STORY = Story("Forum « Alliances »", (Step(StepKind.TITRE, "Bonjour"), MAP))


def file_of(*steps: object, **more: object) -> str:
    return json.dumps({"titre": "T", "etapes": list(steps)} | more)


def pack(content: bytes) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def test_the_parameters_of_a_step_are_those_of_a_link() -> None:
    assert list(EVERYTHING.to_params()) == list(VIEW_PARAMS)
    assert set(STEP_PARAMS) == {kind for kind in StepKind if kind.is_view}
    assert all(set(names) <= set(VIEW_PARAMS) for names in STEP_PARAMS.values())


def test_a_step_keeps_of_a_link_what_its_page_reads() -> None:
    step = step_of(StepKind.REPERES, EVERYTHING.to_params())
    assert step.params == {"jeu": "publie", "theme": "theme"}


def test_a_link_and_a_file_give_the_story_back() -> None:
    assert read_link(to_link(STORY)).story == STORY
    assert read_story(to_file(STORY)).story == STORY
    assert read_link(to_link(STORY)).notices == ()


def test_a_link_holds_only_what_an_address_may_hold() -> None:
    assert set(to_link(STORY)) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


def test_twelve_steps_of_views_hold_in_a_link() -> None:
    params = {name: f"{name}-valeur" for name in VIEW_PARAMS}
    steps = [
        Step(StepKind.CARTE, f"Étape {i}", params=params | {"dans": f"r-{i}"}) for i in range(12)
    ]
    assert len(to_link(Story("T", tuple(steps)))) < MAX_LINK / 4


def test_a_story_too_long_for_a_link_says_so() -> None:
    # Texts that cannot be packed.
    draw = random.Random(1)  # noqa: S311 - any texts will do
    texts = [
        "".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(MAX_TEXT)) for _ in range(12)
    ]
    steps = tuple(Step(StepKind.TEXTE, text=text) for text in texts)
    with pytest.raises(StoryError, match="trop long"):
        to_link(Story("T", steps))


def test_a_story_has_twelve_steps_at_most() -> None:
    full = Story("T", (MAP,) * MAX_STEPS)
    with pytest.raises(StoryError, match="12 étapes"):
        add_step(full, MAP)
    assert len(add_step(Story("T"), MAP).steps) == 1


def test_steps_move_and_come_back() -> None:
    a, b, c = (Step(StepKind.TITRE, name) for name in "abc")
    story = Story("T", (a, b, c))
    assert move_step(story, 2, -1).steps == (a, c, b)
    assert move_step(story, 0, -1) == story == move_step(story, 2, 1) == move_step(story, 9, 1)
    assert remove_step(story, 1).steps == (a, c)
    assert replace_step(story, 1, c).steps == (a, c, c)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "Ce n’est pas un récit"),
        ("[]", "la liste « etapes » manque"),
        ('{"etapes": {}}', "la liste « etapes » manque"),
        ("[" * 60_000, "Ce n’est pas un récit"),
        ('{"etapes": [' + "9" * 5000 + "]}", "Ce n’est pas un récit"),
        (b"\xff\xfe\x00", "Ce n’est pas un récit"),
        (b"x" * (MAX_BYTES + 1), "trop lourd"),
        (file_of(*[{"genre": "titre"}] * 3000), "3\u202f000 étapes ; 12 au plus"),
        (file_of(1), "Étape 1 : un objet est attendu"),
        (file_of({"genre": "virus"}), "le genre « virus » n’existe pas"),
        (file_of({"genre": ["carte"]}), "le genre « list » n’existe pas"),
        (file_of({"genre": "texte", "texte": 3}), "« texte » doit être un texte"),
        (file_of({"genre": "carte", "vue": [1]}), "« vue » doit être un objet de textes"),
        (file_of({"genre": "carte", "vue": {"jeu": 1}}), "« vue » doit être un objet de textes"),
        (file_of({"genre": "carte", "vue": {"jeu": "x" * 201}}), "plus de 200 caractères"),
    ],
)
def test_what_is_no_story_is_refused_with_its_reason(content: bytes | str, message: str) -> None:
    with pytest.raises(StoryError) as caught:
        read_story(content)
    assert message in str(caught.value)
    assert caught.value.remedy


def test_every_wrong_step_is_told_at_once() -> None:
    with pytest.raises(StoryError) as caught:
        read_story(file_of({"genre": "a"}, {"genre": "titre"}, {"genre": "b"}))
    assert [line[:7] for line in caught.value.details] == ["Étape 1", "Étape 3"]


def test_unknown_keys_are_left_out_with_a_notice() -> None:
    step = {"genre": "carte", "vue": {"jeu": "publie", "admin": "oui"}, "onload": "x"}
    read = read_story(file_of(step, exec="rm"))
    assert read.story.steps[0].params == {"jeu": "publie"}
    assert len(read.notices) == 3
    many = read_story(file_of({"genre": "titre"} | {f"k{i}": "v" for i in range(500)}))
    (notice,) = many.notices
    assert "et 497 autres" in notice


def test_long_texts_are_cut_and_controls_removed() -> None:
    text = "a\x00b\u202ec\ud800\nd"
    step = {"genre": "texte", "titre": "t" * 500, "texte": text + "x" * 5000}
    (read,) = read_story(file_of(step)).story.steps
    assert len(read.title) == MAX_TITLE
    assert len(read.text) == MAX_TEXT
    assert read.text.startswith("a b c\nd")
    assert to_link(Story("T", (read,)))


def test_a_second_view_stands_beside_a_map_or_a_territory_only() -> None:
    read = read_story(file_of({"genre": "agir", "cote": {"domaine": "emploi"}}))
    assert read.story.steps[0].beside == {}
    assert len(read.notices) == 1


def test_a_title_has_no_view_and_a_second_view_is_of_the_same_set() -> None:
    title, beside = read_story(
        file_of(
            {"genre": "titre", "vue": {"jeu": "publie"}},
            {
                "genre": "carte",
                "vue": {"jeu": "publie"},
                "cote": {"jeu": "demonstration", "vague": "2"},
            },
        )
    ).story.steps
    assert title.params == {}
    assert beside.beside == {"jeu": "publie", "vague": "2"}


@pytest.mark.parametrize(
    "text",
    [
        "é",
        "====",
        "AAAA",
        to_link(STORY)[:-6],
        "x" * (MAX_LINK + 1),
        pack(b"0" * 50_000_000),
        pack(b'{"etapes": [' + b'{"genre": "titre"},' * 2_000_000 + b"]}"),
    ],
)
def test_a_link_that_is_cut_altered_or_a_bomb_is_refused(text: str) -> None:
    with pytest.raises(StoryError):
        read_link(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["etapes", "genre", "vue", "cote", "titre", "texte", "jeu", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(json_values, st.binary(max_size=60), st.text(max_size=60))
def test_nothing_else_than_a_story_error_is_raised(value: object, raw: bytes, link: str) -> None:
    for read, content in (
        (read_story, json.dumps(value)),
        (read_story, json.dumps({"etapes": [value]})),
        (read_story, raw),
        (read_link, link),
    ):
        with suppress(StoryError):
            to_link(read(content).story)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 4000])
def test_a_number_is_never_a_text_nor_a_step(number: str) -> None:
    with pytest.raises(StoryError):
        read_story('{"etapes": [{"genre": "texte", "titre": ' + number + "}]}")
    with pytest.raises(StoryError):
        read_story('{"etapes": [' + number + "]}")


def test_a_key_given_twice_counts_once_and_a_mark_of_order_is_no_harm() -> None:
    content = '{"etapes": [], "etapes": [{"genre": "titre", "titre": "Oui"}]}'
    (step,) = read_story(b"\xef\xbb\xbf" + content.encode()).story.steps
    assert step.title == "Oui"
    for coding in ("utf-16", "latin-1"):
        with pytest.raises(StoryError, match="Ce n’est pas un récit"):
            read_story(content.replace("Oui", "Été").encode(coding))
