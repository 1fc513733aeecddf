"""Where everything is: the packages of groups, the modules of types, and the names in a module."""
