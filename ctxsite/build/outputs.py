"""Files that are copied as they are, and the check that no two artifacts want one place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from ctxsite.build.load import Loaded, file_digest
from ctxsite.content.paths import address_key
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_addresses import SAME_ADDRESS
from ctxsite.model.address import Hosts, file_of
from ctxsite.model.artifact import Artifact
from ctxsite.model.assets import asset_addresses
from ctxsite.model.page import SiteMap
from ctxsite.render.theme import Theme
from ctxsite.source import Location

Copied = dict[str, str]
"""Digests (SHA-256, hexadecimal) of copied files by their path in the output."""


def copied_files(files: Loaded, theme: Theme, sitemap: SiteMap, hosts: Hosts) -> tuple[list[Artifact], Copied]:
    """Return the static files of the theme and the site, once for each host, and the files beside pages.

    With them come their digests.
    """
    named = {path: source for path, (_, source) in theme.static().items()}
    prefixes = ["", *(host.prefix[1:] for host in hosts.own)]
    artifacts = [Artifact(prefix + path, copy_of=source) for prefix in prefixes for path, source in named.items()]
    beside = {(file_of(address), path) for _, path, address in asset_addresses(sitemap)}
    artifacts += [Artifact(path, copy_of=source) for path, source in sorted(beside)]
    return artifacts, {artifact.path: file_digest(files.root, artifact.copy_of or "") for artifact in artifacts}


def digests(artifacts: Sequence[Artifact], copied: Copied) -> dict[str, str]:
    """Return the digest of each artifact by its path."""
    return {
        artifact.path: copied[artifact.path]
        if artifact.copy_of
        else artifact.digest or hashlib.sha256(artifact.data).hexdigest()
        for artifact in artifacts
    }


def claimed_once(artifacts: Sequence[Artifact], sitemap: SiteMap) -> tuple[list[Artifact], tuple[Diagnostic, ...]]:
    """Return the artifacts without those that claim another's place, each of which is reported.

    Pages against pages have been checked by address; here are files against pages and against each other, also
    where a file would have to be a folder.
    """
    sources = {file_of(page.address): page.document.path for page in sitemap.pages}
    taken: dict[str, Artifact] = {}
    kept: list[Artifact] = []
    diagnostics: list[Diagnostic] = []
    for artifact in artifacts:
        first = taken.setdefault(address_key(artifact.path), artifact)
        if first is artifact:
            kept.append(artifact)
        elif artifact.copy_of or first.copy_of:
            diagnostics.append(_twice(artifact, first, sources))
    folders: set[str] = set()
    for key in taken:
        folder = key.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    for key, artifact in taken.items():
        if key in folders:
            inside = next(other for name, other in taken.items() if name.startswith(key + "/"))
            diagnostics.append(_twice(artifact, inside, sources))
    return kept, tuple(diagnostics)


def _twice(artifact: Artifact, first: Artifact, sources: dict[str, str]) -> Diagnostic:
    other = first.copy_of or sources.get(first.path) or f"{first.path} (made by the build)"
    place = artifact.copy_of or sources.get(artifact.path) or artifact.path
    message = f"`{place}` and `{other}` both claim `{artifact.path}` in the output"
    return SAME_ADDRESS.at(Location(place, 1, 1, 2, ""), message, help="rename or move one of them")
