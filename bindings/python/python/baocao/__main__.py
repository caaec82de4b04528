"""The program: ``baocao``, or ``python -m baocao``."""

import os
import sys

if not __package__:  # a worker process: called by this file's path, without any site
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from baocao import _baocao, _command


def main():
    """Runs the program with the arguments of the command line; gives the exit code."""
    import signal

    # Rust does what is to be done, or the system's own way stays; Python would only note the signal for later.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _baocao.run(_command(), sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
