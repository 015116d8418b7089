"""The slides of a territory, from its portrait: what an official would tell a council, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from territoires.domain.indicators import Indicator, Nature
from territoires.render.slides.actors import actor_slides
from territoires.render.slides.bars import (
    FRANCE,
    NOTHING,
    about,
    chart_words,
    figure_words,
    key_of,
    pair_chart,
    samples_key,
)
from territoires.render.slides.deck import (
    About,
    Card,
    CardsSlide,
    ChartSlide,
    Deck,
    MapSlide,
    Slide,
    TableSlide,
    TextSlide,
    TitleSlide,
    say_sources,
)
from territoires.render.slides.steps import changes_of_group, next_step_slides
from territoires.tables.published import Published
from territoires.views.citation import Citation, Taken, cite_portrait, say_method
from territoires.views.datasets import EDITIONS, is_simulated_set
from territoires.views.figure import Figure
from territoires.views.french import NBSP, count, format_number, format_wave, join_words
from territoires.views.next_steps import NextSteps
from territoires.views.portrait import Portrait
from territoires.views.portrait_brief import Answer, answer_next
from territoires.views.portrait_domains import SHOWN_FIRST
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_gap import GAP_NOTE
from territoires.views.portrait_sentence import choose_lead
from territoires.views.roles import ACTORS, Expectation
from territoires.views.shares import bare_label

if TYPE_CHECKING:
    from territoires.render.drawn_map import DrawnMap

_WEIGHS, _MATURITY = "Ce qui pèse : les domaines de fragilité", "Où en est la co-construction"
_ROW_WIDTHS = (5.4, 2.5, 2.5, 1.7)
_MOST_DOMAINS = 6
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
        figures = [_figure_of(answer) for answer in answers]
        return CardsSlide(
            f"{self._name} en quatre réponses",
            tuple(_card(answer) for answer in answers),
            about(self._portrait.dataset, figures, notes=(self._cited.line,)),
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
        others = [f"{_asked(x.indicator)} : {_pair_words(x)}." for x in rest]
        drawn = self._pairs(
            "Ce que disent les enquêtes", same, sentence=self._portrait.sentence, notes=others
        )
        return [drawn]

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
        asked = [(line.label, line.perceived[0]) for line in known.first if line.perceived]
        if known.is_ranked and len(asked) == len(known.first):
            lines, names = [one for _, one in asked], [label for label, _ in asked]
            measured = [
                f"{d.label}, Insee : {_figures(d.measured)}." for d in known.first if d.measured
            ]
            return [self._pairs(_WEIGHS, lines, names=names, sentence=known.order, notes=measured)]
        first = known.first[:SHOWN_FIRST]
        rows = tuple((x.label, _brief(x.perceived), _brief(x.measured)) for x in first)
        every = [one for line in first for one in (*line.perceived, *line.measured)]
        figures = [figure for one in every for figure in (one.local, one.national)]
        whole = [f"{x.label} : {_figures((*x.perceived, *x.measured))}." for x in first]
        simulated = is_simulated_set(self._portrait.dataset)
        heads = ("Domaine", "Perçu (simulé)" if simulated else "Perçu (enquêtes)", "Mesuré (Insee)")
        told = about(self._portrait.dataset, figures, notes=(*whole, GAP_NOTE, self._cited.line))
        return [
            TableSlide(
                _WEIGHS,
                heads,
                rows,
                (2.4, 4.0, 4.0),
                sentence=known.order,
                about=told,
                key=samples_key(figures),
                is_one_page=True,
            )
        ]

    def context(self) -> list[Slide]:
        """List what Insee measures, beside France."""
        lines = [line for line in self._shared.context if line.local]
        return self._table("Ce que mesure l’Insee", lines, nature=Nature.CONTEXTE)

    def maturity(self) -> list[Slide]:
        """Draw the ladder, highest rung first; else list the readings published."""
        known = self._shared.maturity
        if not known.has_ladder:
            sentence = f"{known.sentence} {_EMPTY_RUNGS}"
            return self._table(_MATURITY, known.readings, sentence=sentence)
        rungs = [rung for rung in known.rungs[::-1] if rung.line]
        lines = [rung.line for rung in rungs if rung.line]
        actor = lines[0].indicator.actor_label
        mark = EDITIONS[self._portrait.dataset].mark
        notes = [known.sentence, *known.caveats]
        notes += [f"{_asked(x.indicator)} : {_pair_words(x)}." for x in known.readings]
        drawn = self._pairs(
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
        known = self._shared.roles
        first = [line.label for line in self._shared.domains.first]
        told_of = [d for d in known.domains if set(d.expectations) != {Expectation.NON_PRECISE}]
        # What the source says nothing of is counted in the sentence.
        shown = sorted(told_of, key=lambda domain: domain.label not in first)[:_MOST_DOMAINS]
        if not shown:
            return []
        rows = tuple((d.label, *(str(told) for told in d.expectations)) for d in shown)
        told = about(
            self._portrait.dataset,
            [],
            notes=(known.general_note, *(d.note for d in shown), self._cited.line),
            sources=known.sources,
        )
        heads = ("Domaine", *ACTORS.values())
        widths = (4.0, 2.0, 2.2, 2.2, 2.2)
        return [
            TableSlide(
                "Qui est attendu, et sur quoi",
                heads,
                rows,
                widths,
                sentence=known.sentence,
                about=told,
            )
        ]

    def missing(self) -> list[Slide]:
        """Say what is not known: nothing is estimated in its place."""
        if not self._portrait.missing:
            return []
        items = tuple(("", text) for text in self._portrait.missing)
        lead = "Rien n’est estimé à la place de ce qui manque."
        told = about(self._portrait.dataset, [], notes=(self._cited.line,))
        return [TextSlide("Ce qui n’est pas connu", items, lead, told)]

    def sources(self) -> TextSlide:
        """List where the figures come from and how they are counted."""
        indicators = [line.indicator for line in (*self._shared.surveys, *self._shared.context)]
        items = tuple(("", source) for source in say_sources(self._cited.sources))
        if not items:
            items = (("", "Aucun chiffre de ce territoire n’est publié."),)
        told = About(
            mark=self._cited.watermark,
            notes=(
                *say_method(indicators),
                self._cited.licence,
                *self._cited.caveats,
                self._cited.line,
            ),
        )
        return TextSlide("Sources", items, f"Pour citer : {self._cited.edition}.", told)

    def _pairs(
        self,
        title: str,
        lines: Sequence[Comparison],
        *,
        names: Sequence[str] = (),
        sentence: str,
        notes: Sequence[str] = (),
    ) -> ChartSlide:
        """Draw lines as bars, the territory's beside France's."""
        holder = next((line.holder for line in lines if line.holder), None)
        own, france = [line.local for line in lines], [line.national for line in lines]
        where = holder.territory.name if holder else self._name
        told = names or [_asked(line.indicator) for line in lines]
        indicators = [line.indicator for line in lines]
        chart = pair_chart(told, indicators, (where, own), (FRANCE, france))
        cells = [figures for figures in (own, france) if any(figures)]
        return ChartSlide(
            f"{title} ({where})" if where != self._name else title,
            sentence,
            chart,
            chart_words(chart, cells),
            key_of([*own, *france]),
            about(self._portrait.dataset, [*own, *france], notes=(*notes, self._cited.line)),
        )

    def _table(
        self,
        title: str,
        lines: Sequence[Comparison],
        *,
        nature: Nature = Nature.ENQUETE,
        sentence: str = "",
    ) -> list[Slide]:
        """List lines as a table: the territory's figure, France's, the date."""
        lines = [line for line in lines if line.local or line.national]
        if not lines:
            return []
        holder = next((line.holder for line in lines if line.holder), None)
        figures = [figure for line in lines for figure in (line.local, line.national)]
        columns = [("Indicateur", [_with_unit(line) for line in lines])]
        if holder:
            columns.append(
                (holder.territory.name, [figure_words(line.local, short=True) for line in lines])
            )
        columns.append((FRANCE, [figure_words(line.national, short=True) for line in lines]))
        columns.append(("Date", [_wave(line) for line in lines]))
        widths = _ROW_WIDTHS if holder else (_ROW_WIDTHS[0], *_ROW_WIDTHS[2:])
        return [
            TableSlide(
                title,
                tuple(head for head, _ in columns),
                tuple(zip(*(cells for _, cells in columns), strict=True)),
                widths,
                sentence=sentence,
                about=about(
                    self._portrait.dataset, figures, nature=nature, notes=(self._cited.line,)
                ),
                key=samples_key(figures),
                is_one_page=True,
            )
        ]


def _figure_of(answer: Answer) -> Figure | None:
    if answer.line is None:
        return None
    return answer.line.local if answer.is_local else answer.line.national


def _card(answer: Answer) -> Card:
    figure = _figure_of(answer)
    return Card(answer.question, figure.text if figure else answer.words, answer.text)


def _asked(indicator: Indicator) -> str:
    """Name an indicator and who was asked, in one cell."""
    label = bare_label(indicator)
    return f"{label} ({indicator.actor_label})" if indicator.nature is Nature.ENQUETE else label


def _with_unit(line: Comparison) -> str:
    """Name an indicator with its unit, where the cells only hold a number."""
    indicator, figure = line.indicator, line.local or line.national
    told = figure is None or figure.text == figure.short_text
    return _asked(indicator) if told else f"{_asked(indicator)} ({indicator.unit_label})"


def _wave(line: Comparison) -> str:
    figure = line.local or line.national
    return format_wave(figure.wave) if figure else NOTHING


def _figures(lines: Sequence[Comparison]) -> str:
    """Write what is known of a domain: the territory's figures beside France's."""
    return join_words([f"{bare_label(x.indicator)} : {_pair_words(x)}" for x in lines]) or NOTHING


def _brief(lines: Sequence[Comparison]) -> str:
    """Write the first figure of a domain, the territory's if it has one, and count the others."""
    first = next((line for line in lines if line.local), lines[0] if lines else None)
    if first is None:
        return NOTHING
    rest = f" ; et {count(len(lines) - 1, 'autre', 'autres')}" if len(lines) > 1 else ""
    return f"{bare_label(first.indicator)} : {_pair_words(first)}{rest}"


def _pair_words(line: Comparison) -> str:
    """Write the territory's figure and France's."""
    france = f"France : {figure_words(line.national)}" if line.national else ""
    if line.local is None:
        return france
    return f"{figure_words(line.local)}{f' – {france}' if france else ''}"
