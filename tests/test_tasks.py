"""The tasks of the book's page run as they are written, and take the lines that its table says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from zputils.paths import BOOK

PAGE = (BOOK / "api-tasks.md").read_text(encoding="utf-8")
IMPORTS, *_ = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
TASKS = {title: (language, code) for title, language, code in
         re.findall(r"^## (.*?)\n\n```(\w+)\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)}
FILES = {"limit.csv": "m_GeV,g\n0.1,1e-4\n1,2e-4\n",
         "edges.csv": "m_GeV,epsilon_lower,epsilon_upper\n0.01,1e-7,1e-4\n0.1,2e-7,1e-5\n",
         "axion.txt": "# DarkPhoton\n1e7 1e-4\n1e8 2e-4\n"}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_runs_as_it_is_written(task, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    language, code = TASKS[task]
    if language == "python":
        exec(IMPORTS + code, {})  # what a reader types
    else:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(["bash", "-e", "-c", code], check=True, env=os.environ | {"PATH": path}, capture_output=True)


def test_the_table_counts_the_lines():
    table = dict(re.findall(r"^\| (.*?) \| (\d+) \|$", PAGE, re.MULTILINE))
    assert table == {task: str(len(code.strip().splitlines())) for task, (_, code) in TASKS.items()}
    *lines, longest = sorted(map(int, table.values()))
    assert lines[-1] <= 2 and longest <= 7  # the scan's is a file of four lines
