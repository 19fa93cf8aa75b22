"""A browser before the demo's page, and short ways to look at it and to act behind its back."""

import contextlib
import json
import re
import urllib.request

from playwright.sync_api import Page, expect, sync_playwright

expect.set_options(timeout=20_000)

CASES = []
TOKEN = "4242:simulated-token"


def case(function):
    """Marks a function as a case; it is called with a Stage."""
    CASES.append(function)
    return function


class Stage:
    def __init__(self, url: str, browser):
        self.url = url.rstrip("/")
        self.browser = browser
        self.contexts = []
        self.complaints = []

    def open(self, width=1280, height=800, scheme="light", locale="ru-RU", address=None, errors=True, **more) -> Page:
        """Opens the page; what it asks of other hosts or complains of fails the case."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale, **more)
        self.contexts.append(context)
        page = context.new_page()
        address = address or self.url
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:"))
                else self.complaints.append("asked elsewhere: " + r.url))
        page.on("pageerror", lambda e: self.complaints.append(f"error: {e}"))
        page.on("dialog", lambda d: (self.complaints.append("dialog: " + d.message), d.dismiss()))
        if errors:
            page.on("console", lambda m: self.complaints.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
        page.goto(address + "/")
        expect(page.locator(".chat").first).to_be_visible()
        return page

    def close(self):
        for context in self.contexts:
            context.close()
        assert not self.complaints, self.complaints

    # Behind the page's back.

    def fetch(self, path, body=None):
        request = urllib.request.Request(
            self.url + path, data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def act(self, **action):
        return self.fetch("/_simulator/actions", action)["result"]

    def bot(self, method, **parameters):
        return self.fetch(f"/bot{TOKEN}/{method}", parameters)["result"]

    def upload(self, method, parameters, field, name, text):
        """A call of the bot with a text file, as a multipart form."""
        edge = "edge-of-the-parts"
        parts = [f'form-data; name="{key}"\r\n\r\n{value}' for key, value in parameters.items()]
        parts.append(f'form-data; name="{field}"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n{text}')
        body = "".join(f"--{edge}\r\nContent-Disposition: {part}\r\n" for part in parts) + f"--{edge}--\r\n"
        request = urllib.request.Request(
            f"{self.url}/bot{TOKEN}/{method}", data=body.encode(), headers={"Content-Type": f"multipart/form-data; boundary={edge}"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)["result"]

    def person(self, name, language="ru"):
        """Somebody new, whom no other case knows."""
        return self.act(action="person", text=name, language=language)

    def updates(self, kind):
        return [u[kind] for u in self.fetch("/_simulator/updates") if kind in u]


def pane(page: Page, title: str):
    """Opens the chat from the list; gives its pane."""
    page.locator(".chat").filter(has=page.get_by_text(title, exact=True)).click()
    found = page.locator(".pane").filter(has=page.get_by_role("heading", name=title, exact=True, level=2))
    expect(found).to_be_visible()
    return found


def write(room, text):
    field = room.locator("textarea")
    field.fill(text)
    field.press("Enter")


def last_answer(room):
    return room.locator(".log .bubble:not(.own)").last


def settled(room):
    """Waits until the bot has nothing more to say."""
    expect(room.locator(".log .bubble:not(.own)").first).to_be_visible()
    expect(room.locator(".draft")).to_have_count(0)


@contextlib.contextmanager
def chromium(path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def exactly(text):
    return re.compile("^" + re.escape(text) + "$")
