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
  /** The signals that rules of this page asked for. (Those named by numbers are clocks.) */
  readonly context: Readonly<Record<string, CtxsiteSignal>>;
  /** Absent as long as the page is being prerendered. */
  readonly decisions?: CtxsiteDecisions;
}

interface Window {
  /** Absent on a page without decisions. */
  readonly ctxsite?: Ctxsite;
}

interface DocumentEventMap {
  /** Fired once, when the document is complete and really seen. */
  'ctxsite:decided': CustomEvent<CtxsiteDecisions>;
}
