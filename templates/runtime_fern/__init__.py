"""The runtime shared by every generated client, with Fern's names."""

from .lazy import TYPE_CHECKING, lazy

if TYPE_CHECKING:
    from .api_error import ApiError as ApiError
    from .client_wrapper import AsyncClientWrapper as AsyncClientWrapper
    from .client_wrapper import BaseClientWrapper as BaseClientWrapper
    from .client_wrapper import SyncClientWrapper as SyncClientWrapper
    from .datetime_utils import serialize_datetime as serialize_datetime
    from .file import File as File
    from .file import (
        convert_file_dict_to_httpx_tuples as convert_file_dict_to_httpx_tuples,
    )
    from .file import with_content_type as with_content_type
    from .force_multipart import FORCE_MULTIPART as FORCE_MULTIPART
    from .http_client import HttpClient as HttpClient
    from .http_response import AsyncHttpResponse as AsyncHttpResponse
    from .http_response import HttpResponse as HttpResponse
    from .http_sse import EventSource as EventSource
    from .http_sse import ServerSentEvent as ServerSentEvent
    from .http_sse import SSEError as SSEError
    from .http_sse import aconnect_sse as aconnect_sse
    from .http_sse import connect_sse as connect_sse
    from .jsonable_encoder import encode_path_param as encode_path_param
    from .jsonable_encoder import jsonable_encoder as jsonable_encoder
    from .logging import ConsoleLogger as ConsoleLogger
    from .logging import ILogger as ILogger
    from .logging import LogConfig as LogConfig
    from .logging import Logger as Logger
    from .logging import LogLevel as LogLevel
    from .logging import create_logger as create_logger
    from .parse_error import ParsingError as ParsingError
    from .pydantic_utilities import IS_PYDANTIC_V2 as IS_PYDANTIC_V2
    from .pydantic_utilities import UniversalBaseModel as UniversalBaseModel
    from .pydantic_utilities import UniversalRootModel as UniversalRootModel
    from .pydantic_utilities import parse_obj_as as parse_obj_as
    from .pydantic_utilities import (
        universal_field_validator as universal_field_validator,
    )
    from .pydantic_utilities import universal_root_validator as universal_root_validator
    from .pydantic_utilities import update_forward_refs as update_forward_refs
    from .query_encoder import encode_query as encode_query
    from .remove_none_from_dict import remove_none_from_dict as remove_none_from_dict
    from .request_options import RequestOptions as RequestOptions
    from .serialization import FieldMetadata as FieldMetadata
    from .serialization import (
        convert_and_respect_annotation_metadata as convert_and_respect_annotation_metadata,
    )
    from .unchecked_base_model import UncheckedBaseModel as UncheckedBaseModel
    from .unchecked_base_model import UnionMetadata as UnionMetadata
    from .unchecked_base_model import construct_type as construct_type
else:
    __getattr__ = lazy(
        __name__,
        {
            "ApiError": ".api_error",
            "AsyncClientWrapper": ".client_wrapper",
            "AsyncHttpResponse": ".http_response",
            "BaseClientWrapper": ".client_wrapper",
            "ConsoleLogger": ".logging",
            "FieldMetadata": ".serialization",
            "File": ".file",
            "HttpClient": ".http_client",
            "HttpResponse": ".http_response",
            "ILogger": ".logging",
            "IS_PYDANTIC_V2": ".pydantic_utilities",
            "LogConfig": ".logging",
            "LogLevel": ".logging",
            "Logger": ".logging",
            "ParsingError": ".parse_error",
            "RequestOptions": ".request_options",
            "SyncClientWrapper": ".client_wrapper",
            "UncheckedBaseModel": ".unchecked_base_model",
            "UnionMetadata": ".unchecked_base_model",
            "UniversalBaseModel": ".pydantic_utilities",
            "UniversalRootModel": ".pydantic_utilities",
            "construct_type": ".unchecked_base_model",
            "convert_and_respect_annotation_metadata": ".serialization",
            "convert_file_dict_to_httpx_tuples": ".file",
            "create_logger": ".logging",
            "encode_path_param": f"{__name__}.jsonable_encoder",
            "encode_query": ".query_encoder",
            "jsonable_encoder": f"{__name__}.jsonable_encoder",
            "parse_obj_as": ".pydantic_utilities",
            "remove_none_from_dict": f"{__name__}.remove_none_from_dict",
            "serialize_datetime": ".datetime_utils",
            "universal_field_validator": ".pydantic_utilities",
            "universal_root_validator": ".pydantic_utilities",
            "update_forward_refs": ".pydantic_utilities",
            "with_content_type": ".file",
            "FORCE_MULTIPART": ".force_multipart",
            "connect_sse": ".http_sse",
            "aconnect_sse": ".http_sse",
            "ServerSentEvent": ".http_sse",
            "SSEError": ".http_sse",
            "EventSource": ".http_sse",
        },
    )
