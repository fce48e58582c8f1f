"""The public APIs as local servers; see README.md."""
