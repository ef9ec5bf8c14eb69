"""Memory once the model is loaded: what only loading needed goes back to the machine."""

import ctypes
import gc


def settle_memory() -> None:
    """Give back what is free, and let the collector pass over what will stay, so that no turn waits for it."""
    gc.collect()
    gc.freeze()
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)  # only glibc keeps what was freed
    if give_back:
        give_back(0)
