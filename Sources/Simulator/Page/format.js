// Formatting as DOM nodes. Text only ever becomes text nodes; no markup is parsed from it.
import { make } from "/dom.js";
import { math } from "/math.js";
import { say, service } from "/words.js";

const safe = /^(https?:|mailto:|tel:|tg:)/i;

function link(url, ...children) {
  if (!safe.test(url)) return make("span", {}, ...children);
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, ...children);
}

function spoiler(...children) {
  const inner = make("span", {}, ...children);
  const open = () => {
    box.classList.add("open");
    for (const name of ["role", "tabindex", "aria-label"]) box.removeAttribute(name);
  };
  const box = make("span", {
    class: "spoiler", role: "button", tabindex: "0", "aria-label": say.hidden, onclick: open,
    onkeydown: event => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } },
  }, inner);
  return box;
}

function code(text, language) {
  const copy = make("button", { type: "button", class: "copy", onclick: async () => {
    try { await navigator.clipboard.writeText(text); copy.textContent = say.copied; } catch { return; }
    setTimeout(() => { copy.textContent = say.copy; }, 1500);
  } }, say.copy);
  return make("figure", { class: "code" },
    make("figcaption", {}, make("span", {}, language || say.code), copy),
    make("pre", { tabindex: "0", role: "group", "aria-label": language || say.code }, make("code", {}, text)));
}

const inlineTags = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
  subscript: "sub", superscript: "sup", marked: "mark",
};

/** A text with entities whose offsets count UTF-16 units, as JavaScript's strings do. */
export function entities(text, list) {
  const items = (list || []).filter(e => e.length > 0).sort((a, b) => a.offset - b.offset || b.length - a.length);
  function build(from, to, inside) {
    const nodes = [];
    let at = from;
    for (let i = 0; i < inside.length;) {
      const entity = inside[i];
      if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
      const end = Math.min(entity.offset + entity.length, to);
      let next = i + 1;
      while (next < inside.length && inside[next].offset < end) next += 1;
      nodes.push(wrap(entity, text.slice(entity.offset, end), build(entity.offset, end, inside.slice(i + 1, next))));
      at = end;
      i = next;
    }
    if (at < to) nodes.push(text.slice(at, to));
    return nodes;
  }
  function wrap(entity, raw, children) {
    switch (entity.type) {
      case "text_link": return link(entity.url, ...children);
      case "url": return link(safe.test(raw) ? raw : "https://" + raw, ...children);
      case "email": return link("mailto:" + raw, ...children);
      case "spoiler": return spoiler(...children);
      case "pre": return code(raw, entity.language);
      case "blockquote": case "expandable_blockquote": return make("blockquote", {}, ...children);
      case "mention": case "bot_command": case "hashtag": case "cashtag": case "text_mention":
        return make("span", { class: "mention" }, ...children);
      default: return inlineTags[entity.type] ? make(inlineTags[entity.type], {}, ...children) : make("span", {}, ...children);
    }
  }
  return make("div", { class: "text" }, ...build(0, text.length, items));
}

function rich(value) {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(rich);
  const children = rich(value.text);
  switch (value.type) {
    case "url": return [link(value.url, ...children)];
    case "email_address": return [link("mailto:" + value.email_address, ...children)];
    case "phone_number": return [link("tel:" + value.phone_number, ...children)];
    case "spoiler": return [spoiler(...children)];
    case "mathematical_expression": return [math(value.expression, false)];
    case "mention": case "hashtag": case "bot_command": case "cashtag": return [make("span", { class: "mention" }, ...children)];
    default: return inlineTags[value.type] ? [make(inlineTags[value.type], {}, ...children)] : children;
  }
}

const plain = value => rich(value).map(node => typeof node === "string" ? node : node.textContent).join("");

function list(block) {
  const ordered = block.items.some(item => item.value !== undefined || item.type !== undefined);
  const tasks = block.items.some(item => item.has_checkbox);
  const items = block.items.map(item => {
    const box = item.has_checkbox ? make("input", { type: "checkbox", disabled: true, checked: item.is_checked, "aria-label": plain(item.blocks?.[0]?.text) }) : null;
    return make("li", { value: ordered ? item.value : null, class: box ? "task" : null }, box, make("div", {}, ...blocks(item.blocks)));
  });
  return make(ordered ? "ol" : "ul", { class: tasks ? "tasks" : null }, ...items);
}

function table(block) {
  const rows = block.cells.map(row => make("tr", {}, ...row.map(cell => make(cell.is_header ? "th" : "td", {
    class: "to-" + cell.align, scope: cell.is_header ? "col" : null,
    colspan: cell.colspan, rowspan: cell.rowspan,
  }, ...rich(cell.text)))));
  const caption = block.caption ? make("caption", {}, ...rich(block.caption)) : null;
  return make("div", { class: "table", tabindex: "0", role: "group", "aria-label": say.table }, make("table", { class: block.is_striped ? "striped" : null }, caption, make("tbody", {}, ...rows)));
}

/** The blocks of a rich message. */
export function blocks(value) {
  return (value || []).map(block => {
    switch (block.type) {
      // Below the chat's own heading; a model may begin with any size, so that only the looks differ.
      case "heading": return make("h3", { class: "size-" + block.size }, ...rich(block.text));
      case "paragraph": return make("p", {}, ...rich(block.text));
      case "pre": return code(plain(block.text), block.language);
      case "mathematical_expression": return math(block.expression, true);
      case "divider": return make("hr");
      case "list": return list(block);
      case "table": return table(block);
      case "blockquote": return make("blockquote", {}, ...blocks(block.blocks), block.credit ? make("cite", {}, ...rich(block.credit)) : null);
      case "expandable_blockquote": case "pullquote":
        return make("blockquote", {}, make("p", {}, ...rich(block.text)), block.credit ? make("cite", {}, ...rich(block.credit)) : null);
      case "details": return make("details", { open: block.is_open }, make("summary", {}, ...rich(block.summary)), ...blocks(block.blocks));
      case "thinking": return make("p", { class: "thinking" }, ...rich(block.text));
      case "footer": return make("p", { class: "footer" }, ...rich(block.text));
      default: return make("p", {}, plain(block.text ?? ""));
    }
  });
}

/** The content of a message or a draft. */
export function content(message) {
  if (message.blocks) return make("div", { class: "rich" }, ...blocks(message.blocks));
  return entities(message.text || "", message.entities);
}

/** The words of an element in one line: what stands in boxes of its own is kept apart. */
function words(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.classList.contains("math")) return node.title;
  const isApart = /^(P|LI|UL|OL|T[DRH]|TABLE|H\d|DIV|FIGURE|FIGCAPTION|BLOCKQUOTE|PRE)$/.test(node.tagName);
  const text = node.tagName === "FIGCAPTION" ? "" : [...node.childNodes].map(words).join("");
  return isApart ? ` ${text} ` : text;
}

/** A message in one line, for the list of chats. */
export function summary(message) {
  if (message.isDeleted) return say.deleted;
  if (message.service) return service(message);
  const media = message.media ? say.media[message.media] : "";
  const text = message.text || blocks(message.blocks).map(words).join(" ");
  return [media, text].filter(Boolean).join(" · ").replace(/\s+/g, " ").slice(0, 120);
}
