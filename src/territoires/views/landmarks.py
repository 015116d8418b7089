"""The answer to « Repères »: what the studies say of France, theme by theme, as published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from territoires.domain.indicators import (
    UNDATED_WAVE,
    Indicator,
    Nature,
    Observation,
    Reading,
    Usage,
)
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.figure import Figure, build_figures
from territoires.views.french import count, join_words
from territoires.views.landmark_axes import comparable_groups, scale_of
from territoires.views.question_titles import name_answers
from territoires.views.search import normalize

#: Where every figure stands that describes a study (size of a sample), whatever its theme.
METHOD_THEME = "Méthode et échantillons"
#: A figure of no cycle is filed under its year.
_NO_CYCLE = "hors cycle"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the studies; ``slug`` names it in a link."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Landmark:
    """One national figure as published: a result, another reading of it, or a reprint."""

    indicator: Indicator
    figure: Figure
    reading: Reading
    #: Cycle of studies, or year where there is none.
    period: str
    study: str
    contradictions: tuple[str, ...]

    @property
    def is_main(self) -> bool:
        """Tell whether it is the reading retained, the only one counted."""
        return self.reading is Reading.PRINCIPALE


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of a question: an answer, or an actor, with all that is published of it."""

    label: str
    landmarks: tuple[Landmark, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Figures that the catalogue allows on one axis, which runs from 0 to ``scale``."""

    title: str
    scale: float
    unit_label: str
    periods: tuple[str, ...]
    answers: tuple[Answer, ...]

    @property
    def landmarks(self) -> tuple[Landmark, ...]:
        """Give every figure, row by row."""
        return tuple(landmark for answer in self.answers for landmark in answer.landmarks)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that stands alone: nothing published may share its axis.

    Several landmarks are readings of it, or other wordings published for the same figure.
    """

    landmarks: tuple[Landmark, ...]
    #: Title of the question that already draws this very figure, published once; else empty.
    drawn_in: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Number of figures (main readings) by actor and period."""

    periods: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two readings published of one subject, and where."""

    topic: str
    readings: tuple[str, str]
    sources: str


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme in view."""

    dataset: Dataset
    theme: Theme
    themes: tuple[Theme, ...]
    sentence: str
    matrix: Matrix
    questions: tuple[Question, ...]
    lines: tuple[Line, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def landmarks(self) -> tuple[Landmark, ...]:
        """Give every figure of the page, in the order shown."""
        asked = [landmark for question in self.questions for landmark in question.landmarks]
        return (*asked, *(landmark for line in self.lines for landmark in line.landmarks))

    @property
    def counted(self) -> tuple[Landmark, ...]:
        """Give every figure retained, each once: without those a chart already draws."""
        again = [one for line in self.lines if line.drawn_in for one in line.landmarks]
        return tuple(one for one in self.landmarks if one.is_main and one not in again)


def themes_of(published: Published) -> tuple[Theme, ...]:
    """List the themes that have a national survey figure, in the catalogue's order.

    What describes the studies comes last.
    """
    labels = dict.fromkeys(_theme_label(indicator) for indicator in _national(published))
    ordered = sorted(labels, key=lambda label: label == METHOD_THEME)
    return tuple(Theme(normalize(label).replace(" ", "-"), label) for label in ordered)


def build_theme_view(published: Published, slug: str) -> ThemeView | None:
    """Gather the figures of a theme; the first stands for an unknown one, None where there is none."""
    themes = themes_of(published)
    if not themes:
        return None
    theme = next((theme for theme in themes if theme.slug == slug), themes[0])
    indicators = [i for i in _national(published) if _theme_label(i) == theme.label]
    landmarks = {i.indicator_id: _landmarks(i, published) for i in indicators}
    groups = comparable_groups(indicators, {name: _drawn(some) for name, some in landmarks.items()})
    questions = tuple(_question(group, landmarks) for group in groups)
    asked = {i.indicator_id for group in groups for i in group}
    alone = [landmarks[i.indicator_id] for i in indicators if i.indicator_id not in asked]
    lines = tuple(replace(line, drawn_in=_drawn_in(line, questions)) for line in _lines(alone))
    again = {line.landmarks[0].indicator.indicator_id for line in lines if line.drawn_in}
    everything = [landmark for some in landmarks.values() for landmark in some]
    view = ThemeView(
        dataset=published.dataset,
        theme=theme,
        themes=themes,
        sentence="",
        matrix=Matrix((), ()),
        questions=questions,
        lines=lines,
        contradictions=_contradictions(everything, published),
    )
    number = len(questions) + len(alone) - len(again)
    return replace(
        view,
        sentence=_sentence(published, theme, view.counted, number),
        matrix=_matrix(view.counted),
    )


def period_label(period: str, landmarks: Iterable[Landmark]) -> str:
    """Name a period with the dates of its figures: « PHARE (2015, 2016) », « IMPACT (sans date) »."""
    years = {_year(landmark.figure.wave) for landmark in landmarks if landmark.period == period}
    dates = ", ".join(sorted(year for year in years if year))
    if "" in years:
        dates = f"{dates}, sans date" if dates else "sans date"
    return f"{period} ({dates})" if dates and dates != period else period


def _national(published: Published) -> list[Indicator]:
    """List the survey questions with a national figure; Insee and COG are no survey."""
    known = {o.indicator_id for o in published.of_territory(FRANCE)}
    return [
        indicator
        for indicator in published.catalogue.values()
        if indicator.nature is Nature.ENQUETE and indicator.indicator_id in known
    ]


def _theme_label(indicator: Indicator) -> str:
    return METHOD_THEME if indicator.usage is Usage.METHODE else indicator.theme


def _landmarks(indicator: Indicator, published: Published) -> tuple[Landmark, ...]:
    """Give all that is published nationally of an indicator, by date; undated ones last."""
    observations = sorted(
        published.of_indicator(indicator.indicator_id, FRANCE.level),
        key=lambda o: (o.wave == UNDATED_WAVE, o.wave, o.reading is not Reading.PRINCIPALE),
    )
    figures = build_figures(observations, published)
    if indicator.usage is Usage.METHODE:
        # Who was asked is counted, not estimated: it has no sampling error.
        figures = [replace(figure, interval=None, precision=None) for figure in figures]
    return tuple(
        Landmark(indicator, figure, o.reading, _period(o), o.study, o.contradictions)
        for o, figure in zip(observations, figures, strict=True)
    )


def _period(observation: Observation) -> str:
    if observation.reading is Reading.REPRISE and observation.wave == UNDATED_WAVE:
        return observation.study
    if observation.cycle != _NO_CYCLE:
        return observation.cycle
    return _year(observation.wave) or "Hors cycle"


def _year(wave: str) -> str:
    return "" if wave == UNDATED_WAVE else wave[:4]


def _periods(landmarks: Iterable[Landmark]) -> tuple[str, ...]:
    """Order periods by their first date; those without any come last."""
    first: dict[str, tuple[bool, str]] = {}
    for landmark in landmarks:
        year = _year(landmark.figure.wave)
        key = (not year, year)
        first[landmark.period] = min(key, first.get(landmark.period, key))
    return tuple(sorted(first, key=lambda period: first[period]))


def _question(
    group: Sequence[Indicator], landmarks: Mapping[str, tuple[Landmark, ...]]
) -> Question:
    title, labels = name_answers(group)
    answers = tuple(
        Answer(label, landmarks[indicator.indicator_id])
        for indicator, label in zip(group, labels, strict=True)
    )
    periods = _periods(landmark for answer in answers for landmark in answer.landmarks)
    return Question(title, scale_of(group[0]) or 0, group[0].unit_label, periods, answers)


def _lines(alone: Iterable[tuple[Landmark, ...]]) -> tuple[Line, ...]:
    """Give one line per figure; one published under several wordings is told once."""
    lines: list[list[Landmark]] = []
    for landmarks in alone:
        same = next((line for line in lines if _is_same_figure(line[0], landmarks[0])), None)
        if same is None:
            lines.append(list(landmarks))
        else:
            same.extend(landmarks)
    return tuple(Line(tuple(line)) for line in lines)


def _is_same_figure(one: Landmark, other: Landmark) -> bool:
    """Tell whether a known contradiction says that one figure bears several wordings."""
    return (
        bool(set(one.contradictions) & set(other.contradictions))
        and one.figure.text == other.figure.text
        and one.figure.wave == other.figure.wave
        and one.indicator.actor == other.indicator.actor
    )


def _drawn(landmarks: Iterable[Landmark]) -> int:
    return sum(one.is_main and one.figure.value is not None for one in landmarks)


def _drawn_in(line: Line, questions: Iterable[Question]) -> str:
    """Find the question whose chart draws the very figure of a line: same words, date, source."""
    if len(line.landmarks) > 1:
        return ""
    wanted = _identity(line.landmarks[0])
    for question in questions:
        if any(one.is_main and _identity(one) == wanted for one in question.landmarks):
            return question.title
    return ""


def _identity(landmark: Landmark) -> tuple[object, ...]:
    figure = landmark.figure
    asked = landmark.indicator.actor, figure.statement, figure.wave, landmark.study
    return (*asked, figure.value, figure.text, figure.source.source_id)


def _matrix(main: Sequence[Landmark]) -> Matrix:
    periods = _periods(main)
    actors = dict.fromkeys(landmark.indicator.actor_label for landmark in main)
    found = [(landmark.indicator.actor_label, landmark.period) for landmark in main]
    rows = tuple(
        (actor, tuple(found.count((actor, period)) for period in periods)) for actor in actors
    )
    return Matrix(tuple(period_label(period, main) for period in periods), rows)


def _contradictions(
    landmarks: Iterable[Landmark], published: Published
) -> tuple[Contradiction, ...]:
    wanted = dict.fromkeys(name for one in landmarks for name in one.contradictions)
    known = {str(row.contradiction_id): row for row in published.contradictions.itertuples()}
    return tuple(
        Contradiction(
            str(row.topic),
            (str(row.reading_1), str(row.reading_2)),
            str(row.sources),
        )
        for row in (known[name] for name in wanted if name in known)
    )


def _sentence(published: Published, theme: Theme, main: Sequence[Landmark], questions: int) -> str:
    """Say what the theme holds; a figure whose sample is unknown is never compared."""
    total = count(len(main), "chiffre national", "chiffres nationaux")
    start = f"{EDITIONS[published.dataset].mark}« {theme.label} » : {total}"
    if theme.label == METHOD_THEME:
        return f"{start} qui décrivent les études et leurs échantillons, sans être des résultats."
    actors = list(dict.fromkeys(landmark.indicator.actor_label for landmark in main))
    names = join_words([actor.partition(" (")[0] for actor in actors])
    kinds = count(len(actors), "catégorie") if len(actors) > 1 else "une seule catégorie"
    who = f"auprès {'de ' if len(actors) > 1 else 'd’'}{kinds} d’acteurs ({names})"
    asked = f"{count(questions, 'question')} non comparables entre elles"
    if questions == 1:
        asked = "une seule question"
    return f"{start}, {who}, en {asked} ; {_sample(main)}."


def _sample(main: Sequence[Landmark]) -> str:
    """Say of how many figures the sample is known."""
    known = sum(landmark.figure.respondents is not None for landmark in main)
    if known == len(main):
        return "l’effectif est communiqué pour chacun"
    if not known:
        return "aucun effectif n’est communiqué, d’où ni classement ni comparaison"
    return (
        f"l’effectif est communiqué pour {known} d’entre eux, les autres sont donnés sans "
        "classement ni comparaison"
    )
