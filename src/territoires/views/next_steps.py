"""What to do next, taken from the kit: which step and which resources, and by what rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from territoires.domain.assessment import STAGES
from territoires.domain.indicators import Source
from territoires.domain.kit import Domain, Kit, Resource, Step
from territoires.views.french import join_words

#: Resources and domains that a step names; the page « Agir » shows all of them.
MAX_RESOURCES = 3
MAX_DOMAINS = 3
INVITATION = (
    "L’échelon de votre territoire n’est pas connu : ces premiers pas conviennent à tous. "
    "Répondez à cinq questions pour avoir les vôtres."
)
DOMAIN_RULE = (
    "Aucune ressource n’est rattachée à un domaine de fragilité par ceux qui la publient : un "
    "domaine dit qui réunir, il n’écarte aucune ressource."
)
FROM_ANSWERS = "d’après vos réponses"
_EVERYONE = "parce que ce premier pas convient quel que soit l’échelon"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step: what to do, why it was chosen, with which resources.

    `others` counts the resources of the same rule that are not named here; `lines` says more, one
    line per domain; `page` is the page of ours that helps, empty for none.
    """

    verb: Step
    text: str
    why: str
    resources: tuple[Resource, ...] = ()
    others: int = 0
    lines: tuple[str, ...] = ()
    page: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class NextSteps:
    """Three to five steps, the rule in one paragraph, and an invitation where no rung is known."""

    stage: int | None
    steps: tuple[NextStep, ...]
    rule: str
    invitation: str = ""


@dataclass(frozen=True, slots=True)
class _Advice:
    """One step advised at a rung, with the kinds of resources that it takes from the kit."""

    verb: Step
    text: str
    kinds: tuple[str, ...]


_FOR_EVERYONE = (
    _Advice(Step.INFORMER, "Prendre connaissance du kit", ("flyer", "fiche")),
    _Advice(Step.FORMER, "Regarder les parcours de formation", ("parcours",)),
    _Advice(Step.AGIR, "Trouver des outils et des pairs", ("plateforme", "réseau")),
)
_ADVICE = {
    1: (
        _Advice(Step.INFORMER, "Prendre connaissance du kit", ("flyer", "fiche")),
        _Advice(Step.INFORMER, "Montrer autour de vous ce qui se fait ailleurs", ("film", "vidéo")),
        _Advice(Step.AGIR, "Savoir à qui parler", ("réseau",)),
    ),
    2: (
        _Advice(
            Step.INFORMER,
            "Nourrir la réflexion de votre équipe : fiche, études et dossiers",
            ("fiche", "étude", "dossier"),
        ),
        _Advice(Step.FORMER, "Choisir un parcours pour se former", ("parcours",)),
        _Advice(Step.AGIR, "Chercher un appui", ("réseau",)),
    ),
    3: (
        _Advice(Step.FORMER, "Se former à plusieurs, élus, agents et acteurs", ("parcours",)),
        _Advice(
            Step.INFORMER,
            "S’appuyer sur ce qui est déjà écrit : référentiel, rapports, centre de ressources",
            ("rapport", "plateforme"),
        ),
        _Advice(Step.AGIR, "Trouver qui peut animer avec vous", ("réseau",)),
    ),
    4: (
        _Advice(
            Step.AGIR, "Passer aux outils du volet « Agir » du kit", ("parcours", "plateforme")
        ),
        _Advice(Step.FORMER, "Proposer aux nouveaux venus de se former", ("parcours",)),
        _Advice(Step.AGIR, "Échanger avec d’autres territoires", ("réseau",)),
    ),
    5: (
        _Advice(Step.AGIR, "Partager votre expérience avec d’autres territoires", ("réseau",)),
        _Advice(Step.INFORMER, "Mettre votre bilan en regard des rapports publiés", ("rapport",)),
        _Advice(Step.AGIR, "Ouvrir de nouveaux projets", ("parcours", "plateforme")),
    ),
}


def build_next_steps(
    kit: Kit,
    stage: int | None,
    domains: Sequence[str],
    has_actors_nearby: bool,
    *,
    reason: str = FROM_ANSWERS,
    domains_reason: str = "",
    simulated: bool = False,
) -> NextSteps:
    """Choose what to do next.

    Parameters
    ----------
    stage
        Rung of the ladder, 1 to 5; None where it is not known.
    domains
        Identifiers of the first fragilities, most important first; unknown ones are left out.
    has_actors_nearby
        Whether the list holds an actor in the territory or in its région.
    reason
        Where the rung comes from, for « parce que vous en êtes à … (reason) ».
    domains_reason
        Why these domains, for « parce que … »; by default, that the reader starts from them.
    simulated
        Whether the actors nearby are those of the demonstration.
    """
    known = stage if stage in STAGES else None
    why = _because(known, reason)
    steps = [_to_step(advice, kit, why) for advice in advised(known)]
    chosen = [domain for name in domains if (domain := kit.domain(name))][:MAX_DOMAINS]
    if chosen:
        steps.append(_gather_actors(chosen, kit, domains_reason))
    if has_actors_nearby:
        steps.append(_meet_actors(simulated=simulated))
    rule = f"{say_rule(known)} {DOMAIN_RULE}" if chosen else say_rule(known)
    return NextSteps(known, tuple(steps), rule, "" if known else INVITATION)


def advised(stage: int | None) -> tuple[_Advice, ...]:
    """Give the advice of a rung; that which suits everyone where no rung is known."""
    return _FOR_EVERYONE if stage is None else _ADVICE[stage]


def highlighted(kit: Kit, stage: int | None) -> tuple[Resource, ...]:
    """Give the resources of the kit that the advice of a rung takes; none without a rung."""
    if stage not in STAGES:
        return ()
    taken = [resource for advice in advised(stage) for resource in _take(advice, kit)]
    return tuple(resource for resource in kit.resources if resource in taken)


def say_rule(stage: int | None) -> str:
    """Write the rule that chooses the resources, for one rung."""
    chosen = " ; ".join(f"{advice.verb} : {join_words(advice.kinds)}" for advice in advised(stage))
    at = f"à l’échelon « {STAGES[stage]} »" if stage else "sans échelon connu"
    return (
        f"La règle : {at}, les natures de ressources proposées sont, étape par étape du kit, "
        f"{chosen}. Celles qui ont une adresse viennent d’abord, puis les plus récentes ; un "
        "parcours achevé n’est pas proposé. Cette règle est la nôtre ; elle ne figure dans aucune "
        "publication."
    )


def say_actors_of(domain: Domain) -> str:
    """Say whom the source expects on a domain; what it does not say is not a « no »."""
    if not domain.actors:
        return f"{domain.label} : la source ne précise aucun acteur"
    return f"{domain.label} : {join_words(domain.actors)}"


def _because(stage: int | None, reason: str) -> str:
    if stage is None:
        return _EVERYONE
    return f"parce que vous en êtes à « {STAGES[stage]} » ({reason})"


def _take(advice: _Advice, kit: Kit) -> list[Resource]:
    """Take the resources that a step calls for: those with an address first, then the latest."""
    found = [
        resource
        for resource in kit.resources
        if resource.step is advice.verb and resource.kind in advice.kinds and not resource.is_over
    ]
    latest = sorted(found, key=lambda resource: resource.date, reverse=True)
    return sorted(latest, key=lambda resource: not resource.url)


def _to_step(advice: _Advice, kit: Kit, why: str) -> NextStep:
    found = _take(advice, kit)
    named = tuple(found[:MAX_RESOURCES])
    return NextStep(advice.verb, advice.text, why, named, len(found) - len(named))


def _meet_actors(*, simulated: bool) -> NextStep:
    known = "liste, simulée," if simulated else "liste, qui n’est pas complète,"
    return NextStep(
        Step.AGIR,
        "Rencontrer les acteurs recensés autour de vous",
        f"parce que la {known} en compte au moins un dans votre territoire ou sa région",
        page="catalyseurs",
    )


def _gather_actors(chosen: Sequence[Domain], kit: Kit, reason: str) -> NextStep:
    one = "ce domaine" if len(chosen) == 1 else "ces domaines"
    return NextStep(
        Step.AGIR,
        f"Réunir les acteurs attendus sur {one}",
        f"parce que {reason or f'vous partez de {one}'} ; les acteurs sont ceux que nomme la "
        "source, et un acteur non nommé n’est pas un acteur écarté",
        # Those with somebody to call first: where a page is full, the others are cut.
        lines=tuple(say_actors_of(one) for one in sorted(chosen, key=lambda one: not one.actors)),
        source=kit.sources.get(chosen[0].source_id),
    )
