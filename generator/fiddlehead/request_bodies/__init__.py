"""Request bodies as the fields of their types, where a target makes each an argument."""
