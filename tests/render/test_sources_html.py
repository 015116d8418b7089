"""The sources page's HTML: every indicator, every source, every doubt."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from territoires.domain.indicators import Indicator, Nature, Status
from territoires.domain.selection import Dataset
from territoires.render import history, sources
from territoires.tables.published import Published
from territoires.views.history import build_history
from tests.render.pieces import HOSTILE, JAVASCRIPT, cells, check_harmless, poison, read, rows, tags

PARTS = (
    sources.introduction,
    sources.catalogue,
    sources.contradictions,
    sources.unavailable,
    sources.register,
)


#: What the part of a set without any line says instead of a table.
EMPTY = {
    sources.contradictions: "Aucune lecture divergente dans ce jeu de données.",
    sources.unavailable: "Rien n’est déclaré illisible dans ce jeu de données.",
}


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


@pytest.mark.parametrize("part", PARTS)
def test_texts_of_both_sets_are_harmless(datasets: tuple[Published, Published], part) -> None:
    for data in datasets:
        check_harmless(part(data))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("text", [HOSTILE, JAVASCRIPT])
def test_hostile_texts_are_only_text(published: Published, part, text: str) -> None:
    frames = {
        name: getattr(published, name).assign(
            **{
                column: text
                for column in getattr(published, name).columns
                if column not in {"value", "source_order"}
            }
        )
        for name in ("domains", "contradictions", "unavailable", "groupings")
    }
    hostile = replace(
        published,
        catalogue={key: poison(i, text) for key, i in published.catalogue.items()},
        sources={key: poison(source, text) for key, source in published.sources.items()},
        **frames,
    )
    body = part(hostile)
    check_harmless(body)
    if part is not sources.introduction:
        assert text in read(body).text


def test_the_catalogue_lists_every_indicator_once(datasets: tuple[Published, Published]) -> None:
    for data in datasets:
        body = sources.catalogue(data)
        assert rows(body) == len(data.catalogue)
        text = plain(read(body).text)
        for indicator in data.catalogue.values():
            assert plain(indicator.label) in text
            assert plain(indicator.description) in text


def test_themes_are_folded_with_their_counts_the_first_one_open(
    datasets: tuple[Published, Published],
) -> None:
    for data in datasets:
        body = sources.catalogue(data)
        themes = Counter(indicator.theme for indicator in data.catalogue.values())
        titles = [read(t).text for t in re.findall(r"<summary>(.*?)</summary>", body)]
        expected = [
            f"{theme} ({number} indicateur{'s' if number > 1 else ''})"
            for theme, number in themes.items()
        ]
        assert [plain(title) for title in titles] == [plain(title) for title in expected]
        folded = ["open" not in theme for theme in tags(body, "details")]
        assert folded == [False] + [True] * (len(themes) - 1)


def test_every_indicator_is_said_simulated_real_or_provisional_as_it_is(
    datasets: tuple[Published, Published],
) -> None:
    seen = set()
    for data in datasets:
        themes: dict[str, list[Indicator]] = {}
        for indicator in data.catalogue.values():
            themes.setdefault(indicator.theme, []).append(indicator)
        tables = re.findall(r"<table.*?</table>", sources.catalogue(data), flags=re.DOTALL)
        for table, indicators in zip(tables, themes.values(), strict=True):
            for cell, indicator in zip(cells(table), indicators, strict=True):
                assert ("simulée" in cell[-1]) == (indicator.status is Status.SIMULE)
                assert ("provisoire" in cell[-1]) == (indicator.status is Status.PROVISOIRE)
                real = indicator.nature is not Nature.ENQUETE
                assert ("donnée réelle" in cell[-1]) == real
                assert not (real and "simulée" in cell[-1])
                seen.add((data.dataset, indicator.nature, indicator.status is Status.SIMULE))
    assert {(Dataset.DEMONSTRATION, Nature.ENQUETE, True)} < seen
    assert {(Dataset.DEMONSTRATION, Nature.COG, False)} < seen
    assert not {(Dataset.PUBLIE, nature, True) for nature in Nature} & seen


def test_the_register_counts_the_figures_of_every_source(
    datasets: tuple[Published, Published],
) -> None:
    for data in datasets:
        body = sources.register(data)
        assert rows(body) == len(data.sources)
        used = Counter(o.source_id for o in data.observations)
        counts = [int(re.sub(r"\D", "", row[4])) for row in cells(body)]
        assert counts == [used[source_id] for source_id in data.sources]
        assert sum(counts) == len(data.observations)


def test_only_sources_with_an_address_are_links(published: Published) -> None:
    links = tags(sources.register(published), "a")
    assert len(links) == sum(bool(source.url) for source in published.sources.values())
    assert all(link["rel"] == "noopener noreferrer" for link in links)


def test_both_readings_of_a_contradiction_stand_side_by_side(published: Published) -> None:
    body = sources.contradictions(published)
    assert rows(body) == len(published.contradictions)
    text = read(body).text
    for row in published.contradictions.itertuples():
        assert str(row.reading_1) in text
        assert str(row.reading_2) in text


def test_what_is_unreadable_is_listed_without_a_value(published: Published) -> None:
    body = sources.unavailable(published)
    assert rows(body) == len(published.unavailable) + len(published.groupings)
    assert "non disponibles, jamais estimés" in read(body).text


def test_the_introduction_counts_and_leads_to_every_part(
    datasets: tuple[Published, Published],
) -> None:
    for data in datasets:
        body = sources.introduction(data)
        numbers = re.findall(
            r"(\d+|\d+ \d+) (indicateur|chiffre|source)s?\b", plain(read(body).text)
        )
        assert {noun: int(number.replace(" ", "")) for number, noun in numbers} == {
            "indicateur": len(data.catalogue),
            "chiffre": len(data.observations),
            "source": len(data.sources),
        }
        everything = "".join(part(data) for part in PARTS) + sources.attributions()
        everything += history.versions_summary(build_history((), data.sources))
        anchors = {link["href"].removeprefix("#") for link in tags(body, "a")}
        assert anchors == {title["id"] for title in tags(everything, "h2")}


def test_the_introduction_says_what_is_simulated_and_what_is_real(
    published: Published, demonstration: Published
) -> None:
    real, simulated = (
        plain(read(sources.introduction(data)).text) for data in (published, demonstration)
    )
    assert "affiché tel que publié" in real
    assert "simul" not in real.lower()
    assert simulated.startswith("Démonstration, données simulées – ")
    assert "« donnée réelle »" in simulated
    assert "tel que publié" not in simulated


@pytest.mark.parametrize(("part", "words"), EMPTY.items())
def test_a_part_without_any_line_says_so_and_keeps_its_title(
    published: Published, part, words: str
) -> None:
    frames = {
        name: getattr(published, name).iloc[:0]
        for name in ("contradictions", "unavailable", "groupings")
    }
    empty, full = part(replace(published, **frames)), part(published)
    assert words in read(empty).text
    assert words not in read(full).text
    assert not tags(empty, "table")
    assert tags(full, "table")
    assert tags(empty, "h2") == tags(full, "h2")


def test_groups_of_regions_are_listed_even_where_nothing_is_unreadable(
    published: Published,
) -> None:
    body = sources.unavailable(replace(published, unavailable=published.unavailable.iloc[:0]))
    assert rows(body) == len(published.groupings) > 0
    assert EMPTY[sources.unavailable] not in body


def test_the_demonstration_invents_neither_contradiction_nor_gap(demonstration: Published) -> None:
    for part, words in EMPTY.items():
        assert words in read(part(demonstration)).text


def test_licences_of_boundaries_fonts_and_libraries_are_named() -> None:
    text = read(sources.attributions()).text
    for name in ("IGN", "Licence Ouverte 2.0", "SIL Open Font License", "Leaflet", "ISC"):
        assert name in text
