"""Everything of one territory in one archive: the page, the documents, the data, what each is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

from territoires.domain.story import Story
from territoires.render.file_names import (
    Form,
    name_map_file,
    name_story_file,
    name_territory_file,
)
from territoires.render.kit_page import build_kit_page, choose_map
from territoires.render.press import Press
from territoires.render.qr import LOCAL_ADDRESS
from territoires.render.story_slides import story_slides
from territoires.render.story_views import marked_sets, only
from territoires.views.citation import Citation, cite_portrait, say_source
from territoires.views.datasets import EDITIONS
from territoires.views.portrait import Portrait
from territoires.views.stories import build_story

PAGE, NOTICE = "index.html", "LISEZMOI.txt"
_DESCRIPTIONS = {
    "fiche": "la fiche de deux pages, à imprimer (PDF)",
    "diaporama": "les diapositives, à modifier (PowerPoint)",
    "presentation": "les diapositives de la présentation, à modifier (PowerPoint)",
    "classeur": "les chiffres de la page, ceux de la France compris, les acteurs, leurs sources, leur "
    "méthode (classeur Excel)",
    "csv": "les mêmes chiffres, sans les acteurs (CSV pour Excel : « ; » et virgule)",
    "svg": "la carte, à agrandir ou à modifier (SVG)",
    "png": "la carte en image (PNG)",
}
_LINE = "\r\n"


def build_kit(
    press: Press,
    portrait: Portrait,
    story: Story | None = None,
    *,
    answers: str = "",
    base_url: str = LOCAL_ADDRESS,
) -> bytes:
    """Make the archive of a territory (ZIP); the same data on the same day, the same list of files.

    Parameters
    ----------
    story
        Its steps stand in the page, and are slides too; without one, those of its région, ready made.
    answers
        Those of the self-assessment, which the next steps start from.
    base_url
        Where the site answers, for the codes that phones read.
    """
    story = story or _ready_made(press, portrait)
    files, told = _documents(press, portrait, story, answers, base_url)
    page = build_kit_page(press, portrait, story, answers=answers, base_url=base_url, files=told)
    cited = cite_portrait(portrait, press.published, press.taken, boundaries=True)
    whole = {
        NOTICE: _notice(portrait, cited, told).encode("utf-8-sig"),
        PAGE: page.encode(),
        **files,
    }
    return _pack(whole, press.taken.version_day or press.taken.day)


def _ready_made(press: Press, portrait: Portrait) -> Story | None:
    """Give the presentation of the région a territory is in, that of France where it is in none."""
    region = press.directory.region_of(portrait.territory.id)
    name, place = ("region", region.id) if region else ("france", None)
    return build_story(name, press.published, press.directory, press.names, place)


def _documents(
    press: Press, portrait: Portrait, story: Story | None, answers: str, base_url: str
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Make what stands beside the page, under names that also say it alone; then what each is."""
    files: dict[str, bytes] = {}
    told: dict[str, str] = {}

    def add(name: str, kind: str, content: bytes) -> None:
        files[name], told[name] = content, _DESCRIPTIONS[kind]

    def named(form: Form, subject: str) -> str:
        return name_territory_file(portrait.dataset, portrait.territory, form, subject=subject)

    add(named(Form.PDF, "fiche"), "fiche", press.fiche(portrait, answers, base_url))
    add(named(Form.PPTX, "diaporama"), "diaporama", press.slides(portrait, answers))
    if story and story.steps:
        views_of = only(press)
        slides = story_slides(story, views_of, press.taken.day)
        marks = marked_sets(story, lambda params: portrait.dataset if views_of(params) else None)
        name = name_story_file(story.title, marks, Form.PPTX)
        add(name, "presentation", slides)
    for form, kind in ((Form.XLSX, "classeur"), (Form.CSV, "csv")):
        content = press.portrait_data(portrait, form)
        add(named(form, "portrait"), kind, content)
    if chosen := choose_map(press, portrait):
        for form in (Form.SVG, Form.PNG):
            content = press.map_file(chosen.view, form, chosen.selection.territory)
            add(name_map_file(chosen.view, form), form.value, content)
    return files, told


def _notice(portrait: Portrait, cited: Citation, told: Mapping[str, str]) -> str:
    """Write what each file is, from where, of when, under what terms."""
    edition = EDITIONS[portrait.dataset]
    title = f"{edition.mark}{portrait.territory.name} – à emporter"
    parts = [
        [title, "=" * len(title)],
        [edition.banner],
        [
            "Ouvrez index.html d’un double-clic : la page fonctionne sans réseau, dans tout "
            "navigateur, même depuis une clé USB."
        ],
        [
            "Les fichiers",
            f"- {PAGE} : la page du territoire, ses cartes, une présentation, ses sources",
        ]
        + [f"- {name} : {what}" for name, what in told.items()],
        ["Édition", cited.edition + "."],
        ["Sources", *(f"- {say_source(source)}" for source in cited.sources)]
        if cited.sources
        else ["Sources", "- aucune valeur publiée"],
        ["Licences", cited.licence],
        ["Pour citer", cited.line],
        ["À savoir", *(f"- {text}" for text in cited.caveats)],
    ]
    return (_LINE * 2).join(_LINE.join(part) for part in parts) + _LINE


def _pack(files: Mapping[str, bytes], day: date) -> bytes:
    """Write the archive in the order given, every file dated from the data."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            about = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            archive.writestr(about, content)
    return written.getvalue()
