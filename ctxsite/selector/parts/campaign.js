// Signal `campaign`, unless the site says otherwise: the usual parameter of the address, in lower case.
$.campaign = () => $.query('utm_campaign')?.toLowerCase(); // most have none: an exception would take 20 microseconds
