"""The next steps of one territory: those of the kit, from its own rung and first fragilities."""

from __future__ import annotations

from territoires.domain.assessment import assess
from territoires.domain.kit import Kit
from territoires.views.datasets import is_simulated_set
from territoires.views.next_steps import NextSteps, build_next_steps
from territoires.views.portrait import Portrait


def build_portrait_steps(portrait: Portrait, kit: Kit, answers: str = "") -> NextSteps:
    """Choose the next steps of a territory, the same on its page and on what leaves the screen.

    Parameters
    ----------
    answers
        Those of the self-assessment, as in the link; empty where nobody answered.
    """
    return build_next_steps(
        kit,
        assess(answers).stage,
        portrait.shared.weight.domain_ids,
        bool(portrait.nearby.inside or portrait.nearby.without_place),
        domains_reason=say_domains_reason(portrait),
        simulated=is_simulated_set(portrait.dataset),
    )


def say_domains_reason(portrait: Portrait) -> str:
    """Say where the domains that the steps start from come from."""
    weight, where = portrait.shared.weight, portrait.region.name if portrait.region else "la France"
    parts = ["sont les plus cités par les maires simulés"] if weight.cited else []
    parts += ["sont ceux où l’Insee mesure une fragilité"] if weight.measured else []
    return f"ces domaines {' ou '.join(parts)} ({where})"
