"""Speed, memory and accuracy, measured apart from the tests: `make bench`."""
