"""What a column of each kind of file may hold, and how people head it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from territoires.domain.updates import FileKind

#: The field of a column that is left out.
IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column may hold: its name in code, its French label, the headings that say it.

    ``aliases`` are without accents, capitals or punctuation; the first is the name of the contract.
    """

    name: str
    label: str
    aliases: tuple[str, ...]
    required: bool = False


def _field(name: str, label: str, aliases: str, *, required: bool = False) -> Field:
    """Make a field; ``aliases`` are separated by bars."""
    return Field(name, label, tuple(aliases.split("|")), required)


_SOURCE = _field(
    "source",
    "Source",
    "source id|source|sources|identifiant de la source|id source|code source|reference|origine",
)
_FIABILITE = _field("fiabilite", "Fiabilité", "fiabilite|fiabilite du fait|confiance|certitude")
_CAVEAT = _field(
    "caveat",
    "Réserve",
    "caveat|reserve|reserves|reserve a afficher|precaution|precautions|avertissement",
)
_STUDY = _field(
    "study", "Étude", "study|etude|enquete|jeu de donnees|etude ou jeu de donnees|nom de l etude"
)

_OBSERVATIONS = (
    _field(
        "code",
        "Code du territoire",
        "code|codes|code du territoire|code territoire|code geo|code geographique|codgeo|geo"
        "|code insee|insee|cog|code officiel|code officiel geographique|siren|code siren|n siren"
        "|numero siren|code region|region code|code reg|reg|codereg|code departement"
        "|departement code|code dep|code dept|dep|dept|num dep|numero de departement"
        "|numero departement|code commune|commune code|code com|com|depcom|insee com"
        "|code insee commune|code insee de la commune|code epci|epci code|siren epci"
        "|code siren epci|code insee region|code insee departement|insee reg|insee dep"
        "|code zone|zone code|code iso|iso 3166 2|iso|id territoire|identifiant du territoire"
        "|territory code",
    ),
    _field(
        "name",
        "Nom du territoire",
        "name|nom|noms|nom du territoire|nom territoire|libelle|libelle du territoire"
        "|libelle territoire|libelle geographique|libgeo|lib geo|intitule|territoire|territoires"
        "|lieu|nom de la region|nom region|libelle region|region nom|libreg|lib reg|nom reg"
        "|region|regions|nom du departement|nom departement|libelle departement|departement nom"
        "|libdep|lib dep|nom dep|departement|departements|nom de la commune|nom commune"
        "|libelle commune|libcom|nom com|commune|communes|ville|nom de l epci|nom epci"
        "|libelle epci|libepci|epci|intercommunalite|nom de l intercommunalite|nom de la zone"
        "|nom zone|zone|libelle zone|geographie|zone geographique|perimetre|territory name",
    ),
    _field(
        "level",
        "Niveau du territoire",
        "level|niveau|niveau du territoire|niveau territorial|niveau geographique|niveau geo"
        "|echelle|echelon|maille|maille geographique|type de territoire|type territoire|nivgeo"
        "|territory level",
    ),
    _field(
        "indicator",
        "Indicateur",
        "indicator id|indicateur|indicator|indicateurs|identifiant de l indicateur"
        "|id indicateur|code indicateur|nom de l indicateur|libelle de l indicateur"
        "|libelle indicateur|mesure|variable|question",
    ),
    _field(
        "wave",
        "Vague ou millésime",
        "wave|vague|millesime|vague ou millesime|annee|date|periode|an|annee de l enquete"
        "|date de l enquete|date enquete|mois|trimestre|time period",
    ),
    _field(
        "value",
        "Valeur",
        "value|valeur|valeurs|valeur publiee|taux|pourcentage|pourcentages|pct|part|resultat"
        "|resultats|chiffre|score|note moyenne|moyenne|montant|nombre|obs value|obs valeur"
        "|valeur en|taux en|part en",
    ),
    _field(
        "respondents",
        "Nombre de réponses",
        "respondents|repondants|nombre de repondants|nb repondants|nb de repondants"
        "|nombre de reponses|nb reponses|nb de reponses|reponses|effectif|effectifs"
        "|effectif interroge|effectifs interroges|effectif des repondants|n|base|taille"
        "|taille de l echantillon|taille echantillon|echantillon|nombre de personnes interrogees"
        "|interroges|nb interroges",
    ),
    _field(
        "deff",
        "Effet de plan",
        "deff|effet de plan|effet de sondage|design effect|effet du plan de sondage",
    ),
    _field(
        "value_text",
        "Formule en toutes lettres",
        "value text|formule|en toutes lettres|formule publiee|valeur en toutes lettres"
        "|formule en toutes lettres|texte|valeur texte",
    ),
    _FIABILITE,
    _CAVEAT,
    _field(
        "statement",
        "Énoncé de la source",
        "statement|enonce|enonce de la source|libelle de la question|intitule de la question"
        "|question posee|citation",
    ),
    _SOURCE,
    _STUDY,
    _field("reading", "Lecture", "reading|lecture|lecture du chiffre"),
)

_CATALYSTS = (
    _field(
        "actor_id",
        "Identifiant de l’acteur",
        "actor id|identifiant|id|identifiant de l acteur|id acteur|code acteur",
    ),
    _field(
        "name",
        "Nom de l’acteur",
        "name|nom|nom de l acteur|acteur|acteurs|structure|nom de la structure|organisation"
        "|organisme|denomination|raison sociale|catalyseur|intitule",
        required=True,
    ),
    _field(
        "kind",
        "Catégorie",
        "kind|categorie|type|type d acteur|nature|type de structure|categorie d acteur",
    ),
    _field(
        "metier",
        "Métier de la catalyse",
        "metier|metiers|metier de la catalyse|fonction|role|activite",
    ),
    _field(
        "place_name",
        "Lieu, tel que nommé",
        "place name|lieu|lieux|nom du lieu|localisation|adresse|territoire|implantation|siege"
        "|lieu tel que nomme",
    ),
    _field(
        "commune",
        "Commune (code ou nom)",
        "insee commune|commune|communes|code commune|code insee|insee|ville|nom de la commune"
        "|code insee de la commune|code insee commune|depcom|codgeo|nom commune|commune du siege"
        "|code commune insee",
    ),
    _field(
        "epci",
        "EPCI (SIREN ou nom)",
        "epci code|epci|code epci|siren epci|siren de l epci|intercommunalite|nom de l epci"
        "|nom epci|code siren epci|agglomeration|code siren|siren",
    ),
    _field(
        "departement",
        "Département (code ou nom)",
        "departement code|departement|departements|code departement|dep|dept|code dep"
        "|numero de departement|nom du departement|nom departement",
    ),
    _field(
        "region",
        "Région (code ou nom)",
        "region code|region|regions|code region|reg|code reg|nom de la region|nom region",
    ),
    _field(
        "status_in_source",
        "Ce que la source en dit",
        "status in source|statut dans la source|statut|ce que la source en dit"
        "|ce que dit la source|mention|description",
    ),
    _field("note", "Note", "note|notes|remarque|remarques|commentaire|commentaires"),
    _FIABILITE,
    _SOURCE,
)

_CATALOGUE = (
    _field(
        "indicator_id",
        "Identifiant de l’indicateur",
        "indicator id|identifiant|id|identifiant de l indicateur|id indicateur|code indicateur"
        "|indicateur|code",
        required=True,
    ),
    _field(
        "label",
        "Libellé",
        "label|libelle|libelle court|nom|titre|intitule|libelle de l indicateur"
        "|nom de l indicateur|libelle indicateur",
        required=True,
    ),
    _field(
        "description",
        "Énoncé publié",
        "description|enonce|enonce publie|definition|libelle long|question|question posee",
    ),
    _field("theme", "Thème", "theme|thematique|rubrique|theme de rangement"),
    _STUDY,
    _field(
        "actor", "Qui a été interrogé", "actor|acteur|qui a ete interroge|public|repondants|cible"
    ),
    _field(
        "actor_label",
        "Qui a été interrogé, en toutes lettres",
        "actor label|libelle de l acteur|acteur en toutes lettres|public en toutes lettres"
        "|qui a ete interroge en toutes lettres|qui en toutes lettres",
    ),
    _field("unit", "Unité", "unit|unite|unite des faits"),
    _field(
        "unit_label",
        "Unité, telle qu’elle se lit",
        "unit label|libelle de l unite|unite affichee|unite telle qu elle se lit"
        "|unite en toutes lettres",
    ),
    _field("kind", "Nature de la mesure", "kind|nature de la mesure|type de mesure|type"),
    _field(
        "direction", "Sens de lecture", "direction|sens de lecture|sens|lecture|sens conventionnel"
    ),
    _field("base", "Population de calcul", "base|population|population de calcul|champ|univers"),
    _field(
        "comparable_with",
        "Comparable avec",
        "comparable with|comparable avec|comparables|indicateurs comparables|comparable a",
    ),
    _field(
        "domain_id",
        "Domaines de fragilité",
        "domain id|domaine|domaines|domaines de fragilite|domaine de fragilite",
    ),
    _field("nature", "Origine", "nature|origine|nature de la donnee|origine de la donnee"),
    _field("usage", "Usage", "usage|emploi|utilisation"),
    _field("status", "Statut", "status|statut|etat"),
    _field("decimals", "Décimales", "decimals|decimales|nombre de decimales|precision d affichage"),
    _CAVEAT,
)

_ZONING = (
    _field(
        "member",
        "Code du membre (EPCI ou commune)",
        "code|member|membre|code du membre|epci|siren|commune|communes|insee|code epci"
        "|epci code|code siren|siren epci|code commune|code insee|code insee commune"
        "|insee commune|codgeo|depcom|com|code geo|code geographique|code com",
        required=True,
    ),
    _field(
        "zone",
        "Code de la zone",
        "zone code|zone|code zone|code de la zone|id zone|identifiant de la zone|zonage|crte"
        "|petr|pays|bassin|bv|ze|code crte|code petr|code pays|code bassin|numero de zone"
        "|id crte|code bv",
        required=True,
    ),
    _field(
        "zone_name",
        "Nom de la zone",
        "zone name|nom de la zone|nom zone|libelle zone|libelle de la zone|lib zone|libzone"
        "|nomzone|nom|libelle|lib|intitule|nom crte|nom du crte|lib crte|nom du petr|nom petr"
        "|nom du pays|nom du bassin|name",
    ),
)

#: What each kind of file may hold, in the order of a select box.
FIELDS: Mapping[FileKind, tuple[Field, ...]] = {
    FileKind.OBSERVATIONS: _OBSERVATIONS,
    FileKind.CATALYSTS: _CATALYSTS,
    FileKind.CATALOGUE: _CATALOGUE,
    FileKind.ZONING: _ZONING,
}
