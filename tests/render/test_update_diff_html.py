"""The HTML of a comparison: words before colours, tables that tell what they leave out."""

from __future__ import annotations

import csv
import io

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.render import update_diff
from territoires.render.update_diff import comparison_html
from territoires.render.update_diff_files import to_comparison_csv
from territoires.tables.published import Published
from territoires.tables.snapshots import columns_of, read_snapshot, to_tables
from territoires.tables.updates.compare import Tables
from tests.render.pieces import HOSTILE, JAVASCRIPT, cells, check_harmless, read, rows, tags
from tests.views.update_tables import (
    NORMANDIE,
    RATE,
    Compare,
    comparer,
    figure,
    set_cells,
    with_rows,
    without,
)


@pytest.fixture(scope="session")
def tables(directory: Directory) -> Tables:
    return to_tables(read_snapshot(directory.known_codes()))


@pytest.fixture
def compare(tables: Tables, published: Published, directory: Directory) -> Compare:
    return comparer(tables, published, directory)


@pytest.fixture
def changed(tables: Tables) -> Tables:
    """One of each: changed, added, removed, and a source."""
    new = with_rows(tables, "observations", figure(tables, "53", "81"))
    new = set_cells(new, "observations", NORMANDIE, {"value": "75"})
    new = without(new, "observations", indicator_id=RATE, code="84")
    return with_rows(new, "sources", {**tables["sources"][0], "source_id": "nouvelle"})


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_nothing_changed_is_one_sentence(tables: Tables, compare: Compare) -> None:
    html = comparison_html(compare(tables))
    assert plain(read(html).text) == "Aucun changement : les données sont les mêmes."
    assert not tags(html, "table")


def test_each_change_is_a_word_not_a_colour_alone(changed: Tables, compare: Compare) -> None:
    figures = cells(comparison_html(compare(changed)))
    assert [plain(row[1]) for row in figures] == ["≠ modifié", "+ ajouté", "− retiré"]
    assert [plain(text) for text in figures[0][:5]] == [
        "Normandie région",
        "≠ modifié",
        "77 %",
        "75 %",
        "−2 points",
    ]


def test_words_agree_with_the_rows_they_are_said_of(changed: Tables, compare: Compare) -> None:
    text = plain(read(comparison_html(compare(changed))).text)
    assert "+ ajoutée" in text
    assert "Registre des sources – 1 ajoutée, 86 inchangées" in text


def test_every_table_has_a_caption_headings_and_a_name(changed: Tables, compare: Compare) -> None:
    html = comparison_html(compare(changed))
    found = tags(html, "table")
    assert len(found) == len(tags(html, "caption")) == 2
    labels = [a["aria-label"] for a in tags(html, "div") if a.get("role") == "region"]
    assert len(set(labels)) == len(found)
    assert all(a.get("scope") == "col" for a in tags(html, "th") if "role" not in a)


def test_a_source_that_is_the_same_everywhere_is_told_once(
    changed: Tables, compare: Compare
) -> None:
    html = comparison_html(compare(changed))
    assert 'data-titre="Source"' not in html
    assert plain(read(html).text).count("Source : Synthèse") == 1


def test_a_difference_is_not_called_an_evolution(changed: Tables, compare: Compare) -> None:
    assert "elle ne dit rien de l’évolution du territoire" in comparison_html(compare(changed))


def test_what_is_left_out_is_counted(
    tables: Tables, compare: Compare, directory: Directory
) -> None:
    codes = [commune.id.code for commune in directory.of_level(Level.COMMUNE)[:400]]
    many = (figure(tables, code, "50", level="commune") for code in codes)
    html = comparison_html(compare(with_rows(tables, "observations", *many)))
    assert rows(html) == 150
    assert (
        "Seuls les 150 premiers de chaque sorte sont montrés, sur 400 chiffres ajoutés."
        in plain(read(html).text)
    )


def test_too_many_groups_are_counted_not_listed(
    changed: Tables, compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update_diff, "MAX_FIGURE_LINES", 2)
    text = plain(read(comparison_html(compare(changed))).text)
    assert "Et 1 autre groupe de chiffres, comptés sans être listés" in text
    assert "1 ajouté, 1 modifié, 1 retiré" in text


def test_hidden_figures_are_told_as_hidden(tables: Tables, compare: Compare) -> None:
    new = with_rows(tables, "observations", figure(tables, "53", "33.3", respondents="9"))
    html = comparison_html(compare(new))
    assert "33,3" not in html
    assert "effectif insuffisant" in html
    assert "1 chiffre masqué ici comme sur les autres pages" in plain(read(html).text)


@pytest.mark.parametrize("text", [HOSTILE, JAVASCRIPT])
def test_hostile_cells_are_only_text(tables: Tables, compare: Compare, text: str) -> None:
    new = {
        table: (*rows_, dict.fromkeys(columns_of(table), text)) for table, rows_ in tables.items()
    }
    new = set_cells(new, "catalysts", {"actor_id": "villes-au-carre"}, {"note": text, "name": text})
    new = set_cells(new, "observations", NORMANDIE, {"value": text, "source_id": text})
    html = comparison_html(compare(new))
    check_harmless(html)
    assert text in plain(read(html).text)


# Files


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_every_line_in_french_numbers(changed: Tables, compare: Compare) -> None:
    changed = set_cells(changed, "observations", NORMANDIE, {"value": "75.5"})
    lines = read_csv(to_comparison_csv(compare(changed, limit=None)))
    first = lines[0]
    assert (first["changement"], first["nom"], first["code"]) == ("modifié", "Normandie", "28")
    assert (plain(first["avant"]), plain(first["après"])) == ("77 %", "75,5 %")
    assert first["différence"] == "-1,5"
    assert len(lines) == 4


def test_the_file_runs_no_formula(tables: Tables, compare: Compare) -> None:
    formula = "=HYPERLINK(1)"
    new = set_cells(tables, "catalysts", {"actor_id": "villes-au-carre"}, {"note": formula})
    (line,) = read_csv(to_comparison_csv(compare(new)))
    assert line["après"] == f"’{formula}"


def test_the_file_hides_what_the_page_hides(tables: Tables, compare: Compare) -> None:
    new = with_rows(tables, "observations", figure(tables, "53", "33.3", respondents="9"))
    (line,) = read_csv(to_comparison_csv(compare(new)))
    assert (line["après"], line["réponses"]) == ("effectif insuffisant", "masqué")
