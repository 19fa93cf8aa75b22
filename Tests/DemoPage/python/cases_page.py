"""What holds for the page as a whole: safety, accessibility, languages, lost connections."""

import json
import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from relay import Relay
from stage import TOKEN, case, exactly, last_answer, pane, settled, write

CORPUS = [
    "<script>window.ran = 1</script>", "<img src=x onerror='window.ran = 2'>",
    "<svg/onload=window.ran=3>", "\"><iframe srcdoc='<script>parent.ran=4</script>'>",
    "javascript:window.ran=5", "{{constructor.constructor('window.ran=6')()}}", "${window.ran=7}",
    "<math><mtext><style><img src=x onerror=window.ran=8>", "</textarea><script>window.ran=9</script>",
]
FORMULAS = [r"\href{javascript:window.ran=10}{x}", r"\text{<img src=x onerror=window.ran=11>}",
            r"<mi>x</mi>", r"\frac{<svg onload=window.ran=12>}{2}", "{" * 500, r"\sqrt{" * 90]


def assert_inert(page):
    assert page.evaluate("window.ran") is None
    strays = "main script, main iframe, main [onerror], main [onload], main img[src='x'], main [href^='javascript'], #wire script, #wire img, #list img"
    expect(page.locator(strays)).to_have_count(0)


@case
def nothing_that_people_type_runs(stage):
    name = CORPUS[1]
    person = stage.person(name)
    stage.act(action="group", text=CORPUS[0], members=[person])
    page = stage.open(1600, 900)
    page.locator("#wire-button").click()
    room = pane(page, name)
    for text in CORPUS:
        write(room, text)
        expect(room.locator(".log .own .text").last).to_have_text(exactly(text))
    settled(room)
    for text in CORPUS:
        with page.expect_response("**/api/media*"):
            page.evaluate("""async ([text, id]) => {
              const query = new URLSearchParams({media: "document", from: id, chat: id, text, facts: JSON.stringify({file_name: text, width: text, emoji: text})});
              await fetch("/api/media?" + query, {method: "POST", body: text, headers: {"Content-Type": "text/html"}});
            }""", [text, str(person)])
        expect(room.locator(".log .own .text").last).to_have_text(exactly(text))
    stage.bot("sendMessage", chat_id=person, text="here", entities=[
        {"type": "text_link", "offset": 0, "length": 4, "url": "javascript:window.ran=20"}])
    stage.bot("sendMessage", chat_id=person, text="press", reply_markup={"inline_keyboard": [[
        {"text": CORPUS[1], "url": "javascript:window.ran=21"}]]})
    stage.bot("sendRichMessage", chat_id=person, rich_message={"blocks": [
        {"type": "mathematical_expression", "expression": formula} for formula in FORMULAS] + [
        {"type": "pre", "text": CORPUS[0], "language": CORPUS[1]}]})
    expect(last_answer(room).locator(".math")).to_have_count(len(FORMULAS))
    entries = page.locator("#wire .entry > summary")
    entries.last.click()
    expect(page.locator("#wire .json").first).to_contain_text("{")
    write(room, CORPUS[1])
    expect(room.locator(".quoted, .log .own .text").last).to_contain_text("onerror")
    assert_inert(page)


@case
def formatting_of_every_kind_is_shown(stage):
    person = stage.person("Фома")
    stage.act(action="post", **{"from": person}, text="/start")
    page = stage.open()
    room = pane(page, "Фома")
    items = lambda *blocks: [{"blocks": list(b) if isinstance(b, tuple) else [{"type": "paragraph", "text": b}]} for b in blocks]
    nested = {"type": "list", "items": [
        {"blocks": [{"type": "paragraph", "text": "outer"}, {"type": "list", "items": items("inner")}]},
    ]}
    tasks = {"type": "list", "items": [
        {"has_checkbox": True, "is_checked": True, "blocks": [{"type": "paragraph", "text": "done"}]},
        {"has_checkbox": True, "blocks": [{"type": "paragraph", "text": "open"}]}]}
    math = [r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}", r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
            r"A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}", r"f(x) = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}",
            r"\sqrt[3]{x} \leq \left|\vec{v}\right|, \mathbb{R}", r"\unheardof{x}"]
    stage.bot("sendRichMessage", chat_id=person, rich_message={"blocks": [
        nested, tasks, {"type": "blockquote", "blocks": [{"type": "paragraph", "text": "quoted"}]},
        {"type": "details", "summary": "more", "blocks": [{"type": "paragraph", "text": "folded"}]},
        {"type": "divider"}] + [{"type": "mathematical_expression", "expression": m} for m in math]})
    answer = last_answer(room)
    expect(answer.locator("ul ul li")).to_have_text("inner")
    boxes = answer.locator("input[type=checkbox]")
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    expect(answer.locator("blockquote")).to_have_text("quoted")
    for part in ["munderover", "mfrac", "msqrt", "mroot", "mtable mtr:nth-child(2) mtd:nth-child(2)", "mover"]:
        expect(answer.locator("math " + part).first).to_be_attached()
    expect(answer.locator(".math > code")).to_have_text(r"\unheardof{x}")
    expect(answer.locator("math").nth(4)).to_contain_text("ℝ")


@case
def wire_shows_what_goes_over_it(stage):
    person = stage.person("Вера")
    page = stage.open(1600, 900, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#wire-button").click()
    room = pane(page, "Вера")
    write(room, "слово-примета")
    settled(room)
    room.get_by_role("button", name="Что идёт по проводам в этом чате").click()
    drawer = page.locator("#wire")
    expect(drawer.locator("select")).to_have_value(str(person))
    update = drawer.locator(".entry").filter(has=page.get_by_text("message", exact=True)).last
    update.locator("> summary").click()
    expect(update.locator(".json").first).to_contain_text("слово-примета")
    update.get_by_role("button", name="Копировать").first.click()
    expect(update.get_by_role("button", name="Скопировано")).to_be_visible()
    copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert copied["message"]["text"] == "слово-примета"
    model = drawer.locator(".entry").filter(has=page.locator(".arrow.model")).last
    expect(model.locator(".facts")).to_contain_text("ток.")
    model.locator("> summary").click()
    expect(model.locator(".json").last).to_contain_text("слово-примета")
    expect(drawer.locator(".arrow.draft").first).to_be_visible()
    drawer.get_by_role("button", name="Черновики").click()
    expect(drawer.locator(".arrow.draft")).to_have_count(0)
    drawer.get_by_role("searchbox").fill("sendmessage")
    expect(drawer.locator(".arrow.model")).to_have_count(0)
    # The call of a secret: it is covered before it leaves the server.
    stage.bot("getChat", chat_id=person)
    assert TOKEN not in page.content() and "Bearer" not in page.content()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(room.get_by_role("button", name="Что идёт по проводам в этом чате")).to_be_visible()


def assert_accessible(page, where):
    found = Axe().run(page).response["violations"]
    told = [f"{v['id']} ({v['impact']}): {n['html'][:160]} {n['any'][0]['message'] if n['any'] else ''}" for v in found for n in v["nodes"]]
    assert not told, "\n".join([where] + told)


@case
def axe_finds_nothing(stage):
    person = stage.person("Зоя")
    page = stage.open()
    room = pane(page, "Зоя")
    write(room, "Покажи всё")
    for media, facts in [("sticker", {"emoji": "🐱"}), ("location", {}), ("voice", {}), ("photo", {}), ("document", {})]:
        stage.act(action="post", **{"from": person}, chat=person, media=media, facts=facts)
    settled(room)
    expect(room.locator(".log")).to_contain_text("Краткость")
    stage.bot("sendMessage", chat_id=person, text="Кнопки и спрятанное", entities=[{"type": "spoiler", "offset": 9, "length": 10}],
              reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}, {"text": "B", "url": "https://example.org/"}]]})
    for scheme in ["light", "dark"]:
        for width, height in [(390, 844), (1280, 800), (1600, 900)]:
            page = stage.open(width, height, scheme, has_touch=width < 500, locale="en-US" if width == 1280 else "ru-RU")
            where = f"{scheme} {width}"
            assert_accessible(page, where + " list")
            room = pane(page, "Зоя")
            answer = last_answer(room)
            answer.hover()
            answer.locator(".more").click()
            expect(answer.get_by_role("menu")).to_be_visible()
            assert_accessible(page, where + " menu")
            page.keyboard.press("Escape")
            room.get_by_role("button", name=re.compile("по проводам|over the wire")).click()
            page.locator("#wire .entry > summary").last.click()
            expect(page.locator("#wire .json").first).to_be_visible()
            assert_accessible(page, where + " wire")
            page.context.close()


@case
def axe_finds_nothing_while_an_answer_grows(stage):
    stage.person("Юра")
    page = stage.open(scheme="dark")
    room = pane(page, "Юра")
    write(room, "Ответь длинно")
    expect(room.locator(".draft .stop")).to_be_visible()
    assert_accessible(page, "drafts")
    room.locator(".draft .stop").click()
    settled(room)


@case
def keyboard_is_enough(stage):
    stage.person("Кира")
    page = stage.open()
    focused = page.locator(":focus")
    page.keyboard.press("Tab")
    expect(focused).to_have_attribute("id", "skip")
    page.keyboard.press("Tab")
    for _ in range(80):
        if "Кира" in focused.inner_text():
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    room = page.locator(".pane[aria-label='Кира']")
    expect(room.locator("textarea")).to_be_focused()
    page.keyboard.type("Ответь длинно")
    page.keyboard.press("Enter")
    expect(room.locator(".draft .stop")).to_be_visible()
    for _ in range(30):
        if focused.get_attribute("class") == "stop":
            break
        page.keyboard.press("Shift+Tab")
    expect(room.locator(".draft .stop")).to_be_focused()
    page.keyboard.press("Enter")
    settled(room)
    room.locator(".log .more").last.focus()
    page.keyboard.press("ArrowUp")
    expect(room.locator(".log .own .more")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Ответить")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(room.locator("textarea")).to_have_value("Ответь длинно")
    page.keyboard.press("Escape")
    expect(room.locator("textarea")).to_have_value("")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="/help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(room.get_by_role("button", name="Команды бота")).to_be_focused()


@case
def events_resume_after_a_lost_connection(stage):
    person = stage.person("Света")
    stage.act(action="post", **{"from": person}, text="/start")
    with Relay(stage.url) as relay:
        page = stage.open(address=relay.url, errors=False)
        room = pane(page, "Света")
        stage.bot("sendMessage", chat_id=person, text="до обрыва")
        expect(last_answer(room)).to_have_text(re.compile("до обрыва"))
        page.evaluate("window.isSamePage = true")
        loads = len(relay.paths("/api/state"))
        relay.cut()
        expect(page.locator("#banner.offline")).to_be_visible()
        stage.bot("sendMessage", chat_id=person, text="во время обрыва")
        last = stage.fetch("/api/state")["lastEvent"]
        relay.mend()
        expect(last_answer(room)).to_have_text(re.compile("во время обрыва"))
        expect(page.locator("#banner.offline")).to_have_count(0)
        stage.bot("sendMessage", chat_id=person, text="после обрыва")
        expect(last_answer(room)).to_have_text(re.compile("после обрыва"))
        expect(room.locator(".log .text").filter(has_text="до обрыва")).to_have_count(1)
        expect(room.locator(".log .text").filter(has_text="во время обрыва")).to_have_count(1)
        assert page.evaluate("window.isSamePage") is True
        assert len(relay.paths("/api/state")) == loads, "the state was read anew"
        resumed = [h for h in relay.headers("/events") if "last-event-id" in h]
        assert resumed and int(resumed[-1]["last-event-id"]) < last


@case
def troubles_are_told_kindly_and_words_are_kept(stage):
    stage.person("Ждан")
    page = stage.open(errors=False)
    room = pane(page, "Ждан")
    page.route("**/api/actions", lambda route: route.abort())
    write(room, "не пропади")
    expect(page.locator("#notice")).to_contain_text("Демо не отвечает")
    expect(room.locator("textarea")).to_have_value("не пропади")
    page.unroute("**/api/actions")
    page.route("**/api/actions", lambda route: route.fulfill(status=409, json={"error": "no such message"}))
    room.locator("textarea").press("Enter")
    expect(page.locator("#notice")).to_contain_text("сообщения больше нет")
    page.unroute("**/api/actions")
    room.locator("textarea").press("Enter")
    expect(room.locator(".log .own .text")).to_have_text("не пропади")


@case
def language_and_theme_follow_and_are_kept(stage):
    page = stage.open(locale="en-GB", scheme="dark")
    back = lambda: page.evaluate("getComputedStyle(document.body).backgroundColor")
    dark = back()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("textarea").first).to_have_attribute("placeholder", "Message…")
    page.get_by_role("button", name=re.compile("^Theme")).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert back() != dark
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("textarea").first).to_have_attribute("placeholder", "Сообщение…")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert not page.locator("body").get_by_text("undefined").count()
