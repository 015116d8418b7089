"""What is true in the simulated world: samples, questions, and the régions that really differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

#: Every draw comes from it; changing it changes every file. The first, from 20251118 on, that leaves
#: each national margin within its 95 % interval.
SEED = 20251121
WAVES = ("2023", "2025")
STUDY = "Enquête simulée (démonstration)"
SOURCE_ID = "demo_enquete_simulee"
PREFIX = "demo_"

#: Respondents by wave, then by région: from 4 to 500. Mayotte is not asked in 2023.
SAMPLES: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "2023": {
            "01": 13, "02": 12, "03": 8, "04": 12, "11": 120, "24": 130, "27": 180, "28": 150,
            "32": 200, "44": 150, "52": 100, "53": 120, "75": 240, "76": 260, "84": 350,
            "93": 45, "94": 20,
        },
        "2025": {
            "01": 15, "02": 11, "03": 4, "04": 18, "06": 6, "11": 200, "24": 220, "27": 260,
            "28": 240, "32": 300, "44": 420, "52": 150, "53": 300, "75": 360, "76": 380,
            "84": 500, "93": 60, "94": 25,
        },
    }
)  # fmt: skip
#: Régions whose figures are also given by département.
DETAILED_REGIONS = ("44", "53")

#: First contrast, « engagement »: how far a région truly stands from France, in units of each
#: question's `engagement`. A région that is not named stands at 0.
_ENGAGEMENT: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "2023": {"53": 1.0, "94": 1.0, "93": -1.0, "01": -1.0},
        "2025": {"53": 1.0, "52": 1.0, "94": 1.0, "93": -1.0, "01": -1.0},
    }
)
#: Second contrast, « emploi »: the same in both waves.
_EMPLOYMENT: Mapping[str, float] = MappingProxyType({"32": 1.0, "04": 1.0})
#: The région that takes the opposite of all the others, so that France stays where it is aimed.
ENGAGEMENT_BALANCE = "24"
EMPLOYMENT_BALANCE = "75"


@dataclass(frozen=True, slots=True)
class Question:
    """One simulated answer: its true national share by wave, and how régions depart from it.

    Shares are in %, `engagement` and `employment` in points for a contrast of 1.
    """

    indicator_id: str
    label: str
    description: str
    theme: str
    shares: Mapping[str, float]
    engagement: float = 0.0
    employment: float = 0.0
    direction: str = "neutre"
    family: str = ""
    domain_id: str = ""
    caveat: str = ""
    #: Published figure that the national margin is aimed at; None where there is none.
    margin: int | None = None


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of fragility: how often it is a priority and whom mayors expect to act on it."""

    domain_id: str
    label: str
    shares: Mapping[str, float]
    employment: float
    #: True shares (%) of citoyens, associations, entreprises, collectivités expected to act.
    expected: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Contrasts:
    """How far each région truly stands from France, by wave for the first contrast."""

    engagement: Mapping[str, Mapping[str, float]]
    employment: Mapping[str, float]
    communes: Mapping[str, int] = field(repr=False)

    def share(self, question: Question, wave: str, region: str) -> float:
        """Give the true share (%) of a question in a région."""
        return (
            question.shares[wave]
            + self.engagement[wave].get(region, 0.0) * question.engagement
            + self.employment.get(region, 0.0) * question.employment
        )

    def differs(self, question: Question, wave: str, region: str) -> bool:
        """Tell whether a région truly differs from France."""
        return abs(self.share(question, wave, region) - question.shares[wave]) > 1e-9


def build_contrasts(communes: Mapping[str, int]) -> Contrasts:
    """Balance the contrasts on the number of communes, so that they change nothing nationally."""

    def balance(contrast: Mapping[str, float], region: str) -> dict[str, float]:
        others = sum(communes[code] * value for code, value in contrast.items())
        return {**contrast, region: -others / communes[region]}

    return Contrasts(
        {wave: balance(contrast, ENGAGEMENT_BALANCE) for wave, contrast in _ENGAGEMENT.items()},
        balance(_EMPLOYMENT, EMPLOYMENT_BALANCE),
        communes,
    )


def _stable(share: float) -> dict[str, float]:
    return dict.fromkeys(WAVES, share)


def _shares(first: float, second: float) -> dict[str, float]:
    return dict(zip(WAVES, (first, second), strict=True))


_ADHESION, _MATURITY = "Adhésion aux alliances", "Maturité de la co-construction"
_PRIORITIES, _ACTORS = "Fragilités et priorités", "Acteurs et rôles"
_FAVOURABLE = "haut_favorable"
_ALL_MAYORS = "la base retenue est l’ensemble des maires simulés"

#: Questions answered by yes or no.
OPINIONS = (
    Question(
        "demo_adhesion", "Adhésion à la dynamique partenariale (simulé)",
        "Adhèrent à la dynamique partenariale (réponses simulées)", _ADHESION, _stable(87),
        engagement=9, direction=_FAVOURABLE, margin=87,
    ),
    Question(
        "demo_devoir_alliance", "Le « devoir d’alliance » est une réalité (simulé)",
        "Le « devoir d’alliance » est, pour eux, une réalité (réponses simulées)", _ADHESION,
        _stable(92), direction=_FAVOURABLE, margin=92,
        caveat="aucune région ne diffère vraiment de la France, tout écart est du hasard",
    ),
    Question(
        "demo_utilite_fragilites", "Agir ensemble, utile pour réduire les fragilités (simulé)",
        "Agir collectivement est utile pour réduire les fragilités (réponses simulées)",
        _ADHESION, _stable(90), engagement=6, direction=_FAVOURABLE, family="utilite",
        margin=90, caveat=_ALL_MAYORS,
    ),
    Question(
        "demo_utilite_developpement", "Agir ensemble, utile au développement durable (simulé)",
        "Agir collectivement est utile au développement économique durable (réponses simulées)",
        _ADHESION, _stable(88), engagement=7, direction=_FAVOURABLE, family="utilite",
        margin=88, caveat=_ALL_MAYORS,
    ),
    Question(
        "demo_mandat_collectif", "Intention de « jouer collectif » (simulé)",
        "Comptent recourir à des alliances pendant le mandat (réponses simulées)", _ADHESION,
        _stable(64), engagement=16, direction=_FAVOURABLE, margin=64,
        caveat="simulé comme une intention",
    ),
)  # fmt: skip

#: The ladder: each mayor stands on one step, from the first to the fifth.
LADDER = (
    Question(
        "demo_maturite_1", "Échelle de maturité, 1 : aucune dynamique (simulé)",
        "Aucune dynamique de co-construction (réponses simulées)", _MATURITY, _shares(11, 9),
        engagement=-6, family="maturite",
    ),
    Question(
        "demo_maturite_2", "Échelle de maturité, 2 : en réflexion (simulé)",
        "Une dynamique est à l’étude (réponses simulées)", _MATURITY, _shares(13, 15),
        engagement=-8, family="maturite",
    ),
    Question(
        "demo_maturite_3", "Échelle de maturité, 3 : dynamique émergente (simulé)",
        "La dynamique émerge tout juste (réponses simulées)", _MATURITY, _stable(46),
        engagement=-4, family="maturite", margin=46,
        caveat="une seule des deux lectures du 46 % est simulée : « la dynamique émerge tout "
        "juste », en points sur 100 maires, comprise dans les 76 % de dynamiques lancées ; "
        "c’est une hypothèse, l’autre lecture n’est pas simulée",
    ),
    Question(
        "demo_maturite_4", "Échelle de maturité, 4 : dynamique installée (simulé)",
        "La dynamique est installée (réponses simulées)", _MATURITY, _shares(24, 20),
        engagement=13, family="maturite",
    ),
    Question(
        "demo_maturite_5", "Échelle de maturité, 5 : dynamique ancrée (simulé)",
        "La dynamique est ancrée et s’élargit (réponses simulées)", _MATURITY, _shares(6, 10),
        engagement=5, family="maturite",
    ),
)  # fmt: skip
#: Steps from this one on (0 is the first) make « une dynamique est lancée ».
FIRST_STARTED_STEP = 2
STARTED = Question(
    "demo_dynamique_initiee", "Une dynamique de co-construction est lancée (simulé)",
    "Leur territoire a initié une dynamique de co-construction (réponses simulées)", _MATURITY,
    _stable(76), engagement=14, direction=_FAVOURABLE, margin=76,
    caveat="total des échelons 3, 4 et 5 de l’échelle simulée",
)  # fmt: skip

#: Each mayor names three priorities: the shares add up to 300.
DOMAINS = (
    Domain("emploi", "Emploi, chômage, insertion", _shares(44, 38), 14, (15, 45, 85, 80)),
    Domain("dev_eco", "Développement économique", _stable(34), 0, (10, 20, 92, 78)),
    Domain("niveau_vie", "Niveau de vie, pouvoir d’achat", _stable(16), 0, (20, 35, 60, 40)),
    Domain("pauvrete", "Pauvreté", _stable(14), 6, (35, 88, 15, 70)),
    Domain("mal_logement", "Mal-logement", _stable(18), 0, (12, 62, 25, 90)),
    Domain("diversite_handicap", "Diversité, handicap", _stable(8), 0, (30, 80, 55, 65)),
    Domain("intergenerationnel", "Intergénérationnel", _stable(12), 0, (64, 85, 10, 58)),
    Domain("lien_social", "Isolement, lien social", _stable(26), 0, (70, 90, 8, 66)),
    Domain("education", "Éducation", _stable(17), 0, (58, 64, 18, 74)),
    Domain("sante", "Santé", _shares(27, 33), 0, (14, 40, 20, 86)),
    Domain("securite", "Sécurité", _stable(13), 0, (42, 15, 6, 92)),
    Domain("mobilite", "Mobilité", _stable(29), -12, (25, 36, 42, 90)),
    Domain("numerique", "Accès au numérique", _stable(10), 0, (12, 60, 57, 72)),
    Domain("culture_loisirs", "Culture, loisirs", _stable(9), 0, (40, 86, 12, 70)),
    Domain("environnement", "Environnement", _stable(12), -8, (68, 60, 35, 75)),
    Domain("transition_energetique", "Transition énergétique", _stable(11), 0, (40, 30, 66, 80)),
)
PRIORITIES_NAMED = 3
PRIORITIES = tuple(
    Question(
        f"{PREFIX}domaine_{domain.domain_id}",
        f"Priorité : {domain.label} (simulé)",
        f"Citent « {domain.label} » parmi leurs trois priorités (réponses simulées)",
        _PRIORITIES,
        domain.shares,
        employment=domain.employment,
        family="domaine",
        domain_id=domain.domain_id,
    )
    for domain in DOMAINS
)

#: Five profiles, named by letters alone: nothing distinguishes them, in any région.
PROFILES = tuple(
    Question(
        f"{PREFIX}profil_{letter.lower()}",
        f"Profil {letter} (simulé)",
        f"Relèvent du profil {letter}, nom neutre sans contenu (réponses simulées)",
        _ACTORS,
        _stable(share),
        family="profil",
        caveat="aucune région ne diffère vraiment de la France, tout écart est du hasard",
    )
    for letter, share in zip("ABCDE", (30, 25, 20, 15, 10), strict=True)
)

ACTORS = ("citoyens", "associations", "entreprises", "collectivites")
_ACTOR_LABELS = ("citoyens", "associations", "entreprises", "collectivités")


def _expected_share(actor: int, wave: str) -> float:
    """Give the true share of mayors who expect an actor on the first of their priorities."""
    named = sum(domain.shares[wave] * domain.expected[actor] for domain in DOMAINS)
    return named / (100 * PRIORITIES_NAMED)


ROLES = tuple(
    Question(
        f"{PREFIX}role_{name}",
        f"Acteurs attendus : {label} (simulé)",
        f"Attendent les {label} sur leur première priorité (réponses simulées)",
        _ACTORS,
        {wave: _expected_share(actor, wave) for wave in WAVES},
        employment=sum(domain.employment * domain.expected[actor] for domain in DOMAINS)
        / (100 * PRIORITIES_NAMED),
        family="role",
    )
    for actor, (name, label) in enumerate(zip(ACTORS, _ACTOR_LABELS, strict=True))
)

#: In the order of the catalogue.
QUESTIONS = (*OPINIONS, STARTED, *LADDER, *PRIORITIES, *PROFILES, *ROLES)
#: Questions also given by département.
DETAILED = frozenset(question.indicator_id for question in (*OPINIONS, STARTED, *LADDER))
