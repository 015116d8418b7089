"""Pieces of HTML, drawn together."""

from __future__ import annotations

import re

import streamlit as st

#: What Markdown would take for an image, a link, a formula, an icon or a colour.
_MARKUP = re.compile(r"[\\`*_\[\]~$<#]|:(?=[a-z])|!(?=\[)")


def show_html(*parts: str) -> None:
    """Draw pieces of HTML as one element; nothing is drawn when all are empty."""
    text = "".join(parts)
    if text:
        st.html(text)


def plain_label(text: str) -> str:
    """Give a text of a file for the label of a widget, which reads Markdown; all of it is shown.

    An image named in a heading would otherwise be asked of another machine.
    """
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)
