"""The strings of a site: which of its templates' messages are its own affair to translate, and how far they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ctxsite.content.markdown.engine import ENGLISH
from ctxsite.frozen import dataclass
from ctxsite.i18n.catalogues import Translations, in_english, read_translations
from ctxsite.i18n.messages import Message, extract
from ctxsite.render.offers import DISMISS, OFFER
from ctxsite.render.theme import Theme
from ctxsite.source import SourceText

EXTENSIONS = ("jinja2.ext.i18n", "ctxsite.render.slots.SlotExtension")
SHIPPED = "<"
"""How labels of themes begin that are not in the site's folder."""

Messages = dict[Message, list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class SiteMessages:
    """All messages that pages can show: those of the site's own templates, and those of a theme that ships."""

    own: Messages
    shipped: Messages
    theirs: Mapping[str, Translations]
    """What the shipped themes' catalogues have, by language."""

    def wanted(self, language: str) -> Messages:
        """Return what the site has to translate into a language: its own, and what the theme does not give."""
        known = self.theirs[language]
        lacking = {message: places for message, places in self.shipped.items() if not known.has(*message[:2])}
        return {**self.own, **lacking}

    def template(self) -> Messages:
        """Return what the site has to translate into at least one of its languages."""
        wanted = [self.wanted(language) for language in self.theirs if not in_english(language)]
        return {
            message: places
            for message, places in {**self.own, **self.shipped}.items()
            if message in self.own or any(message in one for one in wanted)
        }


def site_messages(theme: Theme, languages: Sequence[str]) -> SiteMessages:
    """Find the messages of all templates that are in effect, and the few words that Markdown and the offer add."""
    own: dict[str, SourceText] = {}
    shipped: dict[str, SourceText] = {}
    for name in theme.template_names():
        found = theme.template(name)
        if found is not None:
            number, source = found
            (shipped if theme.layers[number].label.startswith(SHIPPED) else own)[name] = source
    ours = extract(own, EXTENSIONS)
    others = extract(shipped, EXTENSIONS)
    words = (*ENGLISH.alerts.values(), ENGLISH.footnotes, ENGLISH.back, ENGLISH.to_do, ENGLISH.done, OFFER, DISMISS)
    for word in words:
        others.setdefault((None, word, None), [])
    layers = [layer.catalogues for layer in theme.layers if layer.label.startswith(SHIPPED)]
    theirs, _ = read_translations(list(languages), layers)
    return SiteMessages(ours, {message: places for message, places in others.items() if message not in ours}, theirs)
