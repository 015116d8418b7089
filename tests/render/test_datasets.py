"""Which set of data is in view, said on every page, and the way to the other one."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render.datasets import context_bar
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from tests.render.pieces import HOSTILE, JAVASCRIPT, check_harmless, read, tags

NORMANDIE = TerritoryId(Level.REGION, "28")
DRAFT = Selection("adhesion_maires_region", "2016-11", Dataset.BROUILLON)
PUBLISHED = Selection("adhesion_maires_region", "2016-11")
SIMULATED = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
FULL = replace(
    SIMULATED,
    territory=NORMANDIE,
    level=Level.DEPARTEMENT,
    mode=Mode.PRECISION,
    actors=False,
    compared=(NORMANDIE, TerritoryId(Level.REGION, "53")),
    other_wave="2024",
)


def params_of(address: str | None) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address or "").query))


def choices(bar: str) -> list[dict[str, str | None]]:
    return tags(bar, "a")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_published_data_have_no_banner() -> None:
    bar = context_bar("carte", PUBLISHED)
    (outer, *_) = tags(bar, "div")
    assert outer == {"class": "contexte"}
    assert "bandeau-demo" not in bar
    assert "simulés" not in read(bar).text
    assert plain(EDITIONS[Dataset.PUBLIE].banner) in plain(read(bar).text)


def test_the_demonstration_stands_under_a_banner_that_says_nobody_answered() -> None:
    bar = context_bar("carte", SIMULATED)
    (outer, *_) = tags(bar, "div")
    assert outer == {"class": "contexte bandeau-demo", "role": "note"}
    text = plain(read(bar).text)
    assert text.startswith("Jeu de démonstration")
    for words in ("simulés", "aucun maire n’a répondu", "Ne citez aucun chiffre d’ici"):
        assert words in text


@pytest.mark.parametrize("slug", ["", "carte", "territoire", "comparer"])
@pytest.mark.parametrize("selection", [PUBLISHED, SIMULATED, FULL])
def test_both_sets_are_offered_and_the_one_in_use_is_marked(
    slug: str, selection: Selection
) -> None:
    bar = context_bar(slug, selection)
    links = choices(bar)
    assert [params_of(link["href"])["jeu"] for link in links] == ["publie", "demonstration"]
    marked = [params_of(link["href"])["jeu"] for link in links if "aria-current" in link]
    assert marked == [selection.dataset.value]
    assert all(link.get("aria-current", "true") == "true" for link in links)
    assert all("data-interne" in link and "data-jeu" in link for link in links)
    names = [re.sub(r"<.*?>", "", item) for item in re.findall(r"<li>(.*?)</li>", bar)]
    assert names == [EDITIONS[d].name for d in (Dataset.PUBLIE, Dataset.DEMONSTRATION)]
    (menu,) = tags(bar, "nav")
    assert menu["aria-label"] == "Jeu de données"


@pytest.mark.parametrize("slug", ["", "carte", "territoire"])
def test_the_other_set_keeps_page_and_territory_not_what_only_this_set_has(slug: str) -> None:
    for link in choices(context_bar(slug, FULL)):
        assert urlsplit(link["href"] or "").path == f"/{slug}"
        params = params_of(link["href"])
        assert params["territoire"] == "region-28"
        assert not {"indicateur", "vague", "vague2", "bornes"} & set(params)
    for link in choices(context_bar(slug, SIMULATED)):
        assert "territoire" not in params_of(link["href"])


@pytest.mark.parametrize("selection", [PUBLISHED, SIMULATED, FULL])
def test_the_link_to_copy_is_that_of_this_very_view(selection: Selection) -> None:
    (button,) = tags(context_bar("carte", selection), "button")
    assert button["type"] == "button"
    assert urlsplit(button["data-copier"] or "").path == "/carte"
    assert params_of(button["data-copier"]) == selection.to_params()


@pytest.mark.parametrize("text", [HOSTILE, JAVASCRIPT, "a&jeu=publie", "é ï « »", "%3Cscript%3E"])
@pytest.mark.parametrize("dataset", [Dataset.PUBLIE, Dataset.DEMONSTRATION])
def test_hostile_parameters_are_inert(text: str, dataset: Dataset) -> None:
    hostile = Selection(text, text, dataset, other_wave=text, theme=text)
    bar = context_bar("carte", hostile)
    check_harmless(bar)
    kinds = [tag for tag, _ in read(bar).tags]
    assert kinds == [tag for tag, _ in read(context_bar("carte", PUBLISHED)).tags]
    (button,) = tags(bar, "button")
    assert params_of(button["data-copier"])["indicateur"] == text
    assert params_of(button["data-copier"])["jeu"] == dataset.value
    assert all(set(params_of(link["href"])) == {"jeu"} for link in choices(bar))


def test_every_set_that_can_be_read_is_offered(datasets: tuple[Published, Published]) -> None:
    assert set(EDITIONS) == {data.dataset for data in datasets} | {Dataset.BROUILLON}


@pytest.mark.parametrize("selection", [PUBLISHED, SIMULATED, DRAFT])
def test_a_draft_is_offered_to_the_person_who_has_one_alone(selection: Selection) -> None:
    sets = ["publie", "demonstration", "brouillon"]
    links = choices(context_bar("carte", selection, has_draft=True))
    assert [params_of(link["href"])["jeu"] for link in links if "data-jeu" in link] == sets
    marked = [params_of(link["href"])["jeu"] for link in links if "aria-current" in link]
    assert marked == [selection.dataset.value]


def test_a_draft_stands_under_its_own_banner_that_leads_back_to_the_update() -> None:
    bar = context_bar("carte", DRAFT, has_draft=True)
    (outer, *_) = tags(bar, "div")
    assert outer == {"class": "contexte bandeau-brouillon", "role": "note"}
    text = plain(read(bar).text)
    for words in ("Brouillon", "non publiés", "que vous seul·e voyez", "Revenir à la mise à jour"):
        assert words in text
    (back,) = [link for link in choices(bar) if link["href"] == "/mise_a_jour"]
    assert "data-interne" in back
    assert "Revenir" not in read(context_bar("mise_a_jour", DRAFT, has_draft=True)).text
