"""What a build has learned from its own labels: values, loading and scoring, no fitting."""
