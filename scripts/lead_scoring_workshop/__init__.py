"""What maintainers run: benchmarks, mutants, faults, public data, pages that code writes."""
