// Making elements. Text only ever becomes text nodes; no markup is parsed from it.

/**
 * Makes an element.
 * @param {string} tag
 * @param {Object} options attributes; `class`; `on…` for listeners; null and false leave out
 * @param {...(Node|string|null)} children
 */
export function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const strokes = {
  attach: "M21 11.5 12.5 20a5.5 5.5 0 0 1-8-8l9-9a3.7 3.7 0 0 1 5.300 5.300l-9 9a1.800 1.800 0 0 1-2.600-2.600L15.500 6.500",
  bin: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5", block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.700 5.700l12.600 12.600",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3", unlock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 6.800-1.200", plus: "M12 5v14M5 12h14",
  phone: "M6 3h4l2 5-3 2a12 12 0 0 0 5 5l2-3 5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z", film: "M4 5h16v14H4zM10 9l5 3-5 3z",
  back: "M15 5l-7 7 7 7", beside: "M4 5h16v14H4zM12 5v14", chat: "M4 5h16v11H10l-5 4v-4H4z",
  close: "M6 6l12 12M18 6 6 18", copy: "M9 9h11v11H9zM5 15H4V4h11v1", down: "M12 5v14M6 13l6 6 6-6",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4", file: "M6 3h8l4 4v14H6zM14 3v4h4", more: "M6 12h.01M12 12h.01M18 12h.01",
  moon: "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z", picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500h.01",
  pin: "M12 21s7-6.200 7-11a7 7 0 0 0-14 0c0 4.800 7 11 7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.500-6 8-6s8 2 8 6", play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14", reply: "M10 6 4 12l6 6M4 12h9c4 0 7 2 7 6", send: "M12 20V5M5 11l7-7 7 7",
  slash: "M15 4 9 20", smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14.500c2 2.500 5 2.500 7 0M9 9.500h.01M15 9.500h.01",
  stop: "M7 7h10v10H7z", sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
  system: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18z",
  voice: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM6 11v1a6 6 0 0 0 12 0v-1M12 18v3",
  wire: "M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4",
};

/** A drawn sign; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "sign", "aria-hidden": "true" })) svg.setAttribute(key, value);
  path.setAttribute("d", strokes[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only a sign; its label is its tooltip too. */
export const iconButton = (name, label, onclick, more = {}) =>
  make("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick, ...more }, icon(name));

let shut = null;

/** Closes the menu that is open. */
export function closeMenu(refocus = false) {
  shut?.(refocus);
}

/**
 * Opens a small menu beside a button, or closes it when it is open.
 * @param {HTMLElement} button
 * @param {Array<{sign?: string, text: string, note?: string, run: Function}>} items
 * @param {HTMLElement} home the positioned element that the menu is put into
 */
export function openMenu(button, items, home, kind = "") {
  const wasOpen = button.getAttribute("aria-expanded") === "true";
  closeMenu();
  if (wasOpen || items.length === 0) return;
  const menu = make("div", { class: `menu ${kind}`, role: "menu", "aria-label": button.getAttribute("aria-label") },
    ...items.map(item => make("button", {
      type: "button", role: "menuitem", tabindex: "-1", onclick: () => { closeMenu(true); item.run(); },
    }, item.sign ? icon(item.sign) : null, make("span", {}, item.text), item.note ? make("small", {}, item.note) : null)));
  const outside = event => { if (!menu.contains(event.target) && !button.contains(event.target)) closeMenu(); };
  const keys = event => {
    const all = [...menu.children];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); all[to % all.length].focus(); }
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); closeMenu(true); }
    if (event.key === "Tab") closeMenu(true);
  };
  shut = refocus => {
    shut = null;
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (refocus) button.focus();
  };
  menu.addEventListener("keydown", keys);
  document.addEventListener("pointerdown", outside, true);
  button.setAttribute("aria-expanded", "true");
  home.append(menu);
  menu.firstChild.focus({ preventScroll: true });
  // A menu that would leave its scroller opens upwards.
  const frame = (home.closest(".scroll") || document.documentElement).getBoundingClientRect();
  if (menu.getBoundingClientRect().bottom > frame.bottom) menu.classList.add("up");
}

/** A number that stays the same for the same thing, for colours. */
export const hue = id => Math.abs(Number(id)) * 137 % 360;

/** The round sign with the first letter of a name. */
export function avatar(id, title) {
  const face = make("span", { class: "avatar", "aria-hidden": "true" }, [...title][0] || "?");
  face.style.setProperty("--hue", hue(id));
  return face;
}
