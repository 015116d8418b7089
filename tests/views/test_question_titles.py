"""The title of a question and the names of its answers: nothing of the labels is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.domain.indicators import Indicator
from territoires.tables.published import Published
from territoires.views.question_titles import common_start, name_answers

WORDS = st.lists(
    st.sampled_from(["mode", "de", "partenariat", ":", "mécénat", "local"]), min_size=1
)


@pytest.fixture(scope="module")
def labelled(published: Published):
    some = next(iter(published.catalogue.values()))

    def make(*labels: str, actors: tuple[str, ...] = ()) -> list[Indicator]:
        names = actors or ("maires",) * len(labels)
        return [
            replace(some, label=label, actor_label=actor)
            for label, actor in zip(labels, names, strict=True)
        ]

    return make


@pytest.mark.parametrize(
    ("labels", "title", "names"),
    [
        (("Mode : achat", "Mode : don"), "Mode", ["achat", "don"]),
        (("Mode\u00a0: achat", "Mode\u00a0: don"), "Mode", ["achat", "don"]),
        (
            ("Priorité donnée à l’emploi", "Priorité donnée au climat"),
            "Priorité donnée…",
            ["à l’emploi", "au climat"],
        ),
        (
            ("Oui toujours", "Non jamais"),
            "Oui toujours ; Non jamais",
            ["Oui toujours", "Non jamais"],
        ),
        (("Un", "Deux", "Trois"), "Un, et 2 autres réponses", ["Un", "Deux", "Trois"]),
    ],
)
def test_what_all_labels_begin_with_is_told_once(labelled, labels, title, names) -> None:
    assert name_answers(labelled(*labels)) == (title, names)


def test_the_same_question_to_several_actors_is_told_by_actor(labelled) -> None:
    group = labelled("Utile", "Utile", actors=("maires", "habitants"))
    assert name_answers(group) == ("Utile", ["maires", "habitants"])


def test_answers_of_several_actors_name_theirs(labelled) -> None:
    group = labelled("Mode : achat", "Mode : don", actors=("maires", "habitants"))
    assert name_answers(group) == ("Mode", ["achat – maires", "don – habitants"])


@given(labels=st.lists(WORDS.map(" ".join), min_size=2, max_size=5, unique=True))
def test_a_common_start_begins_every_label_and_leaves_something_of_each(labels) -> None:
    start = common_start(labels)
    for label in labels:
        assert label.startswith(start)
        assert label[len(start) :].strip()
