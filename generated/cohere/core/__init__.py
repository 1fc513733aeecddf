"""The runtime shared by every generated client: copied, never generated."""
