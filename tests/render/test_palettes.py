"""Colours that all eyes tell apart, with or without red, green or blue cones."""

from __future__ import annotations

import json
from itertools import combinations, pairwise
from pathlib import Path

import branca
import numpy as np
import pytest
from numpy.typing import NDArray

from territoires.analysis.classes import Classes, classify
from territoires.domain.classification import ClassChoice, Method, Palette, most_classes
from territoires.domain.indicators import Direction
from territoires.render.palettes import (
    DIFFERENCE_COLOURS,
    DIVERGING,
    PRECISION_COLOURS,
    SEQUENTIAL,
    colours,
)

#: Least difference between two classes, in hundredths of the OKLab unit.
LEAST = 9.0
#: Linear RGB as seen without one kind of cones: Machado, G. M., Oliveira, M. M. and Fernandes,
#: L. A. F. (2009), A physiologically-based model for simulation of color vision deficiency,
#: IEEE Transactions on Visualization and Computer Graphics 15(6), 1291–1298; severity 1.0.
VISIONS = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
#: From linear sRGB to OKLab: Ottosson, B. (2020), A perceptual color space for image processing.
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
SCHEMES: dict[str, list[str]] = json.loads(
    (Path(branca.__file__).parent / "_schemes.json").read_text(encoding="utf-8")
)
SPLITS = [(below, most - below) for most in range(1, 6) for below in range(most + 1)]


def oklab(colour: str, vision: str = "normal") -> NDArray[np.float64]:
    """Give lightness, green–red and blue–yellow of a colour as a kind of eye sees it."""
    shares = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISIONS[vision] @ linear, 0, 1)
    return np.asarray(TO_OKLAB @ np.cbrt(TO_CONES @ seen))


def lightness(colour: str) -> float:
    return float(oklab(colour)[0])


def confused(fills: tuple[str, ...] | list[str]) -> list[tuple[str, str, str, float]]:
    """List the pairs of colours too near each other, with the vision that confuses them."""
    return [
        (one, other, vision, round(difference, 1))
        for vision in VISIONS
        for one, other in combinations(fills, 2)
        if (difference := 100 * float(np.linalg.norm(oklab(one, vision) - oklab(other, vision))))
        < LEAST
    ]


def classes_of(count: int, below: int | None = None) -> Classes:
    bounds = tuple(float(n) for n in range(count + 1))
    return Classes(bounds, (1,) * count, tuple(range(count)), below)


def is_descending(fills: tuple[str, ...]) -> bool:
    return all(lightness(one) > lightness(next_one) for one, next_one in pairwise(fills))


def test_the_measure_knows_white_black_and_the_primaries() -> None:
    assert oklab("#ffffff") == pytest.approx([1, 0, 0], abs=1e-3)
    assert oklab("#000000") == pytest.approx([0, 0, 0], abs=1e-9)
    assert oklab("#ff0000") == pytest.approx([0.628, 0.225, 0.126], abs=1e-3)
    for vision in VISIONS:
        assert oklab("#808080", vision)[1:] == pytest.approx([0, 0], abs=2e-3)


@pytest.mark.parametrize("count", range(3, 12))
def test_red_against_green_would_be_refused(count: int) -> None:
    visions = {vision for *_, vision, _ in confused(SCHEMES[f"RdYlGn_{count:02}"])}
    assert visions & {"protan", "deutan"}


def test_two_equal_colours_would_be_refused() -> None:
    assert confused(["#41b6c4", "#41b6c4"])


@pytest.mark.parametrize("palette", SEQUENTIAL)
def test_any_two_classes_of_a_sequential_palette_are_told_apart(palette: Palette) -> None:
    most = most_classes(palette)
    assert set(SEQUENTIAL[palette]) == set(range(1, most + 1))
    for count in range(1, most + 1):
        fills = colours(palette, Direction.NEUTRE, classes_of(count))
        assert len(fills) == count
        assert confused(fills) == []
        assert is_descending(fills)


@pytest.mark.parametrize(("below", "above"), SPLITS)
@pytest.mark.parametrize("palette", DIVERGING)
def test_any_two_classes_on_both_sides_of_france_are_told_apart(
    palette: Palette, below: int, above: int
) -> None:
    fills = colours(palette, Direction.NEUTRE, classes_of(below + above, below))
    assert len(fills) == below + above
    assert confused(fills) == []
    assert is_descending(tuple(reversed(fills[:below])))
    assert is_descending(fills[below:])


@pytest.mark.parametrize(("below", "above"), SPLITS)
@pytest.mark.parametrize("palette", DIVERGING)
def test_as_far_from_france_as_strong_a_colour(palette: Palette, below: int, above: int) -> None:
    fills = colours(palette, Direction.NEUTRE, classes_of(below + above, below))
    outwards = zip(reversed(fills[:below]), fills[below:], strict=False)
    gaps = [abs(lightness(one) - lightness(other)) for one, other in outwards]
    assert all(gap < 0.07 for gap in gaps)
    longest = max(below, above)
    symmetric = colours(palette, Direction.NEUTRE, classes_of(2 * longest, longest))
    assert fills == symmetric[longest - below : longest + above]


def test_each_side_of_france_keeps_its_hue() -> None:
    """Below: warm (towards red and yellow); above: towards blue, whatever the arms."""
    for palette in DIVERGING:
        for below, above in SPLITS:
            fills = colours(palette, Direction.NEUTRE, classes_of(below + above, below))
            blueness = [-float(oklab(fill)[2]) for fill in fills]
            assert all(value < 0 for value in blueness[:below])
            assert all(value > 0 for value in blueness[below:])


@pytest.mark.parametrize("fills", [DIFFERENCE_COLOURS, PRECISION_COLOURS])
def test_the_colours_of_the_other_modes_are_told_apart(fills: tuple[str, ...]) -> None:
    assert len(fills) == 3
    assert confused(fills) == []


def test_no_difference_is_the_lightest_and_the_most_precise_the_darkest() -> None:
    low, none, high = DIFFERENCE_COLOURS
    assert lightness(none) > max(lightness(low), lightness(high))
    assert float(np.hypot(*oklab(none)[1:])) < 0.01
    assert is_descending(tuple(reversed(PRECISION_COLOURS)))


def test_all_but_viridis_are_steps_of_colorbrewer() -> None:
    known = {
        name: {
            colour
            for scheme, steps in SCHEMES.items()
            if scheme.startswith(f"{name}_")
            for colour in steps
        }
        for name in ("YlGnBu", "YlOrRd", "Blues", "PuOr", "RdBu", "Purples", "Greys")
    }
    by_name = {name.lower(): steps for name, steps in known.items()}
    for palette, shades in SEQUENTIAL.items():
        if palette is not Palette.VIRIDIS:
            assert {c for fills in shades.values() for c in fills} <= by_name[palette.value]
    for palette, arms in DIVERGING.items():
        used = {c for sides in arms.values() for side in sides for c in side}
        assert used <= by_name[palette.value]
    assert set(DIFFERENCE_COLOURS) <= known["PuOr"] | known["Greys"]
    assert set(PRECISION_COLOURS) <= known["Purples"]


def test_viridis_is_viridis() -> None:
    steps = [oklab(colour.lower()) for colour in SCHEMES["viridis"]]
    for fills in SEQUENTIAL[Palette.VIRIDIS].values():
        for fill in fills:
            assert min(100 * float(np.linalg.norm(oklab(fill) - step)) for step in steps) < 3


def test_automatic_colours_follow_the_meaning_of_a_high_value() -> None:
    for direction, palette in (
        (Direction.HAUT_FAVORABLE, Palette.YLGNBU),
        (Direction.HAUT_FRAGILE, Palette.YLORRD),
        (Direction.NEUTRE, Palette.BLUES),
    ):
        fills = colours(Palette.AUTO, direction, classes_of(5))
        assert fills == colours(palette, Direction.NEUTRE, classes_of(5))
        split = colours(Palette.AUTO, direction, classes_of(5, 2))
        assert split == colours(Palette.PUOR, direction, classes_of(5, 2))


def test_a_palette_that_does_not_suit_the_classes_gives_way_to_the_automatic_one() -> None:
    direction = Direction.HAUT_FRAGILE
    for palette in Palette:
        plain, split = classes_of(4), classes_of(4, 1)
        if palette not in SEQUENTIAL:
            automatic = colours(Palette.AUTO, direction, plain)
            assert colours(palette, direction, plain) == automatic
        if palette not in DIVERGING:
            automatic = colours(Palette.AUTO, direction, split)
            assert colours(palette, direction, split) == automatic


def test_no_class_no_colour() -> None:
    for palette in Palette:
        assert colours(palette, Direction.NEUTRE, classify([None])) == ()


@pytest.mark.parametrize("palette", Palette)
@pytest.mark.parametrize("method", Method)
def test_whatever_is_asked_every_class_has_a_colour(method: Method, palette: Palette) -> None:
    for values in ([5.0], [5.0, 5.0], [1.0, 2.0], [float(n) for n in range(60)]):
        for count in (None, 3, 4, 5, 6):
            choice = ClassChoice(method, count, (10.0, 20.0, 30.0, 40.0, 50.0), palette)
            classes = classify(values, choice, national=20.0)
            fills = colours(palette, Direction.NEUTRE, classes)
            assert len(set(fills)) == len(fills) == classes.count
