"""Today: who is where on one date, as planned."""

from .page import today

__all__ = ["today"]
