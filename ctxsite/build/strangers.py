"""Files of another tool beside a site's own: what is not read is told once, with what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_foreign import FOREIGN_SETTINGS
from ctxsite.source import Location

_CONFIGURATIONS = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in ("toml", "yaml", "json"))
_STRINGS = (".toml", ".yaml", ".yml", ".json")


def unread_settings(names: Collection[str], strings: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return a note about Hugo's configuration, and one about its strings.

    `names` are those of the files in the site's folder, `strings` the paths of those in `i18n/`.
    """
    said: list[Diagnostic] = []
    for name in _CONFIGURATIONS:
        if name in names:
            message = f"`{name}` is not read: settings are in `ctxsite.yaml`"
            hint = "write there what you need of it (`ctxsite config` shows all settings), and remove it"
            said.append(FOREIGN_SETTINGS.at(Location(name, 1, 1, 2, ""), message, help=hint))
            break
    others = [path for path in strings if path.endswith(_STRINGS)]
    if others:
        first = others[0]
        language = first.rpartition("/")[2].rpartition(".")[0]
        more = f" (and {len(others) - 1} more)" if len(others) > 1 else ""
        message = f"`{first}`{more} is not read: strings are in gettext catalogues, `i18n/LANGUAGE.po`"
        hint = (
            f'write `{{{{ _("Read on") }}}}` in templates, run `ctxsite i18n update {language}`, '
            f"and copy the translations into `i18n/{language}.po`"
        )
        said.append(FOREIGN_SETTINGS.at(Location(first, 1, 1, 2, ""), message, help=hint))
    return tuple(said)
