"""What is simulated is marked, what is real beside it is said real, what is published is bare."""

from __future__ import annotations

import pytest

from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE
from territoires.tables.published import Published
from territoires.views.datasets import (
    EDITIONS,
    draft_mark,
    is_simulated_set,
    mark_of,
    watermark_of,
)
from territoires.views.selection import mappable_indicators

SIMULATED_MARK = "Démonstration, données simulées – "
REAL_MARK = "Donnée réelle – "
DRAFT_MARK = "Brouillon, non publié – "


@pytest.mark.parametrize(
    ("dataset", "nature", "mark", "watermark"),
    [
        (Dataset.PUBLIE, Nature.ENQUETE, "", ""),
        (Dataset.PUBLIE, Nature.CONTEXTE, "", ""),
        (Dataset.PUBLIE, Nature.COG, "", ""),
        (
            Dataset.DEMONSTRATION,
            Nature.ENQUETE,
            SIMULATED_MARK,
            "DÉMONSTRATION – données simulées",
        ),
        (
            Dataset.DEMONSTRATION,
            Nature.CONTEXTE,
            REAL_MARK,
            "Donnée réelle, vue dans le jeu de démonstration",
        ),
        (
            Dataset.DEMONSTRATION,
            Nature.COG,
            REAL_MARK,
            "Donnée réelle, vue dans le jeu de démonstration",
        ),
        (Dataset.BROUILLON, Nature.ENQUETE, DRAFT_MARK, "BROUILLON – non publié"),
        (Dataset.BROUILLON, Nature.CONTEXTE, DRAFT_MARK, "BROUILLON – non publié"),
        (Dataset.BROUILLON, Nature.COG, DRAFT_MARK, "BROUILLON – non publié"),
    ],
)
def test_each_nature_has_its_mark_in_each_set(
    dataset: Dataset, nature: Nature, mark: str, watermark: str
) -> None:
    assert mark_of(dataset, nature) == mark
    assert watermark_of(dataset, nature) == watermark


def test_no_real_figure_is_called_simulated_and_no_simulated_one_real() -> None:
    for nature in Nature:
        said = mark_of(Dataset.DEMONSTRATION, nature) + watermark_of(Dataset.DEMONSTRATION, nature)
        assert ("simulées" in said) == (nature is Nature.ENQUETE)
        assert ("réelle" in said) == (nature is not Nature.ENQUETE)


def test_published_files_and_titles_bear_no_mark() -> None:
    published, simulated = EDITIONS[Dataset.PUBLIE], EDITIONS[Dataset.DEMONSTRATION]
    assert (published.mark, published.watermark, published.file_mark) == ("", "", "")
    assert simulated.mark
    assert simulated.watermark
    assert simulated.file_mark == "DEMO"
    assert "simul" not in (published.banner + published.name).lower()


def test_a_draft_is_never_called_simulated_nor_published() -> None:
    draft = EDITIONS[Dataset.BROUILLON]
    assert draft.file_mark == "BROUILLON"
    assert draft_mark(Dataset.BROUILLON) == DRAFT_MARK
    assert {draft_mark(Dataset.PUBLIE), draft_mark(Dataset.DEMONSTRATION)} == {""}
    assert [is_simulated_set(dataset) for dataset in Dataset] == [False, True, False]
    for text in (draft.name, draft.banner, draft.watermark, draft.mark):
        assert "simul" not in text.lower()
        assert "non publié" in text.lower()


def test_a_draft_shows_first_what_the_published_set_shows_first() -> None:
    draft, published = EDITIONS[Dataset.BROUILLON], EDITIONS[Dataset.PUBLIE]
    assert draft.default_indicator == published.default_indicator
    assert draft.key_indicators == published.key_indicators
    assert draft.key_wave == published.key_wave


def test_what_a_set_shows_first_is_in_it(datasets: tuple[Published, Published]) -> None:
    for data in datasets:
        edition = EDITIONS[data.dataset]
        mappable = {indicator.indicator_id for indicator in mappable_indicators(data)}
        assert edition.default_indicator in mappable
        assert len(set(edition.key_indicators)) == 4
        for name in edition.key_indicators:
            waves = {o.wave for o in data.of_indicator(name, FRANCE.level)}
            assert edition.key_wave in waves, name
