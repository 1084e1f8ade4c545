"""Ways to reach a person. A channel raises when it could not deliver; the sweep then tries again."""
