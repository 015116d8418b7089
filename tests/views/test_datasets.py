"""What is simulated is marked, what is real beside it is said real, what is published is bare."""

from __future__ import annotations

import pytest

from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS, mark_of, watermark_of
from territoires.views.selection import mappable_indicators

SIMULATED_MARK = "Démonstration, données simulées – "
REAL_MARK = "Donnée réelle – "


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


def test_what_a_set_shows_first_is_in_it(datasets: tuple[Published, Published]) -> None:
    for data in datasets:
        edition = EDITIONS[data.dataset]
        mappable = {indicator.indicator_id for indicator in mappable_indicators(data)}
        assert edition.default_indicator in mappable
        assert len(set(edition.key_indicators)) == 4
        for name in edition.key_indicators:
            waves = {o.wave for o in data.of_indicator(name, FRANCE.level)}
            assert edition.key_wave in waves, name
