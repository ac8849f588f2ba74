"""A page's tests stand together, so that one process opens it once for each width and scheme (--dist worksteal)."""


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.callspec.params.get("name", "") if hasattr(item, "callspec") else "")
