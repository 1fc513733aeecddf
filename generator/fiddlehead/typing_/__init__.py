"""Types and classes of Python as objects of datamodel-code-generator.

A type is one tree of the library's `DataType` (`types.Type`) from the first step to the templates,
which print its text. `TypeBuilder` builds the types of an API; functions of `types` build all
others. `definitions` creates the objects of classes, fields and aliases.

Importing this package imports the library.
"""

from .builder import TypeBuilder as TypeBuilder
from .builder import is_set as is_set
from .types import Type as Type
