#!/usr/bin/env python3
"""A folder of documents to a Parquet data set with Dask and the Python package: dask_tables.py BAOCAO FOLDER OUT

The rows are compared with those of one run of the program. Needs dask, pandas, pyarrow and the package baocao; exits 1
where a row differs."""

import sys
import time

import dask.dataframe as dd
import pandas as pd
from same_rows import differences, files

import baocao


def table(paths, which):
    """The rows of some documents in one table; every column keeps its type of Arrow."""
    return baocao.extract_batch(paths, jobs=1)[which].to_pandas(types_mapper=pd.ArrowDtype)


def main() -> int:
    program, folder, out = sys.argv[1:4]
    start = time.monotonic()
    paths = files(folder)
    shares = [paths[first::4] for first in range(4)]
    for name in ("documents", "indicators"):
        frame = dd.from_map(table, shares, which=name, meta=table([], name))
        frame.to_parquet(f"{out}/{name}", overwrite=True)
    print(f"Dask: {time.monotonic() - start:.1f} s")
    return differences(program, folder, out)


if __name__ == "__main__":
    sys.exit(main())
