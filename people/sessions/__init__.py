"""Who is signed in where: one row a browser, kept by the store that Django asks for (``SESSION_ENGINE``).

A session lives eight hours after it was last used and seven days after signing in, whatever happens in between. The
row that every page reads anyway says so: no second table, no second query.
"""

from .store import IDLE, LONGEST, NOTED_EVERY, SessionStore

__all__ = ["IDLE", "LONGEST", "NOTED_EVERY", "SessionStore"]
