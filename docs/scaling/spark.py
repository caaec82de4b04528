#!/usr/bin/env python3
"""The same records from Spark as from one run: spark.py BAOCAO FOLDER [PARTITIONS]

Every file of the folder goes through rdd.pipe; the records are compared, line for line, with those of one call.
Needs pyspark and Java 17; exits 1 where a line differs."""
import subprocess
import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession


def main() -> int:
    program, folder = str(Path(sys.argv[1]).resolve()), sys.argv[2]
    partitions = int(sys.argv[3]) if len(sys.argv) > 3 else 4
    paths = sorted((str(p) for p in Path(folder).rglob("*") if p.is_file()), key=lambda p: p.encode())
    call = [program, "extract", "--files-from", "-", "--quiet"]
    start = time.monotonic()
    one = subprocess.run(call, input="\n".join(paths), capture_output=True, text=True, check=False)
    once = time.monotonic() - start
    spark = SparkSession.builder.master(f"local[{partitions}]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    start = time.monotonic()
    rdd = spark.sparkContext.parallelize(paths, partitions)
    piped = rdd.pipe(" ".join(call + ["--jobs", "1"])).collect()
    spread = time.monotonic() - start
    spark.stop()
    expected = one.stdout.splitlines()
    print(f"{len(paths)} files: one run {once:.1f} s, {partitions} partitions {spread:.1f} s, {len(piped)} records")
    if not expected or sorted(piped) != sorted(expected):
        missing, more = set(expected) - set(piped), set(piped) - set(expected)
        print(f"the records differ: {len(missing)} missing, {len(more)} too many", file=sys.stderr)
        for line in list(missing)[:3] + list(more)[:3]:
            print(line[:300], file=sys.stderr)
        return 1
    print("the same records")
    return 0


sys.exit(main())
