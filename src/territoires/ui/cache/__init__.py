"""Everything the application keeps in memory, once for all readers.

What is kept is shared, never copied and never changed by those who read it (``cache_resource``:
``cache_data`` would unpickle a copy on every hit). Each reading is keyed by what it depends on
(``keys.DataKey``): a publication changes the key and breaks nobody's page.
"""

from territoires.ui.cache.answers import (
    catalyst_index,
    commune_points,
    home_view,
    peers,
    portrait,
)
from territoires.ui.cache.data import directory, file_zoning, published, warm, zoning
from territoires.ui.cache.geography import names
from territoires.ui.cache.maps import (
    actors_common,
    commune_topojson_urls,
    map_points,
    map_view,
    on_map,
    placed_actors,
    topojson_url,
)
from territoires.ui.cache.moment import one_moment
from territoires.ui.cache.reviews import has_draft
from territoires.ui.cache.searching import search_index, search_index_url, search_zones

__all__ = [
    "actors_common",
    "catalyst_index",
    "commune_points",
    "commune_topojson_urls",
    "directory",
    "file_zoning",
    "has_draft",
    "home_view",
    "map_points",
    "map_view",
    "names",
    "on_map",
    "one_moment",
    "peers",
    "placed_actors",
    "portrait",
    "published",
    "search_index",
    "search_index_url",
    "search_zones",
    "topojson_url",
    "warm",
    "zoning",
]
