"""A package as generated code looks; `core` is put beside it by the tests."""
