"""Kernels that start at once: one process imports what the pages need, and each kernel is a fork of it.

    python _ext/kernels.py COMMAND ...

runs COMMAND so that whoever starts the kernel "python3" in it (Sphinx, pytest) gets such a fork. It has what the
imports leave behind, and nothing else of any other page: a page must not rely on more than it imports.

Three processes take part: the server, which imports and forks; the kernel; and a small launcher, which is the process
that jupyter_client believes to be the kernel. It hands its files, folder and environment to the server, passes signals
on, and ends when the kernel does; when it is killed, the kernel ends too.
"""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

SHORT = "/tmp" if os.path.isdir("/tmp") else None  # a socket's address has 100 characters at most
INLINE = "module://matplotlib_inline.backend_inline"
# What kernels and pages import. Not matplotlib_inline.backend_inline: it must find IPython running, or plots vanish.
MODULES = ("ipykernel.kernelapp", "ipykernel.debugger", "sqlite3", "numpy", "pandas.io.formats.style",
           "pandas.io.formats.csvs", "pandas.io.formats.html", "scipy.integrate", "scipy.interpolate", "scipy.optimize",
           "matplotlib.pyplot", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_pdf",
           "fontTools.subset", "PIL.PngImagePlugin", "myst_nb.ext.glue", "zputils.claims", "zputils.figures",
           "zputils.pages.credits", "zputils.pages.data_page", "zputils.pages.explore", "zputils.pages.ledger")


# -- the launcher: standard library alone, so that it starts in milliseconds -------------------------------


def launch(address, *arguments):
    """Ask for a kernel with these arguments and be it, until it ends."""
    server = socket.socket(socket.AF_UNIX)
    server.connect(address)
    wish = {"arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)}
    socket.send_fds(server, [b"files"], [1, 2])
    with server.makefile("rwb") as stream:
        stream.write(json.dumps(wish).encode() + b"\n")
        stream.flush()
        kernel = int(stream.readline() or 0)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, _: pass_on(kernel, number))
        stream.read()  # ends with the kernel
    sys.exit(not kernel)


def pass_on(kernel, number):
    """Send the kernel a signal, unless it has ended."""
    with suppress(ProcessLookupError):
        os.kill(kernel, number)


# -- the server --------------------------------------------------------------------------------------------


def serve(listener):
    """Import, then fork a kernel for each launcher that calls."""
    from importlib import import_module

    os.environ |= {"MPLBACKEND": INLINE, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # no word of the debugger's
    for module in MODULES:
        import_module(module)
    gc.freeze()  # what is here now stays: no kernel need look whether it is still wanted
    gc.set_threshold(100_000)  # nor look often: what a page makes and drops is little
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that ended leave nothing behind
    while True:
        launcher, _ = listener.accept()
        with launcher:
            files = socket.recv_fds(launcher, 5, 2)[1]
            if files and os.fork() == 0:
                listener.close()
                be_kernel(launcher, files)
            for file in files:
                os.close(file)


def be_kernel(launcher, files):
    """Become the kernel that a launcher asked for; does not return."""
    from threading import Thread

    from ipykernel.kernelapp import IPKernelApp

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for file, standard in zip(files, (1, 2), strict=True):
        os.dup2(file, standard)
        os.close(file)
    stream = launcher.makefile("rwb")
    wish = json.loads(stream.readline())
    os.environ.clear()
    os.environ.update(wish["environment"])
    os.chdir(wish["folder"])
    stream.write(f"{os.getpid()}\n".encode())
    stream.flush()
    Thread(target=lambda: (stream.read(), os._exit(1)), daemon=True).start()  # the launcher is gone
    # With a parent's number it does not tell how to connect another client; it is our server, with which it ends.
    quiet = ["--log-level=ERROR", f"--IPKernelApp.parent_handle={os.getppid()}"]
    app = IPKernelApp.instance()
    app.initialize([*quiet, *wish["arguments"]])
    draw_once()
    app.start()
    os._exit(0)


def draw_once():
    """A plot is drawn when a cell ends and shows it; matplotlib would draw it just before that as well."""
    from matplotlib import pyplot

    pyplot.switch_backend(INLINE)  # which listens to the ends of cells
    pyplot.uninstall_repl_displayhook()


@contextmanager
def warm(folder):
    """The environment in which "python3" is a fork; `folder`: an empty one of a short name, for the socket."""
    address = str(Path(folder) / "socket")
    spec = Path(folder) / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    command = [sys.executable, "-I", "-S", __file__, "launch", address, "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": command, "display_name": "Python 3", "language": "python"}), encoding="utf-8")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)  # who calls before the imports are done waits
        server = subprocess.Popen([sys.executable, __file__, "serve", str(listener.fileno())],
                                  pass_fds=[listener.fileno()], stdin=subprocess.DEVNULL)
    try:
        yield os.environ | {"JUPYTER_PATH": str(folder)}
    finally:
        server.kill()
        server.wait()


def main(role, *arguments):
    """Launcher, server, or the command of the user with both at hand."""
    if role == "launch":
        launch(*arguments)
    if role == "serve":
        serve(socket.socket(fileno=int(arguments[0])))
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="zp-", dir=SHORT) as folder, warm(folder) as environment:
        return subprocess.call([role, *arguments], env=environment)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
