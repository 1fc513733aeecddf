"""Pages of documentation, and the project file: README.md, reference.md, pyproject.toml."""
