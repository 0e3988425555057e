// Signal `campaign`, unless the site says otherwise: the usual parameter of the address, in lower case.
$.campaign = () => /** @type {string} */ ($.query('utm_campaign')).toLowerCase();
