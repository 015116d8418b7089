"""The HTML of versions and of the log: all there, readable, harmless."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from territoires.domain.versions import AuditAction, AuditEntry, Version, VersionKind
from territoires.render.history import audit_html, history_html, versions_summary
from territoires.tables.published import Published
from territoires.views.history import History, build_audit, build_history
from tests.render.pieces import HOSTILE, JAVASCRIPT, cells, check_harmless, read, rows, tags

NOON = datetime(2025, 10, 1, 12, 5, tzinfo=UTC)
VERSIONS = (
    Version(0, VersionKind.RELEASE, None, NOON, "Territoires", "Données livrées", "a"),
    Version(
        1,
        VersionKind.PUBLICATION,
        0,
        NOON + timedelta(days=1),
        "Camille",
        "Nouvelle vague",
        "b",
        file_name="vague.csv",
        file_hash="ab12" * 16,
        fiabilite="claire",
        added=18,
        is_current=True,
    ),
)
ENTRY = AuditEntry(1, NOON, AuditAction.REFUSAL, "Camille", None, "Publier n’est pas ouvert.")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def history(published: Published) -> History:
    return build_history(VERSIONS, published.sources)


def test_each_version_is_a_row_newest_first_with_all_that_is_kept(history: History) -> None:
    first, last = cells(history_html(history))
    assert [plain(text) for text in first] == [
        "Version 1 en ligne",
        "2 octobre 2025 à 14 h 05",
        "Camille",
        "Nouvelle vague",
        "publication18 lignes ajoutées",
        "vague.csvempreinte ab12ab12ab12fiabilité : claire",
    ]
    assert plain(last[0]) == "Version 0"
    assert last[5] == "sans fichier"


def test_only_the_version_that_is_read_is_marked_online(history: History) -> None:
    assert read(history_html(history)).text.count("en ligne") == 2  # sentence and row


def test_dates_sort_by_their_moment(history: History) -> None:
    times = [attributes["datetime"] for attributes in tags(history_html(history), "time")]
    assert times == sorted(times, reverse=True)


def test_the_whole_hash_is_there_to_be_read(history: History) -> None:
    assert {"title": "ab12" * 16} in tags(history_html(history), "code")


def test_without_versions_the_reader_is_told_what_is_read(published: Published) -> None:
    empty = build_history((), published.sources)
    assert "Aucune version" in read(history_html(empty)).text
    assert not tags(history_html(empty), "table")
    summary = read(versions_summary(empty)).text
    assert "celles livrées avec l’application" in summary


def test_the_log_is_folded_and_counted() -> None:
    html = audit_html(build_audit([ENTRY, replace(ENTRY, number=2)]))
    assert tags(html, "details") == [{"class": "detail"}]
    assert plain(read(html).text).startswith("Journal : 2 lignes")
    assert rows(html) == 2


def test_an_empty_log_says_so() -> None:
    assert "Le journal est vide" in read(audit_html(())).text


def test_the_summary_leads_to_the_history(history: History) -> None:
    html = versions_summary(history)
    assert "/mise_a_jour" in [attributes["href"] for attributes in tags(html, "a")]
    assert {"id": "versions"} in tags(html, "h2")
    assert "« Nouvelle vague »" in plain(read(html).text)


@pytest.mark.parametrize("text", [HOSTILE, JAVASCRIPT])
def test_hostile_names_and_reasons_are_only_text(published: Published, text: str) -> None:
    hostile = replace(
        VERSIONS[1],
        author=text,
        message=text,
        file_name=text,
        file_hash=text,
        source_id=text,
        fiabilite=text,
    )
    history = build_history((hostile,), published.sources)
    html = history_html(history) + versions_summary(history)
    html += audit_html(build_audit([replace(ENTRY, author=text, detail=text)]))
    check_harmless(html)
    assert read(html).text.replace("\u00a0", " ").count(text) >= 6
