"""Python types and classes as objects of datamodel-code-generator.

A type is described by an `Expression`. `Annotations` makes a tree of the library's `DataType` of
it, `Classes` a class or an alias with its fields; the library prints them, and what is read from
it goes into the `Package`, which holds no object of the library.

Importing this package imports the library, so others import it in the functions that need it.
"""

from .annotations import Annotations as Annotations
from .classes import Classes as Classes
