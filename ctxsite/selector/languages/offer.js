// Offers a page in the visitor's language: a script of its own in the head of pages that link other languages, after
// the links to translations and the engine. What it may do is `languages.choose`.

/**
 * The translations are those that the page links with `hreflang`, the page itself among them. The visitor's language
 * is found by lookup (RFC 4647, 3.4) in all of `navigator.languages`. Nothing is offered to those who chose: who
 * follows a link with `hreflang`, or closes the bar, has chosen. Storage is touched only where there is something to
 * offer or to remember; what may be remembered is what the engine's memory says (`parts/memory.js`). So that visitors
 * can allow it, or object, `ctxsite.consent` and `ctxsite.forget` are here where the engine has them not.
 *
 * @param {0 | 1} redirect  whether to go there at once, from a page where a visit begins; otherwise a bar offers it
 * @param {0 | 1} asks  whether remembering needs consent
 * @param {string[]} keys  under which the site remembers signals
 * @param {string[]} hosts  of the site, if there are several
 */
export default (redirect, asks, keys = [], hosts = []) => {
  const KEY = 'ctxsite.language';
  const links = [.../** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[hreflang]'))];

  /** @param {string} tag */
  const find = (tag) => links.find((link) => link.hreflang.toLowerCase() == tag);

  const own = find(document.documentElement.lang.toLowerCase());

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

  /** What is remembered of the visit: the engine's index. Throws where storage is blocked. */
  const index = () => {
    const text = /** @type {string} */ (localStorage.getItem('ctxsite'));
    try {
      return JSON.parse(text) ?? {};
    } catch {
      return {};
    }
  };

  /** Storage, if anything may be remembered; blocked storage is none. */
  const memory = () => {
    if (navigator.globalPrivacyControl) return;
    try {
      if (index().consent ?? !asks) return localStorage;
    } catch {}
  };

  /** @type {string | undefined} */
  let chosen;

  /** @param {string} tag */
  const remember = (tag) => {
    chosen = tag;
    try {
      memory()?.setItem(KEY, tag);
    } catch {}
  };

  /** @type {{ ctxsite?: any }} */
  const scope = self;
  const site = (scope.ctxsite ??= { context: {} });
  const { consent } = site;

  site.forget ??= () => {
    try {
      for (const key of ['ctxsite', KEY, ...keys, ...Object.keys(index().keys ?? {})]) {
        localStorage.removeItem(key);
        sessionStorage.removeItem(key);
      }
    } catch {}
  };

  /**
   * What was chosen on this page is remembered as soon as it may be.
   * @param {boolean} yes
   */
  site.consent = (yes) => {
    if (consent) consent(yes);
    else {
      if (!yes) site.forget();
      try {
        localStorage.setItem('ctxsite', JSON.stringify({ ...index(), consent: yes ? 1 : 0 }));
      } catch {}
    }
    if (yes && chosen) remember(chosen);
  };

  /** The site's own origins: languages may have hosts of their own. */
  const origins = [location.origin, ...hosts];

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
      remember(/** @type {HTMLLinkElement} */ (own).hreflang);
      bar.remove();
    });
  };

  const offer = () => {
    const link = own && lookup();
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
