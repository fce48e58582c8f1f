"""Vägvisare: a conversational career guide over Sweden's open labour-market and education data."""

__version__ = "0.1.0"
