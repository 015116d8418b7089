"""The sheet of a territory: two tagged pages of what its page shows, and never anything else."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.render.drawn_map import build_drawn_map, read_drawing_of
from territoires.render.fiche import build_fiche
from territoires.render.fiche_content import to_content
from territoires.render.fiche_context import MAX_DOMAINS
from territoires.render.fiche_map import locator_codes, to_locator, to_sheet_map
from territoires.render.fiche_sheet import Sheet, page_address
from territoires.tables.drawings import read_drawing, thin
from territoires.tables.published import Published
from territoires.views.citation import Taken
from territoires.views.datasets import EDITIONS
from territoires.views.fiche_map import choose_fiche_map
from territoires.views.map_view import build_map_view
from territoires.views.portrait import Portrait, Portraits
from territoires.views.portrait_steps import build_portrait_steps

TERRITORIES = ("region-28", "region-53", "departement-976", "commune-53130")
TAKEN = Taken(date(2025, 11, 22), 3, date(2025, 11, 20))
HOSTILE = "#panic(1) $x$ \\ <script>alert(1)</script> *gras* `x` @y "

Key = tuple[str, str]
#: One of each set, drawn; the text of the others is read much faster.
DRAWN = (("publie", "departement-976"), ("demonstration", "commune-53130"))
MakeSheet = Callable[[str, str, bool], Sheet]


@pytest.fixture(scope="session")
def make_sheet(
    datasets: tuple[Published, Published],
    zoned: Directory,
    names: Mapping[TerritoryId, NameForms],
    portraits: Portraits,
    simulated_portraits: Portraits,
) -> MakeSheet:
    """Gather the sheet of a territory in one of the two sets, with its drawings."""
    sets = dict(zip(("publie", "demonstration"), datasets, strict=True))
    builders = {"publie": portraits, "demonstration": simulated_portraits}
    departements = thin(read_drawing(Level.DEPARTEMENT))

    def make(dataset: str, name: str, is_drawn: bool) -> Sheet:
        published, portrait = sets[dataset], builders[dataset].build(TerritoryId.parse(name))
        sheet = Sheet(
            portrait,
            build_portrait_steps(portrait, published.kit),
            published,
            page_address(portrait.territory.id, published.dataset),
            TAKEN,
        )
        seen = choose_fiche_map(portrait, published)
        if seen is None or not is_drawn:
            return sheet
        view = build_map_view(seen, published, zoned, names)
        drawing = read_drawing_of(view, published.zonings)
        drawn = build_drawn_map(view, drawing, selected=seen.territory)
        locator = to_locator(departements, locator_codes(portrait.territory))
        return replace(sheet, map=to_sheet_map(drawn), locator_svg=locator)

    return make


@pytest.fixture(scope="module")
def sheets(make_sheet: MakeSheet) -> dict[Key, Sheet]:
    return {
        (dataset, name): make_sheet(dataset, name, (dataset, name) in DRAWN)
        for dataset, name in product(("publie", "demonstration"), TERRITORIES)
    }


@pytest.fixture(scope="module")
def documents(sheets: dict[Key, Sheet]) -> dict[Key, PdfReader]:
    return {key: PdfReader(io.BytesIO(build_fiche(sheet))) for key, sheet in sheets.items()}


@pytest.fixture(scope="module")
def texts(documents: dict[Key, PdfReader]) -> dict[Key, list[str]]:
    return {key: printed(document) for key, document in documents.items() if key not in DRAWN}


def printed(document: PdfReader) -> list[str]:
    """Give the text of each page, its spaces and hyphenations undone."""
    texts = (page.extract_text() for page in document.pages)
    return [" ".join(text.replace("\u00ad", "").split()) for text in texts]


def tagged(document: PdfReader) -> Iterator[DictionaryObject]:
    """List the elements of the structure, from the root down."""
    root: Any = document.trailer["/Root"]
    stack: list[Any] = [root["/StructTreeRoot"]]
    while stack:
        node = stack.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            stack.extend([node["/K"]] if "/K" in node else [])


def numbers_of(value: object) -> Iterator[str]:
    """List the texts of a content, whatever holds them."""
    if isinstance(value, dict):
        for one in value.values():
            yield from numbers_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from numbers_of(one)
    elif isinstance(value, str):
        yield value


def test_every_sheet_has_two_pages_of_a4(documents: dict[Key, PdfReader]) -> None:
    for document in documents.values():
        assert len(document.pages) == 2
        assert [round(float(side)) for side in document.pages[0].mediabox[2:]] == [595, 842]


def test_a_sheet_names_its_territory_its_day_and_the_version(
    sheets: dict[Key, Sheet],
    documents: dict[Key, PdfReader],
    texts: dict[Key, list[str]],
) -> None:
    for key, (first, second) in texts.items():
        name, document = sheets[key].portrait.territory.name, documents[key]
        assert name in first
        assert name in second
        assert "22 novembre 2025" in first
        assert document.metadata is not None
        assert document.metadata.title == f"{name} – fiche du territoire"
        assert document.metadata.author == "Territoires"
        assert ("version 3 du 20 novembre 2025" in second) is (key[0] == "publie")


def test_what_is_simulated_is_marked_on_each_page_and_nothing_else_is(
    texts: dict[Key, list[str]],
) -> None:
    for (dataset, _), pages in texts.items():
        for text in pages:
            assert ("DÉMONSTRATION – données simulées" in text) is (dataset == "demonstration")


def test_a_sheet_is_a_tagged_document_that_a_screen_reader_can_read(
    documents: dict[Key, PdfReader],
) -> None:
    for document in documents.values():
        root: Any = document.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
        assert str(root["/Lang"]).startswith("fr")
        assert b"pdfuaid:part" in root["/Metadata"].get_data()
        elements = list(tagged(document))
        kinds = {str(element["/S"]) for element in elements}
        assert {"/H1", "/H2", "/Table", "/TH", "/Figure"} <= kinds
        assert all(str(e.get("/Alt", "")).strip() for e in elements if e["/S"] == "/Figure")


def test_only_our_fonts_are_embedded(documents: dict[Key, PdfReader]) -> None:
    for document in documents.values():
        for page in document.pages:
            fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
            for font in fonts.values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                assert "AtkinsonHyperlegibleNext" in inner["/BaseFont"]
                assert "/FontFile2" in inner["/FontDescriptor"].get_object()


def test_the_address_is_a_link_and_a_local_one_says_so(
    sheets: dict[Key, Sheet],
    documents: dict[Key, PdfReader],
    texts: dict[Key, list[str]],
) -> None:
    for key, document in documents.items():
        links = [a.get_object() for a in document.pages[1].get("/Annots", [])]
        assert sheets[key].address in {link["/A"]["/URI"] for link in links if "/A" in link}
    assert all("adresse de cette machine seulement" in pages[1] for pages in texts.values())


@pytest.mark.parametrize(
    ("address", "is_local"),
    [
        ("http://localhost:8600/territoire", True),
        ("http://127.0.0.1:8501/territoire", True),
        ("http://[::1]:8501/territoire", True),
        ("http://127.0.0.1.exemple.fr/territoire", False),
        ("http://192.168.1.20:8501/territoire", False),
    ],
)
def test_an_address_is_local_whatever_its_port(
    sheets: dict[Key, Sheet], address: str, is_local: bool
) -> None:
    sheet = replace(sheets["publie", "region-28"], address=address)
    content: Any = to_content(sheet)
    assert ("adresse de cette machine seulement" in content["page"]["note"]) is is_local


def test_what_is_named_on_a_sheet_has_its_source_counted(sheets: dict[Key, Sheet]) -> None:
    for sheet in sheets.values():
        content: Any = to_content(sheet)
        listed = f"{' '.join(content['sources'])} {content['others']}"
        portrait, sources = sheet.portrait, sheet.published.sources
        named = (*portrait.nearby.inside[:6], *portrait.nearby.without_place[:3])
        used = [sources[actor.source_id] for actor in named]
        readings = [line.local or line.national for line in portrait.shared.maturity.readings]
        used += [figure.source for figure in readings if figure]
        shares = (
            [size.share_line.local for size in portrait.profile.sizes] if portrait.profile else []
        )
        used += [figure.source for figure in shares if figure]
        for source in used:
            is_told = source.title[:40] in listed or (source.publisher or source.title) in listed
            assert is_told or "…" in content["others"], source.title


def test_the_four_answers_of_the_page_are_on_the_first_page(
    sheets: dict[Key, Sheet], texts: dict[Key, list[str]]
) -> None:
    for key, (first, _) in texts.items():
        for answer in sheets[key].portrait.answers:
            assert answer.question in first
        assert "Par où commencer" in first


def test_a_rate_has_its_interval_or_the_plain_words_that_there_is_none(
    sheets: dict[Key, Sheet],
) -> None:
    surveys: Any = to_content(sheets["demonstration", "region-28"])["surveys"]
    assert surveys["rows"][0]["sample"].startswith("de ")
    assert surveys["rows"][0]["low"] < surveys["rows"][0]["value"] < surveys["rows"][0]["high"]
    surveys = to_content(sheets["publie", "region-28"])["surveys"]
    (row,) = surveys["rows"]
    assert (row["sample"], row["low"]) == ("effectif non communiqué", None)
    assert row["verdict"].startswith("non comparable")


def test_france_is_not_drawn_beside_a_figure_it_does_not_compare_with(
    sheets: dict[Key, Sheet],
) -> None:
    surveys: Any = to_content(sheets["publie", "region-28"])["surveys"]
    assert surveys["rows"][0]["france"] is None
    assert surveys["rows"][0]["other_question"] == "autre formulation"
    surveys = to_content(sheets["demonstration", "region-28"])["surveys"]
    assert surveys["rows"][0]["france"] is not None


def test_where_nothing_is_published_france_stands_alone_and_it_is_said(
    sheets: dict[Key, Sheet], texts: dict[Key, list[str]]
) -> None:
    surveys: Any = to_content(sheets["publie", "region-53"])["surveys"]
    assert surveys["rows"] == []
    assert len(surveys["national"]) == len(
        EDITIONS[sheets["publie", "region-53"].portrait.dataset].key_indicators
    )
    first = texts["publie", "region-53"][0]
    assert "Aucun résultat d’enquête n’est publié en Bretagne" in first


def test_a_figure_of_a_wider_territory_among_the_answers_says_whose_it_is(
    sheets: dict[Key, Sheet],
) -> None:
    for sheet in sheets.values():
        content: Any = to_content(sheet)
        for shown, answer in zip(content["answers"], sheet.portrait.answers, strict=False):
            line, place = answer.line, sheet.portrait.territory.id
            holder = line.holder.territory if line and answer.is_local and line.holder else None
            wider = holder.name if holder and holder.id != place else ""
            assert shown["whose"] == (wider if line is None or answer.is_local else "France")


def test_the_country_has_its_measures_of_insee_alone(make_sheet: MakeSheet) -> None:
    context: Any = to_content(make_sheet("publie", str(FRANCE), False))["context"]
    assert context["is_france"]
    assert all(not row["has_local"] for row in context["rows"])
    assert any(row["national"] != "–" for row in context["rows"])


def test_a_hidden_figure_is_hidden_and_drawn_nowhere(
    sheets: dict[Key, Sheet],
) -> None:
    content: Any = to_content(sheets["demonstration", "departement-976"])
    for row in (*content["surveys"]["rows"], *content["maturity"]["rungs"]):
        assert (row["local"], row["has_local"]) == ("effectif insuffisant", False)
        assert (row["value"], row["low"], row["high"], row["verdict"]) == (None, None, None, "")


def test_domains_keep_the_order_and_the_rank_of_the_page(
    sheets: dict[Key, Sheet],
) -> None:
    for sheet in sheets.values():
        shown: Any = to_content(sheet)["domains"]
        domains = sheet.portrait.shared.domains
        labels, first = [row["label"] for row in shown["rows"]], domains.first[:MAX_DOMAINS]
        assert labels[: len(first)] == [line.label for line in first]
        # Those with a figure of France alone come after, in the same order.
        after = [line.label for line in domains.lines if line not in domains.first]
        assert labels[len(first) :] == [label for label in after if label in labels]


def test_the_boundaries_are_always_credited(
    texts: dict[Key, list[str]],
) -> None:
    assert all("ADMIN EXPRESS COG" in pages[1] for pages in texts.values())


def hostile(portrait: Portrait, times: int) -> Portrait:
    """Give a portrait whose every name is long and looks like markup."""
    shared, text = portrait.shared, HOSTILE * times
    surveys = tuple(
        replace(
            line,
            indicator=replace(line.indicator, label=text, actor_label=text),
        )
        for line in shared.surveys
    )
    domains = replace(
        shared.domains,
        order=text,
        lines=tuple(replace(line, label=text) for line in shared.domains.lines),
    )
    roles = replace(
        shared.roles, domains=tuple(replace(one, label=text) for one in shared.roles.domains)
    )
    inside = tuple(replace(one, name=text, place_name=text) for one in portrait.nearby.inside)
    place = replace(
        portrait.place,
        territory=replace(portrait.territory, name=f"Nom {text}"),
        ancestors=tuple(replace(one, name=text) for one in portrait.place.ancestors),
    )
    return replace(
        portrait,
        place=place,
        shared=replace(shared, surveys=surveys * 3, domains=domains, roles=roles),
        nearby=replace(portrait.nearby, inside=inside),
        sentence=text,
        sentence_caveat=text,
        missing=(text,) * 30,
        answers=tuple(replace(answer, text=text) for answer in portrait.answers),
    )


@pytest.mark.parametrize("times", [1, 30])
def test_two_pages_hold_whatever_the_names_and_print_them_as_they_are(
    sheets: dict[Key, Sheet], times: int
) -> None:
    sheet = sheets["demonstration", "region-53"]
    sheet = replace(sheet, portrait=hostile(sheet.portrait, times))
    document = PdfReader(io.BytesIO(build_fiche(sheet)))
    assert len(document.pages) == 2
    assert "#panic(1) $x$ \\ <script>alert(1)</script>" in printed(document)[0]


def test_the_longest_names_of_france_keep_to_two_pages(
    make_sheet: MakeSheet, directory: Directory
) -> None:
    longest = max(directory.of_level(Level.EPCI), key=lambda t: len(t.name))
    document = PdfReader(io.BytesIO(build_fiche(make_sheet("publie", str(longest.id), False))))
    assert len(document.pages) == 2
    assert longest.name in printed(document)[0]


@pytest.mark.parametrize("name", [str(FRANCE), "commune-97502"])
def test_the_country_and_what_lies_outside_the_regions_have_a_sheet_too(
    make_sheet: MakeSheet, name: str
) -> None:
    sheet = make_sheet("publie", name, True)
    assert (sheet.map is None) is (name != str(FRANCE))
    assert len(PdfReader(io.BytesIO(build_fiche(sheet))).pages) == 2


def test_texts_are_cut_and_drawings_are_not(sheets: dict[Key, Sheet]) -> None:
    sheet = sheets["publie", "departement-976"]
    content: Any = to_content(replace(sheet, portrait=hostile(sheet.portrait, 500)))
    assert sheet.map is not None
    assert content["map"]["svg"] == sheet.map.svg
    assert len(content["name"]) < 150
    texts = [text for text in numbers_of(content) if not text.startswith("<svg")]
    assert max(map(len, texts)) < 1_000
