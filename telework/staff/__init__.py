"""People as human resources keep them: their page, and changes that are looked at before they are written."""
