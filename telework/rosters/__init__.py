"""Rosters planned from files, by hand, by rotations and swaps: read, tried, and written or taken back whole."""
