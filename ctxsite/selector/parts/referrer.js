// Signal `referrer`: the host that linked here, unless it is the site's own. Addresses of IPv6 are no hosts.
$.referrer = () => {
  const [host] = new URL(document.referrer).hostname.match(/^[\w.-]+?(?=\.?$)/) ?? [];
  return host == location.hostname ? null : host;
};
