"""The picture of docs/architecture held on every file, import statements read with ``ast``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "territoires"
#: From left to right: a package may import only itself and what stands to its left.
ORDER = ("tables", "analysis", "views", "render", "ui", "pages")
ALONE = ("errors", "settings")
FOUNDATIONS = ("domain", *ALONE)
MAX_PAGE_LINES = 90
MAX_MODULE_LINES = 350

MODULES = sorted(PACKAGE.rglob("*.py"))
PAGES = [ROOT / "dashboard.py", *sorted((ROOT / "pages").glob("*.py"))]
FILES = [*MODULES, *PAGES]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def package_of(path: Path) -> str:
    """Give the room a file stands in: « tables », « settings », « pages »…"""
    if path in PAGES:
        return "pages"
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports(path: Path) -> tuple[tuple[int, str], ...]:
    """Give every module a file imports, and the names taken from packages, wherever it does."""
    return tuple(read_imports(path))


def read_imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                # A relative import stays in its own package, at most one step up.
                here = ["territoires", *path.relative_to(PACKAGE).parts][: -node.level]
                module = ".".join([*here, node.module or ""]).strip(".")
            else:
                module = node.module or ""
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def own_imports(path: Path) -> list[tuple[int, str]]:
    """Give the rooms of the house a file imports from."""
    return [
        (line, name.split(".")[1])
        for line, name in imports(path)
        if name.startswith("territoires.")
    ]


@cache
def attributes(path: Path) -> tuple[tuple[int, str], ...]:
    """Give every dotted name a file uses: « os.environ », « st.session_state »…"""
    return tuple(
        (node.lineno, ast.unparse(node))
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Attribute)
    )


@cache
def bare_words(path: Path) -> tuple[tuple[int, str], ...]:
    """Give every name a file uses alone."""
    return tuple(
        (node.lineno, node.id) for node in ast.walk(parse(path)) if isinstance(node, ast.Name)
    )


def allowed(package: str) -> set[str]:
    if package in ALONE:
        return {package}
    if package == "domain":
        return {"domain", "errors"}
    if package in ORDER:
        return {*FOUNDATIONS, *ORDER[: ORDER.index(package) + 1]}
    # cli.py, __main__.py: entry points beside the pages, without Streamlit.
    return {*FOUNDATIONS, *ORDER[: ORDER.index("ui")], package}


def uses(path: Path, name: str) -> list[str]:
    """Find a name as an attribute, an import or a bare word."""
    found = [line for line, text in attributes(path) if text.rpartition(".")[2] == name]
    found += [line for line, text in imports(path) if name in text.split(".")]
    found += [line for line, text in bare_words(path) if text == name]
    return [f"{relative(path)}:{line}" for line in sorted(set(found))]


def test_the_house_is_read_whole() -> None:
    rooms = {package_of(path) for path in FILES}
    assert set(ORDER) | set(FOUNDATIONS) <= rooms
    assert any(own_imports(path) for path in PAGES)


def test_the_picture_names_every_room() -> None:
    rooms = {package_of(path) for path in MODULES}
    assert rooms <= {*ORDER, *FOUNDATIONS, "__init__", "cli", "__main__"}


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_a_package_imports_only_what_stands_to_its_left(path: Path) -> None:
    package = package_of(path)
    broken = [
        f"{relative(path)}:{line} ({package} imports {room})"
        for line, room in own_imports(path)
        if room not in allowed(package)
    ]
    assert broken == []


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_streamlit_is_imported_only_by_ui_and_pages(path: Path) -> None:
    found = {name.split(".")[0] for _, name in imports(path)}
    if package_of(path) not in {"ui", "pages"}:
        assert "streamlit" not in found
    if package_of(path) != "ui":
        assert "streamlit_folium" not in found


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("environ", "src/territoires/settings.py"),
        ("getenv", "src/territoires/settings.py"),
        ("session_state", "src/territoires/ui/state.py"),
        ("query_params", "src/territoires/ui/state.py"),
        ("cache_data", "src/territoires/ui/cache/"),
        ("cache_resource", "src/territoires/ui/cache/"),
        ("Choropleth", ""),
        ("pickle", ""),
        ("eval", ""),
        ("exec", ""),
    ],
)
def test_a_name_is_used_only_at_its_home(name: str, home: str) -> None:
    found = [place for path in FILES for place in uses(path, name)]
    # ``query_params=`` may be given to st.switch_page; it is an argument, not the link itself.
    elsewhere = [place for place in found if not (home and place.startswith(home))]
    assert elsewhere == []


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_no_html_escapes_the_cleaning_of_streamlit(path: Path) -> None:
    keywords = [
        f"{relative(path)}:{node.value.lineno}"
        for node in ast.walk(parse(path))
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html"
    ]
    assert keywords == []


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_the_path_of_python_is_never_changed(path: Path) -> None:
    assert [line for line, text in attributes(path) if text == "sys.path"] == []


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_nothing_catches_every_exception(path: Path) -> None:
    bare = [
        f"{relative(path)}:{node.lineno}"
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]
    assert bare == []


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_a_page_is_a_thin_script_that_opens_through_the_shell(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_PAGE_LINES
    assert "shell.open_page(__file__" in text


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_MODULE_LINES


def test_no_drawer_of_odds_and_ends() -> None:
    names = {path.stem for path in FILES} | {path.parent.name for path in MODULES}
    assert names.isdisjoint({"utils", "helpers", "common", "misc", "manager"})


def test_every_page_of_the_menu_has_its_script_and_the_reverse() -> None:
    from territoires.ui.shell import PAGES as MENU

    slugs = {"" if path.name == "dashboard.py" else path.stem for path in PAGES}
    assert {page.slug for page in MENU} == slugs
