"""HTML of the stage: what a room reads of a step, around its map or its chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from territoires.analysis.composition import INSETS, Inset
from territoires.domain.indicators import Source
from territoires.domain.selection import Dataset
from territoires.render import html
from territoires.render.legend import build_legend
from territoires.render.map_page import row_text
from territoires.render.portrait import brief
from territoires.render.typography import escape
from territoires.views.catalyst_list import CatalystsView, WideGroup
from territoires.views.catalyst_sentence import say_list, say_nearest
from territoires.views.citation import name_source
from territoires.views.comparison import Comparison
from territoires.views.comparison_waves import Changes
from territoires.views.datasets import draft_mark
from territoires.views.french import LEVEL_PLURALS, count, format_wave
from territoires.views.landmarks import ThemeView
from territoires.views.map_view import MapView, Row
from territoires.views.next_steps import NextSteps
from territoires.views.portrait import Portrait
from territoires.views.portrait_brief import Answer

#: The whole mention stands on the page of the same view, under the map.
SHORT_ATTRIBUTION = "Contours : IGN, Insee, Etalab – Licence Ouverte 2.0"
_UNTESTED = "Côte à côte : les écarts entre les deux cartes ne sont pas testés"
#: Letters that the foot of a step holds, actors named beside a map.
_FOOT, _NEAREST, _NAMED = 215, 5, 24
_RESOURCES = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """The foot of the stage: where the story stands and the ways out.

    Addresses are of our pages; ``previous`` and ``following`` are empty at the ends.
    """

    number: int
    total: int
    previous: str
    following: str
    first: str
    last: str
    leave: str


def head(title: str, subtitle: str, watermark: str, notices: Sequence[str]) -> str:
    """Write the mark of what is shown, the title, what had to be replaced."""
    mark = f'<p class="scene-jeu">{escape(watermark)}</p>' if watermark else ""
    under = f'<p class="scene-sous-titre">{escape(subtitle)}</p>' if subtitle else ""
    told = "".join(f"<p>{escape(notice)}</p>" for notice in notices[:2])
    close = '<button type="button" data-scene="fermer">Fermer</button>'
    avis = f'<div class="avis" role="status"><div>{told}</div>{close}</div>' if told else ""
    # The word never breaks at its hyphen.
    whole = escape(title).replace(
        "co-construction", '<span class="insecable">co-construction</span>'
    )
    return f"{mark}<h1>{whole}</h1>{under}{avis}"


def foot(bar: Bar, source: str, code: str) -> str:
    """Write the sources, the way to the other steps, the counter, the QR code behind its button."""
    return (
        f'<div class="scene-barre"><p class="scene-source">{escape(source)}</p>'
        f'<nav aria-label="Étapes" data-premiere="{escape(bar.first)}" '
        f'data-derniere="{escape(bar.last)}">'
        f"{_arrow(bar.previous, '‹', 'Étape précédente', 'precedente')}"
        f'<p class="scene-compteur" data-numero="{bar.number}" aria-live="polite"><span class="lecteur-seul">Étape </span>'
        f"{bar.number} / {bar.total}</p>"
        f"{_arrow(bar.following, '›', 'Étape suivante', 'suivante')}</nav>"
        f'<div class="scene-outils">{code}'
        '<button type="button" data-scene="plein-ecran">Plein écran</button>'
        f'<a href="{escape(bar.leave)}" data-scene="quitter">Quitter</a></div></div>'
        '<p class="scene-coupure" role="status" hidden></p>'
    )


def _arrow(url: str, sign: str, name: str, role: str) -> str:
    if not url:
        return f'<span class="fleche" aria-hidden="true" data-role="{role}">{sign}</span>'
    return (
        f'<a class="fleche" href="{escape(url)}" data-scene="{role}" aria-label="{name}">'
        f"<span aria-hidden='true'>{sign}</span></a>"
    )


def code_button(image: str, why_none: str) -> str:
    """Fold a QR code under a button, or why there is none: a code that leads nowhere is not drawn."""
    inside = image or html.paragraph(why_none, "")
    return (
        '<details class="scene-qr"><summary>Code QR</summary>'
        f'<div class="scene-qr-carte">{inside}</div></details>'
    )


def no_code(why: str) -> str:
    """Say why a title has no QR code: to who prepares, for it goes with the buttons (CSS)."""
    return html.paragraph(why, "scene-sans-code")


def say_sources(sources: Sequence[Source], *, has_map: bool = False, untested: bool = False) -> str:
    """Name the sources in one line, with their dates, and those of the boundaries.

    ``untested`` says that two maps stand side by side and that nothing is concluded from it.
    """
    before = [*([_UNTESTED] if untested else []), *([SHORT_ATTRIBUTION] if has_map else [])]
    named = _name_sources(sources, _FOOT - len(". ".join(before)))
    parts = [*before, *([named] if named else [])]
    return ". ".join(parts) + ("." if parts else "")


def _name_sources(sources: Sequence[Source], room: int) -> str:
    """Name as many sources as the ``room`` (letters) holds, one at least, and count the others."""
    titles = [name_source(source) for source in sources]
    kept = [
        title if len(title) <= room else shorten(title, room, placeholder="…")
        for title in titles[:1]
    ]
    for title in titles[1:]:
        if len(" ; ".join([*kept, title])) > room:
            break
        kept.append(title)
    more = len(titles) - len(kept)
    if more:
        kept.append(count(more, "autre"))
    noun = "Source" if len(titles) == 1 else "Sources"
    return f"{noun} : {' ; '.join(kept)}" if kept else ""


def title_step(text: str, code: str) -> str:
    """Write what stands under a great title."""
    lines = "".join(html.paragraph(line, "scene-chapeau") for line in _lines(text))
    return f'<div class="scene-titre"><div>{lines}</div>{_code(code)}</div>'


def text_step(text: str, code: str) -> str:
    """Write a free text, paragraph by paragraph."""
    lines = "".join(html.paragraph(line, "scene-texte") for line in _lines(text))
    return f'<div class="scene-titre texte"><div>{lines}</div>{_code(code)}</div>'


def _code(code: str) -> str:
    return f'<figure class="scene-code">{code}</figure>' if code else ""


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def said(text: str) -> str:
    """Write what the author of the story says of a view."""
    return "".join(html.paragraph(line, "scene-dit") for line in _lines(text))


def map_side(view: MapView, chosen: str = "") -> str:
    """Write the sentence of a map, the territory in view, the legend."""
    caveat = html.paragraph(view.sentence_caveat, "reserve") if view.sentence_caveat else ""
    told = html.paragraph(view.sentence, "phrase")
    return f"{told}{caveat}{chosen}{build_legend(view)}{inset_names([view])}"


def name_maps(views: Sequence[MapView]) -> tuple[str, tuple[str, ...]]:
    """Name a step that shows one map or two, and each of the two: what they do not share."""
    first = views[0]
    if len(views) == 1:
        return first.title, ("",)
    if any(view.indicator != first.indicator for view in views):
        return " et ".join(view.indicator.label for view in views), tuple(v.title for v in views)
    levels = len({view.level for view in views}) > 1
    places = len({view.place for view in views}) > 1

    def caption(view: MapView) -> str:
        level = LEVEL_PLURALS[view.level] if levels else ""
        place = view.place or ("France entière" if places else "")
        return ", ".join(part for part in (format_wave(view.wave), level, place) if part)

    return first.indicator.label, tuple(map(caption, views))


def map_caption(view: MapView, caption: str) -> str:
    """Write the name of one of two maps set side by side, and its legend."""
    return f'<h2 class="scene-legende">{escape(caption)}</h2>{build_legend(view)}'


def inset_names(views: Sequence[MapView]) -> str:
    """Name the frames of the overseas départements, where they are too small to hold their names."""
    if all(view.within for view in views):
        return ""
    names = ", ".join(inset.name for inset in sorted(INSETS, key=_reading_order))
    text = f"Encadrés, de haut en bas et de gauche à droite : {names}."
    return html.paragraph(text, "reserve encadres")


def _reading_order(inset: Inset) -> tuple[float, float]:
    west, south, _, _ = inset.frame
    return -south, west


def chosen_row(row: Row) -> str:
    """Write the figure of the territory in view."""
    return (
        f'<p class="scene-choisi"><span>{escape(row.name)}</span> '
        f"<strong>{escape(row_text(row))}</strong></p>"
    )


def portrait_step(view: Portrait, answers: Sequence[Answer]) -> str:
    """Write the answers of a territory's page."""
    told = html.paragraph(view.sentence, "phrase")
    caveat = html.paragraph(view.sentence_caveat, "reserve") if view.sentence_caveat else ""
    # The head of the stage says already which set of data this is.
    return f'<div class="scene-portrait">{told}{caveat}{brief(answers, Dataset.PUBLIE)}</div>'


def comparison_side(view: Comparison, key: str) -> str:
    """Write the sentence of a comparison and how to read its chart."""
    caveat = html.paragraph(view.sentence_caveat, "reserve") if view.sentence_caveat else ""
    return html.paragraph(view.sentence, "phrase") + caveat + html.paragraph(key, "reserve")


def changes_side(view: Changes, key: str) -> str:
    """Write the sentence of two waves and how to read their chart."""
    return html.paragraph(view.sentence, "phrase") + html.paragraph(key, "reserve")


def theme_side(view: ThemeView, left_out: int, keys: Sequence[str]) -> str:
    """Write the sentence of a theme, how to read the charts, what they leave out."""
    more = ""
    if left_out:
        others = count(left_out, "autre chiffre", "autres chiffres")
        more = html.paragraph(
            f"{others} de ce thème : page « Repères ». L’ordre est celui du catalogue, "
            "qui n’est pas un classement.",
            "reserve",
        )
    told = "".join(html.paragraph(key, "reserve") for key in dict.fromkeys(keys) if key)
    return html.paragraph(view.sentence, "phrase") + told + more


def theme_lines(view: ThemeView, most: int) -> str:
    """List the figures of a theme that has no chart, as published."""
    items = []
    for line in view.lines[:most]:
        main = line.landmarks[0]
        asked = f"{main.indicator.actor_label}, {format_wave(main.figure.wave)}"
        items.append(
            f"<li><strong>{escape(main.figure.text)}</strong> "
            f"<span>{escape(main.figure.statement or main.indicator.label)}</span> "
            f'<span class="reserve">{escape(asked)}</span></li>'
        )
    return f'<ul class="scene-chiffres">{"".join(items)}</ul>'


def actors_side(view: CatalystsView, legend: str) -> str:
    """Write how many actors answer, the nearest ones, the legend and what the list is not."""
    mark = draft_mark(view.dataset)
    nearest = say_nearest(view)
    near = html.paragraph(f"{mark}{nearest}", "phrase-seconde") if nearest else ""
    names = [actor.catalyst.name for actor in view.placed]
    named = ""
    if not names:
        named = _names(
            [_with_place(one.name, group) for group in view.wide for one in group.catalysts], _NAMED
        )
    elif view.is_filtered and not near:
        named = _names(names, _NEAREST)
    note = html.paragraph(view.note.caveat, "reserve")
    return html.paragraph(say_list(view), "phrase") + near + named + legend + note


def _with_place(name: str, group: WideGroup) -> str:
    """Name an actor known by its région or département alone with that one."""
    place = group.territory.name
    return name if place in name else f"{name} ({place})"


def _names(names: Sequence[str], most: int) -> str:
    """List the first names and count the others; one more takes no more room than its count."""
    shown = most if len(names) > most + 1 else len(names)
    items = "".join(f"<li>{escape(name)}</li>" for name in names[:shown])
    rest = f"<li>et {count(len(names) - shown, 'autre')}</li>" if len(names) > shown else ""
    return f'<ul class="scene-noms">{items}{rest}</ul>' if items else ""


def next_steps(view: NextSteps) -> str:
    """Write the steps advised, each with the first resources."""
    items = []
    for step in view.steps[:4]:
        names = "".join(f"<li>{escape(one.title)}</li>" for one in step.resources[:_RESOURCES])
        listed = f"<ul>{names}</ul>" if names else ""
        items.append(
            f'<li><p class="verbe">{escape(step.verb)}</p><p class="quoi">{escape(step.text)}</p>'
            f"{listed}</li>"
        )
    told = html.paragraph(view.invitation, "reserve") if view.invitation else ""
    return f'<div class="scene-pas"><ol class="pas">{"".join(items)}</ol>{told}</div>'
