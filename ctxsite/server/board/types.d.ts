// What the server sends to the board (`board_data.py`, `board_page.py`), and what the board makes of it.

/** `board.json` */
interface BoardData {
  title: string;
  /** The build's clock, an instant in ISO 8601. */
  now: string;
  /** Whether the newest build has no errors; if not, an older one is served. */
  ok: boolean;
  /** Whether there ever was a build without errors. */
  served: boolean;
  /** Why there is no newer build, if the builder itself failed. */
  failure: string;
  default: string;
  languages: Language[];
  pages: Row[];
  /** Texts of contexts, by number. */
  contexts: string[];
  problems: Problem[];
}

interface Language {
  code: string;
  name: string;
  dir: string;
  /** Its own host here, if it has one. */
  host?: string;
}

/** A page with a cell for each language, in the order of the languages. */
interface Row {
  id: string;
  section: string;
  kind: string;
  cells: (Cell | null)[];
}

type Translated = 'source' | 'generated' | 'current' | 'unmarked' | 'outdated' | 'missing';
type Fault = 'unreachable' | 'over' | 'clockless' | 'undecided';
type Mark = 'draft' | 'scheduled' | 'expired';

/** A page in one language; without `url` it is not built. `shown` is the language of a text shown instead. */
interface Cell {
  state: Translated;
  title?: string;
  url?: string;
  file?: string;
  shown?: string;
  marks?: Mark[];
  date?: string;
  blocks?: number;
  blockFaults?: Fault[];
  outcomes?: Outcome[];
}

/** The default or a variant. `context` is the number of a context that gets it; `absent`: it is not in this language. */
interface Outcome {
  name: string;
  absent?: boolean;
  state?: Translated;
  fault?: Fault;
  context?: number;
}

interface Problem {
  code: string;
  severity: 'error' | 'warning' | 'note';
  message: string;
  location: Place | null;
  help: string | null;
  related: { message: string; location: Place }[];
  /** The row and the language that it is about, by number. */
  page?: number;
  language?: number;
}

interface Place {
  path: string;
  line: number;
  column: number;
  end_column: number;
  excerpt: string;
}

/** `board.page.json` */
interface PageData {
  id: string;
  language: string;
  decisions: DecisionData[];
}

/** A decision of a page: its own, whose name is empty, or a block's, which is `in` these variants. */
interface DecisionData {
  name: string;
  in: string[];
  branches: { name: string; when: string; fault: Fault | null; context: string | null }[];
  matrix: { columns: string[]; rows: string[][]; complete: boolean };
}

/** One message of the server's event stream. */
interface News {
  state: string;
  problems: unknown[];
  editor: boolean;
}

/** What the overview shows of everything. */
interface Filter {
  text: string;
  states: string[];
  language: string;
  section: string;
}

/** A line of the overview: a page's default, or one of its variants. */
interface Line {
  row: number;
  variant: string;
}

/** Where the board is: the view, what it is about, and how. */
interface Where {
  view: string;
  id: string;
  query: URLSearchParams;
}

// The Custom Highlight API, as far as it is used in a frame's own window.
interface HighlightWindow extends Window {
  Highlight?: new (...ranges: Range[]) => Highlight;
  CSS: { highlights?: Map<string, Highlight> };
  CSSStyleSheet: typeof CSSStyleSheet;
}
