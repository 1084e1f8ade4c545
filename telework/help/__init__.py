"""What the page of help tells, and to whom."""
