"""The territory page, part by part: who it is, what weighs, where it stands, who helps, what next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from territoires.domain.indicators import Nature
from territoires.domain.selection import Selection
from territoires.domain.territories import Level
from territoires.render import (
    agir,
    evolution,
    figures,
    html,
    maturity,
    portrait,
    portrait_actors,
    portrait_head,
    roles,
)
from territoires.render.legend import build_legend, build_people_legend
from territoires.render.peers import peers_block
from territoires.render.portrait_head import Section
from territoires.ui import cache, documents, exports, maps
from territoires.ui.assessment import show_assessment
from territoires.ui.blocks import plain_label, show_html
from territoires.views.datasets import draft_mark, watermark_of
from territoires.views.evolution import Evolution, TrendGroup
from territoires.views.next_steps import NextSteps
from territoires.views.portrait import Portrait
from territoires.views.portrait_brief import answer_next
from territoires.views.portrait_places import POPULATION, InnerMap, inner_map
from territoires.views.portrait_steps import build_portrait_steps
from territoires.views.selection import waves_of

WEIGHS = Section("fragilites", "Ce qui pèse : les 16 domaines de fragilité")
SURVEYS = Section("enquetes", "Ce que disent les enquêtes")
MATURITY = Section("maturite", "Où en est la co-construction")
ROLES = Section("roles", "Qui est attendu, et sur quoi")
ACTORS = Section("acteurs", "Qui peut aider autour de vous")
NEXT = Section("agir", "Vos prochains pas")
PLACE = Section("territoire", "Le territoire")
CHANGES = Section("evolution", "Ce qui a changé d’une vague à l’autre")
PEERS = Section("voisins", "Territoires comparables")
MISSING = Section("manques", "Ce qui n’est pas connu")
#: Nothing looks like the country; nobody measured a zone.
_WITHOUT_PEERS = (Level.PAYS, Level.ZONE)


def show_profile(view: Portrait) -> None:
    """Draw the profile of the collectivités: bars, the same as a table."""
    if view.profile is None:
        return
    st.html("<h3>Le profil des collectivités</h3>")
    chart, table = st.columns([1, 1], gap="large")
    with chart:
        st.html(
            figures.size_bars(view.profile, watermark_of(view.dataset, Nature.COG))
            + html.paragraph(figures.describe_size_chart(view.profile), "reserve")
        )
        exports.show_sizes_exports(view.profile, view.dataset)
    with table:
        st.html(portrait.profile_counts(view.profile, draft_mark(view.dataset)))


def show_portrait(selection: Selection) -> None:
    """Draw the page of the territory in view."""
    if selection.territory is None:
        raise ValueError("no territory in view")
    view = cache.portrait(selection.dataset, selection.territory)
    sections = _sections(view)
    _show_head(view, selection, sections)
    for section in sections:
        with st.container(key=f"partie_{section.anchor}"):
            st.html(portrait_head.title(section))
            _PARTS[section](view, selection)


def _sections(view: Portrait) -> list[Section]:
    """Choose the parts of the page: those that have something to say, or to ask."""
    has_region = view.region_forms is not None
    shown = {
        SURVEYS: has_region,
        PLACE: bool(view.place.children) or not view.place.is_overseas_collectivity,
        CHANGES: bool(view.shared.evolution.groups),
        PEERS: view.territory.id.level not in _WITHOUT_PEERS and has_region,
        MISSING: bool(view.missing),
    }
    return [section for section in _PARTS if shown.get(section, True)]


def _show_head(view: Portrait, selection: Selection, sections: Sequence[Section]) -> None:
    """Draw where the territory stands, its sentence, the answers that matter first."""
    show_html(portrait_head.trail(view.place))
    drawn = inner_map(view.place)
    text_side, map_side = st.columns([6, 5], gap="large") if drawn else (st.container(), None)
    with text_side:
        st.title(view.territory.name, anchor=False)
        with st.container(key="phrase"):
            st.html(portrait_head.identity(view.place) + portrait.sentence(view))
        answers = (*view.answers, answer_next(_next_steps(view, selection)))
        st.html(portrait.brief(answers, view.dataset))
        documents.show_documents(view, selection)
        st.html(portrait_head.contents(sections))
    if drawn and map_side:
        with map_side:
            _show_map(drawn, selection)


def _show_map(drawn: InnerMap, selection: Selection) -> None:
    """Draw the territory's own map, whose parts lead to their pages."""
    wave = waves_of(cache.published(selection.dataset), drawn.indicator_id, drawn.level)[0]
    seen = Selection(
        drawn.indicator_id,
        wave,
        dataset=selection.dataset,
        level=drawn.level,
        territory=selection.territory,
        within=drawn.within,
    )
    view = cache.map_view(seen)
    people = None if view.is_symbols else cache.map_view(replace(seen, indicator_id=POPULATION))
    st.html(portrait_head.map_title(drawn, view, people))
    maps.show_inner_map(view, selection, people=people)
    with st.container(key="legende"):
        st.html(build_legend(view) + (build_people_legend(people) if people else ""))
    st.html(portrait_head.map_link(seen))
    exports.show_map_exports(view, seen, people=people)


def _show_surveys(view: Portrait, _: Selection) -> None:
    with st.container(key="table"):
        show_html(portrait.surveys(view))


def _show_weight(view: Portrait, _: Selection) -> None:
    show_html(portrait.domains(view))


def _show_maturity(view: Portrait, selection: Selection) -> None:
    known = view.shared.maturity
    st.html(html.paragraph(known.sentence, "phrase-seconde"))
    st.html(maturity.ladder_table(known))
    if known.has_ladder:
        with st.expander("L’échelle en graphique", key="echelle_de", on_change="rerun") as part:
            if part.open:
                drawn = maturity.build_ladder_chart(known)
                st.plotly_chart(drawn, config=figures.PLOTLY_CONFIG, key="echelle")
                st.html(html.paragraph(maturity.ladder_key(known), "reserve"))
                exports.show_ladder_exports(known)
    every = maturity.readings(known) + maturity.contradictions(known.contradictions)
    show_html(html.folded("Tous les chiffres sur la maturité, lecture par lecture", every))
    with st.expander("Où en êtes-vous ? Cinq questions", expanded=bool(selection.answers)):
        show_assessment(selection)


def _show_roles(view: Portrait, _: Selection) -> None:
    known = view.shared.roles
    st.html(
        html.paragraph(known.sentence, "phrase-seconde")
        + html.folded("Les 16 domaines et les quatre acteurs", roles.matrix(known))
        + html.folded("Les chiffres sur les acteurs", roles.expected(known) + roles.others(known))
        + html.folded("Les profils de maires", roles.profiles(known))
    )


def _show_changes(view: Portrait, _: Selection) -> None:
    known = view.shared.evolution
    st.html(evolution.evolution_head(known))
    for number, group in enumerate(known.groups):
        title = plain_label(f"{group.theme} ({group.holder.territory.name})")
        # Drawn once it is opened: a chart takes a tenth of a second to build.
        with st.expander(title, key=f"evolution_de_{number}", on_change="rerun") as part:
            if part.open:
                _show_group(group, known, number)
    show_html(evolution.evolution_notes(known))


def _show_group(group: TrendGroup, known: Evolution, number: int) -> None:
    st.html(evolution.group_block(group, known.dataset))
    if evolution.has_chart(group):
        drawn = evolution.build_evolution_chart(group, known.dataset)
        st.plotly_chart(drawn, config=figures.PLOTLY_CONFIG, key=f"evolution_{number}")
        st.html(html.paragraph(evolution.evolution_key(group), "reserve"))
        exports.show_trends_exports(group, known, number)


def _show_actors(view: Portrait, selection: Selection) -> None:
    show_html(portrait_actors.actors(view, cache.published(selection.dataset)))


def _show_next(view: Portrait, selection: Selection) -> None:
    st.html(agir.next_steps(_next_steps(view, selection), questions=f"#{MATURITY.anchor}"))


def _next_steps(view: Portrait, selection: Selection) -> NextSteps:
    kit = cache.published(selection.dataset).kit
    return build_portrait_steps(view, kit, selection.answers)


def _show_place(view: Portrait, _: Selection) -> None:
    show_html(portrait_head.children(view.place), portrait_head.map_links(view.place))
    show_profile(view)
    where = f"Le contexte mesuré par l’Insee, {view.region.name}" if view.region else ""
    show_html(html.folded(where, portrait.context(view)))


def _show_peers(view: Portrait, selection: Selection) -> None:
    show_html(peers_block(cache.peers(selection.dataset), view.territory, selection.dataset))


def _show_missing(view: Portrait, _: Selection) -> None:
    show_html(portrait.missing(view))


#: The parts in the order of an official's questions; each draws below its title.
_PARTS: Mapping[Section, Callable[[Portrait, Selection], None]] = {
    SURVEYS: _show_surveys,
    WEIGHS: _show_weight,
    MATURITY: _show_maturity,
    ROLES: _show_roles,
    ACTORS: _show_actors,
    NEXT: _show_next,
    PLACE: _show_place,
    CHANGES: _show_changes,
    PEERS: _show_peers,
    MISSING: _show_missing,
}
