"""The sentence that says what an update changes."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.views.french import agree, count, format_number, join_words
from territoires.views.update_diff_figures import FigureGroup
from territoires.views.update_diff_registers import RegisterGroup
from territoires.views.update_diff_words import inflect

NOTHING_CHANGES = "Aucun changement\u00a0: les données sont les mêmes."
#: More indicators or waves than this are counted instead of named.
_MAX_NAMED = 2


def say_comparison(figures: Sequence[FigureGroup], registers: Sequence[RegisterGroup]) -> str:
    """Say what changes: figures, of what and when, then the registers.

    « 3 chiffres ajoutés, 2 modifiés, 1 retiré, 12 inchangés, pour Adhésion à la dynamique
    partenariale (novembre 2016). 1 source ajoutée. »
    """
    parts = [_say_figures(figures)] if figures else []
    told = [text for group in registers if (text := _say_register(group))]
    if not figures and not told:
        told = [_say_register(group, derived=True) for group in registers]
    return " ".join((*parts, *told)) or NOTHING_CHANGES


def _say_figures(groups: Sequence[FigureGroup]) -> str:
    numbers = (
        ("ajouté", sum(group.added for group in groups)),
        ("modifié", sum(group.changed for group in groups)),
        ("retiré", sum(group.removed for group in groups)),
        ("inchangé", sum(group.unchanged for group in groups)),
    )
    return f"{list_counts(numbers, 'chiffre', 'chiffres')}, pour {_say_subjects(groups)}."


def _say_subjects(groups: Sequence[FigureGroup]) -> str:
    labels = list(dict.fromkeys(group.label for group in groups))
    waves = list(dict.fromkeys(group.wave_text for group in sorted(groups, key=lambda g: g.wave)))
    indicators = len({group.indicator_id for group in groups})
    what = join_words(labels) if indicators <= _MAX_NAMED else count(indicators, "indicateur")
    when = join_words(waves) if len(waves) <= _MAX_NAMED else count(len(waves), "vague")
    return f"{what} ({when})"


def _say_register(group: RegisterGroup, *, derived: bool = False) -> str:
    changed = group.changed - (0 if derived else group.derived)
    numbers = (("ajouté", group.added), ("modifié", changed), ("retiré", group.removed))
    words = group.words
    if not any(number for _, number in numbers):
        return ""
    said = list_counts(numbers, words.singular, words.plural, is_feminine=words.is_feminine)
    return f"{said}."


def list_counts(
    numbers: Sequence[tuple[str, int]],
    singular: str = "",
    plural: str = "",
    *,
    is_feminine: bool = False,
) -> str:
    """List counts under one noun: « 3 chiffres ajoutés, 2 modifiés »; those of nothing are left."""
    found = [(word, number) for word, number in numbers if number]
    texts = []
    for i, (word, number) in enumerate(found):
        noun = f"{agree(number, singular, plural)} " if singular and not i else ""
        said = inflect(number, word, is_feminine=is_feminine)
        texts.append(f"{format_number(number)}\u00a0{noun}{said}")
    return ", ".join(texts)
