"""The territory of the page to carry, in short: what its page says, figure by figure."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.indicators import Nature
from territoires.render.groupings import groupings
from territoires.render.kit_parts import bullets, figures_table, section, table, told
from territoires.render.maturity import LADDER_NOTE
from territoires.render.portrait import say_no_survey
from territoires.render.portrait_tables import first_figures
from territoires.render.typography import escape
from territoires.views.datasets import is_simulated_set, mark_of
from territoires.views.figure import Figure, interval_text
from territoires.views.french import (
    LEVEL_LABELS,
    format_wave,
)
from territoires.views.portrait import Portrait
from territoires.views.portrait_brief import Answer
from territoires.views.portrait_figures import Comparison
from territoires.views.portrait_lines import own_surveys
from territoires.views.portrait_places import identity_facts
from territoires.views.portrait_profile import Profile

_INTERVALS = (
    "Le trait dit l’intervalle de confiance à 95 %, le point la valeur, la barre droite la France ; "
    "« pas de différence établie » ne veut pas dire « pareil »."
)


def head(portrait: Portrait) -> str:
    """Write where the territory is, its name, what it holds."""
    place = portrait.place
    trail = " › ".join(f"{t.name} ({LEVEL_LABELS[t.id.level]})" for t in place.ancestors)
    facts = [place.kind[:1].upper() + place.kind[1:], *identity_facts(place)]
    return (
        told(trail, "fil") + f"<h1>{escape(portrait.territory.name)}</h1>" + told(" · ".join(facts))
    )


def answers(portrait: Portrait, given: Sequence[Answer], heading: str = "h2") -> str:
    """Write the sentence of the territory, then the answers that its page opens with."""
    items = (
        f"<{heading}>{escape(one.question)}</{heading}>"
        f'<p class="valeur{"" if one.line else " mots"}">{_answer(one)}</p>'
        f"{told(one.text)}"
        for one in given
    )
    caveat = told(portrait.sentence_caveat)
    return told(portrait.sentence, "phrase") + caveat + bullets(items, "reponses")


def _answer(answer: Answer) -> str:
    """Write the figure, and whose it is where it is not the territory's; or the few words."""
    figure = answer.figure
    whose = f'<span class="mots">{escape(answer.whose)} : </span>' if answer.whose else ""
    return whose + escape(figure.short_text if figure else answer.words)


def surveys(portrait: Portrait) -> str:
    """Write the survey figures beside France's, or say plainly that there are none."""
    lines = own_surveys(portrait)
    mark = mark_of(portrait.dataset, Nature.ENQUETE)
    empty, has_own = "", bool(lines)
    if not has_own:
        is_silent = portrait.region_forms is not None and not portrait.shared.surveys
        empty = told(say_no_survey(portrait), "vide") if is_silent else ""
        lines = list(portrait.shared.landmarks)
    whose = "et France" if has_own else "nationaux"
    text = figures_table(lines, f"{mark}Résultats d’enquête {whose}")
    has_interval = any(line.local and line.local.interval for line in lines)
    return section(
        "chiffres",
        "Les chiffres d’enquête et la France",
        empty,
        text,
        told(_INTERVALS) if has_interval else "",
        groupings(portrait.shared.groupings),
    )


def context(portrait: Portrait) -> str:
    """Write what Insee measures, and the sizes of the communes."""
    lines = [line for line in portrait.shared.context if line.local]
    mark = mark_of(portrait.dataset, Nature.CONTEXTE)
    return section(
        "contexte",
        "Ce que mesure l’Insee",
        figures_table(lines, f"{mark}Contexte (Insee) et France") if lines else "",
        _profile(portrait.profile, mark_of(portrait.dataset, Nature.COG)),
    )


def _profile(profile: Profile | None, mark: str) -> str:
    if profile is None:
        return ""
    rows = [
        (
            escape(f"Communes de {size.label}"),
            _short(size.number_line.local),
            _short(size.share_line.local),
            _short(size.share_line.national),
        )
        for size in profile.sizes
    ]
    rows += [(escape(one.indicator.label), _short(one.local), "", "") for one in profile.counts]
    heads = ("Collectivités", profile.territory.name, "Part", "Part en France")
    caption = f"{mark}Profil des collectivités, {profile.territory.name} (COG)"
    return table(caption, heads, rows, is_stacked=True)


def domains(portrait: Portrait) -> str:
    """Write the first domains of fragility: perceived beside measured, and what the order is."""
    found = portrait.shared.domains
    kinds = (
        "« Perçu » est simulé ; « mesuré » est une donnée réelle de l’Insee."
        if is_simulated_set(portrait.dataset)
        else "« Perçu » vient des enquêtes, « mesuré » de l’Insee."
    )
    mark = mark_of(portrait.dataset, Nature.ENQUETE)
    rows = [
        (escape(line.label), _told(line.perceived), _told(line.measured)) for line in found.first
    ]
    return section(
        "fragilites",
        "Les fragilités",
        told(f"{found.order} {kinds}"),
        table(
            f"{mark}Domaines de fragilité : {len(rows)} sur {len(found.lines)}",
            ("Domaine", "Perçu (enquêtes)", "Mesuré (Insee)"),
            rows,
            is_stacked=True,
        ),
    )


def _told(lines: Sequence[Comparison]) -> str:
    shown, _ = first_figures(lines)
    return bullets((escape(_say(line)) for line in shown), "chiffres") or "–"


def _say(line: Comparison) -> str:
    parts = []
    if line.local:
        sure = f" ({interval_text(line.local.interval)})" if line.local.interval else ""
        parts.append(f"{line.local.short_text}{sure}")
    if line.national:
        parts.append(f"France {line.national.short_text}")
    figure = line.local or line.national
    when = format_wave(figure.wave) if figure else ""
    about = ", ".join(text for text in (line.indicator.study, when) if text)
    return f"{line.indicator.label} : {', '.join(parts)} ({about})"


def maturity(portrait: Portrait) -> str:
    """Write the ladder where it has figures, what else is published on the subject."""
    found = portrait.shared.maturity
    mark = mark_of(portrait.dataset, Nature.ENQUETE)
    rungs = [rung.line for rung in found.rungs[::-1] if rung.line]
    ladder = bullets((escape(rung.title) for rung in found.rungs), "echelle")
    caption = f"{mark}Maturité de la co-construction"
    return section(
        "maturite",
        "La maturité de la co-construction",
        told(found.sentence),
        figures_table(rungs, f"{caption}, échelon par échelon") if rungs else "",
        "" if rungs else ladder + told(LADDER_NOTE),
        figures_table(found.readings, f"{caption} : autres chiffres") if found.readings else "",
        bullets((escape(text) for text in found.caveats), "notes"),
    )


def _short(figure: Figure | None) -> str:
    return escape(figure.short_text) if figure else "–"
