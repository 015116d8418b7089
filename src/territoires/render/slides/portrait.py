"""The slides of a territory, from its portrait: what an official would tell a council, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from territoires.domain.indicators import Nature
from territoires.render.slides.actors import actor_slides
from territoires.render.slides.bars import about
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
    list_lines,
    pair_words,
)
from territoires.render.slides.steps import changes_of_group, next_step_slides
from territoires.tables.published import Published
from territoires.views.citation import Citation, Taken, cite_portrait, say_method
from territoires.views.datasets import EDITIONS
from territoires.views.french import NBSP, format_number, format_source_date, format_wave
from territoires.views.next_steps import NextSteps
from territoires.views.portrait import Portrait
from territoires.views.portrait_brief import Answer, answer_next
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_sentence import choose_lead

if TYPE_CHECKING:
    from territoires.render.drawn_map import DrawnMap

_WEIGHS, _MATURITY = "Ce qui pèse : les domaines de fragilité", "Où en est la co-construction"
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
    cited = cite_portrait(portrait, taken, boundaries=drawn is not None)
    write = _Writer(portrait, cited)
    slides: list[Slide] = [write.title(), write.answers(steps)]
    slides += [MapSlide(drawn)] if drawn else []
    slides += [*write.surveys(), *write.domains(), *write.context(), *write.maturity()]
    slides += [*write.changes(), *write.roles()]
    slides += actor_slides(portrait, published, cited.line)
    slides += next_step_slides(steps, portrait.dataset, published.kit, notes=(cited.line,))
    slides += [*write.missing(), write.sources()]
    name = portrait.territory.name
    return Deck(
        name, portrait.dataset, tuple(slides), taken.day, f"Portrait du territoire : {name}"
    )


def answer_slides(portrait: Portrait, steps: NextSteps, taken: Taken) -> tuple[Slide, ...]:
    """Say a territory in one slide: its four answers."""
    return (_Writer(portrait, cite_portrait(portrait, taken)).answers(steps),)


class _Writer:
    """Writes the slides of one portrait, all with the same citation."""

    def __init__(self, portrait: Portrait, cited: Citation) -> None:
        self._portrait, self._cited = portrait, cited
        self._shared, self._name = portrait.shared, portrait.territory.name

    def title(self) -> TitleSlide:
        """Say which territory it is, and its sentence."""
        territory = self._portrait.territory
        facts = [self._portrait.place.kind.capitalize()]
        if territory.population is not None:
            facts.append(f"{format_number(territory.population)}{NBSP}habitants")
        region = self._portrait.region
        if region and region.name != territory.name:
            facts.append(region.name)
        return TitleSlide(
            self._name,
            " · ".join(facts),
            (self._portrait.sentence, self._cited.edition),
            About(
                say_sources(self._cited.sources),
                mark=self._cited.watermark,
                notes=(self._portrait.sentence_caveat, self._cited.line),
            ),
        )

    def answers(self, steps: NextSteps) -> CardsSlide:
        """Write the page in four answers."""
        answers = (*self._portrait.answers, answer_next(steps))
        figures = [answer.figure for answer in answers]
        return CardsSlide(
            f"{self._name} en quatre réponses",
            tuple(_card(answer) for answer in answers),
            about=about(self._portrait.dataset, figures, notes=(self._cited.line,)),
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
        return [domains_table(_WEIGHS, known, self._portrait.dataset, (self._cited.line,))]

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
        rungs = [rung for rung in known.rungs[::-1] if rung.line]
        lines = [rung.line for rung in rungs if rung.line]
        actor = lines[0].indicator.actor_label
        mark = EDITIONS[self._portrait.dataset].mark
        notes = [known.sentence, *known.caveats]
        notes += [f"{asked(x.indicator)} : {pair_words(x)}." for x in known.readings]
        drawn = self._draw(
            _MATURITY,
            lines,
            names=[rung.title for rung in rungs],
            sentence=f"{mark}Échelle de maturité, {actor}, {format_wave(known.wave)}.",
            notes=notes,
        )
        return [drawn]

    def changes(self) -> list[Slide]:
        """Draw the first changes that may be read."""
        known = self._shared.evolution
        drawn = (changes_of_group(g, known, notes=(self._cited.line,)) for g in known.groups)
        first = next((slide for slide in drawn if slide), None)
        return [first] if first else []

    def roles(self) -> list[Slide]:
        """Say who is expected on the first domains."""
        first = [line.label for line in self._shared.domains.first]
        slide = roles_table(
            "Qui est attendu, et sur quoi", self._shared.roles, first, (self._cited.line,)
        )
        return [slide] if slide else []

    def missing(self) -> list[Slide]:
        """Say what is not known: nothing is estimated in its place."""
        if not self._portrait.missing:
            return []
        items = tuple(("", text) for text in self._portrait.missing)
        lead = "Rien n’est estimé à la place de ce qui manque."
        told = about(self._portrait.dataset, [], notes=(self._cited.line,))
        return [TextSlide("Ce qui n’est pas connu", items, lead, told)]

    def sources(self) -> TextSlide:
        """List where the figures come from; addresses, method and licence are in the notes."""
        lines = (*self._shared.surveys, *self._shared.context)
        known = self._cited.sources
        items = [("", ", ".join((s.title, format_source_date(s.date)))) for s in known]
        if not items:
            items = [("", "Aucun chiffre de ce territoire n’est publié.")]
        told = About(
            mark=self._cited.watermark,
            notes=(
                *say_sources(known),
                *say_method(line.indicator for line in lines),
                self._cited.licence,
                *self._cited.caveats,
                self._cited.line,
            ),
        )
        return TextSlide("Sources", tuple(items), f"Pour citer : {self._cited.edition}.", told)

    def _draw(
        self,
        title: str,
        lines: Sequence[Comparison],
        *,
        names: Sequence[str] = (),
        sentence: str,
        notes: Sequence[str] = (),
    ) -> ChartSlide:
        told = (*notes, self._cited.line)
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
        notes = (self._cited.line,)
        slide = list_lines(title, lines, self._portrait.dataset, nature=nature, notes=notes)
        return [replace(slide, sentence=sentence)] if slide else []


def _card(answer: Answer) -> Card:
    figure = answer.figure
    shown = figure.text if figure else answer.words
    # Nobody takes the figure of France for the territory's.
    shown += f"{NBSP}({answer.whose})" if answer.whose else ""
    return Card(answer.question, shown, answer.text)
