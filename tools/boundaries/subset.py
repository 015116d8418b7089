"""The communes of one département, drawn with the very arcs of the national file.

A page that shows thirty communes then reads those of one département, not the whole country's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from territoires.analysis.composition import INSET_OF_DEPARTEMENT

from . import outputs, topojson


@dataclass(frozen=True, slots=True)
class Drawing:
    """The file of one département: its base name, its bytes and how many communes it draws."""

    departement: str
    name: str
    content: bytes
    features: int

    @property
    def key(self) -> str:
        """Give what it is called among the drawings of the manifest: « commune-53 »."""
        return f"commune-{self.departement}"

    @property
    def path(self) -> str:
        """Give its path relative to the project."""
        return f"static/geo/{self.name}"


def subset(
    topology: dict[str, Any], ids: Collection[str], insets: Collection[str] = ()
) -> dict[str, Any]:
    """Keep some territories (by id) and some insets (by name), with only the arcs they use.

    Geometries and arcs stay in their order, on the same integer grid; ``topology`` is not changed.

    Raises
    ------
    KeyError
        When one of the territories is not in the topology.
    """
    objects = topology["objects"]
    territories = [g for g in objects["territories"]["geometries"] if g["id"] in ids]
    missing = set(ids).difference(g["id"] for g in territories)
    if missing:
        raise KeyError(" ".join(sorted(missing)))
    frames = [g for g in objects["insets"]["geometries"] if g["properties"]["n"] in insets]
    used = sorted({max(n, ~n) for g in (*territories, *frames) for n in _numbers(g["arcs"])})
    numbers = {old: new for new, old in enumerate(used)}
    kept = {"territories": territories, **({"insets": frames} if frames else {})}
    return {
        "type": topology["type"],
        "bbox": topology["bbox"],
        "transform": topology["transform"],
        "objects": {
            name: {
                "type": "GeometryCollection",
                "geometries": [{**g, "arcs": _renumbered(g["arcs"], numbers)} for g in geometries],
            }
            for name, geometries in kept.items()
        },
        "arcs": [topology["arcs"][old] for old in used],
    }


def draw_departements(topology: dict[str, Any], names: list[str]) -> list[Drawing]:
    """Cut the national drawing of communes by département, in code order; names go inside.

    ``names`` are those of the territories of ``topology``, in the same order.
    """
    geometries = topology["objects"]["territories"]["geometries"]
    name_of = {g["id"]: name for g, name in zip(geometries, names, strict=True)}
    codes: dict[str, list[str]] = defaultdict(list)
    for geometry in geometries:
        codes[geometry["properties"]["p"]].append(geometry["id"])
    return [_draw(topology, code, codes[code], name_of) for code in sorted(codes)]


def _draw(
    topology: dict[str, Any], departement: str, codes: list[str], names: dict[str, str]
) -> Drawing:
    inset = INSET_OF_DEPARTEMENT.get(departement)
    document = subset(topology, set(codes), (inset.name,) if inset else ())
    for geometry in document["objects"]["territories"]["geometries"]:
        geometry["properties"] = {**geometry["properties"], "n": names[geometry["id"]]}
    content = topojson.to_bytes(document)
    return Drawing(departement, outputs.departement_name(departement, content), content, len(codes))


def _numbers(arcs: Any) -> Iterator[int]:
    """Go through the arc numbers of a geometry, whatever its nesting."""
    for item in arcs:
        if isinstance(item, list):
            yield from _numbers(item)
        else:
            yield item


def _renumbered(arcs: list[Any], numbers: dict[int, int]) -> list[Any]:
    """Give the same nesting with new numbers; an arc taken backwards (~n) stays so."""
    return [
        _renumbered(item, numbers)
        if isinstance(item, list)
        else (numbers[item] if item >= 0 else ~numbers[~item])
        for item in arcs
    ]
