"""Good files to be spoilt: figures long and wide, actors, catalogue, zonings, from real rows."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.mutated_cells import Grid
from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.domain.updates import FileKind
from territoires.tables.updates.compare import Tables
from territoires.tables.updates.templates import build_template

RATE, OTHER = "adhesion_maires_region", "innovation_maires"
ZONING = "Zonage d’essai"


@dataclass(frozen=True, slots=True)
class Seed:
    """A good file; ``said`` is what a person says of all of it."""

    name: str
    kind: FileKind
    grid: Grid
    said: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seeds:
    """Makes good files, each time others."""

    tables: Tables
    directory: Directory
    templates: dict[tuple[FileKind, str], Grid] = field(default_factory=dict)

    def draw(self, chance: random.Random) -> Seed:
        """Make a good file."""
        return chance.choice(_MAKERS)(self, chance)

    def template(self, kind: FileKind, indicator: str = "") -> Grid:
        """Give a template as cells; written once."""
        key = kind, indicator
        if key not in self.templates:
            _, content = build_template(kind, self.tables, self.directory, "standard", indicator)
            self.templates[key] = list(csv.reader(io.StringIO(content.decode(), newline="")))
        return self.templates[key]


def _sample(grid: Grid, chance: random.Random, most: int) -> Grid:
    rows = grid[1:]
    kept = sorted(chance.sample(range(len(rows)), min(len(rows), chance.randrange(1, most))))
    return [list(grid[0]), *(list(rows[place]) for place in kept)]


def _places(seeds: Seeds, chance: random.Random, level: Level, most: int) -> list[list[str]]:
    """Give some territories as (code, name)."""
    all_of = seeds.directory.of_level(level)
    some = chance.sample(all_of, min(len(all_of), chance.randrange(1, most)))
    return [[one.id.code, one.name] for one in some]


def _one_template(seeds: Seeds, chance: random.Random) -> Seed:
    indicator = chance.choice((RATE, "part_75_ans_plus", "taux_pauvrete", "pib_par_habitant"))
    grid = [list(row) for row in seeds.template(FileKind.OBSERVATIONS, indicator)]
    return Seed("modèle d’un indicateur", FileKind.OBSERVATIONS, grid[: chance.randrange(2, 25)])


def _all_figures(seeds: Seeds, chance: random.Random) -> Seed:
    grid = _sample(seeds.template(FileKind.OBSERVATIONS), chance, 60)
    return Seed("chiffres, longs", FileKind.OBSERVATIONS, grid)


def _simple(level: Level, most: int) -> Callable[[Seeds, random.Random], Seed]:
    def make(seeds: Seeds, chance: random.Random) -> Seed:
        rows = [
            [
                code,
                name,
                f"{chance.randrange(1001) / 10:g}".replace(".", ","),
                str(chance.randrange(11, 900)),
            ]
            for code, name in _places(seeds, chance, level, most)
        ]
        head = ["Code", "Territoire", "Taux (%)", "Répondants"]
        grid = [head, *rows]
        if chance.random() < 0.5:
            grid = [row[1:] for row in grid]
        wave = chance.choice(("2016-11", "2024-11"))
        return Seed(
            "chiffres d’analyste",
            FileKind.OBSERVATIONS,
            grid,
            {"indicator_id": RATE, "wave": wave, "level": level},
        )

    return make


def _wide(seeds: Seeds, chance: random.Random) -> Seed:
    if chance.random() < 0.5:
        head, said = ["Région", "2016-11", "2024", "2025-T1"], {"indicator_id": RATE}
    else:
        labels = {row["indicator_id"]: row["label"] for row in seeds.tables["indicators"]}
        head = ["Région", labels[RATE], labels["taux_pauvrete"], labels["part_75_ans_plus"]]
        said = {"wave": chance.choice(("2018", "2021", "2024"))}
    rows = [
        [name, *(f"{chance.randrange(1001) / 10:g}" for _ in head[1:])]
        for _, name in _places(seeds, chance, Level.REGION, 19)
    ]
    return Seed("chiffres, larges", FileKind.OBSERVATIONS, [head, *rows], dict(said))


def _actors(seeds: Seeds, chance: random.Random) -> Seed:
    return Seed(
        "catalyseurs publiés",
        FileKind.CATALYSTS,
        _sample(seeds.template(FileKind.CATALYSTS), chance, 40),
    )


def _new_actors(seeds: Seeds, chance: random.Random) -> Seed:
    kinds = [row["label"] for row in seeds.tables["catalyst_kinds"]]
    rows = [
        [f"Association {code}", chance.choice(kinds), code, name, "Cité comme catalyseur"]
        for code, name in _places(seeds, chance, Level.COMMUNE, 15)
    ]
    head = ["Nom", "Catégorie", "Code Insee", "Commune", "Ce qu’en dit la source"]
    return Seed("catalyseurs nouveaux", FileKind.CATALYSTS, [head, *rows])


def _catalogue(seeds: Seeds, chance: random.Random) -> Seed:
    return Seed(
        "catalogue", FileKind.CATALOGUE, _sample(seeds.template(FileKind.CATALOGUE), chance, 30)
    )


def _published_zones(seeds: Seeds, chance: random.Random) -> Seed:
    grid = seeds.template(FileKind.ZONING)
    # Sampled, the zoning published under that name loses members, as the file says.
    name = seeds.tables["zonages"][0]["zoning_name"]
    grid = [list(row) for row in grid] if chance.random() < 0.5 else _sample(grid, chance, 150)
    return Seed("zonage publié", FileKind.ZONING, grid, {"zoning_name": name})


def _new_zones(seeds: Seeds, chance: random.Random) -> Seed:
    level = chance.choice((Level.EPCI, Level.COMMUNE))
    rows = [
        [code, name, str(zone := chance.randrange(1, 8)), f"Pays {zone}"]
        for code, name in _places(seeds, chance, level, 40)
    ]
    head = ["siren" if level is Level.EPCI else "code_insee", "nom", "code_zone", "nom_zone"]
    return Seed("zonage nouveau", FileKind.ZONING, [head, *rows], {"zoning_name": ZONING})


_MAKERS = (
    _one_template, _all_figures, _all_figures, _simple(Level.REGION, 19), _simple(Level.DEPARTEMENT, 60),
    _simple(Level.EPCI, 30), _simple(Level.COMMUNE, 40), _wide, _wide, _actors, _actors, _new_actors,
    _catalogue, _catalogue, _published_zones, _new_zones,
)  # fmt: skip
