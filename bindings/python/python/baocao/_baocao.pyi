import os
from collections.abc import Iterator, Sequence
from typing import Any, TypedDict, Union, final

__all__ = ["Engine", "Entries", "Table", "VERSION", "run", "schema"]

_Path = Union[str, os.PathLike[str]]

VERSION: str

class _Work(TypedDict):
    command: list[str]
    jobs: int | None
    timeout: int
    memory: int
    hidden: bool

@final
class Engine:
    def __new__(
        cls,
        *,
        patterns: _Path | None,
        ocr: str,
        page_timeout: int,
        password: str | None,
        encoding: str | None,
        no_repair: list[str],
        cache: _Path | None,
        max_size: int | None,
        max_text: int | None,
    ) -> Engine: ...
    @property
    def fingerprint(self) -> str: ...
    def file(self, path: _Path, raw: bool) -> Any: ...
    def content(self, bytes: bytes | bytearray, name: str, raw: bool) -> Any: ...
    def many(self, paths: Sequence[_Path], work: _Work) -> Entries: ...
    def tables(self, paths: Sequence[_Path], work: _Work) -> dict[str, Table]: ...
    def compare(self, lines: bytes | bytearray, apart: bool) -> list[dict[str, Any]]: ...

@final
class Entries(Iterator[Any]):
    raw: bool
    def __iter__(self) -> Entries: ...
    def __next__(self) -> Any: ...

@final
class Table:
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

def run(command: Sequence[str], arguments: Sequence[str]) -> int: ...
def schema() -> str: ...
