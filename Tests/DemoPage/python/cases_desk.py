"""The operators' side: the staff forum with its topics, and the way between the sides."""

import re

from playwright.sync_api import expect

from cases_page import CORPUS, assert_accessible, assert_inert
from stage import case, exactly, last_answer, pane, write


def forum(stage, title, topic):
    """A forum with two people of its own, in which the bot has made a topic."""
    people = [stage.person(title + " один"), stage.person(title + " два")]
    chat = stage.act(action="group", text=title, members=people, admins=people, isForum=True, bot="administrator")
    made = stage.bot("createForumTopic", chat_id=chat, name=topic, icon_color=9367192)
    return people, chat, made["message_thread_id"]


def desk(page, title):
    """Opens a forum from the list; its heading changes with the topic, its name as a region does not."""
    pane(page, title)
    return page.get_by_role("region", name=title, exact=True)


def topic(room, name):
    return room.locator(".topic").filter(has=room.page.get_by_text(name, exact=True))


def choose(room, name):
    room.get_by_role("button", name="Действия с чатом").click()
    room.get_by_role("menuitem", name=name).click()


@case
def topics_are_opened_written_in_and_changed(stage):
    people, chat, thread = forum(stage, "Стол", "Клиентка")
    stage.bot("sendMessage", chat_id=chat, message_thread_id=thread, text="просит человека")
    page = stage.open(1000, 800)
    room = desk(page, "Стол")
    expect(topic(room, "Клиентка")).to_contain_text("просит человека")
    topic(room, "Клиентка").click()
    expect(room.locator("h2")).to_have_text("Клиентка")
    expect(last_answer(room)).to_contain_text("просит человека")
    write(room, "Здравствуйте")
    expect(room.locator(".log .own .text")).to_have_text("Здравствуйте")
    told = stage.updates("message")[-1]
    assert told["message_thread_id"] == thread and told["is_topic_message"] is True
    assert told["reply_to_message"]["forum_topic_created"]["name"] == "Клиентка"
    choose(room, "Переименовать тему")
    expect(room.locator("textarea")).to_have_value("Клиентка")
    write(room, "Клиентка ждёт")
    expect(room.locator("h2")).to_have_text("Клиентка ждёт")
    choose(room, "Закрыть тему")
    expect(room.locator(".closed")).to_contain_text("Тема закрыта")
    expect(topic(room, "Клиентка ждёт").locator(".lock")).to_be_visible()
    room.get_by_role("button", name="Открыть тему снова").click()
    expect(room.locator(".closed")).to_be_hidden()
    stage.bot("sendMessage", chat_id=chat, text="в общей теме")
    expect(topic(room, "Общая тема").locator(".badge")).to_contain_text("1")
    choose(room, "Удалить тему")
    expect(room.locator(".topic")).to_have_count(1)
    expect(last_answer(room)).to_contain_text("в общей теме")
    room.get_by_role("button", name="Новая тема").click()
    write(room, "Своя тема")
    expect(topic(room, "Своя тема")).to_be_visible()


@case
def replies_reactions_corrections_and_files_are_shown(stage):
    people, chat, thread = forum(stage, "Знаки", "Тема знаков")
    asked = stage.bot("sendMessage", chat_id=chat, message_thread_id=thread, text="первое второе")
    answer = stage.act(action="post", **{"from": people[0]}, chat=chat, thread=thread, text="да", message=asked["message_id"], quote="второе")
    stage.bot("setMessageReaction", chat_id=chat, message_id=answer, reaction=[{"type": "emoji", "emoji": "👌"}])
    stage.act(action="edit", **{"from": people[0]}, chat=chat, message=answer, text="да, конечно")
    stage.upload("sendDocument", {"chat_id": chat, "message_thread_id": thread, "caption": "Вся переписка"}, "document", "история.txt", "Клиент: где заказ?")
    page = stage.open()
    room = desk(page, "Знаки")
    topic(room, "Тема знаков").click()
    own = room.locator(".log .own")
    expect(own.locator(".quoted")).to_contain_text("«второе»")
    expect(own.locator(".reactions")).to_have_text("👌")
    expect(own.locator(".foot")).to_contain_text("изменено")
    # The bot may still answer the reply.
    file = room.locator(".log .bubble").filter(has_text="Вся переписка")
    with page.context.expect_page() as opened:
        file.get_by_role("link", name="Открыть").click()
    expect(opened.value.locator("body")).to_have_text("Клиент: где заказ?")
    opened.value.close()
    with page.expect_download() as saved:
        file.get_by_role("link", name="Скачать").click()
    assert saved.value.suggested_filename == "история.txt"


@case
def sides_are_reached_on_a_small_screen(stage):
    staff = stage.fetch("/api/state")["about"]["staff"]
    assert len(staff) == 2
    page = stage.open(390, 844, has_touch=True)
    expect(page.locator("#sides")).to_be_hidden()
    room = pane(page, "Анна")
    sides = page.locator("#sides button")
    expect(sides).to_have_text([re.compile("Клиент"), re.compile("Оператор"), re.compile("Темы")])
    expect(sides.nth(0)).to_have_attribute("aria-current", "true")
    stage.bot("sendMessage", chat_id=staff[0], text="оператору")
    expect(sides.nth(1).locator(".badge")).to_be_visible()
    sides.nth(1).click()
    expect(page.locator(".pane:visible").locator(".log")).to_contain_text("оператору")
    made = stage.bot("createForumTopic", chat_id=staff[1], name="Узкая тема")["message_thread_id"]
    stage.bot("sendMessage", chat_id=staff[1], message_thread_id=made, text="в теме")
    sides.nth(2).click()
    staffed = page.locator(".pane:visible")
    expect(staffed.locator("textarea")).to_be_hidden()
    topic(staffed, "Узкая тема").click()
    expect(staffed.locator("textarea")).to_be_visible()
    expect(staffed.locator(".topics")).to_be_hidden()
    staffed.get_by_role("button", name="К списку тем").click()
    expect(topic(staffed, "Узкая тема")).to_be_focused()
    sides.nth(0).click()
    expect(room).to_be_visible()
    stage.bot("deleteForumTopic", chat_id=staff[1], message_thread_id=made)


@case
def operators_stand_beside_the_client(stage):
    page = stage.open(1440, 900)
    staff = stage.fetch("/api/state")["about"]["staff"]
    expect(page.locator(".pane")).to_have_count(3)
    expect(page.locator(".pane.forum .topics")).to_be_visible()
    for heading in ["Клиенты", "Операторы"]:
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    operators = page.get_by_role("list", name="Операторы")
    for chat in staff:
        expect(operators.locator(f"[data-chat='{chat}']")).to_have_class(re.compile("open"))


@case
def nothing_that_operators_see_runs(stage):
    people, chat, thread = forum(stage, CORPUS[2], CORPUS[1])
    for text in CORPUS:
        stage.bot("createForumTopic", chat_id=chat, name=text)
        stage.upload("sendDocument", {"chat_id": chat, "message_thread_id": thread, "caption": text}, "document", text.replace('"', ""), text)
    asked = stage.bot("sendMessage", chat_id=chat, message_thread_id=thread, text=CORPUS[0])["message_id"]
    stage.act(action="post", **{"from": people[0]}, chat=chat, thread=thread, text=CORPUS[3], message=asked, quote=CORPUS[0])
    stage.act(action="rename_topic", **{"from": people[0]}, chat=chat, thread=thread, text=CORPUS[7])
    guest = stage.person(CORPUS[1])
    stage.act(action="join", **{"from": people[0]}, chat=chat, member=guest)
    page = stage.open(1600, 900)
    room = desk(page, CORPUS[2])
    topic(room, CORPUS[7]).first.click()
    expect(room.locator(".log .own .text")).to_have_text(exactly(CORPUS[3]))
    expect(room.locator(".file .title").last).to_be_visible()
    room.get_by_role("button", name="Действия с чатом").click()
    assert_inert(page)


@case
def axe_finds_nothing_at_the_desk(stage):
    people, chat, thread = forum(stage, "Доступ", "Тема доступа")
    markup = {"inline_keyboard": [[{"text": "Взять", "callback_data": "a"}, {"text": "Закрыть", "callback_data": "b"}]]}
    asked = stage.bot("sendMessage", chat_id=chat, message_thread_id=thread, text="просит человека", reply_markup=markup)["message_id"]
    stage.bot("setMessageReaction", chat_id=chat, message_id=asked, reaction=[{"type": "emoji", "emoji": "👀"}])
    stage.upload("sendDocument", {"chat_id": chat, "message_thread_id": thread}, "document", "a.txt", "x")
    stage.bot("sendMessage", chat_id=chat, text="не прочитано")
    stage.bot("closeForumTopic", chat_id=chat, message_thread_id=thread)
    for scheme in ["light", "dark"]:
        for width in [390, 1000, 1600]:
            page = stage.open(width, 844, scheme, has_touch=width < 500)
            where = f"{scheme} {width}"
            room = desk(page, "Доступ")
            assert_accessible(page, where + " topics")
            topic(room, "Тема доступа").click()
            expect(room.locator(".closed")).to_be_visible()
            assert_accessible(page, where + " topic")
            room.get_by_role("button", name="Действия с чатом").click()
            assert_accessible(page, where + " menu")
            page.context.close()


@case
def keyboard_is_enough_at_the_desk(stage):
    people, chat, thread = forum(stage, "Клавиши", "Тема клавиш")
    page = stage.open(1000, 800)
    room = desk(page, "Клавиши")
    topic(room, "Тема клавиш").focus()
    page.keyboard.press("Enter")
    expect(room.locator("textarea")).to_be_focused()
    page.keyboard.type("без мыши")
    page.keyboard.press("Enter")
    expect(room.locator(".log .own .text")).to_have_text("без мыши")
    room.get_by_role("button", name="Действия с чатом").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Переименовать тему")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(room.locator(".closed")).to_be_visible()
    expect(room.get_by_role("button", name="Действия с чатом")).to_be_focused()
