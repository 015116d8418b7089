"""Everything of one territory in one archive: the page, the documents, the data, what each is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

from territoires.domain.story import Story
from territoires.render.file_names import (
    Form,
    name_file,
    name_kit_file,
    name_map_file,
    name_territory_file,
)
from territoires.render.kit_page import build_kit_page, choose_map
from territoires.render.press import Press
from territoires.render.story_slides import story_slides
from territoires.render.story_views import only
from territoires.views.citation import Citation, cite_portrait, say_source
from territoires.views.datasets import EDITIONS
from territoires.views.portrait import Portrait
from territoires.views.stories import build_story

PAGE, NOTICE = "index.html", "LISEZMOI.txt"
_DESCRIPTIONS = {
    "fiche": "la fiche de deux pages, à imprimer (PDF)",
    "diaporama": "les diapositives, à modifier (PowerPoint)",
    "presentation": "les diapositives de la présentation, à modifier (PowerPoint)",
    "classeur": "les chiffres, avec leurs sources et leur méthode (classeur Excel)",
    "csv": "les mêmes chiffres (CSV pour Excel : « ; » et virgule)",
    "svg": "la carte, à agrandir ou à modifier (SVG)",
    "png": "la carte en image (PNG)",
}
_LINE = "\r\n"


def build_kit(
    press: Press, portrait: Portrait, story: Story | None = None, *, answers: str = ""
) -> bytes:
    """Make the archive of a territory (ZIP); the same data on the same day, the same list of files.

    Parameters
    ----------
    story
        Its steps stand in the page, and are slides too; without one, those of its région, ready made.
    answers
        Those of the self-assessment, which the next steps start from.
    """
    story = story or _ready_made(press, portrait)
    files, told = _documents(press, portrait, story, answers)
    page = build_kit_page(press, portrait, story, answers=answers, files=told)
    cited = cite_portrait(portrait, press.taken, boundaries=True)
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


def name_kit(portrait: Portrait) -> str:
    """Name the archive: « territoires_kit_region-53_bretagne.zip »."""
    return name_kit_file(portrait.dataset, (portrait.territory.id, portrait.territory.name))


def _documents(
    press: Press, portrait: Portrait, story: Story | None, answers: str
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Make what stands beside the page, under names that also say it alone; then what each is."""
    files: dict[str, bytes] = {}
    told: dict[str, str] = {}

    def add(name: str, kind: str, content: bytes) -> None:
        files[name], told[name] = content, _DESCRIPTIONS[kind]

    def named(form: Form, subject: str) -> str:
        return name_territory_file(portrait.dataset, portrait.territory, form, subject=subject)

    add(named(Form.PDF, "fiche"), "fiche", press.fiche(portrait, answers))
    add(named(Form.PPTX, "diaporama"), "diaporama", press.slides(portrait, answers))
    if story and story.steps:
        slides = story_slides(story, only(press), press.taken.day)
        name = name_file(portrait.dataset, "presentation", story.title, extension=Form.PPTX)
        add(name, "presentation", slides)
    for form, kind in ((Form.XLSX, "classeur"), (Form.CSV, "csv")):
        content = press.portrait_data(portrait, form)
        add(named(form, "donnees"), kind, content)
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
        ["Les fichiers", f"- {PAGE} : la page du territoire, ses cartes, ses sources"]
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
