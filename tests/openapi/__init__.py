"""Tests of the OpenAPI frontend: descriptions in, IR values and problems out."""
