import os
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Literal, Optional, TypedDict, Union

import pyarrow

__version__: str

_Path = Union[str, bytes, os.PathLike[str], os.PathLike[bytes]]
_Content = Union[bytes, bytearray, memoryview]
_PathName = Union[str, os.PathLike[str]]
_Wish = Union[str, Iterable[str]]
_Record = dict[str, Any]

class DocumentError(Exception):
    """A document that cannot be read; ``code`` says why in one word."""

    code: str

class _Records(Iterator[_Record]):
    def __next__(self) -> _Record: ...
    def __enter__(self) -> "_Records": ...
    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        value: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None: ...
    def close(self) -> None: ...

class Extractor:
    def __init__(
        self,
        *,
        patterns: Optional[_PathName] = None,
        ocr: Literal["off", "auto", "force"] = "off",
        password: Optional[str] = None,
        encoding: Optional[str] = None,
        no_repair: Iterable[str] = (),
        cache: Optional[_PathName] = None,
        max_size: int = ...,
        max_text: int = ...,
        page_timeout: int = 120,
    ) -> None: ...
    def extract(
        self,
        source: Union[_PathName, _Content, None] = None,
        *,
        text: Optional[str] = None,
        path: Optional[_PathName] = None,
    ) -> _Record: ...
    def text(self, source: Union[_PathName, _Content]) -> str: ...
    def extract_many(
        self,
        paths: Union[_Path, Iterable[_Path]],
        *,
        jobs: Optional[int] = None,
        timeout: Optional[int] = None,
        memory: int = ...,
        hidden: bool = False,
    ) -> _Records: ...
    def extract_batch(
        self,
        documents: Iterable[Union[_PathName, tuple[_PathName, _Content]]],
        *,
        jobs: int = 1,
    ) -> dict[str, pyarrow.RecordBatch]: ...

def extract(
    source: Union[_PathName, _Content, None] = None,
    *,
    text: Optional[str] = None,
    path: Optional[_PathName] = None,
    patterns: Optional[_PathName] = None,
    ocr: Literal["off", "auto", "force"] = "off",
    password: Optional[str] = None,
    encoding: Optional[str] = None,
    no_repair: Iterable[str] = (),
    cache: Optional[_PathName] = None,
    max_size: int = ...,
    max_text: int = ...,
    page_timeout: int = 120,
) -> _Record: ...
def text(
    source: Union[_PathName, _Content],
    *,
    ocr: Literal["off", "auto", "force"] = "off",
    password: Optional[str] = None,
    encoding: Optional[str] = None,
    cache: Optional[_PathName] = None,
    max_size: int = ...,
    max_text: int = ...,
    page_timeout: int = 120,
) -> str: ...
def extract_many(
    paths: Union[_Path, Iterable[_Path]],
    *,
    jobs: Optional[int] = None,
    timeout: Optional[int] = None,
    memory: int = ...,
    hidden: bool = False,
    patterns: Optional[_PathName] = None,
    ocr: Literal["off", "auto", "force"] = "off",
    password: Optional[str] = None,
    encoding: Optional[str] = None,
    no_repair: Iterable[str] = (),
    cache: Optional[_PathName] = None,
    max_size: int = ...,
    max_text: int = ...,
    page_timeout: int = 120,
) -> _Records: ...
def extract_batch(
    documents: Iterable[Union[_PathName, tuple[_PathName, _Content]]],
    *,
    jobs: int = 1,
    patterns: Optional[_PathName] = None,
    ocr: Literal["off", "auto", "force"] = "off",
    password: Optional[str] = None,
    encoding: Optional[str] = None,
    no_repair: Iterable[str] = (),
    cache: Optional[_PathName] = None,
    max_size: int = ...,
    max_text: int = ...,
    page_timeout: int = 120,
) -> dict[str, pyarrow.RecordBatch]: ...
def compare(
    records: Union[_Path, Iterable[_Record]],
    *,
    indicator: _Wish = (),
    group: _Wish = (),
    province: _Wish = (),
    level: _Wish = (),
    year: Union[int, str, Iterable[Union[int, str]]] = (),
    role: _Wish = (),
    merge: bool = False,
) -> list[dict[str, Any]]: ...
def schema() -> dict[str, Any]: ...
