"""Measurements of speed, memory and scale on a workload of our own: ``python -m benchmarks --help``, ``make bench``."""
