"""Cross-checks between the tables of a data set: what one names, another must hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from territoires import settings
from territoires.domain.indicators import Fiabilite, Reading
from territoires.domain.territories import FRANCE
from territoires.tables.contracts import Issue, Report, check_foreign_keys, cut
from territoires.tables.indicators import TABLES, check_file, read_contract

#: Column of identifiers separated by spaces: table, column, table it points to, key there.
_LISTS = (
    ("indicators", "comparable_with", "indicators", "indicator_id"),
    ("indicators", "domain_id", "domains", "domain_id"),
    ("observations", "contradictions", "contradictions", "contradiction_id"),
)
#: Where an actor of each precision has its code.
_PLACES = {
    "commune": "insee_commune",
    "epci": "epci_code",
    "departement": "departement_code",
    "region": "region_code",
}


def check_folder(
    folder: Path | None = None, territories: Collection[tuple[str, str]] | None = None
) -> tuple[Report, ...]:
    """Check every table, then what they say of each other, without raising.

    Parameters
    ----------
    territories
        Known (level, code) pairs; codes are not checked without them.
    """
    folder = folder or settings.INDICATORS
    return cross_check({table: check_file(table, folder) for table in TABLES}, territories)


def cross_check(
    reports: Mapping[str, Report], territories: Collection[tuple[str, str]] | None = None
) -> tuple[Report, ...]:
    """Add to the report of each table what is wrong with what it says of the others.

    Parameters
    ----------
    territories
        Known (level, code) pairs; codes are not checked without them.
    """
    # A table that breaks its own contract is told once; its absent rows accuse nobody else.
    tables = _Tables({name: report for name, report in reports.items() if report.valid})
    issues = defaultdict(list)
    for issue in tables.find_issues(territories):
        issues[issue.file].append(issue)
    return tuple(
        replace(report, issues=(*report.issues, *issues[report.file]))
        for report in reports.values()
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables that meet their own contract, by name."""

    reports: dict[str, Report]

    def rows(self, table: str) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Give the rows of a table with their line; none when its contract is broken."""
        report = self.reports.get(table)
        return enumerate(report.rows if report else (), start=2)

    def issue(
        self, table: str, row: int, column: str, read: str, *, expected: str, code: str
    ) -> Issue:
        """Describe one problem of a table."""
        return Issue(self.reports[table].file, row, column, cut(read), expected, code)

    def find_issues(self, territories: Collection[tuple[str, str]] | None) -> Iterator[Issue]:
        """Run every cross-check."""
        yield from self._check_foreign_keys()
        yield from self._check_lists()
        yield from self._check_observations()
        yield from self._check_single_reading()
        yield from self._check_extents()
        yield from self._check_places()
        yield from self._check_zonings()
        if territories is not None:
            yield from self._check_codes(frozenset(territories))

    def _check_foreign_keys(self) -> Iterator[Issue]:
        for table, report in self.reports.items():
            schema = read_contract(table)
            keys, known = [], {}
            for key in schema.get("foreignKeys", ()):
                resource, (column,) = key["reference"]["resource"], key["reference"]["fields"]
                if (resource or table) in self.reports:
                    keys.append(key)
                    known[resource] = frozenset(
                        row[column] for _, row in self.rows(resource or table)
                    )
            yield from check_foreign_keys(report, {"foreignKeys": keys}, known)

    def _check_lists(self) -> Iterator[Issue]:
        for table, column, target, key in _LISTS:
            known = {row[key] for _, row in self.rows(target)}
            expected = f"des identifiants présents dans {target}.csv"
            for number, row in self.rows(table) if target in self.reports else ():
                for name in row[column].split():
                    if name not in known:
                        yield self.issue(
                            table, number, column, name, expected=expected, code="foreign-key"
                        )

    def _check_observations(self) -> Iterator[Issue]:
        for number, row in self.rows("observations"):
            if row["fiabilite"] == Fiabilite.AMBIGUE and not row["caveat"]:
                yield self.issue(
                    "observations",
                    number,
                    "caveat",
                    "",
                    expected="une réserve (la fiabilité est «\u00a0ambigue\u00a0»)",
                    code="missing-caveat",
                )
            if not row["value"] and not row["value_text"]:
                yield self.issue(
                    "observations",
                    number,
                    "value",
                    "",
                    expected="une valeur, ou la formule de la source dans value_text",
                    code="missing-value",
                )

    def _check_single_reading(self) -> Iterator[Issue]:
        cells: dict[tuple[str, ...], int] = {}
        for number, row in self.rows("observations"):
            if row["reading"] != Reading.PRINCIPALE:
                continue
            cell = (row["indicator_id"], row["wave"], row["level"], row["code"])
            first = cells.setdefault(cell, number)
            if first != number:
                expected = (
                    "une seule lecture «\u00a0principale\u00a0» par indicateur, vague et "
                    f"territoire (déjà lue ligne {first})"
                )
                yield self.issue(
                    "observations",
                    number,
                    "reading",
                    " ".join(cell),
                    expected=expected,
                    code="second-reading",
                )

    def _check_extents(self) -> Iterator[Issue]:
        """Compare the waves and levels of the catalogue with those of the observations."""
        if not {"observations", "profils"} <= set(self.reports):
            return
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for table in ("observations", "profils"):
            for _, row in self.rows(table):
                found[row["indicator_id"], "levels"].add(row["level"])
                if row.get("reading") != Reading.REPRISE:
                    found[row["indicator_id"], "waves"].add(row["wave"])
        for number, row in self.rows("indicators"):
            for column in ("waves", "levels"):
                observed = found[row["indicator_id"], column]
                if set(row[column].split()) != observed:
                    words = " ".join(sorted(observed)) or "aucune observation"
                    expected = f"ce que portent les observations\u00a0: {words}"
                    yield self.issue(
                        "indicators", number, column, row[column], expected=expected, code="extent"
                    )

    def _check_places(self) -> Iterator[Issue]:
        for number, row in self.rows("catalysts"):
            column = _PLACES[row["precision"]]
            if not row[column]:
                expected = f"un code, puisque la précision est «\u00a0{row['precision']}\u00a0»"
                yield self.issue(
                    "catalysts", number, column, "", expected=expected, code="missing-code"
                )

    def _check_zonings(self) -> Iterator[Issue]:
        """Hold each zoning and zone to one name, each zoning to one level."""
        said: dict[tuple[str, ...], tuple[str, int]] = {}
        for number, row in self.rows("zonages"):
            zoning, zone = row["zoning_id"], row["zone_code"]
            for column, owner, what in (
                ("zoning_name", (zoning,), f"le nom du zonage {zoning}"),
                ("zone_name", (zoning, zone), f"le nom de la zone {zone}"),
                ("level", (zoning,), f"le niveau du zonage {zoning}"),
            ):
                text, first = said.setdefault((column, *owner), (row[column], number))
                if row[column] != text:
                    expected = f"{what}, déjà lu ligne {first}\u00a0: «\u00a0{cut(text)}\u00a0»"
                    yield self.issue(
                        "zonages", number, column, row[column], expected=expected, code="zoning"
                    )

    def _check_codes(self, known: frozenset[tuple[str, str]]) -> Iterator[Issue]:
        expected = "le code d’un territoire existant"
        known |= {(FRANCE.level.value, FRANCE.code)}
        for table in ("observations", "profils", "zonages"):
            for number, row in self.rows(table):
                if (row["level"], row["code"]) not in known:
                    read = f"{row['level']} {row['code']}"
                    yield self.issue(table, number, "code", read, expected=expected, code="code")
        for number, row in self.rows("catalysts"):
            # The code that places the actor and the wider ones; a finer one may only inform.
            for level in {row["precision"], "departement", "region"}:
                code = row[_PLACES[level]]
                if code and (level, code) not in known:
                    yield self.issue(
                        "catalysts", number, _PLACES[level], code, expected=expected, code="code"
                    )
