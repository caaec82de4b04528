"""What the examples of this folder are held against: the tables of one run of the program."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.dataset as ds


def files(folder):
    """The documents of a folder, by their full paths: workers may stand elsewhere."""
    paths = (path for path in Path(folder).resolve().rglob("*") if path.is_file())
    return sorted(str(path) for path in paths if path.suffix not in {".json", ".tsv"})


def differences(program, folder, out):
    """Compares the data sets under `out` with a run of the program; gives the exit code."""
    with tempfile.TemporaryDirectory() as whole:
        start = time.monotonic()
        call = [program, "extract", Path(folder).resolve(), "--format", "parquet", "-o", whole, "--quiet"]
        subprocess.run(call, check=False)
        print(f"one run of the program: {time.monotonic() - start:.1f} s")
        wrong = 0
        for name in ("documents", "indicators"):
            spread = ds.dataset(f"{out}/{name}", format="parquet").to_table()
            once = ds.dataset(f"{whole}/{name}.parquet", format="parquet").to_table()
            columns = [column for column in spread.column_names if column in once.column_names]
            rows = [sorted(map(repr, table.select(columns).to_pylist())) for table in (spread, once)]
            same = rows[0] == rows[1] and len(rows[0]) > 0 and len(columns) > 5
            print(f"{name}: {len(rows[0])} and {len(rows[1])} rows, {'the same' if same else 'NOT the same'}")
            if not same:
                wrong += 1
                for row in sorted(set(rows[0]) ^ set(rows[1]))[:4]:
                    print(row[:400], file=sys.stderr)
    return 1 if wrong else 0
