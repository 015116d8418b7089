"""Environment and paths; the only module that reads os.environ."""

from __future__ import annotations

import os
from pathlib import Path

#: The project's folder (the one that holds dashboard.py); TERRITOIRES_HOME moves data/ and static/.
HOME = Path(os.environ.get("TERRITOIRES_HOME", Path(__file__).resolve().parents[2]))
DATA = HOME / "data"
GEO = DATA / "geo"
INDICATORS = DATA / "indicators"
#: The contracts, the same for every data set.
SCHEMAS = INDICATORS / "schemas"
#: The simulated data set (tools/build_demonstration.py).
DEMONSTRATION = DATA / "demonstration"
STATIC = HOME / "static"
#: Where versions of the published data are kept: any URL of SQLAlchemy.
DATABASE_URL = (
    os.environ.get("TERRITOIRES_DATABASE_URL") or f"sqlite:///{HOME / 'var' / 'territoires.sqlite'}"
)
#: Whether this server may publish for people at this machine (« make run » says so).
PUBLISHING_OPEN = os.environ.get("TERRITOIRES_PUBLICATION") == "oui"
#: Where the browser finds the files of static/ (Streamlit's own static serving).
STATIC_URL = "/app/static"

#: Largest half-width of a 95 % interval, in points, for each grade of précision.
PRECISE, CORRECTE, INDICATIVE = 5.0, 10.0, 20.0
#: Fewest people behind a figure that may be shown (statistical secrecy).
MINIMUM_RESPONDENTS = 11
CONFIDENCE = 0.95
#: Chance, for a whole map or table, of claiming a difference where there is none.
SIGNIFICANCE_LEVEL = 0.05
#: Chance that an order is real, from which it is said « presque sûr », « probable ».
ALMOST_SURE, PROBABLE = 0.95, 0.80
