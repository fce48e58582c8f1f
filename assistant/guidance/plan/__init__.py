"""The way to an occupation as a plan: from what is missing to three to six steps, and their words."""
