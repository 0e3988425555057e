// Offers a page in the visitor's language: a script of its own in the head of pages that have translations, after
// the links to them. What it may do is `languages.choose`.

/**
 * The translations are those that the page links with `hreflang`, the page itself among them. The visitor's language
 * is found by lookup (RFC 4647, 3.4) in all of `navigator.languages`. Nothing is offered to those who chose: who
 * follows a link with `hreflang`, or closes the bar, has chosen. Storage is touched only where there is something to
 * offer or to remember; what may be remembered is what the engine's memory says (`parts/memory.js`).
 *
 * @param {0 | 1} redirect  whether to go there at once, from a page where a visit begins; otherwise a bar offers it
 * @param {0 | 1} asks  whether remembering needs consent
 */
export default (redirect, asks) => {
  const KEY = 'ctxsite.language';
  const links = [.../** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[hreflang]'))];

  /** @param {string} tag */
  const find = (tag) => links.find((link) => link.hreflang.toLowerCase() == tag);

  const own = find(document.documentElement.lang.toLowerCase());
  if (!own) return;

  const lookup = () => {
    for (const range of navigator.languages) {
      const tags = range.toLowerCase().split('-');
      while (tags.length) {
        const link = find(tags.join('-'));
        if (link) return link;
        tags.pop();
        if (tags[tags.length - 1]?.length == 1) tags.pop();
      }
    }
  };

  /** Storage, if anything may be remembered; blocked storage is none. */
  const memory = () => {
    if (navigator.globalPrivacyControl) return;
    let consent;
    try {
      const text = localStorage.getItem('ctxsite');
      try {
        ({ consent } = JSON.parse(/** @type {string} */ (text)));
      } catch {}
      if (consent ?? !asks) return localStorage;
    } catch {}
  };

  /** @param {string} tag */
  const remember = (tag) => {
    try {
      memory()?.setItem(KEY, tag);
    } catch {}
  };

  /** The site's own origins: languages may have hosts of their own. */
  const origins = [location, ...links.map((link) => new URL(link.href))].map((url) => url.origin);

  /** Whether a visit begins here: nobody came from a page of the site, went back, or loaded it again. */
  const begins = () => {
    const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
    return visit?.type == 'navigate' && !origins.some((origin) => document.referrer.startsWith(origin + '/'));
  };

  /** @param {HTMLLinkElement} link */
  const go = (link) => {
    if (!begins()) return;
    try {
      if (memory()) {
        if (sessionStorage.getItem(KEY)) return;
        sessionStorage.setItem(KEY, link.hreflang);
      }
    } catch {}
    const { origin, pathname } = new URL(link.href);
    // On a host that is not the site's own, such as a preview, the visitor stays there.
    const host = origin == new URL(/** @type {HTMLLinkElement} */ (own).href).origin ? '' : origin;
    location.replace(host + pathname + location.search + location.hash);
  };

  /** @param {HTMLLinkElement} link */
  const show = (link) => {
    const bar = /** @type {HTMLElement?} */ (document.querySelector('[data-languages]'));
    const offer = /** @type {HTMLElement?} */ (bar?.querySelector(`:scope>[lang="${link.hreflang}"]`));
    if (!bar || !offer) return;
    offer.hidden = bar.hidden = false;
    offer.querySelector('button')?.addEventListener('click', () => {
      remember(own.hreflang);
      bar.remove();
    });
  };

  const offer = () => {
    const link = lookup();
    if (!link || link == own) return;
    const known = memory();
    if (known?.getItem(KEY) || !(known || begins())) return;
    if (redirect) go(link);
    else if (document.readyState != 'loading') show(link);
    else document.addEventListener('DOMContentLoaded', () => show(link));
  };

  document.addEventListener('click', ({ target }) => {
    const link = /** @type {Element} */ (target).closest('a');
    if (!link?.hreflang || !origins.includes(link.origin)) return;
    link.search ||= location.search; // a switcher's link keeps what the address said about the visit
    remember(link.hreflang);
  });

  try {
    if (document.prerendering) document.addEventListener('prerenderingchange', offer);
    else offer();
  } catch {}
};
