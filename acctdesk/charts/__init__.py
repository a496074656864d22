"""Data to a matplotlib ``Figure``: no backend, no pyplot, no Qt."""
