"""Pictures of what a card tells, drawn for a narrow screen; pure functions from values to SVG."""
