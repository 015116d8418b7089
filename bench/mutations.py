"""Spoil files of analysts and take them through the review: ``python -m bench.mutations``.

Ten thousand files, always the same for a seed: cells moved, codes swapped, numbers out of range,
hostile texts, broken encodings, bytes flipped, archives cut. Each goes through the review with what
a person in a hurry would say. Nothing may raise, and what could be published must be right. Prints
a Markdown table; the exit code is 1 when anything was found. ``--numero`` takes one file again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
import traceback
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from bench.mutated_cells import SPOILS
from bench.mutated_files import BREAKS, write_book, write_text
from bench.mutation_haste import choose_first, choose_in_haste, leave_blocked_out
from bench.mutation_rules import Case, find_wrongs
from bench.mutation_seeds import Seed, Seeds
from bench.report import number
from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.selection import Dataset
from territoires.domain.updates import Choices, Severity
from territoires.render import update_report
from territoires.render.update_diff import comparison_html
from territoires.tables.directory import read_directory
from territoires.tables.matching.places import PlaceNames, build_place_names
from territoires.tables.published import Published, read_dataset
from territoires.tables.snapshots import read_snapshot, to_contents, to_tables
from territoires.tables.updates.choices import read_choices, to_json
from territoires.tables.updates.compare import Tables
from territoires.tables.updates.report_files import to_annotated_copy, to_problem_list
from territoires.views.update_diff import build_comparison
from territoires.views.update_review import Review, review_update

FILES, BATCH = 10_000, 50
#: One file in so many has its report written and its comparison drawn as well.
DRAWN = 3
SLOW_S = 2.0


@dataclass(frozen=True, slots=True)
class World:
    """What is published, and what everything is compared with."""

    tables: Tables
    directory: Directory
    names: PlaceNames
    published: Published
    seeds: Seeds


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file."""

    number: int
    name: str
    ways: tuple[str, ...]
    result: str
    seconds: float
    failures: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """What came of all of them."""

    results: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[Outcome] = field(default_factory=list)
    wrong: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one."""
        self.results[outcome.name][outcome.result] += 1
        self.seconds[outcome.name].append(outcome.seconds)
        if outcome.result == "erreur":
            self.errors.append(outcome)
        elif outcome.failures:
            self.wrong.append(outcome)


@lru_cache(maxsize=1)
def read_world() -> World:
    """Read what is published, with the zonings of the demonstration: nothing else has some."""
    directory = Directory(read_directory())
    known = directory.known_codes()
    contents = read_snapshot(known)
    simulated = read_snapshot(known, settings.DEMONSTRATION)
    tables = to_tables({**contents, "zonages": simulated["zonages"]})
    published = read_dataset(Dataset.PUBLIE, known)
    names = build_place_names(directory)
    return World(tables, directory, names, published, Seeds(tables, directory))


def spoil(
    number: int, seed: int, seeds: Seeds
) -> tuple[Seed, tuple[str, ...], bytes, random.Random]:
    """Make the spoilt file of a number."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - files of a test, not secrets
    good = seeds.draw(chance)
    grid = [list(row) for row in good.grid]
    ways = (
        [] if chance.random() < 0.2 else chance.choices(list(SPOILS), k=chance.choice((1, 1, 2, 3)))
    )
    for way in ways:
        if not any(grid):
            grid[:] = [[""]]
        SPOILS[way](grid, chance)
    is_book = chance.random() < 0.3
    content = (write_book if is_book else write_text)(grid, chance)
    if not ways or chance.random() < 0.15:
        broken = chance.choices(list(BREAKS), k=chance.choice((1, 1, 2)))
        for way in broken:
            content = BREAKS[way](content, chance)
        ways += broken
    return good, (*ways, "classeur" if is_book else "texte"), content, chance


def try_file(number: int, seed: int = 0) -> Outcome:
    """Spoil a file and take it the whole way."""
    world = read_world()
    good, ways, content, chance = spoil(number, seed, world.seeds)
    start = time.perf_counter()
    try:
        case = _review(good, content, chance, world)
        seconds = time.perf_counter() - start
        result, failures = _judge(case, content, world, is_drawn=number % DRAWN == 0)
    except Exception:  # whatever is raised is what is looked for
        *steps, error = traceback.format_exc().splitlines()
        told = (error, *(step.strip() for step in steps[::-1] if "/territoires/" in step))
        return Outcome(number, good.name, ways, "erreur", time.perf_counter() - start, told)
    if seconds > SLOW_S:
        failures = (*failures, f"slow: {seconds:.1f} s")
    return Outcome(number, good.name, ways, result, seconds, failures)


def _review(good: Seed, content: bytes, chance: random.Random, world: World) -> Case:
    def review(choices: Choices) -> Review:
        return review_update(
            content,
            "essai.csv",
            choices,
            world.tables,
            world.directory,
            world.names,
            world.published,
        )

    choices = choose_first(good, chance)
    first = review(choices)
    choices = choose_in_haste(choices, first, chance)
    found = review(choices)
    if chance.random() < 0.6:
        for _ in range(2):
            if not found.is_publishable and any(problem.row for problem in found.problems):
                choices = leave_blocked_out(choices, found)
                found = review(choices)
    return Case(good, world.tables, world.directory, choices, found)


def _judge(
    case: Case, content: bytes, world: World, *, is_drawn: bool
) -> tuple[str, tuple[str, ...]]:
    review = case.review
    failures = [
        f"problem: {problem}"
        for problem in review.problems
        if not problem.expected
        or any(ord(sign) < 32 for sign in str(problem))
        or len(str(problem)) > 2_000
    ]
    if read_choices(to_json(case.choices)) != case.choices:
        failures.append("choices: not read back as written")
    if is_drawn and review.sheet is not None:
        to_problem_list(review.problems, "essai.csv")
        to_annotated_copy(review.sheet, review.problems, content)
        update_report.problems_table(review.problems, "Problèmes")
        if review.tables is not None:
            comparison_html(
                build_comparison(case.tables, review.tables, world.published, world.directory)
            )
    if review.is_publishable:
        return "publiable", (*failures, *find_wrongs(case))
    blocked = any(problem.severity is Severity.BLOCKING for problem in review.problems)
    if not blocked and review.has_changes:
        failures.append("refused: nothing says why")
    return "refusé" if blocked else "inchangé", tuple(failures)


def run(files: int = FILES, seed: int = 0, workers: int = 2, first: int = 0) -> Tally:
    """Try as many files."""
    tally, start = Tally(), time.perf_counter()
    numbers = [(number, seed) for number in range(first, first + files)]
    if workers == 1:
        outcomes = (try_file(*one) for one in numbers)
        for outcome in outcomes:
            tally.add(outcome)
        return tally
    before = to_contents(read_world().tables)
    # What is loaded on first use is loaded here, once for all processes.
    for warm in range(20):
        try_file(warm, seed + 1)
    with multiprocessing.get_context("fork").Pool(workers, maxtasksperchild=40) as pool:
        for done, outcome in enumerate(pool.imap_unordered(_try, numbers, BATCH), start=1):
            tally.add(outcome)
            if sys.stderr.isatty() and done % BATCH == 0:
                left = (files - done) * (time.perf_counter() - start) / done
                bar = "█" * (30 * done // files)
                print(f"\r{bar:░<30} {done}/{files}, encore {left:.0f} s ", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r" + " " * 70 + "\r", end="", file=sys.stderr)
    assert before == to_contents(read_world().tables)
    return tally


def _try(one: tuple[int, int]) -> Outcome:
    return try_file(*one)


def show(tally: Tally) -> str:
    """Write the table and every failure."""
    lines = [
        "| Fichiers | abîmés | refusés | publiables | inchangés | erreurs | médiane (plus long) |"
    ]
    lines.append("|---|---|---|---|---|---|---|")
    names = sorted(tally.results)
    for name in [*names, "En tout"]:
        counts = (
            tally.results[name] if name in tally.results else sum(tally.results.values(), Counter())
        )
        times = sorted(
            tally.seconds[name]
            if name in names
            else [one for some in tally.seconds.values() for one in some]
        )
        told = [
            sum(counts.values()),
            *(counts[r] for r in ("refusé", "publiable", "inchangé", "erreur")),
        ]
        middle = f"{number(1000 * times[len(times) // 2], 0)} ms ({number(times[-1])} s)"
        lines.append(f"| {name} | {' | '.join(map(str, told))} | {middle} |")
    lines.append(f"\nErreurs non prévues : {len(tally.errors)} (exigé : 0)")
    lines.append(f"Publications fausses ou réponses fautives : {len(tally.wrong)} (exigé : 0)")
    for outcome in (*tally.errors, *tally.wrong):
        lines.append(f"- {outcome.number} {outcome.name} {outcome.ways}")
        lines += [f"    {text[:300]}" for text in outcome.failures[:6]]
    return "\n".join(lines)


def main() -> int:
    """Run the files and print what came of them."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutations", description=__doc__)
    parser.add_argument("--fichiers", type=int, default=FILES)
    parser.add_argument("--graine", type=int, default=0)
    parser.add_argument("--processus", type=int, default=2)
    parser.add_argument("--depuis", type=int, default=0, help="premier numéro")
    parser.add_argument("--numero", type=int, help="un seul fichier, écrit aussi sur le disque")
    options = parser.parse_args()
    if options.numero is not None:
        _, ways, content, _ = spoil(options.numero, options.graine, read_world().seeds)
        path = Path(f"mutation-{options.numero}.{'xlsx' if 'classeur' in ways else 'csv'}")
        path.write_bytes(content)
        print(path, try_file(options.numero, options.graine), sep="\n")
        return 0
    start = time.perf_counter()
    tally = run(options.fichiers, options.graine, options.processus, options.depuis)
    print(show(tally))
    print(f"\n{options.fichiers} fichiers en {time.perf_counter() - start:.0f} s.")
    return 1 if tally.errors or tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
