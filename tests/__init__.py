"""Tests of Vägvisare; a package so that `python -m tests.standin` finds the stand-in."""
