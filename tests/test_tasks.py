"""The tasks of the book's page run as they are written, and take the lines that its table says."""

import re

import pytest

from zputils.paths import BOOK

PAGE = (BOOK / "api-tasks.md").read_text(encoding="utf-8")
IMPORTS, *_ = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
TASKS = dict(re.findall(r"^## (.*?)\n\n```python\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE))
FILES = {"limit.csv": "m_GeV,g\n0.1,1e-4\n1,2e-4\n",
         "edges.csv": "m_GeV,epsilon_lower,epsilon_upper\n0.01,1e-7,1e-4\n0.1,2e-7,1e-5\n"}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_runs_as_it_is_written(task, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    exec(IMPORTS + TASKS[task], {})  # what a reader types


def test_the_table_counts_the_lines():
    table = dict(re.findall(r"^\| (.*?) \| (\d+) \|$", PAGE, re.MULTILINE))
    assert table == {task: str(len(code.strip().splitlines())) for task, code in TASKS.items()}
    assert max(map(int, table.values())) <= 5
