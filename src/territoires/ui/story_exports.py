"""What is taken away of a presentation: its slides, and the small file that opens it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from territoires.domain.story import Story
from territoires.domain.story_files import to_file
from territoires.render.file_names import Form, name_story_file
from territoires.render.story_views import marked_sets
from territoires.ui import exports, link
from territoires.ui.cache.exports import as_of, press

if TYPE_CHECKING:
    from territoires.render.press import Press


def show_slides(story: Story, key: str) -> None:
    """Draw the button of the slides, made when it is pressed."""
    name = _name(story, Form.PPTX)
    exports.show_button("Diaporama (PPTX)", name, partial(_slides, story), f"diaporama_{key}")


def show_file(story: Story) -> None:
    """Draw the button of the file that opens the presentation again."""
    name = _name(story, "json")
    exports.show_button("Enregistrer dans un fichier", name, partial(to_file, story), "recit")


def _name(story: Story, extension: str) -> str:
    return name_story_file(story.title, marked_sets(story, link.read_dataset), extension)


def _slides(story: Story) -> bytes:
    # Imported here: a page from which nothing is taken away needs none of it.
    from territoires.render.story_slides import story_slides  # noqa: PLC0415

    return story_slides(story, _press_of, date.today())


def _press_of(params: Mapping[str, str]) -> Press:
    return press(as_of(link.read_dataset(params)))
