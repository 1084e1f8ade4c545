"""Coverage in the product: who is there when, what a telework day would change, and which days are safe or tight.

``ground`` reads rows, ``counting`` holds them against requirements, ``kept`` keeps a year of counts in the process,
``watching`` judges requests, ``days`` greys a person's year.
"""
