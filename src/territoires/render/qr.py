"""QR codes that open a view on somebody else's phone, as pictures inside the page."""

from __future__ import annotations

import re
from functools import lru_cache

from territoires.errors import StoryError
from territoires.render.typography import escape

#: Where the application answers when nobody said at which address it is published.
LOCAL_ADDRESS = "http://localhost:8501"
#: Modules of a code: drawn with 6 of the 1920 pixels of a screen each (presentation.css), they are
#: read from about nine metres of a screen three metres wide; more would not fit beside a title.
MAX_MODULES = 93
_QUIET = 4
#: Beyond these, a code gains more by fewer modules than by their redundancy.
_DENSE = 57
_BASE = re.compile(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,98})|\[[0-9A-Fa-f:]{2,45}\])(?::[0-9]{1,5})?"
    r"(?:/[A-Za-z0-9._~/-]{0,60})?"
)
_ONLY_HERE = re.compile(r"https?://(?:localhost|127\.[0-9.]+|\[::1\])(?::|/|$)")


def read_base(text: str) -> str:
    """Read the address that the public opens: « http://192.168.1.20:8501 », without a last slash.

    Raises
    ------
    StoryError
        When it is no address of the web.
    """
    found = text.strip().rstrip("/")
    if found and "://" not in found:
        found = f"http://{found}"
    if found and not _BASE.fullmatch(found):
        raise StoryError(
            f"« {text[:60]} » n’est pas une adresse.",
            remedy="Écrivez-la par exemple « http://192.168.1.20:8501 » ou "
            "« https://territoires.exemple.fr ».",
        )
    return found


def is_only_here(base: str) -> bool:
    """Tell whether an address leads nowhere but to the machine it is opened on; none leads nowhere."""
    return not base or bool(_ONLY_HERE.match(base))


def why_no_code(address: str) -> str:
    """Say why an address is given no code; empty where it has one."""
    if is_only_here(address):
        return (
            "Pas de code QR : l’adresse de cette page ne s’ouvre que sur cet ordinateur. Donnez celle "
            "que la salle peut ouvrir dans la page « Présentation »."
        )
    if not _draw(address):
        return (
            "Pas de code QR : l’adresse de cette présentation est trop longue pour qu’un téléphone "
            "lise le code depuis la salle."
        )
    return ""


def qr_image(address: str, name: str) -> str:
    """Draw an address as a picture, and write it below; empty where ``why_no_code`` says why."""
    drawn = None if is_only_here(address) else _draw(address)
    if drawn is None:
        return ""
    source, modules = drawn
    return (
        f'<img class="code-qr" style="--modules: {modules}" alt="{escape(name)}" src="{source}">'
        f'<span class="code-adresse">{escape(address.partition("?")[0])}</span>'
    )


@lru_cache(maxsize=64)
def _draw(address: str) -> tuple[str, int] | None:
    """Draw a code (data URI) and count its modules across, margins included."""
    # Here: a page without a code does not pay for the library.
    import segno  # noqa: PLC0415

    try:
        code = segno.make_qr(address, error="m")
        if len(code.matrix) > _DENSE:
            code = segno.make_qr(address, error="l")
    except segno.DataOverflowError:
        return None
    modules = len(code.matrix)
    if modules > MAX_MODULES:
        return None
    drawn = code.svg_data_uri(border=_QUIET, light="#ffffff", dark="#000000", encode_minimal=True)
    return escape(drawn), modules + 2 * _QUIET
