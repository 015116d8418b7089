"""Which data a reader has in view: the current version, the demonstration, or their own draft.

Everything kept in memory is keyed by what is found here: after a publication the next page that
asks finds another key, and what a former version had is forgotten (docs/adr/0022).
"""

from __future__ import annotations

from typing import NamedTuple

from territoires import settings
from territoires.domain.selection import Dataset
from territoires.ui.cache import drafts
from territoires.ui.cache.geography import Dates, dates_of, geography
from territoires.ui.cache.versions import Content, current_content


class DataKey(NamedTuple):
    """What a reading depends on: the set of data, the dates of the geography, its own content.

    ``content`` is the number and fingerprint of the current version, and what is set beside it: the
    dates of the demonstration's files, the digest of a draft.
    """

    dataset: Dataset
    geography: Dates
    content: Content


def data_key(dataset: Dataset) -> DataKey:
    """Tell what a reading of a set of data depends on now, for this reader."""
    content = current_content()
    if dataset is Dataset.DEMONSTRATION:
        content = (*content, dates_of(settings.DEMONSTRATION))
    elif dataset is Dataset.BROUILLON:
        content = (*content, drafts.digest())
    return DataKey(dataset, geography(), content)
