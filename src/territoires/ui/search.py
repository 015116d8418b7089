"""The search field: suggestions at each letter, found by the browser, followed to a territory's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache as once

import streamlit as st

from territoires.render.assets import asset_url
from territoires.ui import cache
from territoires.views.search_index import Zone

_HTML = """<div class="recherche"><label></label>
<input type="search" role="combobox" aria-autocomplete="list" aria-expanded="false"
 autocomplete="off" spellcheck="false" maxlength="80" placeholder="Commune, code postal…">
<div class="propositions" hidden><ul role="listbox" tabindex="-1" hidden></ul><p hidden></p></div>
<span role="status" class="lecteur-seul"></span></div>"""
#: What the field says; its code is static/ui/search.js.
_WORDS = {
    "une": "proposition",
    "plusieurs": "propositions",
    "suite": "D’autres territoires répondent : précisez le nom, ou ajoutez le département.",
    "homonymes": "Plusieurs territoires portent ce nom : choisissez avec les flèches.",
    "codes": "Plusieurs territoires ont ce code : choisissez avec les flèches.",
    "vide": "Aucun territoire de ce nom en France. Essayez le début du nom, un ancien nom, "
    "le code postal, le code Insee ou le numéro SIREN.",
    "panne": "La liste des territoires n’a pas pu être chargée : elle sera redemandée à la "
    "prochaine lettre. Vous pouvez aussi passer par les régions.",
    "attente": "Chargement de la liste des territoires…",
    "regions": "Voir les régions",
}


@once
def _field() -> Callable[..., object]:
    """Register the component; its code is files of static/, kept by the browser."""
    names = ("ui/search.js", "ui/search_index.js", "ui/search_rules.js")
    modules = ", ".join(f'import(location.origin + "{asset_url(name)}")' for name in names)
    script = f"""export default async (component) => {{
      const [field, index, rules] = await Promise.all([{modules}]);
      return field.default(component, index, rules);
    }};"""
    return st.components.v2.component("recherche", html=_HTML, js=script, isolate_styles=False)


def show_search(
    name: str, label: str, zones: Sequence[Zone] = (), page: str = "territoire"
) -> None:
    """Draw the search field; ``zones``, of a zoning in view, are found with everything else.

    A territory chosen opens ``page``, its own one by default.
    """
    data: Mapping[str, object] = {
        "nom": name,
        "libelle": label,
        "page": page,
        "index": cache.search_index_url(),
        "zones": [[zone.name, str(zone.id), zone.detail, zone.population] for zone in zones],
        "textes": _WORDS,
    }
    with st.container(key=f"recherche_{name}"):
        _field()(key=f"champ_{name}", data=data)
