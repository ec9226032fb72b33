"""Measures the driver beside its peers: other clients of Graph, and other ODBC drivers.

`make bench` runs it; docs/performance.md is written from its results.
"""
