"""What every test starts from."""

import pytest

from zputils import cache


@pytest.fixture(scope="session", autouse=True)
def nothing_kept():
    """Tests compute: an entry of the build cache would hide what they change."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(cache, "FOLDER", None)
        yield
