"""The embedded model: plays the interview by rules, with the same tools as a large model."""
