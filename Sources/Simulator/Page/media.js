// Pictures, voice and the like: how they are shown, and the samples that people can send.
import { icon, make } from "/dom.js";
import { say } from "/words.js";

const minutes = seconds => `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;
const size = (value, usual) => Number.isInteger(value) && value > 0 && value < 10000 ? value : usual;

const shapes = {
  photo(message, facts) {
    if (!message.hasFile) return make("p", { class: "medium" }, icon("picture"), say.media.photo);
    return make("img", {
      class: "photo", src: "/media/" + encodeURIComponent(message.fileID), alt: message.text || say.media.photo,
      width: size(facts.width, 800), height: size(facts.height, 600), decoding: "async",
    });
  },

  voice(message, facts) {
    const seconds = size(facts.duration, 3);
    const bars = make("span", { class: "wave", "aria-hidden": "true" });
    for (let i = 0; i < 28; i += 1) {
      const bar = make("i");
      bar.style.setProperty("--height", 20 + Math.abs(Math.sin(i * 1.7 + message.id) * Math.cos(i * .6)) * 80);
      bars.append(bar);
    }
    const left = make("span", { class: "length" }, minutes(seconds));
    const button = make("button", { type: "button", class: "play", "aria-label": say.play, disabled: !message.hasFile }, icon("play"));
    if (message.hasFile) player(button, bars, left, seconds, "/media/" + encodeURIComponent(message.fileID));
    return make("div", { class: "voice" }, button, bars, left);
  },

  sticker: (_, facts) => make("p", { class: "sticker" }, String(facts.emoji ?? "👍").slice(0, 8)),

  location(_, facts) {
    const [latitude, longitude] = [Number(facts.latitude ?? 55.75), Number(facts.longitude ?? 37.62)];
    return make("figure", { class: "place" }, make("span", { class: "map", "aria-hidden": "true" }, icon("pin")),
      make("figcaption", {}, `${say.media.location} · ${latitude.toFixed(4)}, ${longitude.toFixed(4)}`));
  },

  document(message, facts) {
    const name = String(facts.file_name ?? "file.txt");
    if (!message.hasFile) return make("p", { class: "medium" }, icon("file"), name);
    const href = "/media/" + encodeURIComponent(message.fileID);
    const isText = /^text\/plain\b/.test(String(facts.mime_type ?? ""));
    return make("div", { class: "medium file" }, icon("file"), make("span", { class: "title" }, name), make("span", { class: "ways" },
      isText ? make("a", { href, target: "_blank", rel: "noopener", "aria-label": `${say.openFile}: ${name}` }, say.openFile) : null,
      make("a", { href, download: name, "aria-label": `${say.saveFile}: ${name}` }, say.saveFile)));
  },

  contact: (message, facts) => make("p", { class: "medium" }, icon("phone"), `${facts.first_name ?? message.from.name} · ${facts.phone_number ?? "+70000000000"}`),
  video: () => make("p", { class: "medium" }, icon("film"), say.media.video),
  audio: (_, facts) => make("p", { class: "medium" }, icon("voice"), String(facts.file_name ?? say.media.audio)),
};

function player(button, bars, left, seconds, address) {
  let audio = null;
  const show = () => {
    const isPlaying = audio && !audio.paused;
    button.replaceChildren(icon(isPlaying ? "pause" : "play"));
    button.setAttribute("aria-label", isPlaying ? say.pause : say.play);
  };
  button.addEventListener("click", () => {
    if (!audio) {
      audio = new Audio(address);
      for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, show);
      audio.addEventListener("timeupdate", () => {
        const part = audio.ended ? 0 : audio.currentTime / seconds;
        [...bars.children].forEach((bar, i) => bar.classList.toggle("heard", i < part * bars.children.length));
        left.textContent = minutes(audio.ended ? seconds : Math.max(0, seconds - audio.currentTime));
      });
    }
    if (audio.paused) audio.play().catch(() => { button.disabled = true; });
    else audio.pause();
  });
}

/** What a message carries beside text; null when there is nothing. */
export const medium = message => shapes[message.media]?.(message, message.mediaFacts || {}) ?? null;

// Samples.

const toBlob = canvas => new Promise(resolve => canvas.toBlob(resolve, "image/jpeg", .86));

/** A painted evening, a little different each time, so that the model has something to look at. */
export async function samplePicture() {
  const canvas = make("canvas", { width: 960, height: 640 });
  const pen = canvas.getContext("2d");
  const tint = Math.floor(Math.random() * 360);
  const sky = pen.createLinearGradient(0, 0, 0, 460);
  sky.addColorStop(0, `hsl(${tint + 220} 60% 32%)`);
  sky.addColorStop(1, `hsl(${tint + 30} 90% 70%)`);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 960, 640);
  pen.fillStyle = `hsl(${tint + 45} 100% 86%)`;
  pen.beginPath();
  pen.arc(250 + Math.random() * 460, 330, 64, 0, Math.PI * 2);
  pen.fill();
  for (let layer = 0; layer < 4; layer += 1) {
    pen.fillStyle = `hsl(${tint + 225} ${40 - layer * 4}% ${38 - layer * 9}%)`;
    pen.beginPath();
    pen.moveTo(0, 640);
    for (let x = 0; x <= 960; x += 8) {
      pen.lineTo(x, 380 + layer * 60 + Math.sin(x / (90 + layer * 30) + tint + layer * 2) * (46 - layer * 6) + Math.sin(x / 31 + layer) * 8);
    }
    pen.lineTo(960, 640);
    pen.fill();
  }
  return { bytes: await toBlob(canvas), facts: { width: 960, height: 640 } };
}

/** A picture of one's own, at most 1,280 pixels long, as Telegram's clients send it. */
export async function ownPicture(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, 1280 / Math.max(picture.width, picture.height));
  const [width, height] = [Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale))];
  const canvas = make("canvas", { width, height });
  canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
  return { bytes: await toBlob(canvas), facts: { width, height } };
}

/** Four seconds of a hummed tune, as a WAV file. */
export function sampleVoice() {
  const [rate, seconds] = [8000, 4];
  const view = new DataView(new ArrayBuffer(44 + rate * seconds));
  const words = (at, text) => [...text].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  words(0, "RIFF");
  view.setUint32(4, 36 + rate * seconds, true);
  words(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  words(36, "data");
  view.setUint32(40, rate * seconds, true);
  const notes = [262, 330, 392, 330, 440, 392, 330, 262];
  for (let i = 0; i < rate * seconds; i += 1) {
    const part = i * 2 / rate;
    const wave = Math.sin(2 * Math.PI * notes[Math.floor(part) % 8] * i / rate) * Math.sin(Math.PI * (part % 1));
    view.setUint8(44 + i, 128 + Math.round(60 * wave));
  }
  return { bytes: new Blob([view.buffer], { type: "audio/wav" }), facts: { duration: seconds, mime_type: "audio/wav" } };
}
