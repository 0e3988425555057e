// Types of `window.ctxsite`, for scripts of a site: copy this file, or refer to it from a `tsconfig.json`.

/** What the selector decided, and why. */
interface CtxsiteDecisions {
  /** The page's variant, or `default`. */
  readonly page: string;
  /** The branch of each block of that variant: an audience's name, `when-1`, `when-2`, …, or `default`. */
  readonly blocks: Readonly<Record<string, string>>;
  /**
   * For each block, and for the page under `''`: the branch and the condition that held, as it stands in the
   * page's table. For a default there is no condition: none held.
   */
  readonly reasons: Readonly<Record<string, readonly [branch: string, condition?: unknown]>>;
}

/** What is known about one signal. */
interface CtxsiteSignal {
  /** Absent: the signal is unknown. A set is a list. */
  readonly value?: unknown;
  /** The kind of source it came from (`query`, `cookie`, `storage`, …); for a built-in signal its own name. */
  readonly from?: string;
}

interface Ctxsite {
  /** The signals that rules of this page asked for; none without decisions. (Those named by numbers are clocks.) */
  readonly context: Readonly<Record<string, CtxsiteSignal>>;
  /** Absent on a page without decisions, and as long as a page is being prerendered. */
  readonly decisions?: CtxsiteDecisions;

  /**
   * Say what a signal is; null: unknown. It is remembered as the signal's `remember:`, consent and Global Privacy
   * Control allow, and applies to the next page; with `now`, this page is decided anew as well, and
   * `ctxsite:decided` is fired again. Returns false, and does nothing, for what is no value of the signal, or for
   * a signal that is neither remembered nor asked for on this page.
   *
   * (This exists on pages with decisions of sites that remember something: a signal with `remember:`, or `visit`. So
   * do `consent` and `forget`; they also exist on pages from where one can go to other languages, unless the site says
   * `choose: off`, because the language that somebody chose is remembered.)
   */
  set?(signal: string, value: string | number | boolean | readonly string[] | null, options?: { now?: boolean }): boolean;

  /**
   * Say that the visitor allows remembering (what is known then is remembered), or does not (all is forgotten, and
   * nothing remembered from now on, whether the site requires consent or not).
   */
  consent?(given: boolean): void;

  /** Forget all that was remembered, the visitor's consent included. */
  forget?(): void;
}

interface Window {
  /** Absent on a page without decisions, unless one can go to other languages from there. */
  readonly ctxsite?: Ctxsite;
}

interface DocumentEventMap {
  /** Fired once, when the document is complete and really seen. */
  'ctxsite:decided': CustomEvent<CtxsiteDecisions>;
}
