"""What something on screen becomes once it leaves: image, slide, table, layer; all say whence."""

from territoires.render.exported.charts import (
    export_changes,
    export_comparison,
    export_ladder,
    export_map,
    export_portrait,
    export_sizes,
    export_trends,
)
from territoires.render.exported.files import Exported, to_file
from territoires.render.exported.lists import (
    export_catalysts,
    export_coverage,
    export_funnel,
    export_question,
    export_register,
    export_scales,
    export_theme,
    export_timeline,
)

__all__ = [
    "Exported",
    "export_catalysts",
    "export_changes",
    "export_comparison",
    "export_coverage",
    "export_funnel",
    "export_ladder",
    "export_map",
    "export_portrait",
    "export_question",
    "export_register",
    "export_scales",
    "export_sizes",
    "export_theme",
    "export_timeline",
    "export_trends",
    "to_file",
]
