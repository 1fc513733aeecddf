"""Python types and classes as objects of datamodel-code-generator.

A type is described by an `Expression`. `Annotations` converts it to a tree of the library's
`DataType`, `Classes` creates a class or an alias with its fields. The library prints them, and the
results are stored in the `Package`, which has no objects of the library.

Importing this package imports the library, so other modules import it inside functions.
"""

from .annotations import Annotations as Annotations
from .classes import Classes as Classes
