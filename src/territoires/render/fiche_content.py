"""All that a sheet says, as plain values that the typst template lays out.

Nothing is computed here: figures, sentences and lists are those of the territory's page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from territoires import settings
from territoires.domain.indicators import Source
from territoires.render.carried import say_questions
from territoires.render.documents import printable
from territoires.render.fiche_context import to_context, to_domains, to_profile
from territoires.render.fiche_figures import shown_figures, to_maturity, to_surveys
from territoires.render.fiche_help import shown_actors, to_actors, to_roles, to_steps
from territoires.render.fiche_sheet import Sheet, SheetMap
from territoires.render.fiche_words import Json
from territoires.render.typography import hold_together
from territoires.views.citation import cite_portrait
from territoires.views.datasets import EDITIONS
from territoires.views.french import (
    ATTRIBUTION,
    LEVEL_LABELS,
    agree,
    count,
    format_source_date,
)
from territoires.views.portrait_brief import Answer, answer_next
from territoires.views.portrait_places import Place, identity_facts

#: Longer texts are cut: two pages hold what a page of the site unrolls.
MAX_TEXT = 600
#: Sources named in full, then publishers of the others.
MAX_SOURCES, MAX_PUBLISHERS = 6, 10
_LENGTHS = {
    "name": 140,
    "kind": 80,
    "trail": 200,
    "label": 110,
    "title": 160,
    "place": 60,
    "where": 60,
    "asked": 110,
    "value": 90,
    "local": 60,
    "national": 60,
    "unit": 60,
    "resources": 160,
    "lines": 160,
    "why": 260,
    "sources": 260,
    "missing": 300,
    "notes": 300,
    "caveat": 400,
}
#: Drawings and addresses, which stay as they are.
_RAW = ("svg", "address")
#: Where the questions are, told on each page.
_QUESTIONS = "sur la page du territoire : code QR ci-dessous"
_QUESTIONS_FIRST = "sur la page du territoire (code QR au verso)"
_LOCAL_NOTE = "adresse de cette machine seulement"
_DRAFT_NOTE = "le brouillon n’est visible que de la personne qui l’a fait"


def to_content(sheet: Sheet) -> Json:
    """Give the whole content of a sheet; texts are held together the French way, and cut."""
    portrait, edition = sheet.portrait, EDITIONS[sheet.portrait.dataset]
    answers = (*portrait.answers, answer_next(sheet.steps, _QUESTIONS_FIRST))
    sources, others = _sources(sheet)
    cited = cite_portrait(portrait, sheet.published, sheet.taken, boundaries=sheet.map is not None)
    content: Json = {
        "name": portrait.territory.name,
        "kind": portrait.place.kind[:1].upper() + portrait.place.kind[1:],
        "trail": _trail(portrait.place),
        "identity": identity_facts(portrait.place),
        "set": edition.name,
        "watermark": edition.watermark,
        "banner": edition.banner if edition.watermark else "",
        "credits": [edition.credit, ATTRIBUTION],
        "sentence": portrait.sentence,
        "caveat": portrait.sentence_caveat,
        "answers": [_answer(answer) for answer in answers],
        "map": _map(sheet.map) if sheet.map else None,
        "locator": {"svg": sheet.locator_svg, "alt": _say_where(portrait.place)}
        if sheet.locator_svg
        else None,
        "surveys": to_surveys(portrait),
        "context": to_context(portrait),
        "profile": to_profile(portrait),
        "domains": to_domains(portrait),
        "maturity": to_maturity(portrait.shared.maturity),
        "roles": to_roles(portrait.shared.roles),
        "actors": to_actors(sheet),
        "steps": to_steps(say_questions(sheet.steps, _QUESTIONS)),
        "missing": list(portrait.missing),
        "sources": sources[:MAX_SOURCES],
        "others": _say_others(others),
        "method": _method(),
        "page": _page(sheet),
        "edition": cited.edition,
    }
    return {name: _set(value, name) for name, value in content.items()}


def _set(value: object, name: str = "") -> object:
    """Set every text of a value for the page, whatever it is held in."""
    if isinstance(value, dict):
        return {key: _set(one, str(key)) for key, one in value.items()}
    if isinstance(value, list):
        return [_set(one, name) for one in value]
    if not isinstance(value, str) or name in _RAW:
        return value
    most = _LENGTHS.get(name, MAX_TEXT)
    text = value if len(value) <= most else f"{value[:most].rstrip()}…"
    return hold_together(printable(text))


def _trail(place: Place) -> str:
    """Name the territories it lies in, the widest first."""
    own = place.territory.name
    return " · ".join(
        # Overseas a département has the name of its région.
        f"{t.name} ({LEVEL_LABELS[t.id.level]})" if t.name == own else t.name
        for t in place.ancestors
    )


def _answer(answer: Answer) -> Json:
    figure = answer.figure
    return {
        "question": answer.question,
        "whose": answer.whose,
        "value": figure.short_text if figure else answer.words,
        "is_figure": figure is not None,
        "text": answer.text,
    }


def _map(drawn: SheetMap) -> Json:
    return {
        "svg": drawn.svg,
        "width": drawn.width_px,
        "height": drawn.height_px,
        "title": drawn.title,
        "alt": drawn.alt,
        "legend_title": drawn.legend_title,
        "legend": [
            {"svg": key.swatch_svg, "label": key.label, "size": key.size_px} for key in drawn.legend
        ],
        "notes": list(drawn.notes),
    }


def _say_where(place: Place) -> str:
    where = place.ancestors[-1].name if place.ancestors else "le monde"
    return f"Où se trouve {place.territory.name} ({where}) sur une carte de France"


def _sources(sheet: Sheet) -> tuple[list[str], list[str]]:
    """Name the sources of what the sheet shows, those of the map at the end; who else publishes."""
    portrait = sheet.portrait
    figures = shown_figures(portrait)
    found: list[Source] = [figure.source for figure in figures]
    found += portrait.shared.roles.sources
    sources = sheet.published.sources
    actors = shown_actors(portrait.nearby)
    found += [sources[one.source_id] for one in actors if one.source_id in sources]
    found += sheet.map.sources if sheet.map else ()
    texts = {_source(source): source.publisher or source.title for source in found}
    return list(texts), list(texts.values())[MAX_SOURCES:]


def _say_others(publishers: Sequence[str]) -> str:
    """Say whose the sources are that there is no room for."""
    if not publishers:
        return ""
    names = list(dict.fromkeys(publishers))
    more = ", …" if len(names) > MAX_PUBLISHERS else ""
    return (
        f"et {count(len(publishers), 'autre', 'autres')} ({', '.join(names[:MAX_PUBLISHERS])}{more}), "
        f"{agree(len(publishers), 'nommée', 'nommées')} sur la page"
    )


def _source(source: Source) -> str:
    date = f", {format_source_date(source.date)}" if source.date else ""
    by = (
        f" ({source.publisher})"
        if source.publisher and source.publisher not in source.title
        else ""
    )
    return f"{source.title}{by}{date}"


def _method() -> str:
    """Say in two lines how the figures are to be read."""
    sure, chance = round(settings.CONFIDENCE * 100), round(settings.SIGNIFICANCE_LEVEL * 100)
    return (
        f"Les intervalles sont à {sure} % ; un écart avec la France n’est dit que si un test exact, "
        f"au seuil de {chance} % divisé par le nombre de territoires comparés, l’établit ; sans "
        "effectif connu, un chiffre ne se compare ni ne se classe. Sous "
        f"{settings.MINIMUM_RESPONDENTS} réponses, il est masqué. Rien n’est estimé, redressé ni "
        "moyenné ; « – » veut dire : non publié."
    )


def _page(sheet: Sheet) -> Json:
    """Give the address of the page, its code for a phone, and whom it opens for."""
    import segno  # noqa: PLC0415 - spared to pages that export nothing

    written = io.BytesIO()
    segno.make(sheet.address, error="m", micro=False).save(
        written, kind="svg", border=2, dark="#1c2427", light="white", xmldecl=False, svgns=True
    )
    notes = [_LOCAL_NOTE] if sheet.is_local else []
    notes += [_DRAFT_NOTE] if EDITIONS[sheet.portrait.dataset].file_mark == "BROUILLON" else []
    return {
        "svg": written.getvalue().decode("utf-8"),
        "address": sheet.address,
        "alt": f"Code QR de la page du territoire : {sheet.address}",
        "note": " ; ".join(notes),
    }
