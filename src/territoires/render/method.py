"""HTML of the method page: what figures say and do not say, for readers who are no statisticians."""

from __future__ import annotations

from territoires.analysis.significance import Flag
from territoires.domain.selection import Dataset, Selection
from territoires.render import html
from territoires.render import method_examples as examples
from territoires.render.method_examples import format_level, format_pct
from territoires.render.method_scales import fiabilite_table, grade_table
from territoires.render.typography import escape
from territoires.views.comparison_waves import Verdict
from territoires.views.datasets import EDITIONS, is_simulated_set
from territoires.views.figure import interval_text
from territoires.views.french import agree, count, format_number
from territoires.views.map_view import DIFFERENCE_LABELS
from territoires.views.method import MethodView

_CONTENTS = (
    ("echelles", "Deux échelles à ne pas confondre"),
    ("intervalle", "L’intervalle de confiance"),
    ("difference", "« Différent de la France »"),
    ("evolution", "L’évolution entre deux vagues"),
    ("ordre", "L’ordre de deux territoires"),
    ("secret", "Le secret statistique"),
    ("classes", "Les classes et les couleurs"),
    ("lectures", "Les lectures divergentes"),
    ("simule", "Ce qui est simulé"),
    ("limites", "Ce que l’outil ne fait pas"),
)
_CHANGES = {
    Flag.PLUS_HAUT: Verdict.HAUSSE,
    Flag.PLUS_BAS: Verdict.BAISSE,
    Flag.NON_SIGNIFICATIF: Verdict.NON_ETABLIE,
}
_LIMITS = (
    "Il n’estime pas : un territoire sans chiffre publié reste « non disponible ».",
    "Il ne fait pas de moyenne entre territoires : la valeur de la France est celle qui est publiée.",
    "Il n’invente rien entre deux territoires, ni entre deux dates.",
    "Il ne corrige pas un chiffre publié, même s’il paraît faux : il écrit sa réserve à côté.",
    "Il ne mélange pas enquête et simulation : ni tableau, ni graphique, ni carte communs.",
    "Il ne classe pas des chiffres dont l’effectif n’est pas communiqué.",
    "Il dit si un écart dépasse le hasard, jamais pourquoi.",
)


def introduction() -> str:
    """Say what the page is for, and lead to its parts."""
    links = "".join(
        f'<li><a href="#{anchor}">{escape(title)}</a></li>' for anchor, title in _CONTENTS
    )
    return (
        html.paragraph(
            "Comment lire les chiffres de Territoires, et ce qu’ils ne disent pas. Les exemples "
            "sont inventés ; leurs résultats sont calculés par l’outil, avec les règles des cartes.",
            "phrase",
        )
        + f'<nav class="sommaire" aria-label="Sommaire de la page"><ol>{links}</ol></nav>'
    )


def sections(view: MethodView) -> tuple[str, ...]:
    """Write the parts of the page, in the order of the table of contents."""
    bodies = (
        _scales(view),
        _interval(view),
        _difference(view),
        _evolution(view),
        _order(view),
        _secrecy(view),
        _classes(view),
        _divergences(view),
        _simulated(view),
        "<ul>" + "".join(f"<li>{escape(limit)}</li>" for limit in _LIMITS) + "</ul>",
    )
    return tuple(
        f'<div class="methode"><h2 id="{anchor}">{escape(title)}</h2>{body}</div>'
        for (anchor, title), body in zip(_CONTENTS, bodies, strict=True)
    )


def _p(text: str, lead: str = "") -> str:
    strong = f"<strong>{escape(lead)}</strong> " if lead else ""
    return f"<p>{strong}{escape(text)}</p>"


def _scales(view: MethodView) -> str:
    return (
        _p("parle du document : le chiffre s’y lit-il sans doute possible ?", "La fiabilité")
        + _p(
            "parle de l’échantillon : assez de personnes ont-elles répondu ? Un chiffre peut être "
            "très bien lu et très imprécis, ou l’inverse. Les deux sont toujours écrites en mots.",
            "La précision",
        )
        + fiabilite_table()
        + grade_table(view)
        + html.paragraph(
            "Le nombre de réponses nécessaires dépend de la part : il en faut le plus autour de "
            "50 %. Ce tableau vaut pour les taux d’enquête ; un chiffre de l’Insee ou du Code "
            "officiel géographique n’a pas de précision à ce sens.",
            "reserve",
        )
    )


def _interval(view: MethodView) -> str:
    small, large, weighted, unanimous = view.shares
    confidence, all_of = format_number(100 * view.confidence), format_number(unanimous.respondents)
    return (
        _p(
            "On n’interroge qu’une partie des maires. Une autre partie aurait donné un chiffre un "
            "peu différent. L’intervalle dit de combien : plus il est long, moins on en sait."
        )
        + examples.frame(
            examples.intervals(view),
            _p(
                f"{format_pct(small.share)} de {format_number(small.respondents)} maires : la vraie "
                f"part va très probablement {interval_text(small.interval)}. Avec "
                f"{format_number(large.respondents)} maires : {interval_text(large.interval)}. Et "
                f"{all_of} « oui » sur {all_of} réponses ne prouvent pas l’unanimité : "
                f"{interval_text(unanimous.interval)}."
            ),
        )
        + _p(
            f"Sur 100 enquêtes menées ainsi, environ {confidence} donnent un intervalle qui "
            "contient la vraie part. On ne sait pas lesquelles. L’intervalle ne mesure que le "
            "hasard du tirage : ni une question mal comprise, ni ceux qui n’ont pas répondu.",
            f"Ce que veut dire {confidence} %.",
        )
        + _p(
            "Des réponses pondérées (redressées) en valent moins que leur nombre. Si l’effet de "
            f"plan est de {format_number(weighted.deff, 1)}, "
            f"{format_number(weighted.respondents)} réponses en valent "
            f"{format_number(weighted.effective)}. S’il n’est pas communiqué, l’outil compte toutes "
            "les réponses : l’intervalle d’une enquête pondérée est alors trop court, « optimiste ».",
            "L’effet de plan.",
        )
        + html.paragraph(
            "Méthode : intervalle de Wilson, qui reste toujours entre 0 et 100 % et convient aux "
            "petits échantillons.",
            "reserve",
        )
    )


def _difference(view: MethodView) -> str:
    correction, smallest = view.correction, view.differences[0]
    number, told = format_number(correction.comparisons), examples.chance_text(view.differences)
    table = examples.tested_table(
        view.differences,
        view,
        names=("France", "Région"),
        words=DIFFERENCE_LABELS,
        caption="Une région inventée, comparée à la France : ses réponses sont peu nombreuses, puis "
        "nombreuses",
    )
    return (
        _p(
            "Deux régions ne donnent jamais tout à fait le même chiffre, même quand on y pense la "
            "même chose. L’outil n’écrit « plus haut » ou « plus bas » que si le hasard explique "
            "mal l’écart."
        )
        + examples.frame(table, _p(told, "Par hasard.") if told else "")
        + _p(
            "Chaque conclusion a sa couleur, quand on choisit de voir les différences :",
            "Sur la carte.",
        )
        + examples.difference_list()
        + _p(
            f"Une carte de {number} régions offre {number} occasions de se tromper. Même si aucune "
            f"ne différait de la France, au seuil de {format_level(correction.level)}, jusqu’à "
            f"{format_pct(100 * correction.false_alert)} des cartes en montreraient au moins une à "
            "tort. L’outil divise donc le seuil par le nombre de territoires comparés : il en reste "
            f"{format_pct(100 * correction.corrected_false_alert, 1)} au plus. C’est une "
            "illustration : elle suppose des tests indépendants.",
            "Pourquoi être plus sévère ?",
        )
        + _p(
            f"Avec {format_number(smallest.respondents)} réponses, la vraie part peut être n’importe "
            f"où {interval_text(view.shares[0].interval)}. L’outil dit seulement qu’il ne sait "
            "pas trancher. Cet intervalle vaut pour une région regardée seule : il ne remplace pas "
            "le test.",
            "« Pas de différence établie » ne veut pas dire « pareil ».",
        )
        + html.paragraph(
            "Méthode : test exact (Clopper-Pearson), au seuil divisé par le nombre de territoires "
            "dont l’effectif est connu (Bonferroni). Sans effectif communiqué, aucun test.",
            "reserve",
        )
    )


def _evolution(view: MethodView) -> str:
    counts = view.catalogue
    table = examples.tested_table(
        view.changes,
        view,
        names=("Première vague", "Deuxième vague"),
        words=_CHANGES,
        caption="Un territoire inventé à deux vagues, autant de réponses à chacune : même lecture "
        "que le tableau précédent",
    )
    return (
        _p(
            "Une « hausse » ou une « baisse » n’est écrite que si elle dépasse ce que le hasard des deux échantillons "
            "explique. La règle est la même : un test exact (Fisher), un seuil divisé par le nombre "
            "de territoires. Le même écart peut donc être établi ou non, selon les effectifs."
        )
        + examples.frame(table)
        + _p(
            "Une question posée en d’autres mots est un autre indicateur. Deux libellés ne se "
            "comparent que si le catalogue le dit ; sinon l’outil écrit « non comparable ». Une "
            "vague sans date n’entre pas dans une évolution.",
            "Quand peut-on comparer ?",
        )
        + _p(
            f"Dans les données affichées : {count(counts.surveys, 'indicateur')} d’enquête, dont "
            f"{format_number(counts.several_waves)} à plusieurs vagues datées et "
            f"{format_number(counts.linked)} que le catalogue rapproche d’un autre libellé."
        )
    )


def _order(view: MethodView) -> str:
    sure, probable = (format_number(100 * chance) for chance in (view.almost_sure, view.probable))
    return (
        _p(
            "Le territoire qui a le chiffre le plus haut est-il vraiment devant l’autre ? L’outil "
            f"répond en chances : « presque sûr » à partir de {sure} sur 100, « probable » à partir "
            f"de {probable}, « incertain » en dessous."
        )
        + examples.frame(examples.order_table(view))
        + _p(
            "Cela vaut pour deux territoires. Qu’un classement entier soit juste est bien moins "
            "probable. Sans effectif communiqué, l’outil ne dit rien de l’ordre."
        )
    )


def _secrecy(view: MethodView) -> str:
    example = view.secrecy
    minimum = format_number(example.minimum)
    return (
        _p(
            f"Un chiffre qui repose sur moins de {minimum} réponses n’est pas diffusé : on pourrait "
            "reconnaître qui a répondu. Son effectif ne l’est pas non plus."
        )
        + examples.frame(
            examples.secrecy_table(view),
            _p(
                "Avec le total publié, masquer un seul territoire ne suffit pas : une soustraction "
                f"donnerait {count(example.deduced, 'réponse')}. Un deuxième est donc masqué avec "
                "lui, le plus petit des autres."
            ),
        )
        + html.paragraph(
            "La protection suit les totaux publiés : la France pour les régions, la région pour ce "
            "qu’elle contient. La somme des effectifs masqués reste connue.",
            "reserve",
        )
    )


def _classes(view: MethodView) -> str:
    example, low, high = view.classes, *map(format_number, view.classes.holder)
    hidden = view.catalogue.not_coloured
    return (
        _p(
            "Une classe réunit les territoires d’une même couleur. La façon de couper modifie "
            "l’image, pas les chiffres : la légende la nomme toujours."
        )
        + examples.method_table(view)
        + _p(
            "Une valeur posée sur une borne va dans la classe du dessous. « Plus de "
            f"{low} à {high} » : {format_number(example.on_bound)} y est, {low} non. Chaque valeur "
            "est dans une classe et une seule.",
            "Les bornes.",
        )
        + _p(
            "Un grand territoire paraîtrait toujours en tête. Un nombre est donc montré par un "
            f"cercle de surface proportionnelle. {count(hidden, 'indicateur')} "
            f"{agree(hidden, 'est concerné', 'sont concernés')} dans les données affichées.",
            "Un nombre ne se colore pas.",
        )
        + _p(
            "Du plus clair (bas) au plus foncé (haut). Ces couleurs restent distinctes pour les "
            "personnes daltoniennes ; jamais de rouge opposé à du vert. Si vous ne choisissez pas, "
            "elles suivent le sens de lecture :",
            "Les couleurs.",
        )
        + examples.colour_list(view)
    )


def _divergences(view: MethodView) -> str:
    link = html.internal_link("/sources", "page Sources")
    text = _p(
        "Il arrive que deux publications donnent deux chiffres, ou deux sens, au même résultat. "
        "L’outil les montre côte à côte. Il ne choisit pas en silence et n’en fait jamais la moyenne."
    )
    if not view.divergence:
        return text + _p("Le jeu de données affiché n’en contient aucune.")
    return (
        text
        + f"<p>{escape(count(view.contradictions, 'sujet'))} {agree(view.contradictions, 'est', 'sont')} "
        f"dans ce cas ; tous sont sur la {link}. Par exemple, {escape(view.divergence.topic)} :</p>"
        f"<ul><li>{escape(view.divergence.reading_1)}</li>"
        f"<li>{escape(view.divergence.reading_2)}</li></ul>"
    )


def _simulated(view: MethodView) -> str:
    edition = EDITIONS[Dataset.DEMONSTRATION]
    if is_simulated_set(view.dataset):
        door = _p("C’est le jeu affiché en ce moment : aucun de ses chiffres ne doit être cité.")
    else:
        target = Selection(
            edition.default_indicator, edition.key_wave, dataset=Dataset.DEMONSTRATION
        )
        url = html.page_url("carte", target.to_params())
        door = f"<p>{html.internal_link(url, 'Ouvrir la carte du jeu de démonstration')}</p>"
    return (
        _p(
            "Les enquêtes publiées donnent rarement les effectifs par région. Un jeu de "
            "démonstration, dont l’enquête est simulée, montre ce que l’outil saura faire quand ils "
            "seront publiés : intervalles, différences, évolutions, classements."
        )
        + _p(
            "C’est un autre jeu de données. Ses parts nationales sont réglées sur des valeurs "
            "publiées ; les réponses, les chiffres des régions et les acteurs sont inventés. Ses "
            "chiffres de l’Insee sont réels. Un bandeau le dit sur chaque page, et la mention "
            f"« {edition.watermark} » sur chaque carte et chaque graphique."
        )
        + door
    )
