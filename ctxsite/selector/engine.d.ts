// Types of the engine's parts. They share one object, `$`: the page's table as it was parsed, on which the parts
// hang their functions, and which is `window.ctxsite`. Names that end in `_` are shortened by the build and are no
// one else's business; operators, types and sources are called by the names that the table gives.

type Condition = [operator: string, operand: any, items?: any[]];

/** The default has no condition. */
type Branch = [name: string, condition?: Condition];

type Scalar = string | number | boolean;

/** An operator: whether a signal's value (undefined: unknown) fits an item of the condition. */
type Operator<Item, Value> = (item: Item, value: Value | undefined) => boolean | undefined;

/** A type of signals: the value that a text means; nothing, or an exception, if it is none, or if there is no text. */
type Type<Value> = (text: any, values: string[]) => Value | null | undefined;

/** A source: the text found there; null or undefined, or an exception, if there is none. */
type Source = (argument: string) => string | null | undefined;

interface Reading {
  value?: any;
  from?: string;
}

interface Decisions {
  page: string;
  blocks: Record<string, string>;
  reasons: Record<string, Branch>;
}

interface MemoryIndex {
  /** 1 or 0, as the visitor said; absent if not asked. */
  consent?: number;
  /** Until when a visit makes the next one `returning`, in milliseconds since 1970. */
  visit?: number;
  /** Until when which keys are kept. */
  keys: Record<string, number>;
}

interface Engine {
  [name: string]: any;

  /** Decisions: a block's name (empty: the page), its branches, the page variants that have it. */
  d: [block: string, branches: [name: string, condition: Condition][], pages?: string[]][];
  /** Signals: type, values, sources. */
  s: Record<string, [type: string, values: any, ...sources: [source: string, argument?: any][]]>;
  /** Shared conditions. */
  a: Condition[];
  /** Titles of all the page's variants, the default's included, if they differ. */
  t?: Record<string, string>;
  /** Remembered signals of the site: type, values, key, days. */
  m: Record<string, [type: string, values: any, key: string, days: number]>;
  /** Whether consent is required for remembering. */
  c: number;

  context: Record<string, Reading>;
  decisions?: Decisions;
  set(name: string, value: unknown, options?: { now?: boolean }): boolean;
  consent(yes: boolean): void;
  forget(): void;
  place(line?: Element): void;

  holds_(condition: Condition): boolean;
  value_(name: string | number): any;
  read_(name: string | number): Reading;
  wall_(time: any): number;
  decide_(): void;
  index_(): MemoryIndex;
  save_(index: MemoryIndex): void;
  allowed_(index: MemoryIndex): boolean;
  remember_(name: string, text: string): void;

  '&'(parts: Condition[]): boolean;
  '|'(parts: Condition[]): boolean;
  '!'(part: Condition): boolean;
  '@'(index: number): boolean;
  '*': Operator<0, unknown>;
  '=': Operator<Scalar, Scalar>;
  '?': Operator<string, string[]>;
  '#': Operator<number[], number>;
  '%': Operator<number[], number>;
  '~': Operator<string, string>;
  '^': Operator<string, string>;
  y: Operator<[low: number, high: number], number>;

  text: Type<string>;
  lower: Type<string>;
  country: Type<string>;
  enum: Type<string>;
  list: Type<string[]>;
  boolean: Type<boolean>;
  decimal: Type<number>;

  query: Source;
  cookie: Source;
  storage: Source;
  memory: Source;
  session: Source;
  meta: Source;
  media: Source;
  path: Source;
  below: Source;

  0(): number;
  zone(table: any[]): number;
  time(): Date;
  language(): string;
  device(): string;
  scheme(): string;
  campaign(): string | undefined;
  visit(): string | undefined;
  referrer(): string | null | undefined;
}

declare const $: Engine;

interface Navigator {
  readonly globalPrivacyControl?: boolean;
}

interface Document {
  readonly prerendering?: boolean;
}
