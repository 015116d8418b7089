"""The pages run by Streamlit's own test runner, on the published data or on a damaged copy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from territoires import settings

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 30

Open = Callable[..., AppTest]


def html_of(at: AppTest) -> str:
    """Give every piece of HTML of the page, as sent to the browser."""
    return "\n".join(element.proto.body for element in at.get("html"))


def plain(text: str) -> str:
    """Read a text without minding its no-break spaces, which tests/render holds."""
    return text.replace("\u00a0", " ")


def text_of(at: AppTest) -> str:
    """Give what a person reads of these pieces."""
    return unescape(re.sub(r"<[^>]*>", " ", html_of(at)))


def notices_of(at: AppTest) -> list[str]:
    return re.findall(r'<div class="avis"[^>]*>(.*?)</div>', html_of(at), re.DOTALL)


def sentence_of(at: AppTest) -> str:
    """Give the page's one sentence."""
    (sentence,) = re.findall(r'<p class="phrase"(?: data-vue="[^"]*")?>(.*?)</p>', html_of(at))
    return unescape(sentence)


def has_map(at: AppTest) -> bool:
    """Tell whether streamlit-folium was asked for a map."""
    return any("folium" in str(getattr(e.proto, "component_name", "")) for e in components(at))


def components(at: AppTest) -> list:
    return [*at.get("component_instance")]


def open_script(script: str, **params: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / script), default_timeout=TIMEOUT_S)
    for name, value in params.items():
        at.query_params[name] = value
    return at.run()


@pytest.fixture
def open_page() -> Open:
    """Open a page at a link: « open_page("carte", niveau="departement") »."""

    def page(slug: str = "", **params: str) -> AppTest:
        return open_script(f"pages/{slug}.py" if slug else "dashboard.py", **params)

    return page


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a copy of data/ that a test may damage, read by the pages instead of ours."""
    shutil.copytree(settings.DATA, tmp_path / "data")
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setattr(settings, "DATABASE_URL", f"sqlite:///{tmp_path}/versions.sqlite")
    for name, folder in (("GEO", "geo"), ("INDICATORS", "indicators")):
        monkeypatch.setattr(settings, name, tmp_path / "data" / folder)
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()
