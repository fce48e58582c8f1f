"""The data-quality report for the owners of the sources."""
