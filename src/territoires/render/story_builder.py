"""HTML of the page where a presentation is prepared."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.domain.selection import Dataset
from territoires.domain.story import MAX_STEPS, Step, StepKind
from territoires.render import html, qr
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
    """Say how a presentation is begun."""
    return html.empty_state(
        "Votre présentation est vide. Sur la carte, la page d’un territoire, une comparaison, les "
        "repères, les acteurs ou le kit, choisissez « Ajouter à la présentation » : la vue devient "
        "une étape. Vous pouvez aussi partir d’une présentation prête, d’un titre, ou d’un fichier."
    )


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


def play(url: str) -> str:
    """Lead to the stage, and give the link to copy."""
    link = html.internal_link(url, "Projeter", "bouton plein")
    copy = (
        f'<button type="button" class="bouton" data-copier="{escape(url)}">Copier le lien</button>'
    )
    return f'<p class="recit-jouer">{link} {copy}</p>'


def room_code(base: str, *, has_address: bool) -> str:
    """Show where the codes lead: one to try, or why a phone could open none."""
    if qr.is_only_here(base):
        told = f"« {base} » ne s’ouvre que sur cet ordinateur" if base else "Aucune adresse"
        return html.paragraph(
            f"{told} : aucun code QR n’est projeté. Donnez l’adresse de cet ordinateur sur le réseau "
            "de la salle, ou celle d’un site public.",
            "reserve",
        )
    code = qr.qr_image(f"{base}/", "Code QR de l’accueil, à essayer")
    told = "Adresse enregistrée" if has_address else "C’est l’adresse que vous lisez"
    text = html.paragraph(
        f"{told} : chaque étape projetée a son code QR, avec l’adresse écrite dessous. "
        "Essayez celui-ci avec un téléphone relié au réseau de la salle.",
        "",
    )
    return f'<div class="recit-code" role="status"><figure>{code}</figure>{text}</div>'


def long_story(address: str) -> str:
    """Say that a presentation is too long for a code; nothing where it is not."""
    if not qr.why_no_code(address):
        return ""
    return html.paragraph(
        "Votre présentation est trop longue pour tenir dans un code que la salle puisse lire : son "
        "titre n’en a pas, chaque vue garde le sien. Raccourcissez les textes, ou donnez le lien.",
        "reserve",
    )


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
