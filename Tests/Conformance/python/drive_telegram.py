"""Drives the stand-in Telegram with aiogram, whose models must accept every answer and update.

usage: drive_telegram.py ADDRESS TOKEN PORT

ADDRESS is the stand-in's, PORT one on which this script may listen for a webhook. Unknown fields
are forbidden: what aiogram does not know, Telegram does not send.
"""

import asyncio
import sys
from collections import Counter

from strict_aiogram import aiogram  # first: it changes how aiogram is loaded
from aiogram import Bot, Dispatcher
from aiogram import exceptions as failures
from aiogram import types as t
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import ClientSession, web


class People:
    """The simulated people, moved by the stand-in's own routes."""

    def __init__(self, address, session):
        self.address, self.session = address, session

    async def act(self, action, **details):
        body = {"action": action} | {
            ("from" if name == "by" else name): value for name, value in details.items()
        }
        async with self.session.post(f"{self.address}/_simulator/actions", json=body) as response:
            answer = await response.json()
            assert response.status == 200, (body, answer)
            return answer["result"]

    async def fault(self, **fault):
        async with self.session.post(f"{self.address}/_simulator/faults", json=fault) as response:
            assert response.status == 200, await response.text()


class Updates:
    """Takes in updates and counts their kinds."""

    def __init__(self, bot):
        self.bot, self.offset, self.kinds, self.newest = bot, None, Counter(), {}

    async def fetch(self, *wanted):
        """Polls until updates of all wanted kinds have come."""
        missing = set(wanted)
        for _ in range(20):
            for update in await self.bot.get_updates(
                offset=self.offset, timeout=1, allowed_updates=EVERY_KIND
            ):
                self.offset = update.update_id + 1
                self.take(update)
                missing.discard(update.event_type)
            if not missing:
                return self.newest
        raise AssertionError(f"updates that never came: {missing}")

    def take(self, update):
        self.kinds[update.event_type] += 1
        self.newest[update.event_type] = update.event


EVERY_KIND = [
    "message", "edited_message", "callback_query", "my_chat_member", "chat_member",
    "stopped_message_generation",
]


async def fails_with(kind, awaitable, **attributes):
    try:
        await awaitable
    except kind as failure:
        for name, value in attributes.items():
            assert getattr(failure, name) == value, (failure, name, getattr(failure, name))
        return
    raise AssertionError(f"no {kind.__name__}")


async def account(bot):
    me = await bot.get_me()
    assert me.is_bot and me.id == bot.id and me.username, me
    commands = [t.BotCommand(command="help", description="Help")]
    for scope in (None, t.BotCommandScopeAllPrivateChats()):
        assert await bot.set_my_commands(commands, scope=scope, language_code="en")
        known = await bot.get_my_commands(scope=scope, language_code="en")
        assert [command.command for command in known] == ["help"], known
        assert await bot.delete_my_commands(scope=scope, language_code="en")
        assert await bot.get_my_commands(scope=scope, language_code="en") == []
    await fails_with(
        failures.TelegramBadRequest,
        bot.set_my_commands([t.BotCommand(command="UPPER", description="x")]),
    )


async def messages(bot, people, updates):
    anna = await people.act("person", text="Anna", username="anna", language="en")
    await fails_with(failures.TelegramForbiddenError, bot.send_message(anna, "too early"))
    await people.act("post", by=anna, text="/start hello @switchboard_bot")
    message = (await updates.fetch("message"))["message"]
    assert [e.type for e in message.entities] == ["bot_command", "mention"], message

    sent = await bot.send_message(
        anna,
        "Bold 😀 code",
        entities=[
            t.MessageEntity(type="bold", offset=0, length=4),
            t.MessageEntity(type="code", offset=8, length=4),
        ],
        reply_parameters=t.ReplyParameters(message_id=message.message_id),
        link_preview_options=t.LinkPreviewOptions(is_disabled=True),
    )
    assert sent.text == "Bold 😀 code" and sent.entities[1].extract_from(sent.text) == "code"
    assert sent.reply_to_message.message_id == message.message_id
    for markup in (
        t.ReplyKeyboardMarkup(keyboard=[[t.KeyboardButton(text="A")]], is_persistent=True),
        t.ReplyKeyboardRemove(remove_keyboard=True),
        t.ForceReply(force_reply=True),
    ):
        assert (await bot.send_message(anna, "markup", reply_markup=markup)).text == "markup"
    keyboard = t.InlineKeyboardMarkup(
        inline_keyboard=[[
            t.InlineKeyboardButton(text="yes", callback_data="y"),
            t.InlineKeyboardButton(text="site", url="https://example.org/"),
        ]]
    )
    question = await bot.send_message(anna, "Sure?", reply_markup=keyboard)
    assert question.reply_markup.model_dump() == keyboard.model_dump()
    await people.act("press", by=anna, message=question.message_id, data="y")
    query = (await updates.fetch("callback_query"))["callback_query"]
    assert query.data == "y" and query.message.message_id == question.message_id
    assert await bot.answer_callback_query(query.id, text="Thanks", show_alert=True)
    await fails_with(failures.TelegramBadRequest, bot.answer_callback_query(query.id))
    edited = await bot.edit_message_text(
        "Sure.", chat_id=anna, message_id=question.message_id, reply_markup=None
    )
    assert edited.text == "Sure." and edited.edit_date
    await fails_with(
        failures.TelegramBadRequest,
        bot.edit_message_text("Sure.", chat_id=anna, message_id=question.message_id),
    )
    again = await bot.edit_message_reply_markup(
        chat_id=anna, message_id=question.message_id, reply_markup=keyboard
    )
    assert again.reply_markup.model_dump() == keyboard.model_dump()
    assert await bot.delete_message(anna, question.message_id)
    await fails_with(
        failures.TelegramBadRequest, bot.edit_message_text("x", chat_id=anna, message_id=999_999)
    )
    for text in ("", "x" * 4097):
        await fails_with(failures.TelegramBadRequest, bot.send_message(anna, text))
    return anna


def rich_blocks():
    def paragraph(text):
        return t.InputRichBlockParagraph(text=text)

    def cell(text, **more):
        return t.RichBlockTableCell(text=text, align="left", valign="middle", **more)

    return [
        t.InputRichBlockSectionHeading(size=1, text=["A ", t.RichTextBold(text="heading")]),
        paragraph([
            "plain ",
            t.RichTextItalic(text=t.RichTextUnderline(text="nested")),
            t.RichTextStrikethrough(text="struck"),
            t.RichTextSpoiler(text="spoiler"),
            t.RichTextCode(text="code"),
            t.RichTextUrl(text="link", url="https://example.org/"),
            t.RichTextMathematicalExpression(expression="x^2"),
        ]),
        t.InputRichBlockPreformatted(text="let x = 1", language="swift"),
        t.InputRichBlockDivider(),
        t.InputRichBlockMathematicalExpression(expression=r"\frac{1}{2}"),
        t.InputRichBlockBlockQuotation(blocks=[paragraph("quoted")], credit="somebody"),
        t.InputRichBlockList(items=[
            t.InputRichBlockListItem(blocks=[paragraph("one")], value=1, type="1"),
            t.InputRichBlockListItem(blocks=[paragraph("done")], has_checkbox=True, is_checked=True),
        ]),
        t.InputRichBlockTable(
            cells=[[cell("h", is_header=True)], [cell("c")]], is_bordered=True
        ),
        t.InputRichBlockDetails(summary="more", blocks=[paragraph("inside")]),
        t.InputRichBlockFooter(text="the end"),
    ]


async def rich(bot, people, updates, anna):
    content = t.InputRichMessage(blocks=rich_blocks(), skip_entity_detection=True)
    sent = await bot.send_rich_message(anna, content)
    kinds = [block.type for block in sent.rich_message.blocks]
    assert kinds == [block.type for block in rich_blocks()], kinds
    await fails_with(
        failures.TelegramBadRequest, bot.send_rich_message(anna, t.InputRichMessage(blocks=[]))
    )
    assert await bot.send_message_draft(anna, 7, text="", can_stop=True)
    assert await bot.send_message_draft(anna, 7, text="Thin", can_stop=True)
    assert await bot.send_rich_message_draft(anna, 7, content, can_stop=True)
    await people.act("stop", chat=anna, draft=7)
    stopped = (await updates.fetch("stopped_message_generation"))["stopped_message_generation"]
    assert stopped.draft_id == 7 and stopped.chat.id == anna, stopped
    await fails_with(failures.TelegramBadRequest, bot.send_message_draft(anna, 0, text="zero"))
    assert await bot.send_chat_action(anna, "typing")


async def what_people_send(bot, people, updates, anna):
    for media in ("photo", "voice", "document", "sticker", "location"):
        await people.act("post", by=anna, media=media, text=None if media == "sticker" else "look")
        message = (await updates.fetch("message"))["message"]
        assert message.content_type == media, message
        if media == "photo":
            file = await bot.get_file(message.photo[-1].file_id)
            assert len((await bot.download_file(file.file_path)).read()) > 0
    await fails_with(failures.TelegramBadRequest, bot.get_file("nonsense"))
    await people.act("album", by=anna, text="album", count=3)
    assert (await updates.fetch("message"))["message"].media_group_id
    written = await people.act("post", by=anna, text="wirte")
    await people.act("edit", by=anna, message=written, text="write")
    assert (await updates.fetch("edited_message"))["edited_message"].text == "write"
    await people.act("block", by=anna)
    change = (await updates.fetch("my_chat_member"))["my_chat_member"]
    assert change.new_chat_member.status == "kicked", change
    await fails_with(failures.TelegramForbiddenError, bot.send_message(anna, "hello?"))
    await people.act("unblock", by=anna)


async def groups(bot, people, updates, anna):
    group = await people.act("group", text="Club", members=[anna])
    await people.act("post", by=anna, chat=group, text="@switchboard_bot hello")
    message = (await updates.fetch("message", "my_chat_member"))["message"]
    assert message.chat.type == "group"
    assert (await bot.get_chat(group)).title == "Club"
    assert (await bot.get_chat(anna)).type == "private"
    assert (await bot.get_chat_member(group, anna)).status == "member"
    await fails_with(failures.TelegramBadRequest, bot.send_message_draft(group, 5, text="no"))
    supergroup = await people.act("migrate", by=anna, chat=group)
    await updates.fetch("message")
    await fails_with(
        failures.TelegramMigrateToChat, bot.send_message(group, "x"), migrate_to_chat_id=supergroup
    )
    forum = await people.act("group", text="Forum", members=[anna], isForum=True)
    topic = await people.act("topic", by=anna, chat=forum, text="Tables")
    await people.act("post", by=anna, chat=forum, thread=topic, text="@switchboard_bot hello")
    message = (await updates.fetch("message"))["message"]
    assert message.is_topic_message and message.message_thread_id == topic, message
    sent = await bot.send_message(forum, "in the topic", message_thread_id=topic)
    assert sent.message_thread_id == topic and sent.chat.is_forum
    await fails_with(failures.TelegramBadRequest, bot.send_message(-42, "nobody is there"))


async def troubles(bot, people, anna, address):
    for effect, kind, attributes in (
        ("flood", failures.TelegramRetryAfter, {"retry_after": 3}),
        ("blocked", failures.TelegramForbiddenError, {}),
        ("refused", failures.TelegramBadRequest, {}),
        ("server_error", failures.TelegramServerError, {}),
        ("method_not_found", failures.TelegramNotFound, {}),
    ):
        await people.fault(effect=effect, method="sendMessage", seconds=3)
        await fails_with(kind, bot.send_message(anna, "hello"), **attributes)
    # aiogram reads any body as JSON; a proxy's page is for it what it is: no answer of the Bot API.
    await people.fault(effect="bad_gateway", method="sendMessage")
    await fails_with(failures.ClientDecodeError, bot.send_message(anna, "hello"))
    stranger = Bot("4242:wrong", session=session_of(address))
    await fails_with(failures.TelegramUnauthorizedError, stranger.get_me())
    await stranger.session.close()
    newest = await bot.get_updates(offset=-1)
    offset = newest[-1].update_id + 1 if newest else None
    first = asyncio.create_task(bot.get_updates(offset=offset, timeout=10))
    await asyncio.sleep(0.2)
    assert await bot.get_updates(offset=offset) == []
    await fails_with(failures.TelegramConflictError, first)


async def webhook(bot, people, updates, anna, port):
    arrived = asyncio.Queue()
    dispatcher = Dispatcher()

    @dispatcher.update.outer_middleware()
    async def take(handler, update, data):
        updates.take(update)
        await arrived.put(update)

    application = web.Application()
    SimpleRequestHandler(
        dispatcher, bot, handle_in_background=False, secret_token="a-secret_1"
    ).register(application, path="/hook")
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    url = f"http://127.0.0.1:{port}/hook"
    assert await bot.set_webhook(url, secret_token="a-secret_1", allowed_updates=EVERY_KIND)
    info = await bot.get_webhook_info()
    assert info.url == url and not info.has_custom_certificate, info
    await fails_with(failures.TelegramConflictError, bot.get_updates())
    await people.act("post", by=anna, text="by webhook")
    while (update := await asyncio.wait_for(arrived.get(), 10)).message.text != "by webhook":
        pass
    assert update.message.from_user.id == anna
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).url == ""
    await runner.cleanup()


def session_of(address):
    return AiohttpSession(api=TelegramAPIServer.from_base(address))


async def main(address, token, port):
    bot = Bot(token, session=session_of(address))
    async with ClientSession() as session:
        people, updates = People(address, session), Updates(bot)
        await account(bot)
        anna = await messages(bot, people, updates)
        await rich(bot, people, updates, anna)
        await what_people_send(bot, people, updates, anna)
        await groups(bot, people, updates, anna)
        await troubles(bot, people, anna, address)
        await webhook(bot, people, updates, anna, int(port))
    await bot.session.close()
    print(f"aiogram {aiogram.__version__} accepts {dict(updates.kinds)}")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
