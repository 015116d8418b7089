"""A presentation in a link (JSON, deflated, base64url) or in a small file (the same JSON).

Both come from anywhere: nothing of what is read is trusted, and nothing but ``StoryError`` is
raised.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from territoires.domain.story import (
    MAX_STEPS,
    MAX_TEXT,
    MAX_TITLE,
    MAX_VALUE,
    MAY_STAND_BESIDE,
    VIEW_PARAMS,
    Step,
    StepKind,
    Story,
)
from territoires.errors import StoryError

#: Characters of a story in a link; bytes of one in a file, and of what a link unfolds to.
MAX_LINK, MAX_BYTES = 8_000, 64_000
_FORMAT = "territoires-recit"
_STORY_KEYS = {"format", "titre", "etapes"}
_STEP_KEYS = {"genre", "titre", "texte", "vue", "cote"}
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
#: Characters of a wrong value that are repeated; keys left out that are named.
_QUOTED, _NAMED = 40, 3
_REDO = "Refaites le récit à partir des pages, ou reprenez le fichier enregistré."


@dataclass(frozen=True, slots=True)
class ReadStory:
    """A story that was read, and one French notice for each thing left out of it."""

    story: Story
    notices: tuple[str, ...] = ()


def to_link(story: Story) -> str:
    """Write a story as the parameter « recit » of a link.

    Raises
    ------
    StoryError
        When it is too long for a link.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(_to_json(story, indent=None).encode()) + packer.flush()
    text = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    if len(text) > MAX_LINK:
        raise StoryError(
            f"Le récit est trop long pour tenir dans un lien : {_thousands(len(text))} caractères, "
            f"{_thousands(MAX_LINK)} au plus.",
            remedy="Raccourcissez les textes, ou enregistrez le récit dans un fichier.",
        )
    return text


def to_file(story: Story) -> bytes:
    """Write a story as a small file that a person may read."""
    return (_to_json(story, indent=2) + "\n").encode()


def read_link(text: str) -> ReadStory:
    """Read a story from the parameter of a link.

    Raises
    ------
    StoryError
        When the link is too long, cut, altered, or unfolds to more than a story may weigh.
    """
    if len(text) > MAX_LINK:
        raise StoryError(
            f"Le récit de ce lien a {_thousands(len(text))} caractères ; {_thousands(MAX_LINK)} au "
            "plus sont lus.",
            remedy=_REDO,
        )
    altered = StoryError(
        "Le récit de ce lien ne se lit pas : il est coupé ou altéré.", remedy=_REDO
    )
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        # Unfolded no further than the limit: a few bytes may stand for gigabytes.
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        content = unpacker.decompress(packed, MAX_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise altered from error
    if len(content) <= MAX_BYTES and not unpacker.eof:
        raise altered
    return read_story(content)


def read_story(content: bytes | str) -> ReadStory:
    """Read a story from the content of a file.

    Raises
    ------
    StoryError
        When it is not a story; the details tell each step that cannot be read.
    """
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if len(raw) > MAX_BYTES:
        raise StoryError(
            f"Ce récit est trop lourd : {MAX_BYTES // 1000} ko au plus sont lus.", remedy=_REDO
        )
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise StoryError(
            "Ce n’est pas un récit : un fichier JSON enregistré par la page « Présentation » est "
            "attendu.",
            remedy=_REDO,
        ) from error
    steps = found.get("etapes") if isinstance(found, dict) else None
    if not isinstance(steps, list):
        raise StoryError("Ce n’est pas un récit : la liste « etapes » manque.", remedy=_REDO)
    return _read_steps(found, steps)


def _read_steps(found: Mapping[str, object], steps: Sequence[object]) -> ReadStory:
    if len(steps) > MAX_STEPS:
        raise StoryError(
            f"Ce récit a {_thousands(len(steps))} étapes ; {MAX_STEPS} au plus sont lues.",
            remedy="Retirez des étapes du fichier, ou faites-en deux récits.",
        )
    notices = _unknown("du récit", found, _STORY_KEYS)
    problems: list[str] = []
    read = []
    for number, step in enumerate(steps, 1):
        try:
            read.append(_read_step(number, step, notices))
        except _WrongStepError as error:
            problems.append(str(error))
    if problems:
        raise StoryError(
            "Ce récit a des étapes qui ne se lisent pas.", details=tuple(problems), remedy=_REDO
        )
    title = _clean(found.get("titre"), MAX_TITLE)
    return ReadStory(Story(title, tuple(read)), tuple(notices))


class _WrongStepError(Exception):
    """Says why a step cannot be read."""


def _read_step(number: int, found: object, notices: list[str]) -> Step:
    here = f"Étape {number}"
    if not isinstance(found, dict):
        raise _WrongStepError(f"{here} : un objet est attendu.")
    kind = found.get("genre")
    if not isinstance(kind, str) or kind not in set(StepKind):
        raise _WrongStepError(
            f"{here} : le genre « {_quote(kind)} » n’existe pas ({', '.join(StepKind)})."
        )
    notices += _unknown(f"de l’étape {number}", found, _STEP_KEYS)
    for name in ("titre", "texte"):
        if not isinstance(found.get(name, ""), str):
            raise _WrongStepError(f"{here} : « {name} » doit être un texte.")
    params = _read_params(here, "vue", found.get("vue", {}), notices)
    beside = _read_params(here, "cote", found.get("cote", {}), notices)
    step = Step(
        StepKind(kind),
        _clean(found.get("titre"), MAX_TITLE),
        _clean(found.get("texte"), MAX_TEXT),
    )
    if not step.kind.is_view:
        return step
    if beside and step.kind not in MAY_STAND_BESIDE:
        notices.append(
            f"{here} : une seconde vue n’est montrée qu’à côté d’une carte ou d’un territoire."
        )
        beside = {}
    if beside:
        # Two sets of data never stand on one screen.
        beside = beside | {"jeu": params.get("jeu", "")}
    return replace(step, params=params, beside={k: v for k, v in beside.items() if v})


def _read_params(here: str, name: str, found: object, notices: list[str]) -> dict[str, str]:
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise _WrongStepError(f"{here} : « {name} » doit être un objet de textes.")
    if too_long := [key for key, value in found.items() if len(value) > MAX_VALUE]:
        raise _WrongStepError(
            f"{here} : « {_quote(too_long[0])} » a plus de {MAX_VALUE} caractères."
        )
    notices += _unknown(f"de la vue ({here.lower()})", found, set(VIEW_PARAMS))
    return {key: _clean(found[key], MAX_VALUE) for key in VIEW_PARAMS if found.get(key)}


def _unknown(place: str, found: Mapping[str, object], known: set[str]) -> list[str]:
    """Tell the keys that are left out, in one notice however many."""
    others = [_quote(key) for key in found if key not in known]
    if not others:
        return []
    rest = len(others) - _NAMED
    more = f" et {_thousands(rest)} autre{'s' if rest > 1 else ''}" if rest > 0 else ""
    names = ", ".join(f"« {name} »" for name in others[:_NAMED])
    return [f"Clés inconnues {place}, laissées de côté : {names}{more}."]


def _clean(found: object, length: int) -> str:
    """Keep of a text what may be shown: no control, no lone surrogate, no more than a length."""
    text = found if isinstance(found, str) else ""
    seen = _UNSEEN.sub(" ", text.encode("utf-8", "ignore").decode())
    return seen[:length].strip()


def _thousands(number: int) -> str:
    """Write a number the French way."""
    return f"{number:,}".replace(",", "\u202f")


def _quote(found: object) -> str:
    return _clean(found if isinstance(found, str) else type(found).__name__, _QUOTED)


def _to_json(story: Story, *, indent: int | None) -> str:
    content = {"format": _FORMAT, "titre": story.title, "etapes": [_write(s) for s in story.steps]}
    separators = (",", ":") if indent is None else None
    return json.dumps(content, ensure_ascii=False, indent=indent, separators=separators)


def _write(step: Step) -> dict[str, object]:
    written = {
        "genre": step.kind.value,
        "titre": step.title,
        "texte": step.text,
        "vue": dict(step.params),
        "cote": dict(step.beside),
    }
    return {name: value for name, value in written.items() if value}
