"""Turns Vietnamese administrative reports (báo cáo, kế hoạch, quyết định, công văn) into structured data.

>>> import baocao
>>> record = baocao.extract(text="Toàn tỉnh tiếp nhận 4.127 hồ sơ, đạt 97,5%.")
>>> [(figure["value"], figure["unit"]) for figure in record["indicators"]]
[(4127, 'hồ sơ'), (97.5, '%')]

``extract`` reads one document in this process; ``extract_many`` and ``extract_batch`` read many, each in a worker process
that may die of it without harm. A record is a dictionary as ``schema()`` describes it, the same that the program ``baocao``
writes. Whole numbers are ``int`` and exact; others are ``float``, exact to 15 digits. ``extract_json`` gives the digits as
they are (``json.loads(line, parse_float=decimal.Decimal)``), and ``extract_batch`` has exact decimals.
"""

from __future__ import annotations

import os
import sys

from . import _baocao
from ._baocao import VERSION as __version__

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
    """A document that could not be read.

    >>> try:
    ...     baocao.extract("no-such-file.pdf")
    ... except baocao.Error as error:
    ...     print(error.code, error)
    not_found no-such-file.pdf: the file does not exist
    """

    def __init__(self, entry):
        #: The error record, as ``extract_many`` gives it.
        self.entry = entry
        #: What went wrong: ``not_found``, ``encrypted``, ``damaged``, ``no_text``, ``too_large`` …
        self.code = entry["error"]["code"]
        #: The same as a sentence.
        self.message = entry["error"]["message"]
        #: The document.
        self.path = entry["source"]["path"]
        super().__init__(entry)

    def __str__(self):
        return f"{self.path}: {self.message}"


class Extractor:
    """Reads documents with one set of options. Made once (it loads its patterns, some 0.1 s), used by all threads.

    ``patterns``
        a folder of pattern files that extend or replace the built-in ones.
    ``ocr``
        optical character recognition: ``True`` or ``"auto"`` for the pages that need it, ``"force"`` for all;
        needs ``pdftoppm`` and ``tesseract``.
    ``page_timeout``
        time limit of one page of OCR, in seconds.
    ``password``
        of encrypted PDF files.
    ``encoding``
        of plain text, instead of detecting it: ``"tcvn3"``, ``"vni"`` …
    ``no_repair``
        names of repairs that are not to be made.
    ``cache``
        a folder in which texts and recognised pages are kept.
    ``max_size``, ``max_text``
        the largest file and the longest text of a document, in bytes.

    >>> extractor = baocao.Extractor(encoding="tcvn3")
    >>> extractor.extract(b"B\\xb8o c\\xb8o n\\xa8m 2003")["source"]["encoding"]
    'tcvn3'
    """

    def __init__(
        self,
        *,
        patterns=None,
        ocr=False,
        page_timeout=120,
        password=None,
        encoding=None,
        no_repair=(),
        cache=None,
        max_size=None,
        max_text=None,
    ):
        self._engine = _baocao.Engine(
            patterns=patterns,
            ocr={True: "auto", False: "off", None: "off"}.get(ocr, ocr),
            page_timeout=page_timeout,
            password=password,
            encoding=encoding,
            no_repair=[no_repair] if isinstance(no_repair, str) else list(no_repair),
            cache=cache,
            max_size=max_size,
            max_text=max_text,
        )
        self._timeout = 300 if ocr in (False, None, "off") else 3600

    @property
    def fingerprint(self):
        """The fingerprint of the patterns, which every record names in ``generator``."""
        return self._engine.fingerprint

    def extract(self, source=None, *, text=None, name=None):
        """The record of one document; see :func:`extract`."""
        entry = self._entry(source, text, name, False)
        if "error" in entry:
            raise Error(entry)
        return entry

    def extract_json(self, source=None, *, text=None, name=None):
        """The line of one document; see :func:`extract_json`."""
        return self._entry(source, text, name, True)

    def extract_many(self, paths, *, jobs=None, timeout=None, memory=4 << 30, hidden=False, raw=False):
        """The entries of many documents; see :func:`extract_many`."""
        entries = self._engine.many(_list(paths), self._work(jobs, timeout, memory, hidden))
        entries.raw = raw
        return entries

    def extract_batch(self, paths, *, jobs=None, timeout=None, memory=4 << 30, hidden=False):
        """The tables of many documents; see :func:`extract_batch`."""
        import pyarrow

        tables = self._engine.tables(_list(paths), self._work(jobs, timeout, memory, hidden))
        return {name: pyarrow.record_batch(table) for name, table in tables.items()}

    def compare(self, records, *, apart=False):
        """Rows of records side by side; see :func:`compare`."""
        import json

        def line(record):
            if isinstance(record, (bytes, str)):
                return record.strip() if isinstance(record, bytes) else record.strip().encode()
            return json.dumps(record, ensure_ascii=False).encode()

        return self._engine.compare(b"\n".join(map(line, records)), apart)

    def _entry(self, source, text, name, raw):
        if (source is None) == (text is None):
            raise TypeError("give either a source or a text")
        if text is not None:
            return self._engine.content(text.encode(), name or "-", raw)
        if isinstance(source, (bytes, bytearray, memoryview)):
            return self._engine.content(bytes(source), name or "-", raw)
        if name is not None:
            raise TypeError("a file has its own name")
        return self._engine.file(source, raw)

    def _work(self, jobs, timeout, memory, hidden):
        if not sys.executable:
            raise RuntimeError("this Python does not know its own program (sys.executable), which workers need")
        if jobs is not None and jobs < 1:
            raise ValueError("jobs is a number from 1; None is all cores")
        return {
            "command": _command(),
            "jobs": jobs,
            "timeout": self._timeout if timeout is None else timeout,
            "memory": memory,
            "hidden": hidden,
        }


def extract(source=None, *, text=None, name=None, **options):
    """The record of one document: a dictionary, as :func:`schema` describes it.

    ``source`` is a path (``str`` or ``os.PathLike``) or the document's ``bytes``; ``text`` is a text as such. ``name`` is
    what the record calls a document that has no path. The options are those of :class:`Extractor`; one with the same
    options is used again. While Rust works, other threads of Python go on.

    >>> record = baocao.extract("corpus-samples/ha-tinh-2023-chuyen-doi-so/ha-tinh-2023-chuyen-doi-so.html")
    >>> record["metadata"]["province"]["name"]
    'Hà Tĩnh'
    >>> baocao.extract("Số: 45/QĐ-UBND".encode(), name="qd.txt")["source"]["path"]
    'qd.txt'

    A document that cannot be read raises :class:`Error`. It is read in this process: to be safe from documents that take
    too much time or memory, use :func:`extract_many`.
    """
    return _extractor(options).extract(source, text=text, name=name)


def extract_json(source=None, *, text=None, name=None, **options):
    """The same as a line of JSON (``bytes``), just as the program writes it; never raises for a bad document.

    >>> baocao.extract_json("no-such-file.pdf")[:27]
    b'{"schema":"baocao.error/1",'
    """
    return _extractor(options).extract_json(source, text=text, name=name)


def extract_many(paths, *, jobs=None, timeout=None, memory=4 << 30, hidden=False, raw=False, **options):
    """The records of many documents, one after the other, read by worker processes.

    They come in the order of their names, each file once, however often it is named: as the program writes them.

    ``paths`` are files and folders (with all that is in them); archives and mails are opened, what is no document is passed
    over, as the program does it. A document that cannot be read gives an error record (``entry["error"]``) and raises
    nothing. ``jobs`` documents are read at once (all cores), each has ``timeout`` seconds (300; with OCR 3600; 0 is no
    limit) and ``memory`` bytes (4 GiB; 0 is no limit). ``hidden`` takes names that begin with a dot, too. With ``raw`` the
    entries are lines of JSON.

    >>> for entry in baocao.extract_many(["corpus-samples/", "no-such-file.pdf"], jobs=2):
    ...     if "error" in entry:
    ...         print(entry["source"]["path"], entry["error"]["code"])
    no-such-file.pdf not_found
    """
    return _extractor(options).extract_many(
        paths, jobs=jobs, timeout=timeout, memory=memory, hidden=hidden, raw=raw
    )


def extract_batch(paths, *, jobs=None, timeout=None, memory=4 << 30, hidden=False, **options):
    """The tables of many documents: ``documents``, ``references``, ``dates``, ``indicators``, ``checks`` and ``errors``,
    each a ``pyarrow.RecordBatch`` with the columns that docs/export.md describes. Needs pyarrow (``baocao[arrow]``).

    The arguments are those of :func:`extract_many`. The columns come over without a copy; all of them stand in memory, so
    give some thousand documents at once, or let the program write Parquet: ``baocao extract DIR --format parquet -o OUT``.

    >>> tables = baocao.extract_batch(["corpus-samples/"])
    >>> tables["documents"].num_rows
    21
    >>> tables["indicators"].schema.field("value").type
    Decimal128Type(decimal128(38, 10))
    """
    return _extractor(options).extract_batch(paths, jobs=jobs, timeout=timeout, memory=memory, hidden=hidden)


def compare(records, *, apart=False, patterns=None):
    """The same indicator side by side: a row for every indicator, place, period and role, with its sources.

    ``records`` are dictionaries or lines of JSON; error records count for nothing. ``apart`` gives the values that stand in
    no row instead, since their place, time or role is not certain, each with its ``doubt``.

    >>> rows = baocao.compare(baocao.extract_many(["corpus-compare/"]))
    >>> "Bình Định" in {row["province"] for row in rows if row["indicator"] == "online_file_rate"}
    True
    """
    return _extractor({} if patterns is None else {"patterns": patterns}).compare(records, apart=apart)


def schema():
    """The JSON Schema of records and error records.

    >>> baocao.schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    import json

    return json.loads(_baocao.schema())


#: The extractors that were made for options, the last one used at the end.
_extractors = {}
_MOST_EXTRACTORS = 8


def _extractor(options):
    key = tuple(sorted((name, tuple(value) if isinstance(value, list) else value) for name, value in options.items()))
    extractor = _extractors.pop(key, None) or Extractor(**options)
    _extractors[key] = extractor
    while len(_extractors) > _MOST_EXTRACTORS:
        _extractors.pop(next(iter(_extractors)), None)
    return extractor


def _list(paths):
    if isinstance(paths, (str, bytes, os.PathLike)):
        raise TypeError("paths is a list of paths")
    return [os.fsdecode(path) for path in paths]


def _command():
    """How the program is called: by this very file's neighbour, whatever the working directory holds."""
    main = os.path.join(os.path.dirname(os.path.abspath(__file__)), "__main__.py")
    return [sys.executable, "-IS", main]
