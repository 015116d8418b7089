"""One page that holds everything: a territory in short, its maps, a story; no request is ever made."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from territoires.domain.selection import Selection
from territoires.domain.story import Story
from territoires.errors import DataFileError
from territoires.render.carried import say_questions
from territoires.render.fiche_map import locator_codes, to_locator
from territoires.render.fiche_sheet import page_address
from territoires.render.fonts import FONT_FAMILY, FONT_FOLDER
from territoires.render.html import external_link
from territoires.render.kit_help import actors
from territoires.render.kit_help import steps as write_steps
from territoires.render.kit_map import map_part
from territoires.render.kit_parts import bullets, section, source_item, told
from territoires.render.kit_story import StepPart, story_parts
from territoires.render.kit_territory import answers as write_answers
from territoires.render.kit_territory import context, domains, head, maturity, surveys
from territoires.render.press import Press
from territoires.render.qr import LOCAL_ADDRESS, is_only_here
from territoires.render.typography import escape
from territoires.settings import STATIC
from territoires.views.citation import Citation, cite_portrait, say_method
from territoires.views.datasets import EDITIONS
from territoires.views.fiche_map import choose_fiche_map, choose_region_map
from territoires.views.map_view import MapView
from territoires.views.portrait import Portrait
from territoires.views.portrait_brief import answer_next
from territoires.views.portrait_lines import lines_of
from territoires.views.portrait_steps import build_portrait_steps

_WHOLE = "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6-2DC,U+2000-206F,U+20AC,U+2212"
#: Characters that the parts of a page may take, so that it stays small enough to be sent.
_MOST = 2_700_000
_TITLES = {
    "chiffres": "Chiffres",
    "carte": "Carte",
    "contexte": "Insee",
    "fragilites": "Fragilités",
    "maturite": "Maturité",
    "acteurs": "Acteurs",
    "agir": "Prochains pas",
    "manques": "Ce qui n’est pas connu",
    "recit": "Présentation",
    "sources": "Sources et méthode",
}


@dataclass(frozen=True, slots=True)
class ChosenMap:
    """A map of the page, with the selection it comes from."""

    selection: Selection
    view: MapView


def build_kit_page(
    press: Press,
    portrait: Portrait,
    story: Story | None = None,
    *,
    answers: str = "",
    base_url: str = LOCAL_ADDRESS,
    files: Mapping[str, str] | None = None,
) -> str:
    """Write the page: it opens from a file, in any browser, and asks nothing of any network.

    Parameters
    ----------
    answers
        Those of the self-assessment, which the next steps start from.
    base_url
        Where the site answers.
    files
        What lies beside the page: names, and what each is.
    """
    edition = EDITIONS[portrait.dataset]
    where = "sur le site, à la page du territoire"
    if not is_only_here(base_url):
        where = "à la page du territoire (adresse plus bas, avec les sources)"
    steps = build_portrait_steps(portrait, press.published.kit, answers)
    cited = cite_portrait(portrait, press.published, press.taken, boundaries=True)
    parts = [
        surveys(portrait),
        _maps(press, portrait),
        context(portrait),
        domains(portrait),
        maturity(portrait),
        actors(portrait, press.published),
        section("agir", "Les prochains pas", write_steps(say_questions(steps, where))),
        _missing(portrait),
    ]
    parts += [
        _story(press, story, _MOST - sum(map(len, parts))),
        _sources(portrait, cited, files or {}, base_url),
    ]
    told_first = write_answers(portrait, (*portrait.answers, answer_next(steps, where)))
    present = [name for name in _TITLES if any(f'<section id="{name}"' in part for part in parts)]
    body = (
        '<a class="evitement" href="#contenu">Aller au contenu</a>'
        f'<header class="tete">{told(edition.watermark, "jeu")}'
        f'<p class="marque">Territoires <span>{escape(edition.banner)}</span></p></header>'
        f'<main id="contenu" tabindex="-1"><div class="ouverture"><div>{head(portrait)}{told_first}'
        f"</div>{_locator(press, portrait)}</div>{_contents(present)}{''.join(parts)}</main>"
        f'<footer class="pied">{told(f"{cited.edition}.")}{told(edition.credit)}</footer>'
    )
    title = f"{edition.mark}{portrait.territory.name} – Territoires"
    return _document(title, body, edition.watermark)


def choose_map(press: Press, portrait: Portrait) -> ChosenMap | None:
    """Give the map of the territory, that of its sheet; that of the régions where it has none."""
    found = choose_fiche_map(portrait, press.published)
    found = found or choose_region_map(portrait, press.published)
    return ChosenMap(found, press.map_view(found)) if found else None


def _maps(press: Press, portrait: Portrait) -> str:
    """Write the map of the territory, then that of the régions where it is another one."""
    first = choose_map(press, portrait)
    lead = choose_region_map(portrait, press.published)
    if first is None:
        return ""
    chosen = [first]
    same = lead and (lead.indicator_id, lead.level) == (
        first.selection.indicator_id,
        first.selection.level,
    )
    if lead and not same:
        chosen.append(ChosenMap(lead, press.map_view(lead)))
    parts = [
        f"<h3>{escape(one.view.mark + one.view.title)}</h3>"
        + map_part(press, one.view, one.selection.territory, f"carte-{rank}")
        for rank, one in enumerate(chosen, 1)
    ]
    return section("carte", "La carte" if len(parts) == 1 else "Les cartes", *parts)


def _locator(press: Press, portrait: Portrait) -> str:
    svg = to_locator(press.departements, locator_codes(portrait.territory))
    if not svg:
        return ""
    alt = f"Où se trouve {portrait.territory.name} sur une carte de France"
    coded = base64.b64encode(svg.encode()).decode()
    return (
        f'<img class="situation" src="data:image/svg+xml;base64,{coded}" alt="{escape(alt)}" '
        'width="150">'
    )


def _contents(present: Sequence[str]) -> str:
    items = bullets(f'<a href="#{name}">{escape(_TITLES[name])}</a>' for name in present)
    return f'<nav class="sommaire" aria-label="Sur cette page">{items}</nav>'


def _missing(portrait: Portrait) -> str:
    if not portrait.missing:
        return ""
    note = told("Rien n’est estimé à la place.")
    return section(
        "manques", "Ce qui n’est pas connu", bullets(map(escape, portrait.missing)), note
    )


def _story(press: Press, story: Story | None, room: int) -> str:
    if story is None or not story.steps:
        return ""
    parts: list[StepPart] = story_parts(press, story, room)
    items = bullets(f'<a href="#{one.anchor}">{escape(one.title)}</a>' for one in parts)
    return section(
        "recit",
        f"Présentation : {story.title}" if story.title else "Présentation",
        items,
        *(one.content for one in parts),
    )


def _sources(portrait: Portrait, cited: Citation, files: Mapping[str, str], base_url: str) -> str:
    lines = [line for _, line in lines_of(portrait)]
    method = say_method([line.indicator for line in lines])
    beside = [
        f'<a href="{escape(name)}">{escape(name)}</a> – {escape(w)}' for name, w in files.items()
    ]
    return section(
        "sources",
        "Sources et méthode",
        bullets(source_item(source) for source in cited.sources),
        "<h3>Comment lire ces chiffres</h3>" + "".join(told(text) for text in method),
        f"<h3>Citer cette page</h3>{told(cited.line, 'citation')}{told(cited.licence)}",
        f"<h3>Avec cette page</h3>{bullets(beside)}" if beside else "",
        _address(portrait, base_url),
    )


def _address(portrait: Portrait, base_url: str) -> str:
    """Lead to the page on the site, where it is known at which address the site answers."""
    if is_only_here(base_url):
        return ""
    address = page_address(portrait.territory.id, portrait.dataset, base_url)
    return f'<p class="note">La même page, à jour : {external_link(address, address)}</p>'


def _document(title: str, body: str, watermark: str) -> str:
    """Close the page on itself: its policy lets nothing in but what it holds."""
    script = _read("kit.js")
    coded = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; "
        f"script-src 'sha256-{coded}'; base-uri 'none'; form-action 'none'"
    )
    mark = f' data-jeu="{escape(watermark)}"' if watermark else ""
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{_fonts()}{_read('kit.css')}</style></head>"
        f"<body{mark}>{body}<script>{script}</script></body></html>\n"
    )


@cache
def _fonts() -> str:
    """Write the font into the page."""
    try:
        coded = base64.b64encode((FONT_FOLDER / "latin-normal.woff2").read_bytes()).decode()
    except OSError as error:
        raise _missing_file("vendor/atkinson-hyperlegible-next/latin-normal.woff2") from error
    return (
        f'@font-face{{font-family:"{FONT_FAMILY}";font-weight:200 800;'
        f'src:url(data:font/woff2;base64,{coded}) format("woff2");unicode-range:{_WHOLE}}}'
    )


def _read(name: str) -> str:
    try:
        return (STATIC / "kit" / name).read_text(encoding="utf-8")
    except OSError as error:
        raise _missing_file(f"kit/{name}") from error


def _missing_file(name: str) -> DataFileError:
    return DataFileError(
        f"Le fichier static/{name} manque ou ne peut pas être lu.",
        remedy=f"Récupérez le fichier d’origine : git checkout -- static/{name}",
    )
