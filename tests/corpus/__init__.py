"""Nasty files, made by code: what people, programs and attackers hand to a door that reads files."""
