"""The recipes of README.md and README.vi.md on working with records, run as they stand.

    python tests/readers/recipes.py target/release/baocao

Blocks of a shell run in bash with the program on the path, blocks of Python in this Python, blocks of SQL in DuckDB.
"""

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
BAOCAO = Path(sys.argv[1]).resolve()
# The heading of the section, and the names that its recipes use.
READMES = {
    "README.md": ("## Working with the records", "reports"),
    "README.vi.md": ("## Sử dụng các bản ghi", "bao-cao"),
}
DUCKDB = f"""#!{sys.executable}
import duckdb, sys
assert sys.argv[1] == "-c", sys.argv
print(duckdb.sql(sys.argv[2]))
"""


def prepare(work, name):
    """A folder with the program, a `duckdb` that takes -c, documents, and their records."""
    tools = work / "bin"
    tools.mkdir(parents=True)
    (tools / "baocao").symlink_to(BAOCAO)
    (tools / "duckdb").write_text(DUCKDB)
    (tools / "duckdb").chmod(stat.S_IRWXU)
    shutil.copytree(ROOT / "corpus-samples", work / name)
    (work / name / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = subprocess.run([BAOCAO, "extract", "-q", name, "-o", f"{name}.jsonl"], cwd=work, check=False)
    assert done.returncode == 1
    return {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}


def run(kind, code, work, env):
    if kind == "sh":
        # The broken document makes an extraction say so: exit code 1, which is no mistake of the recipe.
        script = "set -u -o pipefail\n" + re.sub(r"^(baocao extract .*?)( +#.*)?$", r"\1 || [ $? -eq 1 ]", code, flags=re.M)
        command = ["bash", "-e", "-c", script]
    elif kind == "python":
        command = [sys.executable, "-c", code]
    else:
        os.chdir(work)
        return str(duckdb.sql(code))
    done = subprocess.run(command, cwd=work, env=env, capture_output=True, check=False)
    assert done.returncode == 0, f"exit code {done.returncode}\n{done.stderr.decode()}"
    return done.stdout.decode()


def main():
    failed = tried = 0
    for readme, (heading, name) in READMES.items():
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder) / "work"
            env = prepare(work, name)
            section = (ROOT / readme).read_text(encoding="utf-8").split(heading)[1].split("\n## ")[0]
            for kind, code in re.findall(r"```(sh|python|sql)\n(.*?)```", section, re.S):
                tried += 1
                try:
                    assert run(kind, code, work, env).strip(), "it said nothing"
                except Exception as error:  # all recipes are tried before the verdict
                    failed += 1
                    print(f"FAILED   {readme}: {error}\n{code}")
            os.chdir(ROOT)
    assert tried >= 10, f"{tried} recipes found only"
    print(f"{tried} recipes, {failed} failed")
    sys.exit(failed > 0)


main()
