"""What something on screen becomes once it leaves: image, slide, table, layer; all say whence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset
from territoires.render import data_files, images
from territoires.render.catalyst_map import level_of_map
from territoires.render.data_files.csv_files import Dialect
from territoires.render.data_files.geo_files import Shapes
from territoires.render.drawn_actors import draw_actors, draw_catalysts
from territoires.render.drawn_chart import (
    DrawnChart,
    draw_changes,
    draw_comparison,
    draw_ladder,
    draw_sizes,
    draw_trends,
    name_ladder,
    name_sizes,
    name_trends,
)
from territoires.render.drawn_map import DrawnMap
from territoires.render.drawn_records import (
    FUNNEL_TITLE,
    TIMELINE_TITLE,
    draw_funnel,
    draw_question,
    draw_timeline,
    name_question,
    sources_of,
)
from territoires.render.file_names import Form
from territoires.render.slides import (
    Deck,
    build_slides,
    catalyst_slides,
    changes_slides,
    comparison_slides,
    landmark_slides,
    map_slides,
)
from territoires.render.slides.deck import Slide
from territoires.render.slides.steps import changes_of_group
from territoires.tables.drawings import read_drawing
from territoires.views.citation import (
    Citation,
    cite,
    cite_catalysts,
    cite_changes,
    cite_comparison,
    cite_figures,
    cite_map,
    cite_portrait,
)
from territoires.views.comparison import Comparison
from territoires.views.comparison_waves import Changes
from territoires.views.evolution import Evolution, TrendGroup
from territoires.views.landmarks import Question, ThemeView
from territoires.views.map_view import MapView
from territoires.views.maturity import Maturity
from territoires.views.portrait import Portrait
from territoires.views.portrait_profile import Profile
from territoires.views.programme import Programme
from territoires.views.timeline import Timeline

if TYPE_CHECKING:
    from territoires.domain.territories import TerritoryId
    from territoires.render.press import Press
    from territoires.views.actors import ActorPoint
    from territoires.views.catalyst_index import CatalystIndex
    from territoires.views.catalyst_list import CatalystsView


@dataclass(frozen=True, slots=True)
class Exported:
    """Something on screen, ready to leave; each part is made when it is asked for.

    ``layer`` are the rows that have an outline or a point, and these.
    """

    citation: Citation
    table: Callable[[], data_files.DataTable]
    draw: Callable[[], DrawnMap | DrawnChart] | None = None
    slides: Callable[[], tuple[Slide, ...]] | None = None
    layer: Callable[[], tuple[data_files.DataTable, Shapes]] | None = None


def to_file(thing: Exported, form: Form, press: Press) -> bytes:
    """Write something in one of the forms it has.

    Raises
    ------
    ValueError
        When it has no such form.
    """
    if form in {Form.PNG, Form.SVG} and thing.draw:
        return _to_image(thing.draw(), thing.citation, form)
    if form is Form.PPTX and thing.slides:
        cited = thing.citation
        return build_slides(Deck(cited.title, cited.dataset, thing.slides(), press.taken.day))
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
        whole = replace(drawn, citation=cited.line, licence=cited.terms)
        return images.to_png(whole) if form is Form.PNG else images.to_svg_file(whole)
    chart = replace(drawn, citation=cited.line, licence=cited.terms)
    return images.chart_to_png(chart) if form is Form.PNG else images.chart_to_svg_file(chart)


def export_map(
    press: Press,
    view: MapView,
    selected: TerritoryId | None = None,
    actors: tuple[ActorPoint, ...] = (),
) -> Exported:
    """Export a map, with the actors that stand on it."""
    data = press.published

    def draw() -> DrawnMap:
        drawn = press.drawn(view, selected)
        if not actors:
            return drawn
        note = data.lists["catalysts"].caveat
        return replace(
            drawn,
            actors=draw_actors(actors, data.catalyst_kinds, drawn.bounds),
            caveats=(*drawn.caveats, note) if note else drawn.caveats,
        )

    def table() -> data_files.DataTable:
        return data_files.map_table(view, data.catalogue, press.directory, press.taken)

    return Exported(
        cite_map(view, press.taken, boundaries=True),
        table,
        draw,
        lambda: map_slides(press.drawn(view, selected, is_thin=True)),
        lambda: (table(), data_files.read_shapes(view, data.zonings)),
    )


def export_comparison(press: Press, view: Comparison) -> Exported:
    """Export territories side by side."""
    cited = cite_comparison(view, press.taken)
    return Exported(
        cited,
        lambda: data_files.comparison_table(
            view, press.published.catalogue, press.directory, press.taken
        ),
        lambda: draw_comparison(view),
        lambda: comparison_slides(view, notes=(cited.line,)),
    )


def export_changes(press: Press, changes: Changes) -> Exported:
    """Export two waves of the same territories."""
    cited = cite_changes(changes, press.taken)
    return Exported(
        cited,
        lambda: data_files.changes_table(
            changes, press.published.catalogue, press.directory, cited
        ),
        lambda: draw_changes(changes),
        lambda: changes_slides(changes, notes=(cited.line,)),
    )


def export_portrait(press: Press, portrait: Portrait) -> Exported:
    """Export the figures of a territory."""
    return Exported(
        cite_portrait(portrait, press.taken),
        lambda: data_files.portrait_table(portrait, press.published.catalogue, press.taken),
    )


def export_trends(press: Press, group: TrendGroup, evolution: Evolution) -> Exported:
    """Export what changed from one wave to the next in a theme."""
    figures = [figure for t in group.trends for figure in (t.change.before, t.change.after)]
    cited = cite_figures(
        evolution.dataset, name_trends(group), figures, press.taken, caveats=evolution.caveats
    )
    return Exported(
        cited,
        lambda: data_files.trends_table(group, evolution, press.published.catalogue, cited),
        lambda: draw_trends(group, evolution.dataset, evolution.caveats),
        lambda: tuple(filter(None, [changes_of_group(group, evolution, notes=(cited.line,))])),
    )


def export_ladder(press: Press, maturity: Maturity) -> Exported:
    """Export the ladder of maturity."""
    lines = [rung.line for rung in maturity.rungs if rung.line]
    cited = cite_figures(
        maturity.dataset,
        name_ladder(maturity),
        [figure for line in lines for figure in (line.local, line.national)],
        press.taken,
        caveats=maturity.caveats,
    )
    return Exported(
        cited,
        lambda: data_files.ladder_table(maturity, press.published.catalogue, cited),
        lambda: draw_ladder(maturity),
    )


def export_sizes(press: Press, profile: Profile, dataset: Dataset) -> Exported:
    """Export the communes of a territory by size."""
    lines = [line for size in profile.sizes for line in (size.number_line, size.share_line)]
    figures = [figure for line in lines for figure in (line.local, line.national)]
    cited = cite_figures(dataset, name_sizes(profile), figures, press.taken, nature=Nature.COG)
    drawn = draw_sizes(profile, dataset)
    return Exported(
        cited,
        lambda: data_files.sizes_table(
            profile, dataset, press.published.catalogue, cited, drawn.sentence
        ),
        lambda: drawn,
    )


def export_question(press: Press, view: ThemeView, question: Question) -> Exported:
    """Export a question of « Repères »."""
    drawn = draw_question(view, question)
    figures = [one.figure for one in question.landmarks]
    cited = cite_figures(
        view.dataset, name_question(question), figures, press.taken, caveats=drawn.caveats
    )
    alone = replace(view, questions=(question,), lines=())
    return Exported(
        cited,
        lambda: data_files.question_table(view, question, press.published.catalogue, cited),
        lambda: drawn,
        lambda: landmark_slides(alone, notes=(cited.line,)),
    )


def export_funnel(press: Press, view: Programme, dataset: Dataset) -> Exported:
    """Export the territories of the 2018 programme."""
    sources = sources_of(view.funnel.items, view.sources)
    cited = cite(dataset, Nature.CONTEXTE, FUNNEL_TITLE, sources, press.taken)
    return Exported(
        cited,
        lambda: data_files.funnel_table(view, dataset, cited),
        lambda: draw_funnel(view, dataset),
    )


def export_timeline(press: Press, view: Timeline, dataset: Dataset) -> Exported:
    """Export the chronology."""
    sources = sources_of(view.milestones, view.sources)
    cited = cite(dataset, Nature.CONTEXTE, TIMELINE_TITLE, sources, press.taken)
    return Exported(
        cited,
        lambda: data_files.timeline_table(view, dataset, cited),
        lambda: draw_timeline(view, dataset),
    )


def export_catalysts(press: Press, view: CatalystsView, index: CatalystIndex) -> Exported:
    """Export the list of actors, its map and its points."""
    data = press.published

    def draw() -> DrawnMap:
        drawing = read_drawing(level_of_map(view))
        return draw_catalysts(view, index.points, data, press.directory, drawing)

    return Exported(
        cite_catalysts(view, data, press.taken),
        lambda: data_files.catalysts_table(view, data, index, press.taken),
        draw,
        lambda: catalyst_slides(view, data, notes=(cite_catalysts(view, data, press.taken).line,)),
        lambda: data_files.catalysts_layer(view, data, index, press.taken),
    )
