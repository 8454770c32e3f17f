"""PySide reads the source of every module that is imported after it; ours need not be read.

It looks for the word "PySide6" there, so as to know where ``from __feature__ import snake_case`` could matter
(https://doc.qt.io/qtforpython-6/considerations.html#features), and keeps all those lines in memory. Nobody here asks
for such a feature. For some two hundred modules the looking took a fifteenth of the start.
"""

from __future__ import annotations

import sys
from types import ModuleType

_LOOKER, _LOOK = "shibokensupport.feature", "_mod_uses_pyside"


def leave_sources_unread() -> bool:
    """Let modules be imported without a look at their source, from now on; tells whether this PySide could be told.

    Where PySide is made otherwise nothing is changed: it then reads as ever. A module counts as one without features,
    which is what its look would have found.
    """
    looker = sys.modules.get(_LOOKER)
    if not callable(getattr(looker, _LOOK, None)):
        return False
    setattr(looker, _LOOK, _uses_no_feature)
    return True


def _uses_no_feature(_module: ModuleType) -> bool:
    return False
