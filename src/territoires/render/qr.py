"""QR codes that open a view on somebody else's phone, as pictures inside the page."""

from __future__ import annotations

import re
from functools import lru_cache

from territoires.errors import StoryError
from territoires.render.typography import escape

#: Where the application answers when nobody said at which address it is published.
LOCAL_ADDRESS = "http://localhost:8501"
#: Longer addresses give modules too small to be read from a chair.
MAX_ADDRESS = 900
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
    """Tell whether an address leads nowhere but to the machine it is opened on."""
    return bool(_ONLY_HERE.match(base))


def qr_image(address: str, name: str) -> str:
    """Draw an address as a picture; empty where it is too long to be read from a chair."""
    if not address or len(address) > MAX_ADDRESS:
        return ""
    return f'<img class="code-qr" alt="{escape(name)}" src="{_data_uri(address)}">'


@lru_cache(maxsize=64)
def _data_uri(address: str) -> str:
    # Here: a page without a code does not pay for the library.
    import segno  # noqa: PLC0415

    code = segno.make_qr(address, error="m")
    return escape(code.svg_data_uri(border=4, light="#ffffff", dark="#000000", encode_minimal=True))
