"""The slides of a territory, from its portrait: what an official would tell a council, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from territoires.domain.indicators import Nature, Source
from territoires.render.carried import say_questions
from territoires.render.slides.actors import ACTORS_TITLE, actor_slides, actor_sources
from territoires.render.slides.bars import about
from territoires.render.slides.comparisons import changes_of_group
from territoires.render.slides.deck import (
    About,
    Card,
    CardsSlide,
    ChartSlide,
    Deck,
    MapSlide,
    Slide,
    TextSlide,
    TitleSlide,
    say_sources,
)
from territoires.render.slides.domains import domains_table, roles_table
from territoires.render.slides.lines import (
    asked,
    both_figures,
    draw_lines,
    figures_of,
    list_lines,
    pair_words,
)
from territoires.render.slides.records import ladder_lines
from territoires.render.slides.steps import next_step_slides
from territoires.tables.published import Published
from territoires.views.citation import (
    Citation,
    Taken,
    cite,
    name_source,
    say_method,
)
from territoires.views.datasets import EDITIONS
from territoires.views.figure import Figure
from territoires.views.french import NBSP, format_wave
from territoires.views.next_steps import NextSteps
from territoires.views.portrait import Portrait
from territoires.views.portrait_brief import Answer, answer_next
from territoires.views.portrait_domains import SHOWN_FIRST
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_lines import lines_of
from territoires.views.portrait_places import say_population
from territoires.views.portrait_sentence import choose_lead

if TYPE_CHECKING:
    from territoires.render.drawn_map import DrawnMap

_WEIGHS, _MATURITY = "Ce qui pèse : les domaines de fragilité", "Où en est la co-construction"
#: Sources named on the last slide; its notes name them all.
_MAX_SOURCES = 7
_PORTRAIT, _EXPECTED = "portrait du territoire", "Qui est attendu, et sur quoi"
_ON_THE_SITE = "sur le site, à la page du territoire"
_EMPTY_RUNGS = (
    "Aucune étude publiée n’a demandé ces cinq échelons : aucun chiffre publié n’y est rangé."
)


def territory_deck(
    portrait: Portrait,
    published: Published,
    steps: NextSteps,
    taken: Taken,
    drawn: DrawnMap | None = None,
) -> Deck:
    """Choose the slides of a territory; a part without anything to say is left out.

    Parameters
    ----------
    drawn
        Its map, already thin; None where it lies outside the boundaries.
    """
    write = _Writer(portrait, published, taken)
    told = say_questions(steps, _ON_THE_SITE)
    slides: list[Slide] = [write.title(), write.answers(steps)]
    slides += [MapSlide(drawn)] if drawn else []
    slides += [*write.surveys(), *write.domains(), *write.context(), *write.maturity()]
    slides += [*write.changes(), *write.roles()]
    slides += write.actors()
    cited = write.whole(drawn)
    slides += next_step_slides(told, portrait.dataset, published.kit, notes=(cited.edition,))
    slides += [*write.missing(cited), write.sources(cited)]
    name = portrait.territory.name
    return Deck(
        name,
        (portrait.dataset,),
        tuple(slides),
        taken.day,
        f"Portrait du territoire : {name}",
        cited.licence,
    )


def answer_slides(
    portrait: Portrait, published: Published, steps: NextSteps, taken: Taken
) -> tuple[Slide, ...]:
    """Say a territory in one slide: its four answers."""
    return (_Writer(portrait, published, taken).answers(steps),)


class _Writer:
    """Writes the slides of one portrait; each cites the sources of what it shows."""

    def __init__(self, portrait: Portrait, published: Published, taken: Taken) -> None:
        self._portrait, self._published, self._taken = portrait, published, taken
        self._shared, self._name = portrait.shared, portrait.territory.name
        #: Those of the slides written so far.
        self._sources: list[Source] = []

    def _cite(
        self,
        title: str,
        figures: Sequence[Figure | None] = (),
        *,
        sources: Sequence[Source] = (),
        nature: Nature = Nature.ENQUETE,
    ) -> Citation:
        """Say how a slide is cited, and under what terms."""
        found = (*(figure.source for figure in figures if figure), *sources)
        self._sources += found
        title = f"{self._name}, {title[:1].lower()}{title[1:]}"
        return cite(self._portrait.dataset, nature, title, found, self._taken)

    def whole(self, drawn: DrawnMap | None) -> Citation:
        """Say how all the slides written so far are cited, their map among them."""
        portrait = self._portrait
        return cite(
            portrait.dataset,
            Nature.ENQUETE,
            f"{self._name}, {_PORTRAIT}",
            (*self._sources, *(drawn.sources if drawn else ())),
            self._taken,
            caveats=(portrait.sentence_caveat, *self._shared.evolution.caveats, *portrait.missing),
            boundaries=drawn is not None,
        )

    def title(self) -> TitleSlide:
        """Say which territory it is, and its sentence."""
        portrait, territory = self._portrait, self._portrait.territory
        facts = [portrait.place.kind.capitalize(), say_population(territory)]
        if portrait.region and portrait.region.name != territory.name:
            facts.append(portrait.region.name)
        lead = choose_lead(self._shared.surveys, EDITIONS[portrait.dataset].default_indicator)
        figures = [portrait.population.local] if portrait.population else []
        figures += [lead.local, lead.national] if lead else []
        cited = self._cite(_PORTRAIT, figures)
        return TitleSlide(
            self._name,
            " · ".join(fact for fact in facts if fact),
            (portrait.sentence, cited.edition),
            about(portrait.dataset, figures, notes=(portrait.sentence_caveat, *cited.notes)),
        )

    def answers(self, steps: NextSteps) -> CardsSlide:
        """Write the page in four answers."""
        answers = (*self._portrait.answers, answer_next(steps, _ON_THE_SITE))
        figures = figures_of([line for answer in answers for line in answer.told])
        nearest, known = self._portrait.nearby.outside[:1], self._published.sources
        sources = [known[one.catalyst.source_id] for one in nearest]
        notes = self._cite("en quatre réponses", figures, sources=sources).notes
        return CardsSlide(
            f"{self._name} en quatre réponses",
            tuple(_card(answer) for answer in answers),
            about=about(self._portrait.dataset, figures, sources=sources, notes=notes),
        )

    def surveys(self) -> list[Slide]:
        """Draw the rate told first beside France's, then list the other results."""
        lines = [line for line in self._shared.surveys if line not in self._elsewhere()]
        lead = choose_lead(tuple(lines), EDITIONS[self._portrait.dataset].default_indicator)
        if lead is None:
            return []
        same = [lead] + [
            line
            for line in lines
            if line is not lead
            and line.holder == lead.holder
            and lead.indicator.is_comparable_with(line.indicator)
            and line.indicator.unit_label == lead.indicator.unit_label
        ]
        rest = [line for line in lines if line not in same]
        others = [f"{asked(x.indicator)} : {pair_words(x)}." for x in rest]
        title, sentence = "Ce que disent les enquêtes", self._portrait.sentence
        drawn = self._draw(title, same, sentence=sentence, notes=others)
        return [drawn] if drawn.chart.series else self._list(title, lines, sentence=sentence)

    def _elsewhere(self) -> set[Comparison]:
        """Give the figures that another slide shows."""
        perceived = (one for line in self._shared.domains.lines for one in line.perceived)
        roles = self._shared.roles
        return {
            *self._shared.maturity_lines,
            *perceived,
            *(*roles.expected, *roles.profiles, *roles.others),
        }

    def domains(self) -> list[Slide]:
        """Draw the fragilities cited first where they may be ranked; list what is known elsewhere."""
        known = self._shared.domains
        cited = [(line.label, line.perceived[0]) for line in known.first if line.perceived]
        if known.is_ranked and len(cited) == len(known.first):
            lines, names = [one for _, one in cited], [label for label, _ in cited]
            measured = [
                f"{d.label}, Insee : {both_figures(d.measured)}." for d in known.first if d.measured
            ]
            return [self._draw(_WEIGHS, lines, names=names, sentence=known.order, notes=measured)]
        shown = known.first[:SHOWN_FIRST]
        figures = figures_of([x for line in shown for x in (*line.perceived, *line.measured)])
        notes = self._cite(_WEIGHS, figures).notes
        return [domains_table(_WEIGHS, known, self._portrait.dataset, notes)]

    def context(self) -> list[Slide]:
        """List what Insee measures, beside France."""
        lines = [line for line in self._shared.context if line.local]
        return self._list("Ce que mesure l’Insee", lines, nature=Nature.CONTEXTE)

    def maturity(self) -> list[Slide]:
        """Draw the ladder, highest rung first; else list the readings published."""
        known = self._shared.maturity
        if not known.has_ladder:
            sentence = f"{known.sentence} {_EMPTY_RUNGS}"
            return self._list(_MATURITY, known.readings, sentence=sentence)
        names, lines = ladder_lines(known)
        actor = lines[0].indicator.actor_label
        mark = EDITIONS[self._portrait.dataset].mark
        notes = [known.sentence, *known.caveats]
        notes += [f"{asked(x.indicator)} : {pair_words(x)}." for x in known.readings]
        drawn = self._draw(
            _MATURITY,
            lines,
            names=names,
            sentence=f"{mark}Échelle de maturité, {actor}, {format_wave(known.wave)}.",
            notes=notes,
        )
        return [drawn]

    def changes(self) -> list[Slide]:
        """Draw the first changes that may be read."""
        known = self._shared.evolution
        for group in known.groups:
            both = [f for one in group.trends for f in (one.change.before, one.change.after)]
            if slide := changes_of_group(group, known, notes=self._cite(group.theme, both).notes):
                return [slide]
        return []

    def roles(self) -> list[Slide]:
        """Say who is expected on the first domains."""
        first = [line.label for line in self._shared.domains.first]
        roles = self._shared.roles
        notes = self._cite(_EXPECTED, sources=roles.sources).notes
        slide = roles_table(_EXPECTED, roles, first, notes)
        return [slide] if slide else []

    def actors(self) -> list[Slide]:
        """Say who is known in the territory and around."""
        sources = actor_sources(self._portrait, self._published)
        notes = self._cite(ACTORS_TITLE, sources=sources).notes
        return actor_slides(self._portrait, self._published, notes)

    def missing(self, cited: Citation) -> list[Slide]:
        """Say what is not known: nothing is estimated in its place."""
        if not self._portrait.missing:
            return []
        items = tuple(("", text) for text in self._portrait.missing)
        lead = "Rien n’est estimé à la place de ce qui manque."
        told = about(self._portrait.dataset, [], notes=(cited.edition,))
        return [TextSlide("Ce qui n’est pas connu", items, lead, told)]

    def sources(self, cited: Citation) -> TextSlide:
        """List where the figures come from; addresses, method and licence are in the notes."""
        lines = [line for _, line in lines_of(self._portrait)]
        known = cited.sources
        items = [("", name_source(source)) for source in known]
        if len(items) > _MAX_SOURCES:
            rest = f"et {len(items) - _MAX_SOURCES + 1} autres, nommées dans les notes."
            items[_MAX_SOURCES - 1 :] = [("", rest)]
        if not items:
            items = [("", "Aucun chiffre de ce territoire n’est publié.")]
        told = About(
            mark=cited.watermark,
            notes=(
                *say_sources(known),
                *say_method(line.indicator for line in lines),
                cited.licence,
                *cited.caveats,
                cited.line,
            ),
        )
        return TextSlide("Sources", tuple(items), f"Pour citer : {cited.edition}.", told)

    def _draw(
        self,
        title: str,
        lines: Sequence[Comparison],
        *,
        names: Sequence[str] = (),
        sentence: str,
        notes: Sequence[str] = (),
    ) -> ChartSlide:
        told = (*notes, *self._cite(title, figures_of(lines)).notes)
        slide = draw_lines(title, lines, self._portrait.dataset, names=names, notes=told)
        holder = next((line.holder for line in lines if line.holder), None)
        if holder and holder.territory.name != self._name:
            slide = replace(slide, title=f"{title} ({holder.territory.name})")
        return replace(slide, sentence=sentence)

    def _list(
        self,
        title: str,
        lines: Sequence[Comparison],
        *,
        nature: Nature = Nature.ENQUETE,
        sentence: str = "",
    ) -> list[Slide]:
        notes = self._cite(title, figures_of(lines), nature=nature).notes
        slide = list_lines(title, lines, self._portrait.dataset, nature=nature, notes=notes)
        return [replace(slide, sentence=sentence)] if slide else []


def _card(answer: Answer) -> Card:
    figure = answer.figure
    shown = figure.text if figure else answer.words
    # Nobody takes the figure of France for the territory's.
    shown += f"{NBSP}({answer.whose})" if answer.whose else ""
    return Card(answer.question, shown, answer.text)
