"""The policy lab: what a draft would have changed over a past period, told in sums over at least five people."""
