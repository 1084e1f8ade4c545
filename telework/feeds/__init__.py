"""Calendar feeds: secret addresses that Outlook, Google, Apple and Thunderbird read, and the calendar part of mails.

A feed informs, it does not announce: clients come back after hours. What must be seen today goes by mail (invitation).
"""
