"""The history of versions in words: who, when in Paris, why, from which file, what it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from territoires.domain.versions import AuditAction, AuditEntry, Version, VersionKind
from territoires.tables.published import Published
from territoires.views.history import build_audit, build_history, format_moment, say_changes

NOON = datetime(2025, 10, 1, 12, 5, tzinfo=UTC)
RELEASE = Version(0, VersionKind.RELEASE, None, NOON, "Territoires", "Données livrées", "a")
PUBLICATION = Version(
    1,
    VersionKind.PUBLICATION,
    0,
    NOON,
    "Camille",
    "Nouvelle vague",
    "b",
    file_name="vague.csv",
    file_hash="ab12" * 16,
    source_id="inconnue",
    fiabilite="ambigue",
    added=18,
    changed=1,
)
ROLLBACK = Version(
    2, VersionKind.ROLLBACK, 1, NOON, "Camille", "Erreur", "a", restores=0, is_current=True
)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2025, 10, 1, 12, 5, tzinfo=UTC), "1er octobre 2025 à 14 h 05"),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "1er janvier 2026 à 0 h 00"),
        (datetime(2025, 2, 10, 8, 30, tzinfo=UTC), "10 février 2025 à 9 h 30"),
        # The night of the change of time: 2 h 30 comes twice in Paris.
        (datetime(2025, 10, 26, 0, 30, tzinfo=UTC), "26 octobre 2025 à 2 h 30"),
        (datetime(2025, 10, 26, 1, 30, tzinfo=UTC), "26 octobre 2025 à 2 h 30"),
    ],
)
def test_moments_are_told_in_paris_time(moment: datetime, told: str) -> None:
    assert plain(format_moment(moment)) == told


def test_versions_come_newest_first_whatever_their_order(published: Published) -> None:
    history = build_history((PUBLICATION, RELEASE, ROLLBACK), published.sources)
    assert [line.number for line in history.lines] == [2, 1, 0]
    assert history.current is not None
    assert history.current.number == 2


def test_each_kind_is_told_in_words(published: Published) -> None:
    lines = build_history((RELEASE, PUBLICATION, ROLLBACK), published.sources).lines
    assert [plain(line.kind) for line in lines] == [
        "retour à la version 0",
        "publication",
        "données livrées",
    ]


def test_the_sentence_says_which_version_is_read_since_when_and_why(published: Published) -> None:
    sentence = build_history((RELEASE, PUBLICATION, ROLLBACK), published.sources).sentence
    assert plain(sentence) == (
        "La version 2 est en ligne depuis le 1er octobre 2025 à 14 h 05 : retour à la version 0, "
        "aucune ligne changée."
    )


def test_the_first_version_changes_nothing_it_is_where_all_starts(published: Published) -> None:
    (line,) = build_history((RELEASE,), published.sources).lines
    assert line.changes == "point de départ"


def test_sources_are_named_and_a_forgotten_one_keeps_its_identifier(published: Published) -> None:
    source_id, source = next(iter(published.sources.items()))
    known = build_history((replace(PUBLICATION, source_id=source_id),), published.sources)
    assert known.lines[0].source == source.title
    (line,) = build_history((PUBLICATION,), published.sources).lines
    assert (line.source, line.fiabilite) == ("inconnue", "ambiguë ou contredite")
    assert line.short_hash == "ab12ab12ab12"


def test_without_a_version_the_shipped_data_is_read(published: Published) -> None:
    history = build_history((), published.sources)
    assert (history.lines, history.current) == ((), None)
    assert "celles livrées avec l’application" in history.sentence


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 0, 0), "aucune ligne changée"),
        ((1, 0, 0), "1 ligne ajoutée"),
        ((34_875, 2, 1), "34 875 lignes ajoutées, 2 modifiées, 1 retirée"),
        ((0, 0, 3), "3 lignes retirées"),
    ],
)
def test_rows_are_counted_in_french(counts: tuple[int, int, int], told: str) -> None:
    assert plain(say_changes(*counts)) == told


def test_every_action_of_the_log_has_words() -> None:
    entries = [
        AuditEntry(i, NOON, action, "Camille", i or None, "Détail.")
        for i, action in enumerate(AuditAction)
    ]
    lines = build_audit(entries)
    assert [line.number for line in lines] == [*range(len(entries))][::-1]
    assert all(line.action and line.action != "ecart" for line in lines)
    assert lines[-1].version == ""
    assert plain(lines[0].version) == f"version {len(entries) - 1}"
