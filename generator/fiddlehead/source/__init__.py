"""Files of YAML and JSON as nodes with their locations, and references between files."""

from .loaded_files import STDIN as STDIN
from .loaded_files import standard_input as standard_input
from .node import Json as Json
from .node import Node as Node
from .node import Scalar as Scalar
from .sources import Sources as Sources
