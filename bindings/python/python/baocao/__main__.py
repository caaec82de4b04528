"""The program ``baocao``: ``python -m baocao`` and the command of that name."""

import os
import signal
import sys

_HERE = os.path.abspath(__file__)


def command():
    """How the program is called once more, for worker processes."""
    if not sys.executable:
        raise RuntimeError("this Python does not know its own program (sys.executable), which workers need")
    return [sys.executable, _HERE]


def main():
    """Runs the program with the arguments of this process, and gives its exit code."""
    from baocao import _baocao

    # Ctrl-C ends the program as it ends any other; Python's own handler would wait for it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _baocao.main(command(), sys.argv[1:])


if __name__ == "__main__":
    # Called by its file, the package may not be on the path; and nothing beside this file is to be taken for a module.
    if sys.path and os.path.abspath(sys.path[0]) == os.path.dirname(_HERE):
        sys.path[0] = os.path.dirname(os.path.dirname(_HERE))
    sys.exit(main())
