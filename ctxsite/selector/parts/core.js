// Conditions and signals.

/**
 * Whether a condition of the table holds. `[operator, signal, [item, …]]`: one of the items fits the signal's
 * value. Without items, the operator combines other conditions.
 */
$.holds_ = ([operator, operand, items]) =>
  items ? items.some((item) => $[operator](item, $.value_(operand))) : $[operator](operand);

/**
 * A signal's value, or undefined where it is unknown. Signals are read when a rule first asks for them, and
 * once: what was found is kept in the public `context`, `{}` for a signal that is not known.
 */
$.value_ = (name) => ($.context[name] ??= $.read_(name)).value;

/**
 * Read a signal: the first source that yields a value of the signal's type wins. A source or type that cannot
 * cope with what it finds returns nothing, '' or throws; either way the next source has its turn. A signal that the
 * table does not declare is built in, and is its own source.
 */
$.read_ = (name) => {
  const [type, values, ...sources] = $.s[name] ?? ['text', 0, [name]];
  for (const [from, argument] of sources) {
    try {
      const value = $[type]($[from](argument), values);
      if ((value ?? '') !== '') return { value, from };
    } catch {}
  }
  return {};
};

/** The type of signals that are taken as they come. */
$.text = (value) => value;
