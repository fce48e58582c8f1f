"""The conversation: safety gate, agent loop with tools, citation check, answer."""
