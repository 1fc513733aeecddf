"""A package in the form of generated code; the tests add `core`."""
