"""Python types and classes as objects of datamodel-code-generator.

A type is described by an `Expression`. `Annotations` makes a tree of the library's `DataType` of
it, `Classes` a class or an alias with its fields; the library prints them, and what is read from
it goes into the `Package`, which holds no object of the library.
"""

from .annotations import USUAL as USUAL
from .annotations import Annotations as Annotations
from .annotations import Renamed as Renamed
from .classes import Base as Base
from .classes import Classes as Classes
