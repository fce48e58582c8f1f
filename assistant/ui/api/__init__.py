"""The HTTP API under `/api/v1`: the same conversations as on the page, for other programs."""
