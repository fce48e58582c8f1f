"""The JobTech Taxonomy API, from the shared data."""
