"""data/demonstration/README.md, written from what was simulated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tools.demonstration import checks, design
from tools.demonstration.places import CATALYSTS, POPULATION_POWER
from tools.demonstration.tables import SUPPRESSION, Demonstration, Figure, design_effect

_LAST = design.WAVES[-1]
#: The roles are left out: a contrast reaches them through the priorities, too little to be tested.
_TESTED = tuple(question for question in design.QUESTIONS if question not in design.ROLES)
_CONTENTS = {
    "sources.csv": "une source : la simulation elle-même",
    "domains.csv": "les 16 domaines (vrais noms) et les acteurs que les maires simulés y attendent",
    "indicators.csv": "catalogue : 5 opinions, dynamique lancée, 5 échelons, 16 priorités, "
    "5 profils, 4 acteurs attendus",
    "observations.csv": "chiffres comptés, France, régions et départements de deux régions",
    "catalyst_kinds.csv": "catégories d’acteurs simulés",
    "lists.csv": "la liste des catalyseurs, déclarée complète",
    "catalysts.csv": "catalyseurs simulés sur des communes réelles",
    "zonages.csv": "zonage simulé, fait d’EPCI réels",
}
_TEXT = """\
> **⚠ Données fictives.** Tout ce dossier est simulé : aucun maire n’a répondu, aucun catalyseur n’existe. Ne citez aucun de ces chiffres.

# Jeu de démonstration

Il montre tout ce que Territoires sait faire quand une enquête publie ses effectifs, ce que les chiffres réels ne permettent pas encore. C’est un **autre jeu de données** : aucune ligne d’ici ne rejoint une ligne de `data/indicators/` dans un tableau, un graphique, une carte ou un fichier. Seuls les chiffres de l’Insee et du Code officiel géographique peuvent figurer à côté, avec la mention « donnée réelle ».

Les fichiers suivent les contrats de `data/indicators/schemas/`. Tous les identifiants commencent par `demo_`, sauf `catalysts` dans `lists.csv`, qui est un nom de table, et ceux des 16 domaines, qui sont les vrais : les chiffres de l’Insee s’y rangent aussi. Les indicateurs ont le statut `simule`, la source est de nature `simulation` : la lecture refuse tout autre mélange. Tout est reconstruit, octet pour octet, par :

```
python -m tools.build_demonstration
```

Graine : **{seed}**. Ce fichier-ci est écrit par la même commande ; ne le modifiez pas à la main.

## Les fichiers

{files}

Les pourcentages ont une décimale : avec `respondents`, ils redonnent l’effectif exact des réponses, sauf pour la France, qui est pondérée. `deff` est l’effet de plan : 1 partout, sauf pour la France.

Un fichier à zéro ligne n’a que son en-tête : rien de tel n’est simulé. Les ressources, la chronologie, le parcours de 2018 et les profils sont réels et restent dans `data/indicators/`.

## Comment les réponses sont simulées

1. **Échantillon.** Les effectifs de chaque région et de chaque vague sont fixés (tableau plus bas), de {smallest} à {largest} maires. Dans une région, tous les maires ont la même chance d’être tirés : les pourcentages régionaux et départementaux ne sont pas pondérés, leur effet de plan est de 1.
2. **Réponses.** Chaque maire simulé répond à cinq questions par oui ou non, se place sur un échelon de maturité, relève d’un profil, cite trois priorités parmi 16 et dit quels acteurs il attend sur la première. Les réponses favorables d’une même personne se ressemblent (une sur deux suit une tendance personnelle), sans que cela change les parts.
3. **Comptage.** Les chiffres publiés ici sont des réponses comptées, jamais des paramètres recopiés. La valeur nationale pondère chaque région par son nombre de communes : les effectifs étant inégaux, son effet de plan (Kish) est de {effects}.
4. **Départements.** Dans deux régions ({detailed}), les cinq questions, la dynamique lancée et les échelons sont aussi donnés par département. Aucun département ne diffère vraiment de sa région : tout écart entre eux est du hasard.

## Les marges nationales

Les parts vraies sont des valeurs publiées ailleurs (87, 76 et 46 % en 2016 ; 92, 90, 88 et 64 % en 2020), reprises comme paramètres dans les deux vagues ; les parts obtenues s’en écartent du seul hasard de l’échantillon. « Marge » : 1,96 erreur type, effet de plan compris.

{margins}

- **46 %** : deux lectures sont publiées. Une seule est simulée, par **hypothèse** : « la dynamique émerge tout juste », en points sur 100 maires, comprise dans les 76 %. Les échelons 3, 4 et 5 totalisent donc 76.
- **90 et 88 %** : la base publiée est ambiguë. Hypothèse retenue : l’ensemble des maires.
- **64 %** : simulé comme une intention.
- La graine est la première, à partir de 20251118, qui laisse les {drawn} parts nationales dans leur marge (hors marge ici : {outside}). Aucune réponse n’a été retouchée.

## Ce qui diffère vraiment, et ce qui n’est que du hasard

Deux contrastes sont vrais, tous deux équilibrés entre régions pour que la France reste à sa valeur. **Une région sans contraste a exactement la part nationale : tout écart observé y est du hasard.**

- **Engagement** : agit sur les questions d’adhésion (sauf le « devoir d’alliance ») et sur la maturité.
- **Emploi** : agit sur quatre priorités et, par elles, un peu sur les acteurs attendus.
- **Aucun contraste** : le « devoir d’alliance », les cinq profils et les douze autres priorités. Sur leurs cartes, tout écart est du hasard.

{regions}

Part vraie d’une région = part vraie nationale + contraste × effet (en points) :

{effects_table}

Part vraie et part observée, « jouer collectif », {last} :

{example}

## Ce que les tests retrouvent

Comparaison de chaque région à la France en {last}, effectif d’au moins {suppression} : intervalle exact (Clopper–Pearson), à 5 % par région, puis à 5 % pour toute la carte (5 % ÷ nombre de régions). Sur ces cartes, la correction ramène les fausses alertes de {plain_alerts} à {kept_alerts}, sur {maps} cartes (le réglage en tolère une sur vingt cartes). Elle laisse passer de vraies différences, surtout quand l’effectif est petit (Corse, Guadeloupe, La Réunion) : « non conclu » ne veut pas dire « pareil ».

{tests}

## Les évolutions vraies entre {first} et {last}

- France : échelons 1 (11 → 9), 2 (13 → 15), 4 (24 → 20) et 5 (6 → 10) ; priorités emploi (44 → 38) et santé (27 → 33) ; par elles, les acteurs attendus bougent de {roles} point au plus. Rien d’autre ne bouge.
- Régions : les Pays de la Loire gagnent un contraste d’engagement de 1 ; le Centre-Val de Loire, qui équilibre les autres, passe de {balance}.

## Précision et suppression

Chiffres par précision (demi-largeur de l’intervalle de Wilson à 95 %, effet de plan compris) :

{precisions}

Les effectifs de moins de {suppression} restent dans le fichier, puisqu’ils sont fictifs, pour que la suppression se voie à l’écran. {alone} Mayotte n’est pas interrogée en 2023 (« manquant »).

## Catalyseurs et zonage

- **{catalysts} catalyseurs simulés**, sur {places} communes réelles tirées avec une probabilité proportionnelle à leur population à la puissance {power} (une commune peut en avoir plusieurs). La liste est déclarée complète pour montrer les densités et les territoires les moins couverts. Catégories et métiers sont tirés au hasard ; {without} départements n’en ont aucun.
- **`zonages.csv`** : {zones} « pays » simulés, faits d’EPCI réels entiers, dans {detailed}. Chaque EPCI est avec ses voisins du même département (2 à 5 par groupe), selon la distance entre leurs points : ce ne sont pas les Pays et PETR qui existent. Colonnes : `zoning_id`, `zoning_name`, `zone_code`, `zone_name`, `level`, `code`.
- **Rôles des acteurs** dans `domains.csv` : un acteur est attendu (`true`) si au moins la moitié des maires simulés de {last} dont c’est la première priorité le citent ; sinon `false`.
"""


def build_readme(
    demonstration: Demonstration, counts: Mapping[str, int], names: Mapping[str, str]
) -> str:
    """Write the README.

    Parameters
    ----------
    counts
        Rows of each file, in the order to show them.
    names
        Name of each région, by code.
    """
    contrasts = demonstration.contrasts
    sizes = [size for sample in design.SAMPLES.values() for size in sample.values()]
    margins = _margins(demonstration.figures)
    effects = " et ".join(
        f"{_number(design_effect(wave, contrasts), 2)} en {wave}" for wave in design.WAVES
    )
    balance = [contrasts.engagement[wave][design.ENGAGEMENT_BALANCE] for wave in design.WAVES]
    actors = demonstration.catalysts
    return _TEXT.format(
        seed=design.SEED,
        files=_table(
            ("Fichier", "Lignes", "Contenu"),
            (
                (f"`{name}`", _count(rows), _CONTENTS.get(name, "en-tête seul"))
                for name, rows in counts.items()
            ),
        ),
        smallest=min(sizes),
        largest=max(sizes),
        effects=effects,
        detailed=" et ".join(names[code] for code in design.DETAILED_REGIONS),
        margins=_table(
            ("Indicateur", "Vague", "Part vraie", "Obtenue", "Marge", "n"),
            (row[:-1] for row in margins),
        ),
        drawn=len(margins),
        outside=sum(row[-1] == "hors" for row in margins) or "aucune",
        regions=_regions(demonstration, names),
        effects_table=_effects(),
        example=_example(demonstration, names),
        tests=_tests(demonstration),
        maps=len(_TESTED),
        plain_alerts=_alerts(demonstration, corrected=False),
        kept_alerts=_alerts(demonstration, corrected=True),
        roles=_number(max(abs(_change(question)) for question in design.ROLES), 1),
        first=design.WAVES[0],
        last=_LAST,
        balance=" à ".join(_number(value, 2) for value in balance),
        precisions=_precisions(demonstration.figures),
        suppression=SUPPRESSION,
        alone=_alone(demonstration.figures),
        catalysts=CATALYSTS,
        places=len({row["insee_commune"] for row in actors}),
        power=_number(POPULATION_POWER, 1),
        without=101 - len({row["departement_code"] for row in actors}),
        zones=len({row["zone_code"] for row in demonstration.zoning}),
    )


def _margins(figures: Iterable[Figure]) -> list[tuple[str, ...]]:
    """Compare national shares with those aimed at; the last cell is « dans » or « hors »."""
    rows: list[tuple[str, ...]] = []
    for figure in figures:
        aim = figure.question.margin
        if figure.level == "pays" and aim is not None:
            size = figure.respondents / figure.design_effect
            margin = 100 * checks.Z95 * (aim / 100 * (1 - aim / 100) / size) ** 0.5
            rows.append(
                (
                    f"`{figure.question.indicator_id}`",
                    figure.wave,
                    str(aim),
                    _number(figure.share, 1),
                    f"± {_number(margin, 1)}",
                    _count(figure.respondents),
                    "dans" if abs(figure.share - aim) <= margin else "hors",
                )
            )
    return rows


def _regions(demonstration: Demonstration, names: Mapping[str, str]) -> str:
    contrasts = demonstration.contrasts
    rows = []
    for code in sorted(design.SAMPLES[_LAST]):
        engagement = [contrasts.engagement[wave].get(code, 0.0) for wave in design.WAVES]
        employment = contrasts.employment.get(code, 0.0)
        rows.append(
            (
                f"{code} {names[code]}",
                *(str(design.SAMPLES[wave].get(code, "non interrogée")) for wave in design.WAVES),
                *(_contrast(value) for value in (*engagement, employment)),
                "vraiment différente" if any((*engagement, employment)) else "hasard seul",
            )
        )
    totals = (_count(sum(design.SAMPLES[wave].values())) for wave in design.WAVES)
    rows.append(("Total", *totals, "", "", "", ""))
    headings = (
        "Région", "n 2023", "n 2025", "Engagement 2023", "Engagement 2025", "Emploi", "Nature",
    )  # fmt: skip
    return _table(headings, rows)


def _effects() -> str:
    def share(question: design.Question) -> str:
        return " → ".join(dict.fromkeys(_number(value, 1) for value in question.shares.values()))

    return _table(
        ("Indicateur", "Part vraie, France (%)", "Effet engagement", "Effet emploi"),
        (
            (
                f"`{question.indicator_id}`",
                share(question),
                _contrast(question.engagement),
                _contrast(question.employment),
            )
            for question in design.QUESTIONS
        ),
    )


def _example(demonstration: Demonstration, names: Mapping[str, str]) -> str:
    regions, france = _last_wave(demonstration, "demo_mandat_collectif")
    risk = checks.RISK / sum(figure.respondents >= SUPPRESSION for figure in regions)

    def verdict(figure: Figure) -> str:
        if figure.respondents < SUPPRESSION:
            return "supprimée"
        if checks.differs(figure, france.share, risk):
            return "différente"
        plain = checks.differs(figure, france.share, checks.RISK)
        return "non conclu (différente sans correction)" if plain else "non conclu"

    contrasts = demonstration.contrasts
    return _table(
        ("Région", "n", "Part vraie", "Part observée", "Test corrigé"),
        (
            (
                f"{figure.code} {names[figure.code]}",
                str(figure.respondents),
                _number(contrasts.share(figure.question, _LAST, figure.code), 1),
                _number(figure.share, 1),
                verdict(figure),
            )
            for figure in regions
        ),
    )


def _tests(demonstration: Demonstration) -> str:
    rows = []
    for question in _TESTED:
        regions, france = _last_wave(demonstration, question.indicator_id)
        plain, corrected = (
            checks.detect(regions, france, demonstration.contrasts, corrected=corrected)
            for corrected in (False, True)
        )
        rows.append(
            (
                f"`{question.indicator_id}`",
                f"{plain.found_differing} sur {plain.differing}",
                f"{plain.found_alike} sur {plain.alike}",
                f"{corrected.found_differing} sur {corrected.differing}",
                f"{corrected.found_alike} sur {corrected.alike}",
            )
        )
    headings = (
        "Indicateur", "Vraies différences, à 5 % par région", "Fausses alertes, à 5 % par région",
        "Vraies différences, corrigé", "Fausses alertes, corrigé",
    )  # fmt: skip
    return _table(headings, rows)


def _last_wave(demonstration: Demonstration, indicator_id: str) -> tuple[list[Figure], Figure]:
    figures = [
        figure
        for figure in demonstration.figures
        if figure.question.indicator_id == indicator_id and figure.wave == _LAST
    ]
    regions = [figure for figure in figures if figure.level == "region"]
    return regions, next(figure for figure in figures if figure.level == "pays")


def _precisions(figures: Iterable[Figure]) -> str:
    counts = Counter((checks.precision(figure), figure.level) for figure in figures)
    levels = ("pays", "region", "departement")
    words = {
        "précise": "précise (≤ 5 points)",
        "correcte": "correcte (≤ 10)",
        "indicative": "indicative (≤ 20)",
        checks.TOO_WIDE: "trop imprécise (> 20)",
        checks.SUPPRESSED: f"supprimée (n < {SUPPRESSION})",
    }
    return _table(
        ("Précision", "France", "Régions", "Départements"),
        ((words[name], *(str(counts[name, level]) for level in levels)) for name in words),
    )


def _alone(figures: Iterable[Figure]) -> str:
    """Say which territories are under the threshold, and whether one of them is alone."""
    small: dict[tuple[str, str], set[str]] = defaultdict(set)
    for figure in figures:
        if figure.respondents < SUPPRESSION:
            small[figure.level, figure.wave].add(figure.code)
    words = {"region": "région", "departement": "département"}
    told = " ; ".join(
        f"{words[level]}{'s' * (len(codes) > 1)} {', '.join(sorted(codes))} en {wave}"
        for (level, wave), codes in sorted(small.items(), reverse=True)
    )
    return (
        f"Sous le seuil : {told}. Quand un seul territoire d’un total est sous le seuil, une "
        "seconde suppression est nécessaire : le total le trahirait."
    )


def _alerts(demonstration: Demonstration, *, corrected: bool) -> int:
    """Count the régions wrongly found different, on every map tested."""
    return sum(
        checks.detect(
            *_last_wave(demonstration, question.indicator_id),
            demonstration.contrasts,
            corrected=corrected,
        ).found_alike
        for question in _TESTED
    )


def _change(question: design.Question) -> float:
    first, last = (question.shares[wave] for wave in design.WAVES)
    return last - first


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _contrast(value: float) -> str:
    return _number(value, 2, sign=True) if value else "0"


def _number(value: float, decimals: int, *, sign: bool = False) -> str:
    text = f"{value:{'+' if sign else ''}.{decimals}f}"
    return text.replace("-", "−").replace(".", ",")


def _count(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
