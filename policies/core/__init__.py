"""The law of telework, pure: no Django, no clock, no database."""
