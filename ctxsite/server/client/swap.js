// Style sheets and images are replaced where they stand; for anything else that this page shows, it has to be reloaded.

/** Attributes that name a file, of elements that show it without running it. */
const SHOWN = 'img[src], img[srcset], source[srcset], video[poster], image[href], link[rel~="icon"], input[src]';

/** @param {string} path */
const decoded = (path) => {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
};

/** @param {string} url */
const pathOf = (url) => {
  const found = new URL(url, document.baseURI);
  return found.origin == location.origin ? decoded(found.pathname) : '';
};

/**
 * Return a URL with the version that makes the browser ask for it again.
 *
 * @param {string} url
 * @param {string} version
 */
const versioned = (url, version) => {
  const found = new URL(url, document.baseURI);
  found.searchParams.set('v', version || 'gone');
  return found.href;
};

/** @returns {[HTMLLinkElement, string][]} */
const sheets = () =>
  [.../** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel~="stylesheet"][href]'))].map(
    (link) => [link, pathOf(link.href)]
  );

/**
 * Put a new style sheet behind the old one, which goes once the new one is there, so that nothing is ever unstyled.
 *
 * @param {HTMLLinkElement} link
 * @param {string} version
 */
const replaced = (link, version) => {
  const other = /** @type {HTMLLinkElement} */ (link.cloneNode());
  other.href = versioned(link.href, version);
  other.onload = other.onerror = () => link.remove();
  link.after(other);
};

/**
 * @param {Element} element
 * @param {(path: string) => string | undefined} version
 * @returns {string[]} the paths that were found
 */
const refreshed = (element, version) => {
  /** @type {string[]} */
  const found = [];
  /** @param {string} url */
  const fresh = (url) => {
    const path = pathOf(url);
    const now = version(path);
    if (now === undefined) return url;
    found.push(path);
    return versioned(url, now);
  };
  for (const name of ['src', 'poster', 'href']) {
    const url = element.getAttribute(name);
    if (url) {
      const now = fresh(url);
      if (now != url) element.setAttribute(name, now);
    }
  }
  const set = element.getAttribute('srcset');
  if (set) {
    const now = set.replace(/(^|,\s+)(\S+)/g, (_, before, url) => before + fresh(url));
    if (now != set) element.setAttribute('srcset', now);
  }
  return found;
};

/**
 * Show new files without a reload.
 *
 * @param {[string, string][] | null} files  URL paths and versions; null if any file may be another one
 * @returns {boolean} whether that was possible
 */
export const swap = (files) => {
  const all = files == null;
  const versions = new Map((files ?? []).map(([path, version]) => [decoded(path), version]));
  const blind = String(Date.now());
  /** @param {string} path */
  const version = (path) => (all && path ? blind : versions.get(path));

  /** @type {Set<string>} */
  const done = new Set();
  for (const [link, path] of sheets()) {
    const now = version(path);
    if (now === undefined) continue;
    done.add(path);
    replaced(link, now);
  }
  for (const element of document.querySelectorAll(SHOWN)) for (const path of refreshed(element, version)) done.add(path);

  const used = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'))
    .filter((entry) => entry.initiatorType != 'iframe' && entry.initiatorType != 'frame')
    .map((entry) => pathOf(entry.name))
    .filter((path) => path && !path.startsWith('/__ctxsite/') && !done.has(path));
  return !used.some((path) => all || versions.has(path));
};
