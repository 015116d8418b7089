"""What a question and its answers are called, from the labels of its indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence

from territoires.domain.indicators import Indicator
from territoires.views.french import NBSP

_LOOSE_ENDS = f" {NBSP}:,;"
#: A shorter beginning says too little to stand for its labels.
_MIN_START = 10


def name_answers(group: Sequence[Indicator]) -> tuple[str, list[str]]:
    """Name a question and its answers: what all the labels begin with is told once.

    « Priorité donnée à l’emploi », « Priorité donnée au pouvoir d’achat »: « Priorité donnée… ».
    """
    labels = list(dict.fromkeys(indicator.label for indicator in group))
    actors = {indicator.actor_label for indicator in group}
    if len(labels) == 1:
        return labels[0], [indicator.actor_label for indicator in group]
    start = common_start(labels)
    names = [indicator.label[len(start) :].strip() for indicator in group]
    if len(actors) > 1:
        names = [f"{name} – {i.actor_label}" for name, i in zip(names, group, strict=True)]
    if start:
        end = "" if start.rstrip().endswith(":") else "…"
        return f"{start.rstrip(_LOOSE_ENDS)}{end}", names
    if len(labels) == 2:  # noqa: PLR2004
        return " ; ".join(labels), names
    return f"{labels[0]}, et {len(labels) - 1} autres réponses", names


def common_start(labels: Sequence[str]) -> str:
    """Find the words that all labels begin with, when something is left of each."""
    split = [re.findall(r"\S+\s*", label) for label in labels]
    shared = 0
    for words in zip(*split, strict=False):
        if len({word.strip() for word in words}) > 1:
            break
        shared += 1
    shared = min(shared, *(len(words) - 1 for words in split))
    start = "".join(split[0][:shared])
    if start.rstrip().endswith(":") or (shared > 1 and len(start) > _MIN_START):
        return start
    return ""
