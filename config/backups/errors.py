class BackupRefused(Exception):
    """A backup or restore that was not done, in a sentence that names the remedy; nothing was changed."""
