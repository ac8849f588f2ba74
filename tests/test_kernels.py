"""Kernels that are forks of one process: alike in nothing but what they have imported, and gone with their owner."""

import os
from time import sleep

import nbformat
import pytest
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient


def run(*cells, **options):
    """The outputs of the last of some cells, run in a kernel of their own."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, kernel_name="python3", **options).execute()
    return notebook.cells[-1].outputs


def started(**options):
    """A kernel, ready."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(**options)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=600)
    return manager, client


def test_it_is_warm_and_knows_nothing_of_others(forked_kernels):
    assert KernelSpecManager().get_kernel_spec("python3").argv[-3] == f"{forked_kernels}/socket"
    assert run("x = 1", "import sys; print('zputils.figures' in sys.modules, 'x' in dir())")[0].text == "True True\n"
    assert run("print('x' in dir(), 'np' in dir())")[0].text == "False False\n"


def test_a_plot_is_a_picture(forked_kernels):
    outputs = run("from matplotlib import pyplot as plt", "plt.plot([1, 2]);")
    assert [output.output_type for output in outputs] == ["display_data"] and "image/png" in outputs[0].data
    assert [output.name for output in run("import sys; print('no', file=sys.stderr)")] == ["stderr"]


def test_a_plot_is_drawn_for_its_picture_alone(forked_kernels):
    watched = ("import matplotlib.figure; draw, drawn = matplotlib.figure.Figure.draw, []; "
               "matplotlib.figure.Figure.draw = lambda *given: drawn.append(draw(*given))")
    plot = "from matplotlib import pyplot as plt; plt.plot([1, 2]);"
    assert run(watched, plot, "print(len(drawn))")[0].text == "2\n"  # once to lay it out, once in ink


def test_folder_environment_and_children(forked_kernels, tmp_path, monkeypatch):
    monkeypatch.setenv("ZP_TEST", "grüße")
    text = "import os, subprocess, sys; print(os.getcwd(), os.environ['ZP_TEST'], subprocess.run(['false']).returncode)"
    assert run(text, resources={"metadata": {"path": str(tmp_path)}})[0].text == f"{tmp_path} grüße 1\n"


def test_it_is_interrupted_and_ends_with_its_launcher(forked_kernels):
    manager, client = started()
    number = []
    client.execute_interactive("import os; print(os.getpid())", timeout=600, output_hook=lambda message: number.append(
        message["content"].get("text", "")))
    pid = int("".join(number))
    client.execute("import time; time.sleep(600)")
    sleep(1)
    manager.interrupt_kernel()
    assert client.execute_interactive("1", timeout=600)["content"]["status"] in ("ok", "aborted")
    launcher = manager.provisioner.process
    launcher.kill()
    launcher.wait()
    with pytest.raises(ProcessLookupError):  # the kernel ends with it, soon
        for _ in range(600):
            os.kill(pid, 0)
            sleep(0.1)
    client.stop_channels()
    manager.cleanup_resources()
