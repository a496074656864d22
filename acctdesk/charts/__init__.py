"""Data to a matplotlib Figure; no backend, no Qt."""
