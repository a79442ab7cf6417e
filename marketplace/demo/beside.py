"""Work beside this process: in others that are forked off, let everybody else go first, and end when this one does."""

import ctypes
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from signal import SIGKILL
from typing import Final

NICE: Final = 5
DIE_WITH_PARENT: Final = 1


def beside(count: int) -> ProcessPoolExecutor:
    """So many processes, forked off at the first call; they make their own house, if they need one."""
    return ProcessPoolExecutor(count, mp_context=get_context("fork"), initializer=_step_aside)


def _step_aside() -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, int(SIGKILL))
    os.nice(NICE)
