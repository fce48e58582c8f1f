"""What a build holds on disk, and reading it."""
