"""Files of human resources: who works here, under which contract, in which team, led by whom, from which places.

``refuse_columns`` what no file may hold → ``Head`` says what columns mean → ``plan_staff`` holds the lines against
today → ``write_staff`` writes the difference that was looked at, all of it or nothing.
"""

from .columns import Choices, Head, columns_of, heads, refuse_columns, titles_key
from .fields import FIELDS, KIND_LABELS, KINDS, words_of
from .plan import Change, StaffPlan
from .planning import plan_staff
from .writing import watchers, write_staff

__all__ = [
    "FIELDS",
    "KINDS",
    "KIND_LABELS",
    "Change",
    "Choices",
    "Head",
    "StaffPlan",
    "columns_of",
    "heads",
    "plan_staff",
    "refuse_columns",
    "titles_key",
    "watchers",
    "words_of",
    "write_staff",
]  # fmt: skip
