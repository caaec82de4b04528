"""Vietnamese administrative reports as structured records: references, dates, indicators, metadata.

>>> import baocao
>>> record = baocao.extract(text="Năm 2023, toàn tỉnh tiếp nhận 4.127 hồ sơ.")
>>> [(i["value"], i["unit"]) for i in record["indicators"]]
[(4127, 'hồ sơ')]

The fields of a record are those of the program's JSON, see :func:`schema`. Spans are what Python slices:
``baocao.text(path)[start:end]`` is the item.
"""

from __future__ import annotations

import os

from baocao import _baocao
from baocao._baocao import DocumentError, __version__

__all__ = [
    "DocumentError",
    "Extractor",
    "compare",
    "extract",
    "extract_batch",
    "extract_many",
    "schema",
    "text",
]

_USUAL = {
    "patterns": None,
    "ocr": "off",
    "password": None,
    "encoding": None,
    "no_repair": (),
    "cache": None,
    "max_size": 1 << 30,
    "max_text": 64 << 20,
    "page_timeout": 120,
}


class Extractor:
    """Turns documents into records. Made once, used for many documents, by many threads.

    :param patterns: a folder of pattern files that extend or replace the built-in ones
    :param ocr: ``"off"``, ``"auto"`` (the pages that need it) or ``"force"``; needs pdftoppm and tesseract
    :param password: of encrypted files
    :param encoding: of plain text, instead of detecting it: ``"tcvn3"``, ``"vni"`` …
    :param no_repair: names of repairs that are not to be made
    :param cache: a folder that keeps extracted texts and recognised pages
    :param max_size: the largest file, in bytes
    :param max_text: the longest text of a document, in bytes
    :param page_timeout: time limit of a page of recognition, in seconds

    >>> extractor = Extractor(encoding="utf-8")
    >>> extractor.extract(text="Thực hiện Quyết định số 45/QĐ-UBND")["references"][0]["id"]
    '45/QĐ-UBND'
    """

    def __init__(self, **options):
        unknown = sorted(options.keys() - _USUAL.keys())
        if unknown:
            raise TypeError(f"Extractor knows no option {unknown[0]!r}; it knows {', '.join(_USUAL)}")
        options = {**_USUAL, **options, "no_repair": list(options.get("no_repair", ()))}
        self._ocr = options["ocr"]
        self._inner = _baocao.Extractor(**options)

    def extract(self, source=None, *, text=None, path=None):
        """The record of one document, as a dictionary.

        :param source: a path, or the bytes of a file
        :param text: a text, instead of a source
        :param path: how the record names its source; of a file its path
        :raises DocumentError: the document cannot be read; ``code`` says why
        """
        if (source is None) == (text is None):
            raise TypeError("extract takes a source (a path, or the bytes of a file) or text=…")
        if text is not None:
            return self._inner.extract_bytes(_name(path, "-"), text.encode("utf-8"))
        if isinstance(source, (bytes, bytearray, memoryview)):
            return self._inner.extract_bytes(_name(path, "-"), bytes(source))
        return self._inner.extract_file(os.fsdecode(source), None if path is None else _name(path, ""))

    def text(self, source):
        """The text of a document, which all spans point into.

        :param source: a path, or the bytes of a file
        :raises DocumentError: the document cannot be read; ``code`` says why
        """
        if isinstance(source, (bytes, bytearray, memoryview)):
            return self._inner.text_bytes(bytes(source))
        return self._inner.text_file(os.fsdecode(source))

    def extract_many(self, paths, *, jobs=None, timeout=None, memory=4 << 30, hidden=False):
        """The records of files, folders and archives, one after the other, in the order of their paths.

        Documents are worked on in processes of their own. One that cannot be read, takes too long or breaks its process
        gives an error record (``{"schema": "baocao.error/1", …}``) in its place; nothing is raised for it.

        :param paths: files and folders
        :param jobs: number of processes; all cores by default
        :param timeout: time limit of a document in seconds; 0 is none; 300 by default, with recognition 3600
        :param memory: most bytes of memory of each process; 0 is no limit
        :param hidden: also takes names that begin with a dot
        """
        import json

        from baocao.__main__ import command

        if timeout is None:
            timeout = 300 if self._ocr == "off" else 3600
        paths = [paths] if isinstance(paths, (str, bytes, os.PathLike)) else paths
        paths = [os.fsdecode(path) for path in paths]
        lines = self._inner.extract_many(paths, command(), jobs or _cores(), timeout, memory, hidden)
        return _Records(lines, json.loads)

    def extract_batch(self, documents, *, jobs=1):
        """The rows of documents as Arrow tables, by name: ``documents``, ``references``, ``dates``, ``indicators``,
        ``checks``, ``errors``; columns as in the program's Parquet files. Needs pyarrow.

        Documents are worked on in this process, by ``jobs`` threads; one that cannot be read is a row of ``errors``.

        :param documents: paths, or pairs of a name and the bytes of a file
        :param jobs: number of threads
        """
        import pyarrow

        documents = [d if isinstance(d, tuple) else os.fsdecode(d) for d in documents]
        documents = [(_name(d[0], "-"), bytes(d[1])) if isinstance(d, tuple) else d for d in documents]
        return {name: pyarrow.record_batch(table) for name, table in self._inner.extract_batch(documents, jobs)}


class _Records:
    """Records as they come; a context manager that ends the run."""

    def __init__(self, lines, parse):
        self._lines, self._parse = lines, parse

    def __iter__(self):
        return self

    def __next__(self):
        return self._parse(next(self._lines))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the run; the documents in hand are given up."""
        self._lines.close()


def _name(path, otherwise):
    return otherwise if path is None else os.fsdecode(path)


def _cores():
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


_extractors: dict = {}


def _extractor(options):
    key = tuple(sorted((k, tuple(v) if isinstance(v, list) else v) for k, v in options.items()))
    if key not in _extractors:
        made = Extractor(**options)
        if len(_extractors) >= 8:
            _extractors.clear()
        _extractors[key] = made
    return _extractors[key]


def extract(source=None, *, text=None, path=None, **options):
    """The record of one document, as a dictionary; options are those of :class:`Extractor`.

    :param source: a path, or the bytes of a file
    :param text: a text, instead of a source
    :param path: how the record names its source
    :raises DocumentError: the document cannot be read; ``code`` says why

    >>> record = extract(text="Thực hiện Quyết định số 45/QĐ-UBND ngày 3/4/2019, đạt 97,5%")
    >>> record["dates"][0]["start"], record["indicators"][0]["value"]
    ('2019-04-03', 97.5)
    >>> extract(b"")
    Traceback (most recent call last):
    ...
    baocao.DocumentError: the document holds no text: the file is empty
    """
    return _extractor(options).extract(source, text=text, path=path)


def text(source, **options):
    """The text of a document, which all spans point into; options are those of :class:`Extractor`.

    >>> text("Đạt 97,5%".encode())
    'Đạt 97,5%'
    """
    return _extractor(options).text(source)


def extract_many(paths, *, jobs=None, timeout=None, memory=4 << 30, hidden=False, **options):
    """The records of files and folders, one after the other; see :meth:`Extractor.extract_many`.

    >>> for record in extract_many(["reports/"]):  # doctest: +SKIP
    ...     print(record["source"]["path"], len(record.get("indicators", [])))
    """
    run = {"jobs": jobs, "timeout": timeout, "memory": memory, "hidden": hidden}
    return _extractor(options).extract_many(paths, **run)


def extract_batch(documents, *, jobs=1, **options):
    """The rows of documents as Arrow tables; see :meth:`Extractor.extract_batch`.

    >>> tables = extract_batch([("a.txt", "Xã có 127 hộ thoát nghèo.".encode())])  # doctest: +SKIP
    >>> tables["indicators"].to_pandas()[["value", "unit"]]  # doctest: +SKIP
    """
    return _extractor(options).extract_batch(documents, jobs=jobs)


def compare(records, *, indicator=(), group=(), province=(), level=(), year=(), role=(), merge=False):
    """The indicators of many records side by side: a list with one row for each indicator, place, period and role.

    :param records: records, or the path of JSON Lines that the program wrote; error records are passed over
    :param indicator: only these ids of the catalogue
    :param group: only these groups of the catalogue
    :param province: only these provinces, under their name of then or of today
    :param level: only reports of these levels: ``"tỉnh"``, ``"huyện"``, ``"xã"``
    :param year: only periods that touch these years: ``2023``, ``"2020-2024"``
    :param role: only values of these roles: ``"actual"``, ``"target"`` …
    :param merge: sums the counts of provinces that are one today

    >>> text = "ỦY BAN NHÂN DÂN\\nTỈNH NGHỆ AN\\n\\nBÁO CÁO\\nNăm 2023, tỷ lệ hộ nghèo của tỉnh là 4,7%.\\n"
    >>> [(row["indicator"], row["place"], row["value"]) for row in compare([extract(text=text)])]
    [('poverty_rate', 'Nghệ An', 4.7)]
    """
    import json

    wishes = dict(indicator=indicator, group=group, province=province, level=level, year=year, role=role)
    filters = [(name, _wishes(values)) for name, values in wishes.items()]
    if isinstance(records, (str, bytes, os.PathLike)):
        rows = _baocao.compare_file(os.fsdecode(records), filters=filters, merge=merge)
    else:
        lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        rows = _baocao.compare(lines.encode("utf-8"), filters=filters, merge=merge)
    return [json.loads(row) for row in rows.splitlines()]


def _wishes(values):
    values = [values] if isinstance(values, (str, int)) else values
    return [str(value) for value in values]


def schema():
    """The JSON Schema of records and error records.

    >>> schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    import json

    return json.loads(_baocao.schema())
