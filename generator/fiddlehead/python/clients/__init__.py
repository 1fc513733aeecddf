"""Client classes: constructors, credentials, environments, groups and channels."""
