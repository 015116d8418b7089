"""What the studies, the programme and the registers say, as it leaves the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from territoires.domain.indicators import Nature, Source
from territoires.domain.selection import Dataset
from territoires.render import data_files
from territoires.render.catalyst_coverage import scope
from territoires.render.drawn_records import (
    FUNNEL_TITLE,
    TIMELINE_TITLE,
    draw_funnel,
    draw_question,
    draw_timeline,
    name_question,
    sources_of,
)
from territoires.render.exported.files import Exported
from territoires.render.file_names import Register
from territoires.render.slides import (
    funnel_slides,
    landmark_slides,
    timeline_slides,
)
from territoires.views.catalyst_coverage import Coverage
from territoires.views.citation import (
    Citation,
    Taken,
    cite,
    cite_catalysts,
    cite_figures,
    with_boundaries,
)
from territoires.views.landmarks import Question, ThemeView
from territoires.views.method import MethodView
from territoires.views.programme import Programme
from territoires.views.timeline import Timeline

if TYPE_CHECKING:
    from territoires.render.press import Press
    from territoires.views.catalyst_list import CatalystsView


_REAL = (Register.RESSOURCES, Register.PARCOURS, Register.REPERES)
#: Terms of what describes figures without giving any.
_OWN_WORDS = "Chaque chiffre décrit garde la licence de sa source, nommée au registre des sources."


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
        lambda: landmark_slides(alone, notes=cited.notes),
    )


def export_theme(press: Press, view: ThemeView) -> Exported:
    """Export every figure of a theme of « Repères »."""
    figures = [one.figure for one in view.landmarks]
    title = f"{view.theme.label}, France"
    cited = cite_figures(view.dataset, title, figures, press.taken)
    return Exported(
        cited,
        lambda: data_files.theme_table(view, press.published.catalogue, cited),
        slides=lambda: landmark_slides(view, notes=cited.notes),
    )


def export_funnel(press: Press, view: Programme, dataset: Dataset) -> Exported:
    """Export the territories of the 2018 programme."""
    sources = sources_of(view.funnel.items, view.sources)
    cited = cite(dataset, Nature.CONTEXTE, FUNNEL_TITLE, sources, press.taken)
    return Exported(
        cited,
        lambda: data_files.funnel_table(view, dataset, cited),
        lambda: draw_funnel(view, dataset),
        lambda: funnel_slides(view, dataset, cited.title, notes=cited.notes),
    )


def export_timeline(press: Press, view: Timeline, dataset: Dataset) -> Exported:
    """Export the chronology."""
    sources = sources_of(view.milestones, view.sources)
    cited = cite(dataset, Nature.CONTEXTE, TIMELINE_TITLE, sources, press.taken)
    return Exported(
        cited,
        lambda: data_files.timeline_table(view, dataset, cited),
        lambda: draw_timeline(view, dataset),
        lambda: timeline_slides(view, dataset, cited.title, notes=cited.notes),
    )


def export_catalysts(press: Press, view: CatalystsView) -> Exported:
    """Export the list of actors, its map and its points."""
    data, index = press.published, press.catalyst_index
    cited = cite_catalysts(view, data, press.taken)
    return Exported(
        cited,
        lambda: data_files.catalysts_table(view, data, index, press.taken),
        lambda: press.drawn_actors(view),
        lambda: press.actor_slides(view),
        lambda: data_files.catalysts_layer(view, data, index, press.taken),
        with_boundaries(cited),
    )


def export_coverage(press: Press, view: CatalystsView, found: Coverage) -> Exported:
    """Export how many people live near the actors of a complete list."""
    of_list = cite_catalysts(view, press.published, press.taken)
    cited = cite(
        view.dataset,
        Nature.ENQUETE,
        data_files.COVERAGE_TITLE,
        of_list.sources,
        press.taken,
        caveats=(*of_list.caveats, scope(found, view.asked)),
    )
    return Exported(cited, lambda: data_files.coverage_table(found, cited))


def export_register(press: Press, register: Register) -> Exported:
    """Export a table of « Sources », or of « Agir », where nothing is simulated."""
    data, title = press.published, data_files.REGISTER_TITLES[register]
    listed = data_files.sources_of_register(register, data)
    nature = Nature.CONTEXTE if register in _REAL else Nature.ENQUETE
    cited = _cite_words(data.dataset, nature, title, press.taken, listed)
    return Exported(cited, lambda: data_files.register_table(register, data, cited))


def export_scales(press: Press, view: MethodView) -> Exported:
    """Export the two scales that figures are read with."""
    cited = _cite_words(view.dataset, Nature.CONTEXTE, data_files.SCALES_TITLE, press.taken)
    return Exported(cited, lambda: data_files.scales_table(view, cited))


def _cite_words(
    dataset: Dataset, nature: Nature, title: str, taken: Taken, sources: Iterable[Source] = ()
) -> Citation:
    """Cite what is said of the figures: without sources of its own, it comes from this site."""
    cited = cite(dataset, nature, title, sources, taken)
    if cited.sources:
        return cited
    terms = f"{cited.terms} {_OWN_WORDS}".strip()
    line = f"{cited.marked_title}. {cited.edition}."
    return replace(cited, line=line, terms=terms, licence=terms)
