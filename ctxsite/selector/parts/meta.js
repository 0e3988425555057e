// Source `meta:NAME`: `<meta name=NAME content=…>` before the engine, which a CDN may have filled in.
$.meta = (name) => /** @type {HTMLMetaElement} */ (document.getElementsByName(name)[0]).content;
