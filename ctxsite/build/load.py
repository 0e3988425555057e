"""The only reader: what a site's folder holds, as names and texts.

Nothing outside the site's folder is read, themes that ship with the program excepted: a symbolic link that
leads out is reported and left alone. Text is UTF-8, its byte order mark dropped and line ends made LF, so
that lines and columns are those an editor shows.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ctxsite.build.strangers import unread_settings
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_files import INVALID_UTF8, LINK_OUT_OF_SITE, NO_SITE, UNREADABLE_FILE
from ctxsite.frozen import dataclass
from ctxsite.source import Location, SourceText

CONFIG = "ctxsite.yaml"
CONTENT = "content"
FOLDERS = (CONTENT, "static", "templates", "data", "i18n")
_IGNORED_ENDINGS = ("~", ".swp", ".swx", ".tmp", ".orig")
_PIECE = 1 << 16
_IGNORED_NAMES = frozenset({"Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """The files of a site by folder, as sorted paths relative to its root, with forward slashes."""

    root: Path
    content: tuple[str, ...]
    assets: tuple[str, ...]
    static: tuple[str, ...]
    templates: tuple[str, ...]
    data: tuple[str, ...]
    catalogues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeFolder:
    """One theme's files. `label` is how diagnostics name its folder; `files` are paths relative to `root`."""

    name: str
    root: Path
    label: str
    files: tuple[str, ...]


def read_config(root: Path) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Return the text of `ctxsite.yaml`, or a diagnostic that this folder is no site."""
    if not (root / CONFIG).is_file():
        place = Location(CONFIG, 1, 1, 2, "")
        help_text = "go to a site's folder, name one with `-s DIR`, or make one with `ctxsite init DIR`"
        return None, (NO_SITE.at(place, f"there is no {CONFIG} here", help=help_text),)
    return read_source(root, CONFIG)


def read_source(root: Path, path: str, label: str = "") -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Read one text file; its diagnostics carry `label` before `path`."""
    shown = label + path
    try:
        raw = file_bytes(f"{root}/{path}")
    except OSError as error:
        reason = error.strerror or str(error)
        return None, (UNREADABLE_FILE.at(Location(shown, 1, 1, 2, ""), f"cannot read this file: {reason}"),)
    try:
        text = raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8")  # the former is not built in
    except UnicodeDecodeError as error:
        return None, (_invalid_utf8(shown, raw, error),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SourceText(shown, text), ()


def file_bytes(path: str) -> bytes:
    """Return a file's bytes. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        data = os.read(handle, _PIECE)
        if len(data) < _PIECE:
            return data  # as nearly all are: their size need not be asked for
        pieces = [data]
        while more := os.read(handle, max(os.fstat(handle).st_size, _PIECE)):
            pieces.append(more)
        return b"".join(pieces)
    finally:
        os.close(handle)


def read_sources(
    root: Path, paths: tuple[str, ...], label: str = ""
) -> tuple[dict[str, SourceText], tuple[Diagnostic, ...]]:
    """Read several text files; those that cannot be read are missing from the mapping and reported."""
    texts: dict[str, SourceText] = {}
    diagnostics: list[Diagnostic] = []
    for path in paths:
        source, found = read_source(root, path, label)
        diagnostics += found
        if source is not None:
            texts[path] = source
    return texts, tuple(diagnostics)


def text_of(root: Path, path: str) -> str:
    """Return a file's text; of one that cannot be read any more, nothing."""
    source, _ = read_source(root, path)
    return source.text if source is not None else ""


def digest_of_text(root: Path, path: str) -> str:
    """Return the digest of a text file as documents have it; empty if it cannot be read."""
    source, _ = read_source(root, path)
    return text_digest(source) if source is not None else ""


def text_digest(source: SourceText) -> str:
    """Return the SHA-256 of a text as UTF-8 (hexadecimal)."""
    return hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()


def file_digest(root: Path, path: str) -> str:
    """Return the SHA-256 of a file's bytes (hexadecimal); `path` is relative to `root`, or absolute."""
    with (root / path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _invalid_utf8(shown: str, raw: bytes, error: UnicodeDecodeError) -> Diagnostic:
    begin = raw.rfind(b"\n", 0, error.start) + 1
    stop = raw.find(b"\n", error.start)
    line = raw[begin : stop if stop >= 0 else len(raw)]
    column = len(raw[begin : error.start].decode("utf-8-sig" if begin == 0 else "utf-8")) + 1
    at = Location(
        shown, raw.count(b"\n", 0, begin) + 1, column, column + 1, line.decode("utf-8", "replace").rstrip("\r")
    )
    message = f"this is not UTF-8: byte 0x{raw[error.start]:02X}"
    return INVALID_UTF8.at(at, message, help="save the file as UTF-8 (it may be in Latin-1 or Windows-1252 now)")


def scan(root: Path) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """List a site's files. Hidden files, editors' leftovers and links that lead out are left out."""
    diagnostics: list[Diagnostic] = []
    real = Path(os.path.realpath(root))
    found = {folder: tuple(sorted(_walk(root, folder, real, diagnostics))) for folder in FOLDERS}
    diagnostics += unread_settings([entry.name for entry in _entries(root)], found["i18n"])
    pages = tuple(path for path in found[CONTENT] if path.endswith(".md"))
    others = tuple(path for path in found[CONTENT] if not path.endswith(".md"))
    catalogues = tuple(path for path in found["i18n"] if path.endswith(".po"))
    loaded = Loaded(root, pages, others, found["static"], found["templates"], found["data"], catalogues)
    return loaded, tuple(diagnostics)


def snapshot(root: Path) -> dict[str, tuple[int, int]] | None:
    """Return size and time of change (nanoseconds) of every file of a site that a build may read, by path.

    None if there are symbolic links: those need a closer look.
    """
    found = _states([(f"{root}/{folder}", f"{folder}/") for folder in (*FOLDERS, "themes")])
    try:
        state = os.lstat(f"{root}/{CONFIG}")
    except OSError:
        return None
    if found is None or not stat.S_ISREG(state.st_mode):
        return None
    return {**found, CONFIG: (state.st_size, state.st_mtime_ns)}


def snapshot_of_themes(names: Iterable[str]) -> dict[str, tuple[int, int]] | None:
    """Return the same of shipped themes' files."""
    return _states([(f"{base}/{name}", f"<theme {name}>/") for name in names for base in _shipped_themes()])


def _states(pending: list[tuple[str, str]]) -> dict[str, tuple[int, int]] | None:
    found: dict[str, tuple[int, int]] = {}
    while pending:
        folder, label = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if ignored(entry.name):
                        continue
                    if entry.is_symlink():
                        return None
                    if entry.is_dir():
                        pending.append((entry.path, f"{label}{entry.name}/"))
                    else:
                        state = entry.stat()
                        found[label + entry.name] = (state.st_size, state.st_mtime_ns)
        except OSError:
            continue  # a site need not have every folder
    return found


def _walk(root: Path, folder: str, real: Path, diagnostics: list[Diagnostic]) -> Iterator[str]:
    """Yield the files below `root/folder`, following links that stay inside `real`, each folder once."""
    start = os.path.realpath(root / folder)
    if not Path(start).is_relative_to(real):
        diagnostics.append(_leads_out(folder, start))
        return
    pending, seen = [folder], {start}
    while pending:
        current = pending.pop()
        for entry in _entries(root / current):
            path = f"{current}/{entry.name}"
            if entry.is_symlink():
                target = os.path.realpath(entry.path)
                if not Path(target).is_relative_to(real):
                    diagnostics.append(_leads_out(path, target))
                    continue
                if target in seen or os.path.realpath(root / current).startswith(target + os.sep):
                    continue
                seen.add(target)
            if entry.is_dir():
                pending.append(path)
            elif entry.is_file():
                yield path


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what a folder holds, by name, without what is no content; a site need not have every folder."""
    try:
        return sorted((entry for entry in os.scandir(folder) if not ignored(entry.name)), key=lambda entry: entry.name)
    except OSError:
        return []


def _leads_out(path: str, target: str) -> Diagnostic:
    message = f"this symbolic link leads out of the site, to {os.path.basename(target)}"
    place = Location(path, 1, 1, 2, "")
    return LINK_OUT_OF_SITE.at(place, message, help="copy what it points at into the site, or remove the link")


def ignored(name: str) -> bool:
    """Tell whether a file or folder of this name is none of a site's: hidden, or an editor's leftover."""
    hidden = name.startswith(".") and name != ".well-known"
    return hidden or name.endswith(_IGNORED_ENDINGS) or name in _IGNORED_NAMES


def find_theme(root: Path, name: str) -> tuple[ThemeFolder | None, tuple[Diagnostic, ...]]:
    """Find a theme by name: the site's own `themes/NAME` first, then those that ship with the program."""
    own = (root, f"themes/{name}", f"themes/{name}/")
    for base, folder, label in [own, *((base, name, f"<theme {name}>/") for base in _shipped_themes())]:
        place = base / folder
        if place.is_dir():
            diagnostics: list[Diagnostic] = []
            files = sorted(_walk(base, folder, Path(os.path.realpath(base)), diagnostics))
            relative = tuple(file[len(folder) + 1 :] for file in files)
            return ThemeFolder(name, place, label, relative), tuple(diagnostics)
    return None, ()


def shipped_theme(label: str) -> str | None:
    """Return the name of a shipped theme by the label of its folder; None for a theme of the site's own."""
    return label[len("<theme ") : -2] if label.startswith("<theme ") else None


def shipped_theme_folder(name: str) -> Path:
    """Return where a shipped theme is. Raises StopIteration if there is none of this name."""
    return next(base / name for base in _shipped_themes() if (base / name).is_dir())


def theme_names(root: Path) -> list[str]:
    """Return the names of all themes that `theme:` can name here."""
    places = [root / "themes", *_shipped_themes()]
    return sorted({folder.name for place in places if place.is_dir() for folder in place.iterdir() if folder.is_dir()})


def _shipped_themes() -> list[Path]:
    """Return where the program's own themes are: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    return [place for place in (package / "themes", package.parent / "themes") if place.is_dir()]
