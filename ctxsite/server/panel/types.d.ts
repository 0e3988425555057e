// What `preview.json` holds (`server/preview_page.py`), and what the page's engine tells.

interface Field {
  /** The signal's name in the text of a context. */
  key: string;
  name: string;
  own: boolean;
  type: string;
  values: string[] | null;
  /** Values that the page's rules name. */
  suggested: string[];
  /** Whether the page's rules ask for it. */
  used: boolean;
}

interface Preset {
  block: string;
  branch: string;
  when: string;
  /** Null: no context shows it here. */
  context: string | null;
}

interface Answer {
  question: string;
  holds: boolean;
  /** Null: unknown. */
  saw?: string | null;
  parts?: Answer[];
}

interface Trace {
  /** The block's name, empty for the page. */
  decision: string;
  chosen: string;
  branches: { name: string; when: string; answer: Answer | null }[];
}

interface PageData {
  title: string;
  source: string;
  /** The variant that this address shows whole. */
  fixed: string | null;
  context: string;
  signals: Field[];
  clocks: Record<string, string>;
  /** When something else is shown on that day. */
  changes: { time: number; clock: string; shown: Record<string, string> }[];
  presets: Preset[];
  variant: string;
  blocks: Record<string, string>;
  traces: Trace[];
}

interface Reading {
  value?: unknown;
  from?: string;
}

interface EngineView {
  [name: string]: any;
  s?: Record<string, any[]>;
  context?: Record<string, Reading>;
  decisions?: { page: string; blocks: Record<string, string> };
}

declare module '*.css' {
  const text: string;
  export default text;
}
