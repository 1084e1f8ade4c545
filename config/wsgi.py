import ctypes
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module

from django.conf import settings
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
import_module(settings.ROOT_URLCONF)  # every room now, rather than in the first request

# What is loaded now stays for good: the collector need not walk it again in the middle of a page of a thousand rows.
# What is left to it is little, so it looks often: garbage of one page is gone before the next one asks for more memory.
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 10, 10)
