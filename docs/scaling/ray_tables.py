#!/usr/bin/env python3
"""A folder of documents to a Parquet data set with Ray Data and the Python package: ray_tables.py BAOCAO FOLDER OUT

The rows are compared with those of one run of the program. Needs ray[data], pyarrow and the package baocao; exits 1 where a
row differs."""

import shutil
import sys
import time

import pyarrow as pa
import ray
from same_rows import differences, files

import baocao


def table(batch, which):
    """The rows of some documents in one table, as Arrow has them."""
    rows = baocao.extract_batch(batch["path"].to_pylist(), jobs=1)[which]
    return pa.Table.from_batches([rows])


def main() -> int:
    program, folder, out = sys.argv[1:4]
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    start = time.monotonic()
    paths = ray.data.from_arrow(pa.table({"path": files(folder)})).repartition(4)
    for name in ("documents", "indicators"):
        shutil.rmtree(f"{out}/{name}", ignore_errors=True)
        rows = paths.map_batches(table, fn_args=[name], batch_size=None, batch_format="pyarrow")
        rows.write_parquet(f"{out}/{name}")
    took = time.monotonic() - start
    ray.shutdown()
    print(f"Ray: {took:.1f} s")
    return differences(program, folder, out)


if __name__ == "__main__":
    sys.exit(main())
