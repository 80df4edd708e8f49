"""How a process that runs for long looks for garbage."""

import gc
from typing import Final

_NEW_OBJECTS: Final = 20_000
"""How many come before the young ones are looked through (Python's own choice is 700)."""


def settle() -> None:
    """Everything has been imported, and stays: it is never looked through for garbage again.

    Looking through it again and again is a fifth of the work of delivering pushes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
