// Signal `referrer`: the host that linked here, unless it is the site's own.
$.referrer = () => {
  const host = new URL(document.referrer).hostname;
  return host == location.hostname ? null : host;
};
