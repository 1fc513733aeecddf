"""Converts request bodies to fields, for targets in which each property is an argument."""
