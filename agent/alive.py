"""Whether a process is there."""

from __future__ import annotations

import os


def is_alive(process: int) -> bool:
    """Tell whether a process of that number runs on this machine."""
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return process > 0
