"""The person's own data: shown item by item, struck, edited, taken out and in again."""
