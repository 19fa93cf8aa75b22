// LaTeX's common mathematics as MathML. What is not understood is shown as it was written.
import { make } from "/dom.js";
import { accents, alphabets, environments, functions, integrals, large, letters, limits, operators, spaces, under } from "/mathwords.js";

const limit = { length: 4000, depth: 40 };

function element(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/1998/Math/MathML", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const row = list => list.length === 1 ? list[0] : element("mrow", {}, ...list);
const operator = (text, more = {}) => element("mo", more, text);
const space = em => element("mspace", { width: em + "em" });

class Unknown extends Error {}

/** Letters of other alphabets, by the tables of Unicode (with its few exceptions). */
const exceptions = {
  "double-struck": { C: "ℂ", H: "ℍ", N: "ℕ", P: "ℙ", Q: "ℚ", R: "ℝ", Z: "ℤ" },
  script: { B: "ℬ", E: "ℰ", F: "ℱ", H: "ℋ", I: "ℐ", L: "ℒ", M: "ℳ", R: "ℛ", e: "ℯ", g: "ℊ", o: "ℴ" },
  fraktur: { C: "ℭ", H: "ℌ", I: "ℑ", R: "ℜ", Z: "ℨ" },
};
const starts = { "double-struck": 0x1d538, script: 0x1d49c, fraktur: 0x1d504, bold: 0x1d400, "sans-serif": 0x1d5a0, monospace: 0x1d670 };

function styled(text, alphabet) {
  const start = starts[alphabet];
  if (!start) return text;
  return [...text].map(letter => {
    const known = exceptions[alphabet]?.[letter];
    if (known) return known;
    if (/[A-Z]/.test(letter)) return String.fromCodePoint(start + letter.charCodeAt(0) - 65);
    if (/[a-z]/.test(letter)) return String.fromCodePoint(start + 26 + letter.charCodeAt(0) - 97);
    return letter;
  }).join("");
}

class Reader {
  constructor(source, isBlock) {
    this.tokens = source.match(/\\(?:[A-Za-z]+\*?|[\s\S])|[0-9]+(?:[.,][0-9]+)*|\s+|[\s\S]/gu) || [];
    this.at = 0;
    this.depth = 0;
    this.isBlock = isBlock;
  }

  skip() { while (/^\s/.test(this.tokens[this.at] ?? "")) this.at += 1; }
  peek() { this.skip(); return this.tokens[this.at]; }
  take() { this.skip(); return this.tokens[this.at++]; }

  /** What stands between braces, as it was written. */
  words() {
    if (this.take() !== "{") throw new Unknown();
    let text = "";
    for (let open = 1; ; ) {
      const token = this.tokens[this.at++];
      if (token === undefined) throw new Unknown();
      if (token === "{") open += 1;
      if (token === "}" && --open === 0) return text;
      text += token.replace(/^\\([%&#_$ {}])$/, "$1");
    }
  }

  /** Everything up to one of the ends, which is left standing. */
  list(...ends) {
    if (++this.depth > limit.depth) throw new Unknown();
    const found = [];
    for (let token = this.peek(); token !== undefined && !ends.includes(token); token = this.peek()) {
      found.push(this.scripted());
    }
    if (ends.length && this.peek() === undefined) throw new Unknown();
    this.depth -= 1;
    return found;
  }

  group() {
    if (this.peek() === undefined) throw new Unknown();
    if (this.peek() !== "{") return this.atom();
    this.take();
    const found = row(this.list("}"));
    this.take();
    return found;
  }

  /** An atom with what stands below and above it. */
  scripted() {
    const name = this.peek().slice(1);
    const stacks = this.isBlock && this.peek()[0] === "\\" && (name in large || limits.has(name) || name in under || name === "overbrace");
    const base = this.atom();
    let low = null;
    let high = null;
    for (let sign = this.peek(); sign === "_" || sign === "^" || sign === "'"; sign = this.peek()) {
      this.take();
      if (sign === "_") { if (low) throw new Unknown(); low = this.group(); }
      else if (sign === "^") high = row([high, this.group()].filter(Boolean));
      else high = row([high, operator("′")].filter(Boolean));
    }
    const [both, below, above] = stacks ? ["munderover", "munder", "mover"] : ["msubsup", "msub", "msup"];
    if (low && high) return element(both, {}, base, low, high);
    if (low) return element(below, {}, base, low);
    return high ? element(above, {}, base, high) : base;
  }

  atom() {
    const token = this.take();
    if (token === "{") { this.at -= 1; return this.group(); }
    if (token === "_" || token === "^" || token === "'") { this.at -= 1; return element("mrow", {}); }
    if (token === "}" || token === "&" || token === undefined) throw new Unknown();
    if (token[0] === "\\") return this.command(token.slice(1));
    if (/^[0-9]/.test(token)) return element("mn", {}, token);
    if (/^\p{L}/u.test(token)) return element("mi", {}, token);
    if ("()[]|".includes(token)) return operator(token, { stretchy: "false" });
    return operator(token === "-" ? "−" : token === "*" ? "∗" : token);
  }

  command(name) {
    const plain = name.replace(/\*$/, "");
    if (name in letters) return element("mi", {}, letters[name]);
    if (name in operators) return operator(operators[name], { stretchy: "false" });
    if (name in large) return operator(large[name], { largeop: "true", movablelimits: String(!this.isBlock) });
    if (name in integrals) return operator(integrals[name], { largeop: "true" });
    if (functions.has(name) || limits.has(name)) return element("mrow", {}, element("mi", { mathvariant: "normal" }, name), space(".12"));
    if (name in spaces) return space(spaces[name]);
    if (name in accents) return element("mover", { accent: "true" }, this.group(), operator(accents[name]));
    if (name in under) return element("munder", {}, this.group(), operator(under[name]));
    if (plain in alphabets) return this.alphabet(alphabets[plain]);
    switch (name) {
      case "frac": case "dfrac": case "tfrac": case "cfrac": return element("mfrac", {}, this.group(), this.group());
      case "binom": return row([operator("("), element("mfrac", { linethickness: "0" }, this.group(), this.group()), operator(")")]);
      case "sqrt": return this.root();
      case "text": case "textbf": case "textit": case "textrm": case "mbox": return element("mtext", {}, this.words());
      case "left": return this.fence();
      case "begin": return this.environment();
      case "boxed": return element("mrow", { class: "boxed" }, this.group());
      case "overset": case "stackrel": { const above = this.group(); return element("mover", {}, this.group(), above); }
      case "underset": { const below = this.group(); return element("munder", {}, this.group(), below); }
      case "not": return this.negated();
      case "pmod": return row([space(".5"), operator("("), element("mi", { mathvariant: "normal" }, "mod"), space(".3"), this.group(), operator(")")]);
      case "bmod": case "mod": return row([space(".25"), element("mi", { mathvariant: "normal" }, "mod"), space(".25")]);
      case "color": this.words(); return element("mrow", {});
      case "tag": return row([space("2"), element("mtext", {}, `(${this.words()})`)]);
      case "big": case "Big": case "bigg": case "Bigg": case "bigl": case "bigr": case "Bigl": case "Bigr": case "middle": return operator(this.delimiter());
      case "displaystyle": case "textstyle": case "limits": case "nolimits": case "nonumber": case "label": return element("mrow", {});
      case "{": case "}": case "%": case "$": case "#": case "&": case "_": return operator(name, { stretchy: "false" });
      case "|": return operator("‖", { stretchy: "false" });
      default: throw new Unknown();
    }
  }

  alphabet(kind) {
    const text = this.peek() === "{" ? this.words() : this.take() ?? "";
    if (/[\\{}^_]/.test(text)) throw new Unknown();
    return element("mi", { mathvariant: "normal" }, styled(text, kind));
  }

  root() {
    if (this.peek() !== "[") return element("msqrt", {}, this.group());
    this.take();
    const degree = row(this.list("]"));
    this.take();
    return element("mroot", {}, this.group(), degree);
  }

  delimiter() {
    const token = this.take();
    if (token === ".") return "";
    if (token?.[0] !== "\\") return token ?? "";
    const name = token.slice(1);
    return operators[name] ?? (name === "|" ? "‖" : name);
  }

  fence() {
    const open = this.delimiter();
    const inside = this.list("\\right");
    this.take();
    const close = this.delimiter();
    return element("mrow", {}, operator(open, { stretchy: "true", fence: "true" }), ...inside, operator(close, { stretchy: "true", fence: "true" }));
  }

  negated() {
    const sign = this.atom().textContent;
    return operator((sign + "\u0338").normalize("NFC"));
  }

  environment() {
    const name = this.words();
    if (!(name in environments)) throw new Unknown();
    if (name === "array" && this.peek() === "{") this.words();
    const [open, close, columns] = environments[name];
    const rows = [[]];
    for (;;) {
      rows.at(-1).push(element("mtd", {}, ...this.list("&", "\\\\", "\\end")));
      const end = this.take();
      if (end === "\\\\") rows.push([]);
      if (end === "\\end") break;
    }
    if (this.words() !== name) throw new Unknown();
    if (rows.at(-1).every(cell => !cell.firstChild)) rows.pop();
    const table = element("mtable", columns ? { class: columns, displaystyle: String(columns === "pairs") } : {}, ...rows.map(cells => element("mtr", {}, ...cells)));
    return open || close
      ? element("mrow", {}, operator(open, { stretchy: "true", fence: "true" }), table, operator(close, { stretchy: "true", fence: "true" })) : table;
  }
}

/**
 * A formula.
 * @param {string} source LaTeX
 * @param {boolean} isBlock whether it stands by itself
 */
export function math(source, isBlock) {
  const frame = make(isBlock ? "div" : "span", { class: isBlock ? "math block" : "math", title: source });
  if (isBlock) for (const [name, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": source })) frame.setAttribute(name, value);
  try {
    if (source.length > limit.length) throw new Unknown();
    const reader = new Reader(source, isBlock);
    const content = reader.list();
    frame.append(element("math", isBlock ? { display: "block" } : {}, element("mrow", {}, ...content)));
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    frame.append(make("code", {}, source));
  }
  return frame;
}
