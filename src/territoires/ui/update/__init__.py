"""The page « Mise à jour », step after step."""

from __future__ import annotations

from territoires.ui.update.history import show_history
from territoires.ui.update.release import show_release
from territoires.ui.update.steps import show_file, show_steps, show_told

__all__ = ["show_file", "show_history", "show_release", "show_steps", "show_told"]
