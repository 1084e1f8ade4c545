"""An invented company, the same for the same seed: a group of two entities, five sites, round-the-clock teams."""
