"""The ESCO API, from the shared data."""
