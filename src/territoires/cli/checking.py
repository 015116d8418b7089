"""Verbs that read a file: check, publish, zonage; and those that read the shipped data."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from territoires.cli.base import Base, find_base, prepare_store, read_base, read_territories
from territoires.cli.choices import to_choices
from territoires.cli.options import Options
from territoires.cli.output import FINE, FOUND, Output, WrongUseError, ask
from territoires.cli.saying import say_review, say_rows, say_version, show_review, show_version
from territoires.cli.shipped import check_data, find_territories
from territoires.domain.publishing import TERMINAL
from territoires.domain.updates import MAX_BYTES, Choices, Severity
from territoires.domain.versions import Act, Original
from territoires.errors import PublishingRefusedError
from territoires.tables.matching import PlaceNames, build_place_names
from territoires.tables.snapshots import to_contents
from territoires.tables.store.connection import Store
from territoires.tables.store.publishing import publish as publish_version
from territoires.tables.updates.compare import TableDiff, compare_tables, counts
from territoires.tables.zonings import read_zoning
from territoires.views.french import LEVEL_LABELS, LEVEL_PLURALS, count
from territoires.views.update_review import Review, review_update

_MAX_ROWS = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """A file with its review; ``diffs`` is what it would change, None where that is not known."""

    name: str
    content: bytes
    choices: Choices
    review: Review
    diffs: tuple[TableDiff, ...] | None


def check(options: Options, output: Output) -> int:
    """Check files; publish nothing."""
    paths = [Path(text) for text in options.fichiers]
    output.step(0, len(paths) + 1, "Lecture de ce qui est publié")
    directory = read_territories()
    base = find_base(directory)
    names = build_place_names(directory)
    checked = []
    for rank, path in enumerate(paths, start=1):
        output.step(rank, len(paths) + 1, f"Vérification de {path.name}")
        checked.append(_check(options, path, base, names))
    output.clear()
    output.give(
        lambda: [show_review(one.name, one.review, one.diffs) for one in checked],
        (line for one in checked for line in _say(one, base)),
    )
    fine = all(not one.review.counts[Severity.BLOCKING] for one in checked)
    return FINE if fine else FOUND


def publish(options: Options, output: Output) -> int:
    """Check a file, show what it changes, and publish it once the person says so."""
    path = Path(options.fichier)
    output.step(0, 3, "Lecture de ce qui est publié")
    directory = read_territories()
    store = prepare_store(directory)
    base = read_base(directory, store)
    output.step(1, 3, f"Vérification de {path.name}")
    one = _check(options, path, base, build_place_names(directory))
    output.clear()
    if one.review.counts[Severity.BLOCKING]:
        output.give(lambda: show_review(one.name, one.review, one.diffs), _say(one, base))
        output.say("Rien n’a été publié : corrigez ce qui est bloquant.")
        return FOUND
    if not output.is_json:
        output.say(*_say(one, base), *say_rows(one.diffs or (), _MAX_ROWS))
    if not one.diffs:
        raise PublishingRefusedError(
            f"Rien à publier : {path.name} dit ce que dit déjà la version {base.number}."
        )
    if not _may_publish(options, one.review):
        output.say("Rien n’a été publié.")
        return FOUND
    output.step(2, 3, "Publication")
    return _publish(options, output, store, base.number or 0, one)


def read_zones(options: Options, output: Output) -> int:
    """Read a zoning; tell its problems or sum it up."""
    path = Path(options.fichier)
    zoning, issues = read_zoning(_read(path), options.nom, read_territories())
    if zoning is None:
        lines = [f"{path.name} : {count(len(issues), 'problème')}.", *map(str, issues)]
        told = [
            {
                "code": issue.code,
                "ligne": issue.row,
                "colonne": issue.column,
                "lu": issue.read,
                "attendu": issue.expected,
            }
            for issue in issues
        ]
        output.give(lambda: {"fichier": path.name, "problemes": told}, lines)
        return FOUND
    level, sizes = zoning.member_level, [len(zone.members) for zone in zoning.zones]
    data = {
        "fichier": path.name,
        "identifiant": zoning.zoning_id,
        "nom": zoning.name,
        "niveau": level.value,
        "zones": len(sizes),
        "membres": sum(sizes),
        "notes": list(zoning.notes),
    }
    summary = (
        f"{zoning.name} ({zoning.zoning_id}) : {count(len(sizes), 'zone')}, "
        f"{count(sum(sizes), LEVEL_LABELS[level], LEVEL_PLURALS[level])}."
    )
    output.give(lambda: data, [summary, *zoning.notes])
    return FINE


def verify(_options: Options, output: Output) -> int:
    """Check every file that is shipped."""
    lines = check_data()
    output.give(lambda: lines, [lines])
    return FINE


def find(options: Options, output: Output) -> int:
    """Find a territory by the rules of the search field."""
    found = find_territories(" ".join(options.texte))
    if not found:
        output.say("Aucun territoire de ce nom en France.")
        return FOUND
    output.give(lambda: found, [found])
    return FINE


def _check(options: Options, path: Path, base: Base, names: PlaceNames) -> Checked:
    content = _read(path)
    choices = to_choices(options, content, path.name, base.published)
    review = review_update(
        content, path.name, choices, base.tables, base.directory, names, base.published
    )
    diffs = None if review.tables is None else compare_tables(base.tables, review.tables)
    if diffs is None and not review.counts[Severity.BLOCKING]:
        diffs = ()
    return Checked(path.name, content, choices, review, diffs)


def _read(path: Path) -> bytes:
    # One byte more than is allowed is enough to refuse a file.
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _say(one: Checked, base: Base) -> list[str]:
    return [one.name, *say_review(one.review, one.choices.kind, base, one.diffs)]


def _may_publish(options: Options, review: Review) -> bool:
    """Tell whether the person agrees, or said so beforehand."""
    warnings = review.counts[Severity.WARNING]
    if options.oui:
        if warnings and not options.malgre_avertissements:
            raise WrongUseError(
                f"{count(warnings, 'point')} à vérifier : rien n’a été publié.",
                remedy="Lisez-les, puis ajoutez --malgre-avertissements.",
            )
        return True
    if not sys.stdin.isatty():
        raise WrongUseError(
            "Personne ne peut répondre ici : rien n’a été publié.",
            remedy="Relisez ce qui change, puis ajoutez --oui.",
        )
    if warnings and not ask(f"{count(warnings, 'point')} à vérifier : les avez-vous relus ?"):
        return False
    return ask("Publier ?")


def _publish(options: Options, output: Output, store: Store, number: int, one: Checked) -> int:
    diffs = one.diffs or ()
    made = publish_version(
        store,
        to_contents(one.review.tables or {}),
        Act(options.auteur, options.message),
        base=number,
        caller=TERMINAL,
        original=Original(one.name, one.content),
        source_id=one.choices.source_id or _shared(diffs, "source_id"),
        fiabilite=one.choices.fiabilite or _shared(diffs, "fiabilite"),
        counts=counts(diffs),
    )
    output.clear()
    output.give(lambda: show_version(made), [f"Version {made.number} publiée.", *say_version(made)])
    return FINE


def _shared(diffs: tuple[TableDiff, ...], column: str) -> str:
    """Give what all the rows brought have in a column, when it is the same."""
    rows = [row for diff in diffs for row in (*diff.added, *(c.after for c in diff.changed))]
    found = {row[column] for row in rows if row.get(column)}
    return found.pop() if len(found) == 1 else ""
