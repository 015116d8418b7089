"""Something on screen, and the forms of file it is written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from territoires.render import data_files, images
from territoires.render.data_files.csv_files import Dialect
from territoires.render.data_files.geo_files import Shapes
from territoires.render.drawn_chart import DrawnChart
from territoires.render.drawn_map import DrawnMap
from territoires.render.file_names import Form
from territoires.render.slides import Deck, build_slides
from territoires.render.slides.deck import Slide
from territoires.views.citation import Citation

if TYPE_CHECKING:
    from territoires.render.press import Press


@dataclass(frozen=True, slots=True)
class Exported:
    """Something on screen, ready to leave; each part is made when it is asked for.

    ``citation`` is that of the data; ``drawn_citation``, that of the image and of the slides where
    they show more (outlines, actors). ``layer`` are the rows that have an outline or a point, and
    these.
    """

    citation: Citation
    table: Callable[[], data_files.DataTable]
    draw: Callable[[], DrawnMap | DrawnChart] | None = None
    slides: Callable[[], tuple[Slide, ...]] | None = None
    layer: Callable[[], tuple[data_files.DataTable, Shapes]] | None = None
    drawn_citation: Citation | None = None

    @property
    def cited(self) -> Citation:
        """Cite what is drawn."""
        return self.drawn_citation or self.citation


def to_file(thing: Exported, form: Form, press: Press) -> bytes:
    """Write something in one of the forms it has.

    Raises
    ------
    ValueError
        When it has no such form.
    """
    if form in {Form.PNG, Form.SVG} and thing.draw:
        return _to_image(thing.draw(), thing.cited, form)
    if form is Form.PPTX and thing.slides:
        cited = thing.cited
        slides, day = thing.slides(), press.taken.day
        return build_slides(Deck(cited.title, (cited.dataset,), slides, day, terms=cited.licence))
    if form in {Form.GEOJSON, Form.GEOPACKAGE} and thing.layer:
        write = data_files.to_geojson if form is Form.GEOJSON else data_files.to_geopackage
        return write(*thing.layer())
    if form is Form.XLSX:
        return data_files.to_xlsx(thing.table())
    if form in {Form.CSV, Form.CSV_STANDARD}:
        dialect = Dialect.FRENCH if form is Form.CSV else Dialect.STANDARD
        return data_files.to_csv(thing.table(), dialect)
    raise ValueError(f"no {form} of this")


def _to_image(drawn: DrawnMap | DrawnChart, cited: Citation, form: Form) -> bytes:
    """Write a drawing with how it is cited and under what terms, in sight and in the file."""
    if isinstance(drawn, DrawnMap):
        whole = replace(drawn, citation=cited.line, licence=cited.licence)
        return images.to_png(whole) if form is Form.PNG else images.to_svg_file(whole)
    chart = replace(drawn, citation=cited.line, licence=cited.licence)
    return images.chart_to_png(chart) if form is Form.PNG else images.chart_to_svg_file(chart)
