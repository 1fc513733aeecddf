"""The clients of the API, in the form of generated code."""

import builtins
import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

from typing_extensions import Self

from .core import http_library
from .core.auth import Auth, credential
from .core.downloads import (
    AsyncDownloadResource,
    DownloadResource,
    async_raw_download,
    raw_download,
)
from .core.file import File
from .core.pagination import (
    AsyncPager,
    AsyncPagingResource,
    PagingResource,
    SyncPager,
    raw_pager,
)
from .core.request_options import RequestOptions
from .core.request_wrapper import RequestWrapper
from .core.resource import (
    OMIT,
    AsyncResource,
    Raw,
    Resource,
    async_raw,
    raw,
)
from .core.streaming import (
    AsyncStreamingResource,
    StreamingResource,
    async_raw_stream,
    raw_stream,
)
from .core.waiter import Waiting
from .errors import ERRORS
from .types import ChatEvent, Complaint, Content, Job, JobList, Message

Token = str | Callable[[], str]
AsyncToken = str | Callable[[], str] | Callable[[], Awaitable[str]]


class JobsClient(Waiting, PagingResource):
    @property
    def with_raw_response(self) -> "RawJobsClient":
        return RawJobsClient(client_wrapper=self._client_wrapper)

    def get(self, id: str, *, request_options: RequestOptions | None = None) -> Job:
        return self._request(
            Job,
            "GET",
            "v1/jobs/{id}",
            path={"id": id},
            options=request_options,
        )

    def create(
        self,
        *,
        model: str,
        name: str | None = OMIT,
        message: Message | None = OMIT,
        content: Content | None = OMIT,
        trace: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> Job:
        return self._request(
            Job,
            "POST",
            "v1/jobs",
            headers={"X-Trace": trace},
            json={"model": model, "name": name, "message": message, "content": content},
            errors={400: Complaint},
            options=request_options,
        )

    def cancel(self, id: str, *, request_options: RequestOptions | None = None) -> None:
        return self._send("POST", "v1/jobs/{id}/cancel", path={"id": id}, options=request_options)

    def list(
        self,
        *,
        cursor: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> SyncPager[Job, JobList]:
        return self._paginate(
            Job,
            JobList,
            "GET",
            "v1/jobs",
            params={"cursor": cursor},
            cursor=("params.cursor", "next"),
            results="data",
            options=request_options,
        )

    def first(self, *, request_options: RequestOptions | None = None) -> builtins.list[Job]:
        return self._request(JobList, "GET", "v1/jobs", unwrap="data", options=request_options)

    def wait(
        self,
        id: str,
        *,
        interval: float = 10.0,
        timeout: float | None = None,
        on_progress: Callable[[Job], object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Job:
        return self._wait(
            lambda: self.get(id, request_options=request_options),
            state="status",
            success=("complete",),
            failure=("failed",),
            interval=interval,
            timeout=timeout,
            on_progress=on_progress,
        )


class RawJobsClient(Raw, PagingResource):
    get = raw(JobsClient.get)
    create = raw(JobsClient.create)
    cancel = raw(JobsClient.cancel)
    list = raw_pager(JobsClient.list)
    first = raw(JobsClient.first)


class AsyncJobsClient(Waiting, AsyncPagingResource):
    @property
    def with_raw_response(self) -> "AsyncRawJobsClient":
        return AsyncRawJobsClient(client_wrapper=self._client_wrapper)

    async def get(self, id: str, *, request_options: RequestOptions | None = None) -> Job:
        return await self._request(
            Job,
            "GET",
            "v1/jobs/{id}",
            path={"id": id},
            options=request_options,
        )

    async def create(
        self,
        *,
        model: str,
        name: str | None = OMIT,
        message: Message | None = OMIT,
        content: Content | None = OMIT,
        trace: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> Job:
        return await self._request(
            Job,
            "POST",
            "v1/jobs",
            headers={"X-Trace": trace},
            json={"model": model, "name": name, "message": message, "content": content},
            errors={400: Complaint},
            options=request_options,
        )

    async def cancel(self, id: str, *, request_options: RequestOptions | None = None) -> None:
        return await self._send(
            "POST", "v1/jobs/{id}/cancel", path={"id": id}, options=request_options
        )

    async def list(
        self,
        *,
        cursor: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[Job, JobList]:
        return await self._paginate(
            Job,
            JobList,
            "GET",
            "v1/jobs",
            params={"cursor": cursor},
            cursor=("params.cursor", "next"),
            results="data",
            options=request_options,
        )

    async def first(self, *, request_options: RequestOptions | None = None) -> builtins.list[Job]:
        return await self._request(
            JobList, "GET", "v1/jobs", unwrap="data", options=request_options
        )

    async def wait(
        self,
        id: str,
        *,
        interval: float = 10.0,
        timeout: float | None = None,
        on_progress: Callable[[Job], object] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Job:
        return await self._wait(
            lambda: self.get(id, request_options=request_options),
            state="status",
            success=("complete",),
            failure=("failed",),
            interval=interval,
            timeout=timeout,
            on_progress=on_progress,
        )


class AsyncRawJobsClient(Raw, AsyncPagingResource):
    get = async_raw(AsyncJobsClient.get)
    create = async_raw(AsyncJobsClient.create)
    cancel = async_raw(AsyncJobsClient.cancel)
    list = raw_pager(AsyncJobsClient.list)
    first = async_raw(AsyncJobsClient.first)


class FilesClient(DownloadResource, StreamingResource):
    @property
    def with_raw_response(self) -> "RawFilesClient":
        return RawFilesClient(client_wrapper=self._client_wrapper)

    def upload(
        self,
        *,
        file: File,
        more: list[File] | None = OMIT,
        title: str | None = OMIT,
        meta: dict[str, Any] | None = OMIT,
        request_options: RequestOptions | None = None,
    ) -> object:
        return self._request(
            object,
            "POST",
            "files",
            data={"title": title, "meta": meta},
            files={"file": file, "more": more},
            content_types={"meta": "application/json"},
            options=request_options,
        )

    def download(
        self, id: str, *, request_options: RequestOptions | None = None
    ) -> Iterator[bytes]:
        return self._download("GET", "files/{id}", path={"id": id}, options=request_options)

    def chat_stream(
        self, *, text: str, request_options: RequestOptions | None = None
    ) -> Iterator[Content]:
        return self._stream(
            Content,
            "POST",
            "chat",
            json={"text": text, "stream": True},
            format="sse",
            terminator="[END]",
            options=request_options,
        )

    def events(self, *, request_options: RequestOptions | None = None) -> Iterator[ChatEvent]:
        return self._stream(
            ChatEvent,
            "GET",
            "events",
            format="sse",
            terminator="[END]",
            event_discriminator="event",
            resumable=True,
            options=request_options,
        )

    def lines(self) -> Iterator[Job]:
        return self._stream(Job, "GET", "lines", format="json")

    def text(self) -> Iterator[str]:
        return self._stream(str, "GET", "text", format="text")


class RawFilesClient(Raw, DownloadResource, StreamingResource):
    upload = raw(FilesClient.upload)
    download = raw_download(FilesClient.download)
    chat_stream = raw_stream(FilesClient.chat_stream)


class AsyncFilesClient(AsyncDownloadResource, AsyncStreamingResource):
    @property
    def with_raw_response(self) -> "AsyncRawFilesClient":
        return AsyncRawFilesClient(client_wrapper=self._client_wrapper)

    async def upload(
        self,
        *,
        file: File,
        more: list[File] | None = OMIT,
        title: str | None = OMIT,
        meta: dict[str, Any] | None = OMIT,
        request_options: RequestOptions | None = None,
    ) -> object:
        return await self._request(
            object,
            "POST",
            "files",
            data={"title": title, "meta": meta},
            files={"file": file, "more": more},
            content_types={"meta": "application/json"},
            options=request_options,
        )

    def download(
        self, id: str, *, request_options: RequestOptions | None = None
    ) -> AsyncIterator[bytes]:
        return self._download("GET", "files/{id}", path={"id": id}, options=request_options)

    def chat_stream(
        self, *, text: str, request_options: RequestOptions | None = None
    ) -> AsyncIterator[Content]:
        return self._stream(
            Content,
            "POST",
            "chat",
            json={"text": text, "stream": True},
            format="sse",
            terminator="[END]",
            options=request_options,
        )

    def events(self, *, request_options: RequestOptions | None = None) -> AsyncIterator[ChatEvent]:
        return self._stream(
            ChatEvent,
            "GET",
            "events",
            format="sse",
            terminator="[END]",
            event_discriminator="event",
            resumable=True,
            options=request_options,
        )

    def lines(self) -> AsyncIterator[Job]:
        return self._stream(Job, "GET", "lines", format="json")

    def text(self) -> AsyncIterator[str]:
        return self._stream(str, "GET", "text", format="text")


class AsyncRawFilesClient(Raw, AsyncDownloadResource, AsyncStreamingResource):
    upload = async_raw(AsyncFilesClient.upload)
    download = async_raw_download(AsyncFilesClient.download)
    chat_stream = async_raw_stream(AsyncFilesClient.chat_stream)


class Client(Resource):
    def __init__(
        self,
        *,
        base_url: str = "https://api.example.com",
        token: Token | None = None,
        client_name: str | None = None,
        headers: dict[str, str] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
        httpx_client: http_library.Client | None = None,
        logging: Any = None,
        **more: Any,
    ) -> None:
        super().__init__(
            client_wrapper=RequestWrapper(
                base_url=base_url,
                user_agent="acme/1.0.0",
                auth=Auth("Authorization", credential(token, "token", "ACME_TOKEN"), "Bearer "),
                headers={"X-Client-Name": client_name},
                custom_headers=headers,
                errors=ERRORS,
                timeout=timeout,
                default_timeout=30.0,
                max_retries=max_retries,
                httpx_client=httpx_client,
                logging=logging,
                **more,
            )
        )

    @functools.cached_property
    def jobs(self) -> JobsClient:
        return JobsClient(client_wrapper=self._client_wrapper)

    @functools.cached_property
    def files(self) -> FilesClient:
        return FilesClient(client_wrapper=self._client_wrapper)

    def close(self) -> None:
        self._client_wrapper.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class AsyncClient(AsyncResource):
    def __init__(
        self,
        *,
        base_url: str = "https://api.example.com",
        token: AsyncToken | None = None,
        client_name: str | None = None,
        headers: dict[str, str] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
        httpx_client: http_library.AsyncClient | None = None,
        logging: Any = None,
        **more: Any,
    ) -> None:
        super().__init__(
            client_wrapper=RequestWrapper(
                is_async=True,
                base_url=base_url,
                user_agent="acme/1.0.0",
                auth=Auth("Authorization", credential(token, "token", "ACME_TOKEN"), "Bearer "),
                headers={"X-Client-Name": client_name},
                custom_headers=headers,
                errors=ERRORS,
                timeout=timeout,
                default_timeout=30.0,
                max_retries=max_retries,
                httpx_client=httpx_client,
                logging=logging,
                **more,
            )
        )

    @functools.cached_property
    def jobs(self) -> AsyncJobsClient:
        return AsyncJobsClient(client_wrapper=self._client_wrapper)

    @functools.cached_property
    def files(self) -> AsyncFilesClient:
        return AsyncFilesClient(client_wrapper=self._client_wrapper)

    async def close(self) -> None:
        await self._client_wrapper.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()
