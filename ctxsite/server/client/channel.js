// One event stream for all tabs: browsers open no more than six connections to a server, and each tab would take one.
//
// The same file is what pages import and what the shared worker runs.

const URL_OF_EVENTS = '/__ctxsite/events';

/**
 * Listen to the server; reconnect for as long as it takes.
 *
 * @param {(text: string) => void} hear
 */
const listen = (hear) => {
  const source = new EventSource(URL_OF_EVENTS);
  source.onmessage = (event) => hear(event.data);
  source.onerror = () => {
    if (source.readyState == EventSource.CLOSED) setTimeout(listen, 1000, hear); // an answer that is no stream
  };
};

/**
 * Have news told to this page, by the shared worker where there are such workers.
 *
 * @param {(news: import('./client.js').News) => void} hear
 */
export const news = (hear) => {
  /** @param {string} text */
  const parsed = (text) => hear(JSON.parse(text));
  let worker;
  try {
    worker = new SharedWorker(new URL(import.meta.url), { type: 'module', name: 'ctxsite' });
  } catch {
    listen(parsed);
    return;
  }
  const { port } = worker;
  worker.onerror = () => listen(parsed); // it could not be loaded: the server went just then
  port.onmessage = (event) => parsed(event.data);
  addEventListener('pagehide', () => port.postMessage('bye'));
  addEventListener('pageshow', (event) => {
    if (event.persisted) port.postMessage('back');
  });
};

if ('onconnect' in globalThis) {
  /** @type {Set<MessagePort>} */
  const ports = new Set();
  /** @type {string | undefined} */
  let last;

  listen((text) => {
    last = text;
    for (const port of ports) port.postMessage(text);
  });

  addEventListener('connect', (event) => {
    const [port] = /** @type {MessageEvent} */ (event).ports;
    const join = () => {
      ports.add(port);
      if (last) port.postMessage(last);
    };
    port.onmessage = (said) => (said.data == 'bye' ? ports.delete(port) : join());
    join();
  });
}
