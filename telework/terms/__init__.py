"""Terms of one person beside the agreement: written by human resources as what follows, never as a reason."""
