"""Data as files: what is in view as a table, then that table as CSV, XLSX, GeoJSON, GeoPackage.

``map_table``, ``comparison_table`` and ``portrait_table`` give a ``DataTable``; ``to_*`` write it.
"""

from territoires.render.data_files.csv_files import to_csv
from territoires.render.data_files.geo_files import read_shapes, to_geojson, to_geopackage
from territoires.render.data_files.maps import comparison_table, map_table
from territoires.render.data_files.portraits import portrait_table
from territoires.render.data_files.tables import DataTable, say_size
from territoires.render.data_files.workbooks import to_xlsx

__all__ = [
    "DataTable",
    "comparison_table",
    "map_table",
    "portrait_table",
    "read_shapes",
    "say_size",
    "to_csv",
    "to_geojson",
    "to_geopackage",
    "to_xlsx",
]
