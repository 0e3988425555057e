"""From a request's host and path to a file of the build, as a static host would find it.

Files are looked up by name among those that the build made, never on the disk, so there is nothing to break out of.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from ctxsite.build.session import Built
from ctxsite.frozen import dataclass
from ctxsite.model.address import Host, Hosts, encode
from ctxsite.server.published import Headers, Redirect, headers_for, read_redirects

LOCAL = ".localhost"
"""The end of names that stay on this machine (RFC 6761): `example.de.localhost` stands for `example.de`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to send. `file` is empty where nothing is there and the site has no page that says so."""

    file: str
    status: int
    headers: Headers = ()


def local_name(host: Host) -> str:
    """Return the name under which a language's own host is served here."""
    return (urlsplit(host.base_url).hostname or "") + LOCAL


def host_named(hosts: Hosts, name: str) -> Host:
    """Return the host that a name (without a port) means: the main one, unless it is a language's own."""
    return next((host for host in hosts.own if local_name(host) == name.lower()), hosts.main)


def find(built: Built, name: str, path: str) -> Found | Redirect:
    """Find what answers a request to the host `name` for `path` (decoded, without its query)."""
    host = host_named(built.compiled.settings.hosts, name)
    files, prefix = built.files, host.prefix[1:]
    if path in {"", "/", host.base_path} and host.base_path:
        return Redirect(host.base_path + "/", 302)
    headers = headers_for(files[prefix + "_headers"].data, path) if prefix + "_headers" in files else ()
    if not path.startswith(host.base_path + "/"):
        return Found(_not_found(built, prefix), 404, headers)
    redirects = read_redirects(files[prefix + "_redirects"].data) if prefix + "_redirects" in files else {}
    if path in redirects:
        return redirects[path]
    file = prefix + path[len(host.base_path) + 1 :]
    if file in files:
        return Found(file, 200, headers)
    folder = file if not file or file.endswith("/") else file + "/"
    if folder + "index.html" in files:
        return Found(folder + "index.html", 200, headers) if folder == file else _with_slash(host, folder)
    return Found(_not_found(built, folder), 404, headers)


def _with_slash(host: Host, folder: str) -> Redirect:
    """Lead to the folder's own address. It is made of a file's name, so it never leads to another host."""
    return Redirect(host.base_path + "/" + encode(folder[len(host.prefix) - 1 :]), 301)


def _not_found(built: Built, folder: str) -> str:
    """Return the nearest page for what is not there: that of the language whose folder it would be in."""
    while folder:
        if folder + "404.html" in built.files:
            return folder + "404.html"
        folder = folder.rstrip("/").rpartition("/")[0]
        folder += "/" if folder else ""
    return "404.html" if "404.html" in built.files else ""


def url_of(built: Built, name: str, file: str) -> str:
    """Return the path under which a host has a file, percent-encoded; empty if it has not."""
    host = host_named(built.compiled.settings.hosts, name)
    prefix = host.prefix[1:]
    return host.base_path + "/" + encode(file[len(prefix) :]) if file.startswith(prefix) else ""
