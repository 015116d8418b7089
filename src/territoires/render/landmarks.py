"""HTML of « Repères »: what is published of a theme, figure by figure."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.indicators import Fiabilite, Reading
from territoires.domain.selection import Dataset
from territoires.render import html
from territoires.render.landmark_charts import describe_question, question_key
from territoires.render.typography import escape
from territoires.tables.published import Published
from territoires.views.comparison_waves import Verdict
from territoires.views.datasets import EDITIONS, draft_mark, is_simulated_set
from territoires.views.figure import interval_text
from territoires.views.french import (
    FIABILITE_LABELS,
    actor_label,
    count,
    format_number,
    format_wave,
)
from territoires.views.landmark_changes import changes_of, is_of_two_studies
from territoires.views.landmarks import (
    METHOD_THEME,
    Contradiction,
    Landmark,
    Line,
    Question,
    ThemeView,
    period_label,
)

_READING_TAGS = {Reading.AUTRE: "autre lecture publiée", Reading.REPRISE: "reprise"}
_READINGS = {
    2: "deux lectures publiées",
    3: "trois lectures publiées",
    4: "quatre lectures publiées",
}
#: More periods than a phone can hold side by side are stacked.
_SIDE_BY_SIDE = 2
_ORIGINS = {
    Dataset.PUBLIE: "Tout est donné tel que publié",
    Dataset.DEMONSTRATION: "Chiffres simulés",
    Dataset.BROUILLON: "Tout est donné tel qu’il est dans le brouillon",
}
TWO_STUDIES = (
    "Deux études différentes, effectifs non communiqués : l’écart ne prouve pas une évolution."
)
_NOT_COMPARABLE = "non comparable aux autres questions"


def introduction(view: ThemeView) -> str:
    """Give the sentence of the theme and say in which order everything stands."""
    origin = _ORIGINS[view.dataset]
    return html.paragraph(view.sentence, "phrase") + html.paragraph(
        f"{origin}, dans l’ordre du catalogue, qui n’est pas un classement. "
        "Deux chiffres ne partagent un graphique que si la même question a été posée. "
        "Choisissez un chiffre pour lire sa fiche : étude, date, effectif, réserves, source.",
        "reserve",
    )


def matrix(view: ThemeView) -> str:
    """Write how many figures each kind of actor gave, study cycle by study cycle."""
    rows = [
        (escape(actor), *(format_number(n) if n else "aucun" for n in counts))
        for actor, counts in view.matrix.rows
    ]
    table = html.table(
        (("Interrogés", False), *((period, True) for period in view.matrix.periods)),
        rows,
        caption=f"{_mark(view)}{_matrix_words(view)}",
        label="Qui a été interrogé, et quand",
    )
    return f"<h2>Qui a été interrogé, et quand</h2>{table}"


def _matrix_words(view: ThemeView) -> str:
    if is_simulated_set(view.dataset):
        return "Nombre de chiffres nationaux par acteur et par vague"
    return (
        "Nombre de chiffres nationaux par acteur et par cycle d’études ; « aucun » : pas de chiffre "
        "sur ce thème, ce qui ne veut pas dire que rien n’a été demandé"
    )


def question_head(question: Question, view: ThemeView, rank: int = 3) -> str:
    """Name a question, say who answered and when, and that nothing else compares with it.

    ``rank`` is that of the heading on the page.
    """
    alone = len(view.questions) + len(view.lines) == 1
    tag = "" if alone else f' <span class="etiquette">{_NOT_COMPARABLE}</span>'
    return (
        f'<div class="question"><h{rank}>{escape(question.title)}</h{rank}>'
        f'<p class="reserve">{escape(question_facts(question))}{tag}</p></div>'
    )


def question_facts(question: Question) -> str:
    """Say in which studies a question was asked, to whom and when."""
    main = [landmark for landmark in question.landmarks if landmark.is_main]
    actors = dict.fromkeys(landmark.indicator.actor_label for landmark in main)
    studies = dict.fromkeys(landmark.study for landmark in main)
    dates = dict.fromkeys(format_wave(landmark.figure.wave) for landmark in main)
    facts = ", ".join(studies)
    if len(actors) == 1:
        facts += f" · {next(iter(actors))}"
    if len(dates) == 1:
        facts += f" · {next(iter(dates))}"
    return facts


def question_table(question: Question, view: ThemeView) -> str:
    """Write what the chart shows, and the readings it does not, each figure with its card."""
    changes = changes_of(question)
    is_tested = any(changes)
    rows = []
    for answer, verdict in zip(question.answers, changes, strict=True):
        cells = []
        for period in question.periods:
            found = [one for one in answer.landmarks if one.period == period]
            cells.append(_cell(found) if found else escape("–"))
        cells += [escape(verdict or Verdict.NON_TESTEE)] if is_tested else []
        rows.append((escape(answer.label), *cells))
    headings = [period_label(period, question.landmarks) for period in question.periods]
    headings += ["Évolution"] if is_tested else []
    tested = _test_words(len(question.answers)) if is_tested else ""
    described = f'<p class="lecteur-seul">{escape(describe_question(question))}</p>'
    return described + html.table(
        (("Réponse", False), *((heading, False) for heading in headings)),
        rows,
        caption=f"{_mark(view)}{sample_note(question.landmarks)}{tested}",
        label=f"Tableau : {question.title}",
        stacked=len(headings) > _SIDE_BY_SIDE,
    )


def _test_words(number: int) -> str:
    return f" Évolution : test corrigé pour {number} lignes." if number > 1 else ""


def question_note(question: Question) -> str:
    """Say under a chart what its marks are, and what its gaps do not prove."""
    key = question_key(question)
    text = html.paragraph(key, "reserve") if key else ""
    if is_of_two_studies(question):
        text += html.paragraph(TWO_STUDIES, "reserve")
    return text


def lines(view: ThemeView) -> str:
    """Write the figures that share their axis with no other, each question in its own words."""
    if not view.lines:
        return ""
    title, note = (
        ("Autres questions, chacune à part", "Non comparables entre elles ni avec les graphiques")
        if view.theme.label != METHOD_THEME
        else ("Ce qui décrit les études", "Tailles et composition : ce ne sont pas des résultats")
    )
    if not view.questions and view.theme.label != METHOD_THEME:
        note = "Non comparables entre elles"
    table = html.table(
        (
            ("Question", False),
            ("Chiffre", False),
            ("Énoncé" if is_simulated_set(view.dataset) else "Libellé de la source", False),
            ("Date et étude", False),
        ),
        [_line_row(line) for line in view.lines],
        caption=f"{_mark(view)}{note} : chaque ligne a sa propre formulation. "
        f"{sample_note([one for line in view.lines for one in line.landmarks])}",
        label=title,
        stacked=True,
    )
    return f"<h2>{escape(title)}</h2>{table}"


def contradictions(view: ThemeView) -> str:
    """Set side by side the readings that the publications give of one subject."""
    if not view.contradictions:
        return ""
    panels = "".join(_contradiction(item) for item in view.contradictions)
    return (
        "<h2>Là où les publications ne disent pas la même chose</h2>"
        f'<div class="divergences">{panels}</div><p class="source">'
        f"{html.internal_link('/sources', 'Ce que nous affichons de chaque sujet, page Sources')}</p>"
    )


def unavailable(published: Published) -> str:
    """Say what nobody can read in the sources, and what this page leaves out."""
    title = "<h2>Ce qui ne peut pas être lu</h2>"
    left_out = html.paragraph(
        "Les résultats régionaux sont sur la carte et sur la page de chaque territoire ; les "
        "mesures de l’Insee ne sont pas des réponses à une enquête et n’apparaissent pas ici.",
        "reserve",
    )
    if published.unavailable.empty:
        nothing = "Aucun résultat illisible n’est signalé dans ce jeu de données."
        return title + html.paragraph(nothing, "reserve") + left_out
    rows = [
        (
            escape(str(row.statement)),
            escape(actor_label(str(row.actor))),
            escape(f"{row.study}, {format_wave(str(row.wave))}"),
            escape(str(row.reason)),
        )
        for row in published.unavailable.itertuples(index=False)
    ]
    table = html.table(
        [(heading, False) for heading in ("Énoncé", "Interrogés", "Étude", "Pourquoi")],
        rows,
        caption=f"{draft_mark(published.dataset)}Tous thèmes confondus",
        label="Résultats non disponibles",
        stacked=True,
    )
    illegible = count(len(rows), "résultat illisible", "résultats illisibles")
    summary = escape(f"{illegible} dans leur source : non disponibles, jamais estimés")
    return f'{title}{left_out}<details class="theme"><summary>{summary}</summary>{table}</details>'


def _mark(view: ThemeView) -> str:
    return EDITIONS[view.dataset].mark


def _button(landmark: Landmark, text: str = "") -> str:
    return html.figure_button(
        text or landmark.figure.text,
        html.figure_card(landmark.figure, landmark.indicator, place="France"),
    )


def _cell(landmarks: Sequence[Landmark]) -> str:
    """Write the figures of one answer and period; other readings stand beside the main one."""
    readings = [one for one in landmarks if one.reading is not Reading.REPRISE]
    parts = []
    if len(readings) > 1:
        items = "".join(f"<li>{_figure(one)}</li>" for one in readings)
        parts.append(f'{_pair_tag(readings)}<ul class="lectures">{items}</ul>')
    else:
        parts.extend(_figure(one) for one in readings)
    for one in landmarks:
        if one.reading is Reading.REPRISE:
            parts.append(f"{_button(one)} {_small(_READING_TAGS[one.reading])}")
    return "<br>".join(parts)


def _figure(landmark: Landmark) -> str:
    """Write a figure with what makes it less sure: interval, other reading, doubtful source."""
    notes = []
    if landmark.figure.interval:
        notes.append(interval_text(landmark.figure.interval))
    if landmark.reading is not Reading.PRINCIPALE:
        notes.append(_READING_TAGS[landmark.reading])
    if landmark.figure.fiabilite is Fiabilite.AMBIGUE:
        notes.append(FIABILITE_LABELS[Fiabilite.AMBIGUE])
    return _button(landmark) + (f" {_small(', '.join(notes))}" if notes else "")


def _line_row(line: Line) -> tuple[str, str, str, str]:
    first = line.landmarks[0]
    labels = dict.fromkeys(one.indicator.label for one in line.landmarks)
    names = "<br>".join(f"<strong>{escape(label)}</strong>" for label in labels)
    actor = f"<br>{_small(first.indicator.actor_label)}"
    values = dict.fromkeys(one.figure.text for one in line.landmarks)
    if len(line.landmarks) == 1:
        value, wording = _figure(first), escape(first.figure.statement)
    elif len(values) == 1:
        value, wording = _figure(first), _wordings(line.landmarks)
    else:
        items = "".join(f"<li>{_figure(one)}</li>" for one in line.landmarks)
        value = f'{_pair_tag(line.landmarks)}<ul class="lectures">{items}</ul>'
        wording = "<br>".join(escape(text) for text in _statements(line))
    if line.drawn_in:
        value += f"<br>{_small(f'même chiffre que dans le graphique “{line.drawn_in}”')}"
    dates = dict.fromkeys(f"{format_wave(one.figure.wave)}, {one.study}" for one in line.landmarks)
    return names + actor, value, wording, "<br>".join(escape(date) for date in dates)


def _statements(line: Line) -> list[str]:
    return list(dict.fromkeys(one.figure.statement for one in line.landmarks))


def _wordings(landmarks: Sequence[Landmark]) -> str:
    """List the wordings published for one figure, told once; each leads to its own card."""
    items = f"<li>{escape(landmarks[0].figure.statement)}</li>"
    for one in landmarks[1:]:
        tag = _READING_TAGS.get(one.reading, "autre question, même chiffre")
        items += f"<li>{_button(one, one.figure.statement)} {_small(tag)}</li>"
    return f'{_pair_tag(landmarks)}<ul class="lectures">{items}</ul>'


def _pair_tag(landmarks: Sequence[Landmark]) -> str:
    """Say how many readings stand side by side; a reprint is not another reading."""
    number = sum(one.reading is not Reading.REPRISE for one in landmarks)
    if number < 2:  # noqa: PLR2004
        return ""
    if len({one.indicator.indicator_id for one in landmarks}) > 1:
        return _tag(f"un même chiffre, {number} questions")
    return _tag(_READINGS.get(number, f"{number} lectures publiées"))


def _tag(text: str) -> str:
    return f'<span class="etiquette ambigue">{escape(text)}</span>'


def _small(text: str) -> str:
    return f'<span class="reserve">{escape(text)}</span>'


def sample_note(landmarks: Sequence[Landmark]) -> str:
    """Say how many answered, as far as published."""
    main = [landmark for landmark in landmarks if landmark.is_main]
    sizes = {landmark.figure.respondents for landmark in main}
    if sizes == {None}:
        return "Effectif non communiqué."
    if None in sizes:
        return "Effectif communiqué pour une partie des chiffres : voir leur fiche."
    counts = " ou ".join(format_number(size) for size in sorted(filter(None, sizes)))
    intervals = " Intervalles de confiance à 95 %." if any(m.figure.interval for m in main) else ""
    return f"Effectif : {counts} réponses.{intervals}"


def _contradiction(item: Contradiction) -> str:
    readings = "".join(f"<li>{escape(text)}</li>" for text in item.readings)
    return (
        f"<section><h3>{escape(item.topic)}</h3>{_tag(_READINGS[2])}"
        f'<ul class="lectures">{readings}</ul>'
        f'<p class="reserve">{escape("Publications : " + item.sources)}</p></section>'
    )
