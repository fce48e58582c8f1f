"""How a message tells of experiences: clauses, signs, details."""
