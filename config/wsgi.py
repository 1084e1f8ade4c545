import ctypes
import gc
import os
import sys
from contextlib import suppress

from django.core.wsgi import get_wsgi_application


def _share_one_heap() -> None:
    """Let all threads allocate from one heap (glibc): each would keep what its largest page took, a few MiB apiece.

    They take turns at the interpreter anyway, so they seldom meet there.
    """
    arena_max = -8  # M_ARENA_MAX of malloc.h
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(arena_max, 1)


_share_one_heap()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What is loaded now stays for good: the collector need not walk it again in the middle of a page of a thousand rows.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
