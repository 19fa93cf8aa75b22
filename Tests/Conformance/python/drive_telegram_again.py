"""A second opinion on the stand-in Telegram: python-telegram-bot, an independent library.

usage: drive_telegram_again.py ADDRESS TOKEN

python-telegram-bot puts what it does not know into `api_kwargs`; here that is a mistake.
"""

import asyncio
import sys

import httpx
import telegram
from telegram import error as failures


def unknown(thing, path=""):
    """The fields that the library does not know, at any depth."""
    if isinstance(thing, (list, tuple)):
        return [name for element in thing for name in unknown(element, path + "[]")]
    if not isinstance(thing, telegram.TelegramObject):
        return []
    found = [f"{path}.{name}" for name in thing.api_kwargs]
    for name in thing._get_attrs_names(include_private=False):
        if name != "api_kwargs":
            found += unknown(getattr(thing, name, None), f"{path}.{name}")
    return found


def known(thing):
    assert not unknown(thing, type(thing).__name__), unknown(thing, type(thing).__name__)
    return thing


async def fails_with(kind, awaitable):
    try:
        await awaitable
    except kind as failure:
        assert type(failure) is kind, repr(failure)
        return failure
    raise AssertionError(f"no {kind.__name__}")


async def main(address, token):
    control = httpx.AsyncClient(base_url=address + "/_simulator", trust_env=False)

    async def act(action, **details):
        body = {"action": action} | {
            ("from" if name == "by" else name): value for name, value in details.items()
        }
        answer = await control.post("/actions", json=body)
        assert answer.status_code == 200, (body, answer.text)
        return answer.json()["result"]

    offset, count = None, 0

    async def updates():
        nonlocal offset, count
        # Without a list that Telegram sends all kinds that the bot has asked for before.
        got = known(await bot.get_updates(offset=offset, timeout=1))
        offset = got[-1].update_id + 1 if got else offset
        count += len(got)
        return got

    async with telegram.Bot(token, base_url=address + "/bot", base_file_url=address + "/file/bot") as bot:
        assert known(await bot.get_me()).username
        assert await bot.set_my_commands([("help", "Help")], language_code="en")
        assert known(await bot.get_my_commands(language_code="en"))[0].command == "help"
        anna = await act("person", text="Anna", language="en")
        await fails_with(failures.Forbidden, bot.send_message(anna, "too early"))
        await act("post", by=anna, text="/start")
        assert (await updates())[-1].message.text == "/start"
        buttons = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("y", callback_data="y")]])
        bold = [telegram.MessageEntity("bold", 0, 4)]
        sent = known(await bot.send_message(anna, "Bold?", entities=bold, reply_markup=buttons))
        assert sent.parse_entities() == {sent.entities[0]: "Bold"}
        await act("press", by=anna, message=sent.message_id, data="y")
        query = (await updates())[-1].callback_query
        assert await bot.answer_callback_query(query.id)
        assert known(await bot.edit_message_text("Bold.", anna, sent.message_id)).text == "Bold."
        assert await bot.delete_message(anna, sent.message_id)
        assert await bot.send_chat_action(anna, "typing")
        await fails_with(failures.BadRequest, bot.send_message(anna, "x" * 5000))
        for media in ("photo", "voice", "document", "sticker", "location"):
            await act("post", by=anna, media=media)
            message = (await updates())[-1].message
            assert message.effective_attachment, message
        file = known(await bot.get_file("file-" + str(await act("post", by=anna, media="voice"))))
        assert len(await file.download_as_bytearray()) > 0
        group = await act("group", text="Club", members=[anna])
        await act("post", by=anna, chat=group, text="@switchboard_bot hello")
        await updates()
        assert known(await bot.get_chat(group)).title == "Club"
        assert known(await bot.get_chat_member(group, anna)).status == "member"
        moved = await act("migrate", by=anna, chat=group)
        migrated = await fails_with(failures.ChatMigrated, bot.send_message(group, "x"))
        assert migrated.new_chat_id == moved
        forum = await act("group", text="Forum", members=[anna], isForum=True)
        topic = await act("topic", by=anna, chat=forum, text="Tables")
        await act("post", by=anna, chat=forum, thread=topic, text="@switchboard_bot hello")
        await updates()
        sent = known(await bot.send_message(forum, "here", message_thread_id=topic))
        assert sent.message_thread_id == topic
        fault = {"effect": "flood", "method": "sendMessage", "seconds": 3}
        assert (await control.post("/faults", json=fault)).status_code == 200
        flood = await fails_with(failures.RetryAfter, bot.send_message(anna, "x"))
        assert flood._retry_after.total_seconds() == 3, flood
        assert await bot.set_webhook("https://127.0.0.1:8443/hook", secret_token="s_1")
        assert known(await bot.get_webhook_info()).url
        await fails_with(failures.Conflict, bot.get_updates())
        assert await bot.delete_webhook(drop_pending_updates=True)
    stranger = telegram.Bot("4242:wrong", base_url=address + "/bot")
    await fails_with(failures.InvalidToken, stranger.initialize())
    await control.aclose()
    print(f"python-telegram-bot {telegram.__version__} accepts {count} updates")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
