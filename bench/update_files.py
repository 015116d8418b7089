"""Files of figures to be published: 18 régions, or every commune of France."""

from __future__ import annotations

import random

from territoires.domain.directory import Directory
from territoires.domain.territories import Level

RATE, WAVE, SOURCE = "adhesion_maires_region", "2024-11", "cog-2026"
HEAD = "Code;Territoire;Niveau;Indicateur;Vague;Valeur;Répondants;Source;Fiabilité"


def build_file(directory: Directory, level: Level, turn: int) -> bytes:
    """Write a figure for every territory of a level, as a French Excel; others at each turn."""
    chance = random.Random(turn)  # noqa: S311 - figures of a test, not secrets
    rows = [
        f'{one.id.code};"{one.name}";{level.value};{RATE};{WAVE};'
        f"{chance.randrange(20, 990) / 10:g};{chance.randrange(30, 900)};{SOURCE};claire".replace(
            ".", ","
        )
        for one in directory.of_level(level)
    ]
    return "\r\n".join([HEAD, *rows]).encode("cp1252", "replace")
