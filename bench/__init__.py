"""What docs/benchmarks.md reports: ``python -m bench`` (``make bench``). Every figure stands beside a baseline."""
