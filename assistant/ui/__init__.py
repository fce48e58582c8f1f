"""The faces that people meet in a browser. Chainlit is imported here and nowhere else."""
