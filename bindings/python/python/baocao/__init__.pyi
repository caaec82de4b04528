import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TypedDict, Union, overload

import pyarrow  # type: ignore[import-untyped]
from typing_extensions import Unpack

_Path = Union[str, os.PathLike[str]]
_Source = Union[_Path, bytes, bytearray, memoryview]
_Entry = dict[str, Any]
_Table = Literal["documents", "references", "dates", "indicators", "checks", "errors"]

class _Options(TypedDict, total=False):
    patterns: _Path | None
    ocr: bool | Literal["off", "auto", "force"] | None
    page_timeout: int
    password: str | None
    encoding: str | None
    no_repair: Sequence[str]
    cache: _Path | None
    max_size: int | None
    max_text: int | None

__version__: str
__all__ = [
    "Error",
    "Extractor",
    "__version__",
    "compare",
    "extract",
    "extract_batch",
    "extract_json",
    "extract_many",
    "schema",
]

class Error(Exception):
    entry: _Entry
    code: str
    message: str
    path: str
    def __init__(self, entry: _Entry) -> None: ...

class Extractor:
    def __init__(
        self,
        *,
        patterns: _Path | None = None,
        ocr: bool | Literal["off", "auto", "force"] | None = False,
        page_timeout: int = 120,
        password: str | None = None,
        encoding: str | None = None,
        no_repair: Sequence[str] = (),
        cache: _Path | None = None,
        max_size: int | None = None,
        max_text: int | None = None,
    ) -> None: ...
    @property
    def fingerprint(self) -> str: ...
    def extract(
        self, source: _Source | None = None, *, text: str | None = None, name: str | None = None
    ) -> _Entry: ...
    def extract_json(
        self, source: _Source | None = None, *, text: str | None = None, name: str | None = None
    ) -> bytes: ...
    @overload
    def extract_many(
        self,
        paths: Iterable[_Path],
        *,
        jobs: int | None = None,
        timeout: int | None = None,
        memory: int = ...,
        hidden: bool = False,
        raw: Literal[False] = False,
    ) -> Iterator[_Entry]: ...
    @overload
    def extract_many(
        self,
        paths: Iterable[_Path],
        *,
        jobs: int | None = None,
        timeout: int | None = None,
        memory: int = ...,
        hidden: bool = False,
        raw: Literal[True],
    ) -> Iterator[bytes]: ...
    def extract_batch(
        self,
        paths: Iterable[_Path],
        *,
        jobs: int | None = None,
        timeout: int | None = None,
        memory: int = ...,
        hidden: bool = False,
    ) -> dict[_Table, pyarrow.RecordBatch]: ...
    def compare(self, records: Iterable[_Entry | bytes | str], *, apart: bool = False) -> list[dict[str, Any]]: ...

def extract(
    source: _Source | None = None,
    *,
    text: str | None = None,
    name: str | None = None,
    **options: Unpack[_Options],
) -> _Entry: ...
def extract_json(
    source: _Source | None = None,
    *,
    text: str | None = None,
    name: str | None = None,
    **options: Unpack[_Options],
) -> bytes: ...
@overload
def extract_many(
    paths: Iterable[_Path],
    *,
    jobs: int | None = None,
    timeout: int | None = None,
    memory: int = ...,
    hidden: bool = False,
    raw: Literal[False] = False,
    **options: Unpack[_Options],
) -> Iterator[_Entry]: ...
@overload
def extract_many(
    paths: Iterable[_Path],
    *,
    jobs: int | None = None,
    timeout: int | None = None,
    memory: int = ...,
    hidden: bool = False,
    raw: Literal[True],
    **options: Unpack[_Options],
) -> Iterator[bytes]: ...
def extract_batch(
    paths: Iterable[_Path],
    *,
    jobs: int | None = None,
    timeout: int | None = None,
    memory: int = ...,
    hidden: bool = False,
    **options: Unpack[_Options],
) -> dict[_Table, pyarrow.RecordBatch]: ...
def compare(
    records: Iterable[_Entry | bytes | str], *, apart: bool = False, patterns: _Path | None = None
) -> list[dict[str, Any]]: ...
def schema() -> dict[str, Any]: ...
def _command() -> list[str]: ...
