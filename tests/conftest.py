"""What every test starts from."""

import gc
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import zputils
from zputils import cache

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "_ext"))
# Tests of what stands around the physics, which take long: `make test-slow` has them and what is marked as slow.
SLOW = {"test_alternatives", "test_bench", "test_between", "test_build", "test_colours", "test_determinism",
        "test_environment", "test_faults", "test_hepdata", "test_kernels", "test_live", "test_publish", "test_scan",
        "test_tasks"}


def pytest_configure(config):
    """The package of this tree is tested, and programs that tests start see nothing of the user's settings."""
    package = Path(zputils.__file__).resolve().parent
    if package != ROOT / "zputils":
        pytest.exit(f"the environment imports {package}, not {ROOT / 'zputils'}: use `make test`, or install with "
                    f"pip install -e {ROOT}", returncode=2)
    import executed

    os.environ["MATPLOTLIBRC"] = str(ROOT / "_ext" / "matplotlibrc")
    os.environ.pop("PYTHONSTARTUP", None)
    config.pluginmanager.register(executed.Tested(ROOT))
    gc.set_threshold(100_000)  # thousands of tests stay in memory: it takes long to look for what does not


def pytest_ignore_collect(collection_path, config):
    """Modules of slow tests alone are not even imported where none of them is asked for."""
    if collection_path.stem in SLOW and config.option.markexpr == "not slow":
        return True
    return None


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="module", autouse=True)
def nothing_kept():
    """These tests compute: an entry of the build cache would hide what they change. Examples and pages may use one."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(cache, "FOLDER", None)
        yield


@pytest.fixture
def scan():
    """The room of scans, whose libraries are optional."""
    return pytest.importorskip("zputils.scan", exc_type=ImportError)


@pytest.fixture(scope="module")
def forked_kernels():
    """The folder of a server of kernels: "python3" is a fork of it, in programs that tests start too."""
    import kernels

    with TemporaryDirectory(prefix="zp-", dir=kernels.SHORT) as folder, kernels.warm(folder) as environment, \
            pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", environment["JUPYTER_PATH"])
        yield folder
