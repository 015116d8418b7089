"""HTML of the page where a presentation is prepared."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.selection import Dataset
from territoires.domain.story import MAX_STEPS, Step, StepKind, Story
from territoires.render import html
from territoires.render.typography import escape
from territoires.views.datasets import EDITIONS
from territoires.views.french import count
from territoires.views.stories import ReadyMade

BUILDER = "/presentation?edition=oui"
KIND_LABELS = {
    StepKind.CARTE: "Carte",
    StepKind.TERRITOIRE: "Territoire",
    StepKind.COMPARER: "Comparaison",
    StepKind.REPERES: "Repères",
    StepKind.CATALYSEURS: "Acteurs",
    StepKind.AGIR: "Agir",
    StepKind.TITRE: "Titre",
    StepKind.TEXTE: "Texte",
}
_KEYS = (
    ("→, ↓, espace, Page suivante", "étape suivante"),
    ("←, ↑, Page précédente", "étape précédente"),
    ("Début, Fin", "première, dernière étape"),
    ("F", "plein écran"),
    ("Q", "code QR de la vue, pour les téléphones de la salle"),
    ("Échap", "revenir ici"),
)


def introduction() -> str:
    """Say what a presentation is and what it needs."""
    return html.paragraph(
        f"Jusqu’à {MAX_STEPS} étapes en plein écran, pour un vidéoprojecteur : cartes, territoires, "
        "comparaisons, repères, acteurs, textes. Rien ne passe par Internet ; si la connexion est "
        "coupée ou la page rechargée, l’étape en cours revient.",
        "phrase",
    )


def ready_made(one: ReadyMade, steps: int) -> str:
    """Say what a ready-made story is for."""
    return (
        f"<h3>{escape(one.label)}</h3>{html.paragraph(one.purpose, '')}"
        f"{html.paragraph(count(steps, 'étape'), 'reserve')}"
    )


def empty() -> str:
    """Say how a presentation is begun; the browser offers the one it keeps, if any."""
    text = (
        "Votre présentation est vide. Sur la carte, la page d’un territoire, une comparaison, les "
        "repères, les acteurs ou le kit, choisissez « Ajouter à la présentation » : la vue devient "
        "une étape. Vous pouvez aussi partir d’une présentation prête, d’un titre, ou d’un fichier."
    )
    return f"{html.empty_state(text)}<p data-recit-reprise hidden></p>"


def keeper(recit: str) -> str:
    """Hand the story in the making to the browser (static/ui/story_keeper.js)."""
    return f'<i hidden data-recit-en-cours="{escape(recit)}"></i>'


def added(number: int) -> str:
    """Say that the view is now a step, and where the presentation is."""
    link = html.internal_link(BUILDER, "Ouvrir la présentation")
    return f'<p class="recit-ajout" role="status">Étape {number} ajoutée. {link}</p>'


def refused(reason: str) -> str:
    """Say why the view is no step."""
    link = html.internal_link(BUILDER, "Ouvrir la présentation")
    return f'<p class="recit-ajout" role="status">{escape(reason)} {link}</p>'


def step_line(number: int, step: Step, title: str, dataset: Dataset | None) -> str:
    """Name a step in the list."""
    mark = EDITIONS[dataset].file_mark if dataset else ""
    tag = f' <span class="etiquette ambigue">{escape(mark)}</span>' if mark else ""
    side = ' <span class="etiquette">deux vues côte à côte</span>' if step.beside else ""
    return (
        f'<div class="recit-etape"><span class="rang" aria-hidden="true">{number}</span>'
        f'<h3><span class="lecteur-seul">Étape {number} : </span>{escape(title)}</h3>'
        f'<p class="reserve">{escape(KIND_LABELS[step.kind])}{tag}{side}</p></div>'
    )


def play(story: Story, url: str) -> str:
    """Lead to the stage, and give the link to copy."""
    del story
    link = html.internal_link(url, "Projeter", "bouton plein")
    copy = (
        f'<button type="button" class="bouton" data-copier="{escape(url)}">Copier le lien</button>'
    )
    return f'<p class="recit-jouer">{link} {copy}</p>'


def address_note(base: str, *, only_here: bool) -> str:
    """Say where the QR codes lead."""
    if not base:
        return html.paragraph(
            "Sans adresse, les codes QR ne sont pas dessinés : donnez celle que la salle peut ouvrir.",
            "reserve",
        )
    if only_here:
        return html.paragraph(
            f"« {base} » ne s’ouvre que sur cet ordinateur : pour les téléphones de la salle, donnez "
            "son adresse sur le réseau, ou celle d’un site public.",
            "reserve",
        )
    return html.paragraph(f"Les codes QR ouvrent {base}.", "reserve")


def keys() -> str:
    """List the keys of the stage."""
    rows = [(escape(names), escape(use)) for names, use in _KEYS]
    table = html.table(
        (("Touche", False), ("Effet", False)),
        rows,
        caption="Pendant la projection ; une télécommande envoie les mêmes touches",
        label="Touches de la présentation",
    )
    return html.folded("Les touches pendant la projection", table)


def notices(messages: Sequence[str]) -> str:
    """Write what had to be left out of a story."""
    return html.notice(messages) if messages else ""
