"""What happens to an account, told upstairs: rooms above listen here, because nothing here may import them."""

from django.dispatch import Signal

# Sent inside the transaction of the fact with ``account``, ``kind`` (see ``people.services.accounts``), ``by`` (the
# person who did it, None for oneself), ``now`` and ``data`` (JSON-safe).
account_told = Signal()

# Sent inside the transaction in which somebody's access ends, with ``person``, ``by`` and ``now``.
access_ended = Signal()
