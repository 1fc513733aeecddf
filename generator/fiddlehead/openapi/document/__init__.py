"""The description as a document: its files, references, overlays, extensions and unknown keys."""
