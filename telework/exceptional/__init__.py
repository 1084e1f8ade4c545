"""Exceptional days: opened for many people at once, by two of human resources, off quota, ended by their dates."""
