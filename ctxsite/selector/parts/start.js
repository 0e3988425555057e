// The course of a visit; comes last.
{
  /** @type {boolean | undefined} */
  let told;

  /**
   * Decide, unless the page is being prerendered: then when it is activated. Once the document is complete,
   * remove hidden defaults, so that no `id` is there twice; once it is seen, tell. Each is done once, whatever
   * event comes first; a page that comes back from the back/forward cache finds everything done.
   */
  const step = () => {
    if (told || document.prerendering) return;
    if (!$.decisions) $.decide_();
    document.querySelectorAll('[data-v]+script').forEach($.place);
    document.readyState == 'loading' ||
      document.hidden ||
      (told = document.dispatchEvent(new CustomEvent('ctxsite:decided', { detail: $.decisions })));
  };

  ['DOMContentLoaded', 'visibilitychange', 'prerenderingchange'].forEach((event) => document.addEventListener(event, step));
  step();
}
