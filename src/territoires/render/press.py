"""Everything that leaves the screen for one map or one territory, from one set of data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render import data_files, images
from territoires.render.atlas import Progress, build_atlas
from territoires.render.data_files import DataTable
from territoires.render.data_files.csv_files import Dialect
from territoires.render.drawn_chart import draw_comparison
from territoires.render.drawn_map import DrawnMap, build_drawn_map, read_drawing_of
from territoires.render.fiche import build_fiche
from territoires.render.fiche_map import locator_codes, to_locator, to_sheet_map
from territoires.render.fiche_sheet import LOCAL_ADDRESS, Sheet, page_address
from territoires.render.file_names import (
    name_comparison_file,
    name_map_file,
    name_territory_file,
)
from territoires.render.slides import (
    Deck,
    build_slides,
    comparison_slides,
    map_slides,
    territory_deck,
)
from territoires.tables.drawings import Drawing, read_drawing, thin
from territoires.tables.published import Published
from territoires.views.citation import Taken, cite_comparison, cite_map
from territoires.views.comparison import Comparison
from territoires.views.fiche_map import choose_fiche_map
from territoires.views.map_view import MapView, build_map_view
from territoires.views.portrait import Portrait, Portraits
from territoires.views.portrait_steps import build_portrait_steps


class Form(StrEnum):
    """What a file is, by its ending; two dialects of CSV share theirs."""

    PNG = "png"
    SVG = "svg"
    CSV = "csv"
    CSV_STANDARD = "csv-standard"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"
    PPTX = "pptx"
    PDF = "pdf"


#: Forms of a map; those of a territory's figures; those of a comparison's.
MAP_FORMS = tuple(form for form in Form if form is not Form.PDF)
DATA_FORMS = (Form.CSV, Form.CSV_STANDARD, Form.XLSX)
_STANDARD = "-standard"


@dataclass(frozen=True)
class Press:
    """What files are made from: a set of data, its territories, the day and version it is of."""

    published: Published
    directory: Directory
    names: Mapping[TerritoryId, NameForms]
    portraits: Portraits
    taken: Taken
    base_url: str = LOCAL_ADDRESS

    @cached_property
    def departements(self) -> Drawing:
        """Give the outlines of the départements, thin: they only say where a place is."""
        return thin(read_drawing(Level.DEPARTEMENT))

    def map_view(self, selection: Selection) -> MapView:
        """Give the view of a map."""
        seen = replace(selection, territory=None)
        return build_map_view(seen, self.published, self.directory, self.names)

    def drawn(
        self, view: MapView, selected: TerritoryId | None, *, is_thin: bool = False
    ) -> DrawnMap:
        """Draw a map with its citation; thin, its shapes can be edited one by one."""
        drawing = read_drawing_of(view, self.published.zonings)
        drawn = build_drawn_map(view, thin(drawing) if is_thin else drawing, selected=selected)
        return replace(drawn, citation=cite_map(view, self.taken, boundaries=True).line)

    def map_file(self, view: MapView, form: Form, selected: TerritoryId | None = None) -> bytes:
        """Make the file of a map, in one of ``MAP_FORMS``."""
        if form is Form.PNG:
            return images.to_png(self.drawn(view, selected))
        if form is Form.SVG:
            return images.to_svg_file(self.drawn(view, selected))
        if form is Form.PPTX:
            slides = map_slides(self.drawn(view, selected, is_thin=True))
            deck = Deck(view.title, view.dataset, slides, self.taken.day)
            return build_slides(deck)
        table = data_files.map_table(view, self.published.catalogue, self.directory, self.taken)
        if form in {Form.GEOJSON, Form.GEOPACKAGE}:
            shapes = data_files.read_shapes(view, self.published.zonings)
            write = data_files.to_geojson if form is Form.GEOJSON else data_files.to_geopackage
            return write(table, shapes)
        return to_data(table, form)

    def comparison_file(self, view: Comparison, form: Form) -> bytes:
        """Make the file of territories side by side: chart, slides or figures."""
        if form in {Form.PNG, Form.SVG}:
            chart = replace(draw_comparison(view), citation=cite_comparison(view, self.taken).line)
            is_image = form is Form.PNG
            return images.chart_to_png(chart) if is_image else images.chart_to_svg_file(chart)
        if form is Form.PPTX:
            slides = comparison_slides(view, notes=(cite_comparison(view, self.taken).line,))
            return build_slides(Deck(view.title, view.dataset, slides, self.taken.day))
        table = data_files.comparison_table(
            view, self.published.catalogue, self.directory, self.taken
        )
        return to_data(table, form)

    def portrait_data(self, portrait: Portrait, form: Form) -> bytes:
        """Make the file of a territory's figures, in one of ``DATA_FORMS``."""
        table = data_files.portrait_table(portrait, self.published.catalogue, self.taken)
        return to_data(table, form)

    def sheet(self, portrait: Portrait, answers: str = "") -> Sheet:
        """Gather the two pages of a territory."""
        place = portrait.territory
        selection = choose_fiche_map(portrait, self.published)
        drawn = self._selected(selection) if selection else None
        codes = locator_codes(place)
        return Sheet(
            portrait=portrait,
            steps=build_portrait_steps(portrait, self.published.kit, answers),
            published=self.published,
            address=page_address(place.id, portrait.dataset, self.base_url, answers=answers),
            taken=self.taken,
            map=to_sheet_map(drawn) if drawn else None,
            locator_svg=to_locator(self.departements, codes) if codes else "",
        )

    def fiche(self, portrait: Portrait, answers: str = "") -> bytes:
        """Make the two-page sheet of a territory (PDF)."""
        return build_fiche(self.sheet(portrait, answers))

    def slides(self, portrait: Portrait, answers: str = "") -> bytes:
        """Make the slides of a territory (PPTX)."""
        selection = choose_fiche_map(portrait, self.published)
        drawn = self._selected(selection, is_thin=True) if selection else None
        steps = build_portrait_steps(portrait, self.published.kit, answers)
        return build_slides(territory_deck(portrait, self.published, steps, self.taken, drawn))

    def atlas(
        self, places: Sequence[TerritoryId], title: str, progress: Progress = lambda *_: True
    ) -> bytes | None:
        """Make the sheets of many territories in one document; None once asked to stop."""
        return build_atlas(self._sheets(places), len(places), title=title, progress=progress)

    def _sheets(self, places: Sequence[TerritoryId]) -> Iterator[Sheet]:
        for place in places:
            yield self.sheet(self.portraits.build(place))

    def _selected(self, selection: Selection, *, is_thin: bool = False) -> DrawnMap:
        view = self.map_view(selection)
        return self.drawn(view, selection.territory, is_thin=is_thin)


def to_data(table: DataTable, form: Form) -> bytes:
    """Write a table in one of ``DATA_FORMS``."""
    if form is Form.XLSX:
        return data_files.to_xlsx(table)
    is_french = form is Form.CSV
    return data_files.to_csv(table, Dialect.FRENCH if is_french else Dialect.STANDARD)


def name_map(view: MapView, form: Form) -> str:
    """Name the file of a map."""
    ending, _, standard = form.value.partition("-")
    return name_map_file(view, ending, subject="carte-standard" if standard else "carte")


def name_comparison(view: Comparison, form: Form) -> str:
    """Name a file of territories side by side."""
    ending, _, standard = form.value.partition("-")
    subject = f"comparaison{_STANDARD}" if standard else "comparaison"
    return name_comparison_file(view, ending, subject=subject)


def name_portrait(portrait: Portrait, form: Form, subject: str) -> str:
    """Name a file of a territory."""
    ending, _, standard = form.value.partition("-")
    words = f"{subject}{_STANDARD}" if standard else subject
    return name_territory_file(portrait.dataset, portrait.territory, ending, subject=words)


#: What makes a file when it is asked for.
Maker = Callable[[], bytes]
