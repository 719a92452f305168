"""qualkit: the Framework method, themes and saturation at the command line, on the researcher's own machine.

In Python: `qualkit.open("my-study").matrix()`, `.index()` and `.cases()` are pandas DataFrames.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from qualkit.version import __version__ as __version__

if TYPE_CHECKING:
    from qualkit.api import OpenStudy


def open(path: "str | Path") -> "OpenStudy":
    """Open a study for reading."""
    from qualkit.api import open_study

    return open_study(path)
