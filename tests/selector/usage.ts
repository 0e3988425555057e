// A site's script that uses all of `window.ctxsite`: `tsc` checks it against the declarations that are shipped, and
// that what they do not allow is not allowed (`@ts-expect-error` fails where there is no error).

document.addEventListener('ctxsite:decided', ({ detail }) => {
  const page: string = detail.page;
  const { hero = 'default' }: Readonly<Record<string, string>> = detail.blocks;
  const [branch, condition] = detail.reasons[''] ?? ['default'];
  document.body.dataset.told = [page, hero, branch, String(condition !== undefined)].join();
  // @ts-expect-error: what is decided is decided
  detail.page = 'other';
});

const site: Ctxsite | undefined = window.ctxsite;
const shown: string = site?.decisions?.blocks['hero'] ?? 'default';
const { value, from }: CtxsiteSignal = site?.context['segment'] ?? {};
const known: boolean = value !== undefined && from === 'query' && shown !== 'default';

const accepted: boolean | undefined = site?.set?.('segment', 'business');
site?.set?.('segment', ['business', 'press'], { now: known });
site?.set?.('orders', 5);
site?.set?.('member', !accepted);
site?.set?.('member', null, {});
site?.consent?.(true);
site?.forget?.();

// @ts-expect-error: it is absent on pages without decisions
window.ctxsite.decisions;
// @ts-expect-error: it exists on sites that remember something
window.ctxsite?.set('segment', 'business');
// @ts-expect-error: no value
window.ctxsite?.set?.('segment', undefined);
// @ts-expect-error: a clear answer
window.ctxsite?.consent?.('yes');
