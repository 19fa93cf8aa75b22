"""Writing, answers that grow, stopping, buttons, replies, corrections, media."""

import re

from playwright.sync_api import expect

from stage import case, last_answer, pane, settled, write


@case
def draft_becomes_the_answer(stage):
    stage.person("Дина")
    page = stage.open()
    room = pane(page, "Дина")
    expect(room.locator(".welcome")).to_be_visible()
    write(room, "Покажи код и таблицу")
    expect(room.locator(".log .own .text")).to_have_text("Покажи код и таблицу")
    expect(room.locator(".welcome")).to_have_count(0)
    expect(room.locator(".draft .body")).to_contain_text("Планеты")
    expect(room.locator(".who p")).to_contain_text("пишет ответ")
    expect(last_answer(room).locator("table th")).to_have_count(3)
    expect(last_answer(room).locator("figcaption")).to_contain_text("swift")
    expect(room.locator(".draft")).to_have_count(0)
    expect(room.locator(".who p")).to_have_text("личный чат с ботом")


@case
def stop_ends_the_answer(stage):
    stage.person("Степан")
    page = stage.open()
    room = pane(page, "Степан")
    before = stage.fetch("/_simulator/model/requests")["cancelledStreams"]
    write(room, "Ответь длинно")
    expect(room.locator(".draft .body")).to_contain_text("Абзац 1.")
    room.locator(".draft .stop").click()
    expect(room.locator(".draft .stop")).to_have_count(0)
    expect(last_answer(room)).to_contain_text("Абзац 1.")
    settled(room)
    assert "Абзац 30." not in room.locator(".log").inner_text()
    assert stage.fetch("/_simulator/model/requests")["cancelledStreams"] == before + 1


@case
def keyboards_and_inline_buttons_work(stage):
    person = stage.person("Клава")
    page = stage.open()
    room = pane(page, "Клава")
    room.get_by_role("button", name="/start").click()
    key = room.locator(".keyboard button").last
    expect(key).to_be_visible()
    label = key.inner_text()
    key.click()
    expect(room.locator(".log .own .text").last).to_have_text(label)
    stage.bot("sendMessage", chat_id=person, text="Выбирайте", reply_markup={"inline_keyboard": [[
        {"text": "Нажми", "callback_data": "pressed-here"}, {"text": "Сайт", "url": "https://example.org/"}]]})
    room.locator(".inline").get_by_role("button", name="Нажми").click()
    expect(room.locator(".inline a")).to_have_attribute("rel", re.compile("noopener"))
    with page.expect_response("**/api/actions") as answer:
        room.locator(".inline").get_by_role("button", name="Нажми").click()
    assert answer.value.status == 200
    assert [q["data"] for q in stage.updates("callback_query")][-1] == "pressed-here"


@case
def messages_are_replied_to_and_corrected(stage):
    person = stage.person("Рита")
    page = stage.open()
    room = pane(page, "Рита")
    write(room, "Привет")
    expect(last_answer(room)).to_contain_text("Привет")
    settled(room)
    answer = last_answer(room)
    answer.hover()
    answer.locator(".more").click()
    answer.get_by_role("menuitem", name="Ответить").click()
    expect(room.locator(".context")).to_contain_text("Switchboard")
    write(room, "А почему?")
    own = room.locator(".log .own").last
    expect(own.locator(".quoted")).to_contain_text("Привет")
    expect(room.locator(".context")).to_be_hidden()
    settled(room)
    expect(last_answer(room)).to_contain_text("А почему?")
    room.locator("textarea").press("ArrowUp")
    expect(room.locator("textarea")).to_have_value("А почему?")
    write(room, "А зачем?")
    expect(own.locator(".text")).to_have_text("А зачем?")
    expect(own.locator(".foot")).to_contain_text("изменено")
    edited = stage.updates("edited_message")[-1]
    assert edited["text"] == "А зачем?" and edited["chat"]["id"] == person
    assert edited["reply_to_message"]["from"]["is_bot"]


@case
def media_are_sent_and_shown(stage):
    person = stage.person("Федя")
    page = stage.open()
    room = pane(page, "Федя")

    def attach(name):
        room.get_by_role("button", name="Прикрепить").click()
        room.get_by_role("menuitem", name=name).click()

    room.locator("textarea").fill("Что здесь?")
    attach("Картинка")
    photo = room.locator("img.photo")
    expect(photo).to_have_js_property("complete", True)
    expect(photo).to_have_js_property("naturalWidth", 960)
    expect(room.locator(".with-photo .text")).to_have_text("Что здесь?")
    expect(room.locator("textarea")).to_have_value("")
    attach("Голосовое")
    play = room.locator(".voice .play")
    expect(play).to_have_attribute("aria-label", "Слушать")
    play.click()
    expect(play).to_have_attribute("aria-label", "Пауза")
    expect(room.locator(".wave .heard").first).to_be_visible()
    attach("Стикер")
    room.get_by_role("menuitem", name="🎉").click()
    expect(room.locator(".sticker")).to_have_text("🎉")
    attach("Место")
    expect(room.locator(".place figcaption")).to_contain_text("Место")
    sent = [m for m in stage.updates("message") if m["chat"]["id"] == person]
    assert sent[0]["photo"][0]["width"] == 960 and sent[0]["photo"][0]["file_size"] > 5000
    assert sent[0]["caption"] == "Что здесь?"
    assert sent[1]["voice"]["duration"] == 4 and sent[2]["sticker"]["emoji"] == "🎉"
    assert "latitude" in sent[3]["location"]


@case
def chats_stand_side_by_side(stage):
    people = [stage.person("Боря"), stage.person("Олег")]
    stage.act(action="group", text="Кружок", members=people)
    page = stage.open(1600, 900)
    expect(page.locator(".pane")).to_have_count(3)
    group = pane(page, "Кружок")
    expect(page.locator(".pane")).to_have_count(3)
    group.locator("select").select_option(label="Олег")
    write(group, "просто так, не боту")
    expect(group.locator(".log .own .text").last).to_have_text("просто так, не боту")
    group.get_by_role("button", name="Покажи код").click()
    expect(last_answer(group).locator("figcaption")).to_contain_text("swift")
    expect(last_answer(group).locator(".quoted")).to_contain_text("Олег")
    expect(page.locator(".pane").filter(has_text="просто так")).to_have_count(1)
    group.get_by_role("button", name="Закрыть чат").click()
    expect(page.locator(".pane")).to_have_count(2)
    stage.person("Жора")
    chosen = page.locator("#chats li").filter(has_text="Жора")
    chosen.hover()
    chosen.get_by_role("button", name="Открыть рядом").click()
    expect(page.locator(".pane")).to_have_count(3)
    expect(page.locator(".pane.current")).to_have_attribute("aria-label", "Жора")
    page.set_viewport_size({"width": 800, "height": 700})
    expect(page.locator(".pane")).to_have_count(1)
    expect(page.locator(".pane")).to_have_attribute("aria-label", "Жора")
    page.set_viewport_size({"width": 1600, "height": 900})
    expect(page.locator(".pane")).to_have_count(3)


@case
def unread_are_counted_and_the_end_is_followed(stage):
    person = stage.person("Нина")
    stage.act(action="post", **{"from": person}, text="/start")
    page = stage.open(390, 844, has_touch=True)
    expect(page.locator(".pane:visible")).to_have_count(0)
    item = page.locator("#chats li").filter(has_text="Нина")
    for number in range(30):
        stage.bot("sendMessage", chat_id=person, text=f"Строка {number}\n" * 3)
    expect(item.locator(".badge")).to_contain_text("30")
    room = pane(page, "Нина")
    expect(last_answer(room)).to_be_in_viewport()
    # A scroll event that comes when the box below has already taken its room is no reader's.
    away = room.locator(".scroll").evaluate(
        """async e => {
          e.style.maxHeight = e.clientHeight - 150 + "px";
          e.dispatchEvent(new Event("scroll"));
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const away = e.scrollHeight - e.scrollTop - e.clientHeight;
          e.style.maxHeight = "";
          return away;
        }"""
    )
    assert away < 5, away
    stage.bot("sendMessage", chat_id=person, text="видно сразу")
    expect(last_answer(room)).to_be_in_viewport()
    room.locator(".scroll").evaluate("e => { e.scrollTop = 200; }")
    expect(room.locator(".down")).to_be_visible()
    at = room.locator(".scroll").evaluate("e => e.scrollTop")
    stage.bot("sendMessage", chat_id=person, text="ниже края")
    expect(room.locator(".down .badge")).to_have_text("1")
    assert room.locator(".scroll").evaluate("e => e.scrollTop") == at
    room.locator(".down").click()
    expect(last_answer(room)).to_be_in_viewport()
    expect(room.locator(".down")).to_be_hidden()
    room.get_by_role("button", name="К списку чатов").click()
    expect(item).to_be_visible()
    expect(item.locator(".badge")).to_have_count(0)
