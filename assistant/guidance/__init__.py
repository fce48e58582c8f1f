"""From a profile to explained paths. Deterministic; no model, no network."""
