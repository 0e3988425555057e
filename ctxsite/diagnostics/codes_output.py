"""CTX30x: links in bodies, and addresses for others."""

from ctxsite.diagnostics.model import Code, Severity

# fmt: off
BROKEN_LINK = Code(
    "CTX300", "broken-link", Severity.ERROR,
    "The link leads to no page and no file of the site. Link to Markdown files relative to the file the link is in "
    "(`../tariffs.md`), to addresses from the site's root (`/tariffs/`), or to files in `static/` (`/terms.pdf`).",
    lenient=True,
)
BROKEN_IMAGE = Code(
    "CTX301", "broken-image", Severity.ERROR,
    "There is no such picture. Put it beside the page's file and name it relative to that, or into `static/` and name "
    "it from the site's root (`/img/photo.jpg`).",
    lenient=True,
)
MISSING_ANCHOR = Code(
    "CTX302", "missing-anchor", Severity.ERROR,
    "The page exists, but no heading or element in it has this id. Ids of headings are made of their text unless they "
    "are given: `## Fees {#fees}`. A heading that is translated has another id, unless both files give it.",
    lenient=True,
)
LINK_OUTSIDE = Code(
    "CTX303", "link-outside", Severity.ERROR,
    "The link has more `../` than there are folders, so it leads out of the site.",
    lenient=True,
)
LINK_UNPUBLISHED = Code(
    "CTX304", "link-unpublished", Severity.ERROR,
    "The link leads to a page that this build leaves out: a draft, not published yet, or expired. Visitors would find "
    "nothing there. Remove the link, publish the page, or build with `--drafts`, `--future` or `--expired`.",
    lenient=True,
)
LINK_WITHOUT_SLASH = Code(
    "CTX305", "link-without-slash", Severity.NOTE,
    "Addresses of pages end with a slash. The link was completed; writing it so spares the next reader the question.",
)
NO_HOST = Code(
    "CTX306", "no-host", Severity.NOTE,
    "Feeds and sitemaps should hold whole URLs, host included: RFC 4287 and the sitemaps' protocol know no others. As "
    "long as no `base_url` names the host, their addresses are without one, and `robots.txt` names no sitemap. This is "
    "told where pages have a date, so that a feed is expected. Set `base_url:`, or build with `--base-url`.",
)
# fmt: on
