"""What leaves the screen of the tables that stand without a map or a chart of their own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from territoires.render import file_names
from territoires.render.file_names import Form, Register
from territoires.ui.cache.exports import as_of
from territoires.ui.exports import DATA, Offer, show_offer

if TYPE_CHECKING:
    from territoires.domain.selection import Dataset
    from territoires.ui.exports import Export
    from territoires.views.catalyst_coverage import Coverage
    from territoires.views.catalyst_list import CatalystsView
    from territoires.views.landmarks import ThemeView
    from territoires.views.method import MethodView

_NAMED = {
    Register.COUVERTURE: "ce tableau",
    Register.ECHELLES: "les deux échelles",
    Register.INDICATEURS: "le catalogue",
    Register.LECTURES: "les lectures divergentes",
    Register.MANQUANTS: "ces tableaux",
    Register.PARCOURS: "le parcours",
    Register.REPERES: "ces chiffres",
    Register.RESSOURCES: "les ressources",
    Register.SOURCES: "le registre",
}


def show_theme_exports(view: ThemeView) -> None:
    """Draw the files of every figure of a theme of « Repères »."""
    show_offer(
        Offer(
            f"theme_{view.theme.slug}",
            "Exporter tout le thème",
            (Form.PPTX, *DATA),
            lambda form: file_names.name_file(
                view.dataset, "reperes", view.theme.slug, extension=form
            ),
            lambda press, made: made.export_theme(press, view),
            as_of(view.dataset),
        )
    )


def show_coverage_exports(view: CatalystsView, found: Coverage) -> None:
    """Draw the files of how many people live near the actors."""
    _table(
        Register.COUVERTURE,
        lambda press, made: made.export_coverage(press, view, found),
        view.dataset,
    )


def show_register_exports(register: Register, dataset: Dataset) -> None:
    """Draw the files of a table of « Sources » or of « Agir »."""
    _table(register, lambda press, made: made.export_register(press, register), dataset)


def show_scales_exports(view: MethodView) -> None:
    """Draw the files of the scales that figures are read with."""
    _table(Register.ECHELLES, lambda press, made: made.export_scales(press, view), view.dataset)


def _table(register: Register, export: Export, dataset: Dataset) -> None:
    """Draw what opens on the files of a table."""
    name = partial(_name_table, register, dataset)
    show_offer(Offer(register, f"Exporter {_NAMED[register]}", DATA, name, export, as_of(dataset)))


def _name_table(register: Register, dataset: Dataset, form: Form) -> str:
    return file_names.name_file(dataset, register, extension=form)
