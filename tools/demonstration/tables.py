"""Answers counted: the tables of data/demonstration/, in the contracts of data/indicators/."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from territoires.tables.indicators import MAY_BE_EMPTY
from tools.demonstration import design, places
from tools.demonstration.answers import Respondent, simulate_wave, start_draws
from tools.demonstration.design import Contrasts, Question, build_contrasts
from tools.demonstration.places import Row, Territories

#: Tables of the contract where nothing is simulated: a header and no row.
EMPTY_TABLES = tuple(sorted(MAY_BE_EMPTY))
#: Fewer respondents than this are to be suppressed; the file keeps them, so that it shows.
SUPPRESSION = 11
_CAVEAT = "Donnée simulée, sans valeur d’information."
_SIMULATED = f"Simulé (graine {design.SEED})"


@dataclass(frozen=True, slots=True)
class Figure:
    """A share (%) among the respondents of one territory."""

    question: Question
    wave: str
    level: str
    code: str
    share: float
    respondents: int
    design_effect: float = 1.0


@dataclass(frozen=True, slots=True)
class Demonstration:
    """All that was simulated, with the truth it was drawn from."""

    contrasts: Contrasts
    figures: tuple[Figure, ...]
    #: By domain, its respondents in the last wave and the share (%) that expects each actor.
    expected: dict[str, tuple[int, tuple[float, ...]]]
    catalysts: list[Row]
    zoning: list[Row]


def simulate(territories: Territories) -> Demonstration:
    """Simulate everything from the seed."""
    contrasts = build_contrasts(territories.communes_by_region)
    departements = territories.departements_by_region
    waves = {wave: simulate_wave(wave, contrasts, departements) for wave in design.WAVES}
    return Demonstration(
        contrasts,
        tuple(
            figure
            for question in design.QUESTIONS
            for wave, respondents in waves.items()
            for figure in _tabulate(question, wave, respondents, contrasts)
        ),
        _tabulate_expected(waves[design.WAVES[-1]]),
        places.simulate_catalysts(territories.communes, start_draws("catalyseurs")),
        places.build_zoning(territories.epci, territories.borders),
    )


def build_tables(demonstration: Demonstration) -> dict[str, list[Row]]:
    """Give the rows of every table, by name."""
    return {
        "sources": [_source()],
        "domains": _domains(demonstration),
        "indicators": [_indicator(question) for question in design.QUESTIONS],
        "observations": [_observation(figure) for figure in demonstration.figures],
        "catalyst_kinds": places.kind_rows(),
        "lists": [_list_note()],
        "catalysts": demonstration.catalysts,
        "zonages": demonstration.zoning,
        **{table: [] for table in EMPTY_TABLES},
    }


def design_effect(wave: str, contrasts: Contrasts) -> float:
    """Give Kish's effect of the national weights: mayors of a région over its respondents."""
    sample = design.SAMPLES[wave]
    weights = {region: contrasts.communes[region] / size for region, size in sample.items()}
    total = sum(weights[region] * size for region, size in sample.items())
    squares = sum(weights[region] ** 2 * size for region, size in sample.items())
    return sum(sample.values()) * squares / total**2


def _tabulate(
    question: Question, wave: str, respondents: Sequence[Respondent], contrasts: Contrasts
) -> Iterator[Figure]:
    """Count an answer: France (weighted), régions, then départements where they are given."""
    regions = _count(question, ((person.region, person) for person in respondents))
    weights = {region: contrasts.communes[region] for region in regions}
    france = sum(weights[code] * yes / size for code, (yes, size) in regions.items())
    yield Figure(
        question, wave, "pays", "FR", 100 * france / sum(weights.values()), len(respondents),
        design_effect(wave, contrasts),
    )  # fmt: skip
    levels = {"region": regions}
    if question.indicator_id in design.DETAILED:
        levels["departement"] = _count(
            question,
            (
                (person.departement, person)
                for person in respondents
                if person.region in design.DETAILED_REGIONS
            ),
        )
    for level, counts in levels.items():
        for code in sorted(counts):
            yes, size = counts[code]
            yield Figure(question, wave, level, code, 100 * yes / size, size)


def _count(
    question: Question, people: Iterable[tuple[str, Respondent]]
) -> dict[str, tuple[int, int]]:
    """Count, by territory, those who gave an answer and those who were asked."""
    yes, asked = Counter[str](), Counter[str]()
    for code, person in people:
        asked[code] += 1
        yes[code] += question.indicator_id in person.said
    return {code: (yes[code], asked[code]) for code in asked}


def _tabulate_expected(
    respondents: Iterable[Respondent],
) -> dict[str, tuple[int, tuple[float, ...]]]:
    by_domain: dict[str, list[Respondent]] = defaultdict(list)
    for person in respondents:
        by_domain[person.first_domain].append(person)
    return {
        domain: (
            len(people),
            tuple(
                100 * sum(actor in person.expected for person in people) / len(people)
                for actor in design.ACTORS
            ),
        )
        for domain, people in by_domain.items()
    }


def _source() -> Row:
    return {
        "source_id": design.SOURCE_ID,
        "title": f"Enquête simulée de démonstration (graine {design.SEED}) – données fictives",
        "publisher": "Territoires (simulation)",
        "date": "non datée",
        "kind": "simulation",
    }


def _list_note() -> Row:
    return {
        "list_id": "catalysts",
        "label": "catalyseurs simulés",
        "exhaustive": "true",
        "caveat": f"{places.CATALYSTS} catalyseurs simulés, placés au hasard sur des communes "
        "réelles : aucun n’existe. La liste est déclarée complète pour montrer les densités et "
        "les territoires les moins couverts ; ces résultats sont simulés eux aussi.",
    }


def _domains(demonstration: Demonstration) -> list[Row]:
    rows = []
    for order, domain in enumerate(design.DOMAINS, start=1):
        people, shares = demonstration.expected[domain.domain_id]
        told = ", ".join(
            f"{actor} {share:.0f}\u00a0%"
            for actor, share in zip(
                ("citoyens", "associations", "entreprises", "collectivités"), shares, strict=True
            )
        )
        rows.append(
            {
                "domain_id": domain.domain_id,
                "source_order": str(order),
                "label": domain.label,
                **{
                    actor: str(share >= 50).lower()
                    for actor, share in zip(design.ACTORS, shares, strict=True)
                },
                "note": f"Rôles simulés, retenus à partir de la moitié des {people} maires "
                f"simulés de {design.WAVES[-1]} dont c’est la première priorité : {told}.",
                "fiabilite": "sans_objet",
                "source_id": design.SOURCE_ID,
            }
        )
    return rows


def _indicator(question: Question) -> Row:
    family = [
        other.indicator_id
        for other in design.QUESTIONS
        if question.family and other.family == question.family and other is not question
    ]
    detailed = question.indicator_id in design.DETAILED
    return {
        "indicator_id": question.indicator_id,
        "label": question.label,
        "description": question.description,
        "theme": question.theme,
        "study": design.STUDY,
        "actor": "maires",
        "actor_label": "maires simulés",
        "unit": "%",
        "unit_label": "%",
        "kind": "rate",
        "direction": question.direction,
        "base": "Ensemble des maires simulés du territoire",
        "levels": "pays region departement" if detailed else "pays region",
        "waves": " ".join(design.WAVES),
        "comparable_with": " ".join(family),
        "domain_id": question.domain_id,
        "nature": "enquete",
        "usage": "resultat",
        "status": "simule",
        "decimals": "0",
        "caveat": f"{_SIMULATED} : {question.caveat}." if question.caveat else f"{_SIMULATED}.",
    }


def _observation(figure: Figure) -> Row:
    place = "-".join((figure.wave, figure.level, figure.code))
    caveat = _CAVEAT
    if figure.design_effect != 1:
        effect = f"{figure.design_effect:.2f}".replace(".", ",")
        caveat += f" Pondérée par le nombre de communes des régions, effet de plan {effect}."
    elif figure.respondents < SUPPRESSION:
        caveat += f" Moins de {SUPPRESSION} répondants : à ne pas afficher."
    return {
        "observation_id": f"{figure.question.indicator_id}-{place}",
        "indicator_id": figure.question.indicator_id,
        "wave": figure.wave,
        "cycle": "hors cycle",
        "study": design.STUDY,
        "level": figure.level,
        "code": figure.code,
        "value": f"{figure.share:.1f}",
        "respondents": str(figure.respondents),
        "deff": f"{figure.design_effect:.2f}",
        "fiabilite": "sans_objet",
        "reading": "principale",
        "caveat": caveat,
        "statement": figure.question.description,
        "source_id": design.SOURCE_ID,
    }
