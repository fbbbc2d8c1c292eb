"""How fast the dashboard is, as a reader meets it: python -m benchmarks."""
