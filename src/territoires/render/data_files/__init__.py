"""Data as files: what is in view as a table, then that table as CSV, XLSX, GeoJSON, GeoPackage.

The ``*_table`` functions give a ``DataTable``; ``to_*`` write it.
"""

from territoires.render.data_files.catalysts import catalysts_layer, catalysts_table
from territoires.render.data_files.charts import (
    changes_table,
    ladder_table,
    question_table,
    sizes_table,
    theme_table,
    trends_table,
)
from territoires.render.data_files.csv_files import to_csv
from territoires.render.data_files.geo_files import read_shapes, to_geojson, to_geopackage
from territoires.render.data_files.maps import comparison_table, map_table
from territoires.render.data_files.portraits import portrait_table
from territoires.render.data_files.records import funnel_table, timeline_table
from territoires.render.data_files.registers import (
    COVERAGE_TITLE,
    REGISTER_TITLES,
    SCALES_TITLE,
    coverage_table,
    register_table,
    scales_table,
    sources_of_register,
)
from territoires.render.data_files.tables import DataTable, say_size
from territoires.render.data_files.workbooks import to_xlsx

__all__ = [
    "COVERAGE_TITLE",
    "REGISTER_TITLES",
    "SCALES_TITLE",
    "DataTable",
    "catalysts_layer",
    "catalysts_table",
    "changes_table",
    "comparison_table",
    "coverage_table",
    "funnel_table",
    "ladder_table",
    "map_table",
    "portrait_table",
    "question_table",
    "read_shapes",
    "register_table",
    "say_size",
    "scales_table",
    "sizes_table",
    "sources_of_register",
    "theme_table",
    "timeline_table",
    "to_csv",
    "to_geojson",
    "to_geopackage",
    "to_xlsx",
    "trends_table",
]
