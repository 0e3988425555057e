"""What all tests share: golden files and small sites on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No law depends on the time that it takes; continuous integration repeats the same examples.
settings.register_profile(
    "laws", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("laws")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write golden files anew; review them with git diff")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name, or write it under `--regenerate`."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--regenerate"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.exists(), f"no golden file {name}: make it with `pytest --regenerate` and review it"
        assert text == path.read_text(encoding="utf-8")

    return check


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Path]:
    """Write a site: a mapping from paths to texts, bytes, or (for a symbolic link) the path it points at."""

    def make(files: Mapping[str, str | bytes | Path], name: str = "site") -> Path:
        root = tmp_path / name
        root.mkdir(exist_ok=True)
        if "ctxsite.yaml" not in files:
            (root / "ctxsite.yaml").write_text("title: Test\n")
        for path, content in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                target.symlink_to(content)
            elif isinstance(content, bytes):
                target.write_bytes(content)
            else:
                target.write_bytes(content.encode())
        return root

    return make


@pytest.fixture(autouse=True)
def _no_ambient_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's own clock setting and colours out of the tests."""
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR"):
        if name in os.environ:
            monkeypatch.delenv(name)
