"""Backup and restore of the whole database: one file, checked on the way in and on the way out.

``archive`` is the file, ``sqlite`` and ``postgres`` copy and put back, ``quieting`` keeps a copy from telling old news.
"""
