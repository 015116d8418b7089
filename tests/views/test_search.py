"""The search: what people type finds what they mean."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.search_index import read_search_table
from territoires.views.search import find, search
from territoires.views.search_index import (
    SearchIndex,
    Zone,
    build_search_index,
    normalize,
    to_key,
    without_article,
)
from tests.views.search_samples import STRANGE, cases, mistyped


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return build_search_index(read_search_table())


def found(index: SearchIndex, query: str, *, limit: int = 8) -> list[str]:
    return [str(match.id) for match in search(index, query, limit=limit)]


def details(index: SearchIndex, query: str) -> dict[str, str]:
    return {
        str(match.id): f"{match.name} · {match.detail}".replace("\u00a0", " ").replace(
            "\u202f", " "
        )
        for match in search(index, query)
    }


# Names as they are typed


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("ST ETIENNE", "saint etienne"),
        ("St. Étienne", "saint etienne"),
        ("Ste-Colombe", "sainte colombe"),
        ("Stes Maries", "saintes maries"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("Œuilly", "oeuilly"),
        ("  Île–de–France  ", "ile de france"),
        ("", ""),
        ("😀", ""),
        ("Str", "str"),
    ],
)
def test_a_name_is_reduced_to_what_counts(text: str, key: str) -> None:
    assert normalize(text) == key


@given(st.text(max_size=60))
def test_reducing_a_name_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    assert to_key(to_key(text)) == to_key(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Paris 1er", "paris 1"),
        ("14e Arrondissement", "14 arrondissement"),
        ("lyon 3ème", "lyon 3"),
        ("2nd", "2"),
        ("Ere", "ere"),
    ],
)
def test_a_rank_is_a_number(text: str, key: str) -> None:
    assert to_key(text) == key


@pytest.mark.parametrize(
    ("key", "short"),
    [
        ("le mans", "mans"),
        ("les sables", "sables"),
        ("l hay", "hay"),
        ("la", "la"),
        ("lens", "lens"),
        ("la la", "la"),
    ],
)
def test_an_article_may_be_left_out(key: str, short: str) -> None:
    assert without_article(key) == short


# The shared table


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["query"] or "rien")
def test_people_find_what_they_mean(index: SearchIndex, case: dict) -> None:
    expected = case["first"]
    answers = found(index, case["query"])
    assert answers[: len(expected)] == expected
    assert bool(answers) == bool(expected)


# What is said beside a name


@pytest.mark.parametrize(
    ("query", "territory", "said"),
    [
        ("saint-denis", "commune-93066", "Saint-Denis · commune · Seine-Saint-Denis (93) · "),
        ("finistère", "departement-29", "Finistère · département · 29 · "),
        ("bretagne", "region-53", "Bretagne · région · "),
        (
            "métropole de lyon",
            "epci-200046977",
            "Métropole de Lyon · intercommunalité · Rhône (69)",
        ),
        (
            "bussière-boffy",
            "commune-87097",
            "Bussière-Boffy · ancienne commune, aujourd’hui Val d’Issoire · Haute-Vienne (87) · ",
        ),
        (
            "colleville-sur-orne",
            "commune-14166",
            "Colleville-sur-Orne · ancien nom, aujourd’hui Colleville-Montgomery · Calvados (14) · ",
        ),
        ("78018", "commune-95018", "Argenteuil · commune · Val-d’Oise (95) · "),
        (
            "paris 14",
            "commune-75056",
            "Paris 14e Arrondissement · arrondissement, page de la commune",
        ),
        ("grand lyon", "epci-200046977", "Grand Lyon · nom courant, voir Métropole de Lyon · "),
        (
            "alsace",
            "region-44",
            "Alsace · ancienne région, aujourd’hui dans la région Grand Est · ",
        ),
        ("975", "departement-975", "Saint-Pierre-et-Miquelon · collectivité d’outre-mer · 975 · "),
        ("nouvelle-calédonie", "departement-988", "Nouvelle-Calédonie · collectivité à statut"),
        ("kerguelen", "commune-98412", "Archipel des Kerguelen · commune · Terres australes et "),
    ],
)
def test_a_proposal_says_what_it_is(
    index: SearchIndex, query: str, territory: str, said: str
) -> None:
    assert details(index, query)[territory].startswith(said)


@pytest.mark.parametrize(
    ("query", "territory", "end"),
    [
        ("35000", "commune-35238", "code postal 35000"),
        ("59300", "commune-59300", "code Insee 59300"),
        ("53", "region-53", "code 53"),
        ("53", "departement-53", "hab."),
        ("200067981", "epci-200067981", "SIREN 200067981"),
        ("210100012", "commune-01001", "SIREN 210100012"),
        ("78018", "commune-95018", "ancien code 78018"),
        ("01126", "commune-01033", "ancien code 01126"),
        ("75114", "commune-75056", "code Insee 75114"),
        ("3520", "commune-35238", "code postal 35200"),
        ("saint-denis", "commune-93066", "hab."),
    ],
)
def test_a_proposal_says_which_code_answers(
    index: SearchIndex, query: str, territory: str, end: str
) -> None:
    assert details(index, query)[territory].endswith(end)


def test_overseas_collectivities_are_said_to_be_off_the_map(index: SearchIndex) -> None:
    for query in ("saint-pierre-et-miquelon", "nouméa", "wallis et futuna", "clipperton"):
        assert all("hors de la carte" in text for text in details(index, query).values()), query
    assert "hors de la carte" not in details(index, "la réunion")["departement-974"]


def test_homonyms_are_told_apart(index: SearchIndex) -> None:
    for name in ("Laval", "Sainte-Colombe", "Saint-Denis", "Mayenne", "Paris"):
        matches = [m for m in search(index, name, limit=20) if m.name == name]
        assert len(matches) > 1
        assert len({m.detail for m in matches}) == len(matches)


# Equal answers, and how many


@pytest.mark.parametrize(
    "query", ["saint-denis", "mayenne", "la réunion", "59300", "53", "rochelle"]
)
def test_equal_names_or_codes_are_ambiguous(index: SearchIndex, query: str) -> None:
    assert find(index, query).ambiguous


@pytest.mark.parametrize(
    "query",
    ["lyon", "quimper", "saint-denis 93", "35000", "75014", "bretagn 35", "", "coupy", "29"],
)
def test_a_sensible_answer_is_not_ambiguous(index: SearchIndex, query: str) -> None:
    assert not find(index, query).ambiguous


def test_more_answers_are_told(index: SearchIndex) -> None:
    assert find(index, "saint").more
    assert not find(index, "quimper", limit=40).more
    assert len(search(index, "saint", limit=3)) == 3


# Mistakes


def test_one_mistake_is_forgiven_anywhere_in_a_name(index: SearchIndex) -> None:
    drawn = random.Random(7)  # noqa: S311 - the same names at each run
    rows = [row for row in index.rows if row.alias is None and len(row.full) > 7]
    lost = []
    for row in drawn.sample(rows, 60):
        typed = mistyped(row.full, drawn)
        if str(row.id) not in found(index, typed, limit=60):
            lost.append((typed, row.full))
    # Another territory may bear the mistyped name itself.
    assert len(lost) <= 1, lost


@pytest.mark.parametrize("query", ["bre", "par", "lyn", "qui"])
def test_nothing_is_guessed_under_four_letters(index: SearchIndex, query: str) -> None:
    assert all(query in normalize(match.name) for match in search(index, query))


def test_an_exact_name_calls_for_no_guess(index: SearchIndex) -> None:
    assert all("brest" in normalize(m.name) for m in search(index, "brest", limit=60))


def test_a_mistake_at_the_end_of_a_beginning_is_another_name(index: SearchIndex) -> None:
    assert found(index, "barcelonn")
    assert found(index, "barcelona") == []


# Whatever is typed


@pytest.mark.parametrize("query", STRANGE)
def test_hostile_or_endless_queries_are_only_text(index: SearchIndex, query: str) -> None:
    places = {row.id for row in index.rows}
    assert all(match.id in places for match in search(index, query))


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_gives_at_most_eight_different_territories(
    index: SearchIndex, query: str
) -> None:
    matches = search(index, query)
    assert len(matches) <= 8
    assert len({match.id for match in matches}) == len(matches)


# The whole country


def sample(directory: Directory, level: Level, size: int) -> list[TerritoryId]:
    everyone = directory.frame.loc[directory.frame["level"] == level, "code"].tolist()
    # Evenly spread over the country (the directory is in code order), the same at each run.
    chosen = everyone[:: max(1, len(everyone) // size)][:size]
    return [TerritoryId(level, code) for code in chosen]


def test_each_of_100_communes_is_found_by_its_name_and_by_its_code(
    index: SearchIndex, directory: Directory
) -> None:
    lost = []
    for territory in sample(directory, Level.COMMUNE, 100):
        name = directory.get(territory).name
        # A postcode of the same digits comes before.
        if str(territory) not in found(index, territory.code)[:2]:
            lost.append((str(territory), "code"))
        if str(territory) not in found(index, name, limit=25):
            lost.append((str(territory), name))
    assert lost == []


def test_every_region_and_departement_is_first_by_its_own_name(
    index: SearchIndex, directory: Directory
) -> None:
    for level in (Level.REGION, Level.DEPARTEMENT):
        for territory in directory.of_level(level):
            same_level = [m.id for m in search(index, territory.name) if m.id.level == level]
            assert same_level[0] == territory.id, territory.name


def test_intercommunalites_are_found_by_the_name_the_site_gives_them(
    index: SearchIndex, directory: Directory
) -> None:
    frame = directory.frame
    metropoles = frame.loc[frame["kind"].isin(["METRO", "MET69"]), "code"]
    chosen = {TerritoryId(Level.EPCI, code) for code in metropoles}
    assert len(chosen) == 22
    lost = [
        (str(territory), directory.get(territory).name)
        for territory in sorted(chosen | set(sample(directory, Level.EPCI, 60)))
        if str(territory) not in found(index, directory.get(territory).name)
    ]
    assert lost == []


def test_the_index_holds_every_territory_once_by_its_own_name(
    index: SearchIndex, directory: Directory
) -> None:
    own = [row for row in index.rows if row.alias is None]
    codes = zip(directory.frame["level"], directory.frame["code"], strict=True)
    assert {row.id for row in own} == {TerritoryId(Level(level), code) for level, code in codes}
    assert len(own) == len(directory.frame)
    assert all(row.name == directory.get(row.id).name for row in own[::50])


# Zones of one's own


def test_zones_are_found_beside_the_rest() -> None:
    zones = (
        Zone(TerritoryId(Level.ZONE, "pays.001"), "Pays de Brest", "Pays (essai)", 400_000),
        Zone(TerritoryId(Level.ZONE, "pays.002"), "Pays <b>", "Pays (essai)", None),
    )
    index = build_search_index(read_search_table(), zones)
    assert found(index, "pays de brest")[0] == "zone-pays.001"
    assert "zone-pays.001" in found(index, "brest")
    (match,) = [m for m in search(index, "pays de brest") if m.id.level is Level.ZONE]
    assert (
        match.detail.replace("\u202f", " ").replace("\u00a0", " ") == "Pays (essai) · 400 000 hab."
    )
    assert details(index, "pays b")["zone-pays.002"] == "Pays <b> · Pays (essai)"
