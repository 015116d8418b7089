"""HTML of « Agir »: the kit as a path, next steps, and the facts around them."""

from __future__ import annotations

from collections.abc import Mapping

from territoires.domain.indicators import Fiabilite, Nature, Source
from territoires.domain.kit import Fact, Resource
from territoires.domain.selection import Dataset
from territoires.render import html, record
from territoires.render.typography import NBSP, escape
from territoires.views.datasets import mark_of
from territoires.views.french import count, format_source_date, join_words
from territoires.views.kit import Card, DomainHelp, Path, PathStep, fact_text
from territoires.views.next_steps import DOMAIN_RULE, NextStep, NextSteps

#: Stands where a link would.
NO_ADDRESS = "adresse non indiquée"
_QUESTIONS, _KIT = "ou-en-etes-vous", "kit"
QUESTIONS = f"/agir#{_QUESTIONS}"
_CONTENTS = (
    (_QUESTIONS, "Où en êtes-vous ?"),
    (_KIT, "S’informer, se former, agir"),
    ("parcours-2018", "Le parcours d’expérience de 2018"),
    ("chronologie", "La chronologie"),
    ("reperes-chiffres", "CRTE et repères chiffrés"),
)


def introduction(dataset: Dataset) -> str:
    """Say what the page holds, that all of it is real, and lead to its parts."""
    mark = mark_of(dataset, Nature.CONTEXTE)
    links = "".join(f'<li><a href="#{anchor}">{escape(t)}</a></li>' for anchor, t in _CONTENTS)
    text = (
        f"{mark}Les outils publiés pour co-construire dans un "
        "territoire, ceux qui conviennent à votre point de départ, et ce qui a déjà été essayé."
    )
    return (
        html.paragraph(text, "phrase")
        + f'<nav class="sommaire-court" aria-label="Dans cette page"><ul>{links}</ul></nav>'
    )


def title(anchor: str) -> str:
    """Write the title of a part, which the summary leads to."""
    return f'<h2 id="{anchor}">{escape(dict(_CONTENTS)[anchor])}</h2>'


def next_steps(view: NextSteps, *, questions: str = QUESTIONS) -> str:
    """Write what to do next, why, and the rule.

    ``questions`` is the address of the self-assessment, « #… » where it stands on the same page;
    empty on « Agir », where it is in sight and the whole kit follows.
    """
    items = "".join(_next_step(step, on_agir=not questions) for step in view.steps)
    invitation = html.paragraph(view.invitation, "") if view.invitation else ""
    if view.invitation and questions:
        invitation += f"<p>{_link(questions, 'Répondre aux cinq questions', 'bouton')}</p>"
    return (
        f'{invitation}<ol class="pas">{items}</ol>'
        '<details class="regle"><summary>Comment ces pas sont choisis</summary>'
        f"{html.paragraph(view.rule, 'reserve')}</details>"
    )


def path(view: Path) -> str:
    """Write the whole kit, what the rung calls for first in each step."""
    mark = mark_of(view.dataset, Nature.CONTEXTE)
    steps = "".join(_path_step(i, step) for i, step in enumerate(view.steps, start=1))
    return (
        html.paragraph(f"{mark}{view.sentence}", "phrase")
        + (html.paragraph(view.rule, "reserve") if view.rule else "")
        + f'<div class="parcours">{steps}</div>'
    )


def domain_note() -> str:
    """Say what the choice of a domain changes, and what it does not."""
    return html.paragraph(DOMAIN_RULE, "reserve")


def domain_help(help_: DomainHelp | None) -> str:
    """Write whom a text expects on a domain, and where its figures are."""
    if help_ is None:
        return ""
    domain = help_.domain
    whom = (
        f"Acteurs attendus, d’après la source : {join_words(domain.actors)}."
        if domain.actors
        else "La source ne précise aucun acteur attendu."
    )
    links = "".join(
        f"<li>{html.internal_link(html.page_url(one.page, one.params), one.label)} "
        f'<span class="reserve">{escape(one.asked)}</span></li>'
        for one in help_.indicators
    )
    figures = f'<ul class="liste-serree">{links}</ul>' if links else ""
    told = count(len(help_.indicators), "indicateur publié", "indicateurs publiés")
    return (
        f'<section class="resume"><h3>{escape(domain.label)}</h3><p>{escape(whom)}</p>'
        f"{html.paragraph(help_.note, 'reserve')}"
        f"<p>{escape(f'{told} sur ce domaine')}{f'{NBSP}:' if figures else '.'}</p>{figures}"
        f"{record.source_line(help_.source, domain.fiabilite)}</section>"
    )


def facts(
    groups: Mapping[str, tuple[Fact, ...]], sources: Mapping[str, Source], mark: str = ""
) -> str:
    """Write the facts outside the surveys, topic by topic; the first one is open."""
    if not groups:
        return html.empty_state("Aucun repère chiffré n’est recensé.")
    return "".join(
        f'<details class="theme"{" open" if i == 0 else ""}><summary>{escape(topic)} '
        f"({count(len(lines), 'repère')})</summary>{_facts_table(f'{mark}{topic}', lines, sources)}</details>"
        for i, (topic, lines) in enumerate(groups.items())
    )


def _facts_table(title: str, lines: tuple[Fact, ...], sources: Mapping[str, Source]) -> str:
    rows = [
        (
            escape(fact.statement),
            record.number_button(
                fact_text(fact),
                fact.statement,
                detail=fact.caveat,
                date=fact.date,
                fiabilite=fact.fiabilite,
                source=sources.get(fact.source_id),
            ),
            escape(format_source_date(fact.date)) if fact.date else html.NO_FIGURE,
            escape(fact.caveat) or "–",
            record.source_cell(sources.get(fact.source_id), fact.fiabilite),
        )
        for fact in lines
    ]
    headings = ("Énoncé", "Valeur", "Date", "Réserve", "Source")
    return html.table(
        [(heading, heading == "Valeur") for heading in headings],
        rows,
        caption=f"{title} : tel que publié, hors enquête",
        label=f"Repères, {title}",
        stacked=True,
        real=True,
    )


def _next_step(step: NextStep, *, on_agir: bool) -> str:
    named = "".join(f"<li>{_named(resource)}</li>" for resource in step.resources)
    named += "".join(f"<li>{escape(line)}</li>" for line in step.lines)
    if step.others:
        more = count(step.others, "autre ressource", "autres ressources")
        away = _link(f"/agir#{_KIT}", f"{more}, page Agir")
        named += f"<li>{_link(f'#{_KIT}', more) if on_agir else away}</li>"
    page = ""
    if step.page:
        link = html.internal_link(f"/{step.page}", "Voir les acteurs recensés")
        page = f"<p>{link}</p>"
    source = ""
    if step.source:
        source = f'<p class="provenance">Source{NBSP}: {html.source_text(step.source)}</p>'
    return (
        f'<li><p class="verbe">{escape(step.verb)}</p><p class="quoi">{escape(step.text)}</p>'
        + (f'<ul class="liste-serree">{named}</ul>' if named else "")
        + page
        + html.paragraph(f"{step.why[0].upper()}{step.why[1:]}.", "reserve")
        + source
        + "</li>"
    )


def _named(resource: Resource) -> str:
    """Name a resource on one line, with its link, its note and what is not sure of it."""
    name = _title(resource) if resource.url else f"{_title(resource)} ({NO_ADDRESS})"
    facts_ = f"{resource.kind}, {resource.producer}, {format_source_date(resource.date)}"
    note = f" {resource.note}" if resource.note else ""
    return f'{name}<br><span class="reserve">{escape(f"{facts_}.{note}")}</span>'


def _link(url: str, text: str, css: str = "") -> str:
    """Link to a place of this page, or to another page of ours."""
    if not url.startswith("#"):
        return html.internal_link(url, text, css)
    kind = f' class="{css}"' if css else ""
    return f'<a href="{escape(url)}"{kind}>{escape(text)}</a>'


def _title(resource: Resource) -> str:
    return html.external_link(resource.url, resource.title)


def _path_step(number: int, step: PathStep) -> str:
    cards = "".join(_card(card) for card in step.cards)
    chosen = sum(card.is_highlighted for card in step.cards)
    told = count(len(step.cards), "ressource")
    if chosen:
        told += f", dont {count(chosen, 'mise en avant', 'mises en avant')}"
    return (
        f'<section class="etape"><h3><span class="rang">{number}</span> {escape(step.step)}</h3>'
        f"{html.paragraph(f'{step.purpose[0].upper()}{step.purpose[1:]} – {told}', 'reserve')}"
        f'<ul class="ressources">{cards}</ul></section>'
    )


def _card(card: Card) -> str:
    """Write what one must know to use a resource, then, folded, what stands behind it."""
    resource = card.resource
    tags = [f'<span class="etiquette">{escape(resource.kind)}</span>']
    if card.is_highlighted:
        tags.append('<span class="etiquette avant">mise en avant</span>')
    if resource.is_over:
        tags.append('<span class="etiquette">achevé</span>')
    if resource.fiabilite is not Fiabilite.CLAIRE:
        tags.append(html.fiabilite_tag(resource.fiabilite))
    facts_ = [f"Producteur : {resource.producer}", format_source_date(resource.date)]
    facts_ += [] if resource.url else [NO_ADDRESS]
    partners = escape(resource.partners) or html.NO_FIGURE
    return (
        f'<li class="ressource{" choisie" if card.is_highlighted else ""}">'
        f'<p class="etiquettes">{"".join(tags)}</p><h4>{_title(resource)}</h4>'
        + html.paragraph(" · ".join(facts_), "reserve")
        + (html.paragraph(resource.note, "note") if resource.note else "")
        + record.divergence_notes(card.divergences)
        + '<details class="regle"><summary>Partenaires, source, fiabilité</summary>'
        f'<p class="provenance">Partenaires{NBSP}: {partners}</p>'
        f"{record.source_line(card.source, resource.fiabilite, always=True)}</details></li>"
    )
