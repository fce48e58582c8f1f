"""SCB's PxWeb API, version 2, from the shared data."""
