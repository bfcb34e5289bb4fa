"""Tests of the benchmarks: what they say, not what they measure."""
