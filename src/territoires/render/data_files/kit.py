"""Tables of « Agir »: the resources of the kit, the 2018 programme, the figures outside surveys."""

from __future__ import annotations

from collections.abc import Iterator

from territoires.domain.indicators import Fiabilite
from territoires.domain.kit import Kit, Section
from territoires.render.data_files.tables import Cell, Column, number_column
from territoires.views.french import FIABILITE_LABELS, format_source_date

_Rows = Iterator[tuple[Cell, ...]]
_SECTIONS = {
    Section.CADRE: "cadre",
    Section.THEMATIQUE: "thématique",
    Section.PHASE: "phase",
    Section.ETAPE_PHASE: "étape d’une phase",
    Section.SESSION: "session",
    Section.CONTENU_SESSION: "contenu d’une session",
    Section.COMITE: "comité",
    Section.MEMBRE: "membre d’un comité",
    Section.REUNION: "réunion d’un comité",
    Section.ENTONNOIR: "territoires",
    Section.JALON: "date",
    Section.PILOTE_NOMME: "territoire nommé",
}
_ABOUT = (
    Column("fiabilite", "Fiabilité", "La ligne se lit-elle sans doute dans sa source ?", width=20),
    Column("source", "Source", "Titre du document publié.", width=40),
)
RESOURCES = (
    Column("etape", "Étape", "Étape du parcours : s’informer, se former, agir.", width=14),
    Column("nom", "Ressource", "Titre de la ressource.", width=40),
    Column("type", "Type", "Document, parcours, plateforme, réseau…", width=20),
    Column("producteur", "Producteur", "Qui la produit.", width=26),
    Column("partenaires", "Partenaires", "Avec qui.", width=26),
    Column("date", "Date", "Date publiée.", width=16),
    Column("note", "Note", "Ce qu’il faut en savoir.", width=40),
    *_ABOUT,
    Column("adresse", "Adresse", "Adresse publique, si une source la donne.", width=40),
)
PROGRAMME = (
    Column("partie", "Partie", "Partie du parcours d’expérience.", width=20),
    Column("nom", "Élément", "Nom de l’élément.", width=40),
    Column("dans", "Fait partie de", "Phase, session ou comité dont il dépend.", width=30),
    Column("detail", "Détail", "Ce qu’en dit la source.", width=50),
    number_column("nombre", "Nombre", "Nombre publié, s’il y en a un.", 0),
    Column("debut", "Début", "Date publiée.", width=18),
    Column("fin", "Fin", "Date publiée.", width=18),
    *_ABOUT,
)
FACTS = (
    Column("sujet", "Sujet", "Ce dont parle le chiffre.", width=30),
    Column("nom", "Énoncé", "Chiffre hors enquête, dans les mots de la source.", width=50),
    number_column("valeur", "Valeur", "Valeur publiée ; vide s’il n’y a que des mots.", 1),
    Column("unite", "Unité", "Unité de la valeur.", width=14),
    Column("date", "Date", "Date publiée.", width=16),
    Column("reserve", "Réserve", "Ce qu’il faut en savoir.", width=40),
    *_ABOUT,
)


def resources(kit: Kit) -> _Rows:
    """Give every resource, in the order of the path."""
    for one in kit.resources:
        date = format_source_date(one.date) if one.date else ""
        about = _about(kit, one.fiabilite, one.source_id)
        named = (one.step.value, one.title, one.kind, one.producer, one.partners)
        yield (*named, date, one.note, *about, one.url)


def programme(kit: Kit) -> _Rows:
    """Give every line of the programme, with what it belongs to."""
    names = {item.item_id: item.label for item in kit.programme}
    for item in kit.programme:
        dates = (format_source_date(d) if d else "" for d in (item.date_start, item.date_end))
        part = _SECTIONS[item.section]
        about = _about(kit, item.fiabilite, item.source_id)
        yield (
            part,
            item.label,
            names.get(item.parent, ""),
            item.detail,
            item.value,
            *dates,
            *about,
        )


def facts(kit: Kit) -> _Rows:
    """Give every figure outside the surveys."""
    for one in kit.facts:
        date = format_source_date(one.date) if one.date else ""
        about = _about(kit, one.fiabilite, one.source_id)
        yield (one.topic, one.statement, one.value, one.unit, date, one.caveat, *about)


def _about(kit: Kit, fiabilite: Fiabilite, source_id: str) -> tuple[str, str]:
    source = kit.sources.get(source_id)
    return FIABILITE_LABELS[fiabilite], source.title if source else ""
