"""A small bot in the usual Python way, to compare with: aiogram, openai and aiosqlite.

It keeps the promises that matter for the comparison: an update is acknowledged when it is committed,
what was not finished is taken up again at the next start, a dialogue's messages are answered in
order, its context comes from SQLite, an answer is streamed with a preview every second, and the
final message is committed before it is sent.
"""

import asyncio
import collections
import json
import os
import time

import aiosqlite
import uvloop
from aiogram import Bot, Dispatcher, types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiohttp import web
from openai import AsyncOpenAI

CONTEXT_MESSAGES = 20
PREVIEW_SECONDS = 1.0
INSTRUCTIONS = (
    "You are a helpful assistant in a Telegram chat. Answer briefly and to the point, in the "
    "language of the question. Use Markdown where it helps."
)
SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS inbox(update_id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS messages(
  id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, role TEXT NOT NULL, text TEXT NOT NULL,
  sent INTEGER NOT NULL DEFAULT 1);
CREATE INDEX IF NOT EXISTS messages_chat ON messages(chat, id);
"""


class Store:
    def __init__(self, connection):
        self.connection = connection

    @classmethod
    async def open(cls, path):
        connection = await aiosqlite.connect(path)
        await connection.executescript(SCHEMA)
        return cls(connection)

    async def accept(self, update_id, body):
        """Whether the update is new; committed when this returns."""
        cursor = await self.connection.execute(
            "INSERT OR IGNORE INTO inbox(update_id, body) VALUES(?, ?)", (update_id, body)
        )
        await self.connection.commit()
        return cursor.rowcount > 0

    async def unfinished(self):
        return await self.connection.execute_fetchall("SELECT body FROM inbox ORDER BY update_id")

    async def context(self, chat):
        rows = await self.connection.execute_fetchall(
            "SELECT role, text FROM messages WHERE chat = ? ORDER BY id DESC LIMIT ?",
            (chat, CONTEXT_MESSAGES),
        )
        return [{"role": role, "content": text} for role, text in reversed(list(rows))]

    async def record(self, chat, question, answer):
        """Question and answer, the answer still to be sent."""
        await self.connection.execute(
            "INSERT INTO messages(chat, role, text) VALUES(?, 'user', ?)", (chat, question)
        )
        cursor = await self.connection.execute(
            "INSERT INTO messages(chat, role, text, sent) VALUES(?, 'assistant', ?, 0)",
            (chat, answer),
        )
        await self.connection.commit()
        return cursor.lastrowid

    async def finish(self, update_id, message=None):
        if message is not None:
            await self.connection.execute("UPDATE messages SET sent = 1 WHERE id = ?", (message,))
        await self.connection.execute("DELETE FROM inbox WHERE update_id = ?", (update_id,))
        await self.connection.commit()

    async def forget(self, chat):
        await self.connection.execute("DELETE FROM messages WHERE chat = ?", (chat,))
        await self.connection.commit()


class Server:
    def __init__(self, bot, dispatcher, store, secret):
        self.bot = bot
        self.dispatcher = dispatcher
        self.store = store
        self.secret = secret
        self.locks = collections.defaultdict(asyncio.Lock)
        self.tasks = set()

    async def webhook(self, request):
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != self.secret:
            return web.Response(status=401)
        body = await request.text()
        update = json.loads(body)
        if await self.store.accept(update["update_id"], body):
            self.begin(update)
        return web.Response()

    def begin(self, update):
        task = asyncio.create_task(self.process(update))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def process(self, update):
        chat = update.get("message", {}).get("chat", {}).get("id")
        async with self.locks[chat]:
            await self.dispatcher.feed_raw_update(self.bot, update, store=self.store)

    async def ready(self, request):
        return web.json_response({"status": "ok"})


def make_dispatcher(client, model):
    dispatcher = Dispatcher()

    @dispatcher.message(Command("new"))
    async def new(message: types.Message, event_update: types.Update, store: Store):
        await store.forget(message.chat.id)
        await message.answer("I have forgotten what we talked about.")
        await store.finish(event_update.update_id)

    @dispatcher.message()
    async def question(message: types.Message, bot: Bot, event_update: types.Update, store: Store):
        chat = message.chat.id
        context = await store.context(chat)
        stream = await client.chat.completions.create(
            model=model,
            messages=[
                {"role": "system", "content": INSTRUCTIONS},
                *context,
                {"role": "user", "content": message.text},
            ],
            stream=True,
            stream_options={"include_usage": True},
        )
        pieces = []
        shown = time.monotonic()
        async for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                pieces.append(chunk.choices[0].delta.content)
            if time.monotonic() - shown >= PREVIEW_SECONDS:
                shown = time.monotonic()
                await bot.send_message_draft(
                    chat_id=chat, draft_id=event_update.update_id, text="".join(pieces)
                )
        answer = "".join(pieces)
        recorded = await store.record(chat, message.text, answer)
        await bot.send_message(chat_id=chat, text=answer)
        await store.finish(event_update.update_id, recorded)

    return dispatcher


async def main():
    session = AiohttpSession(
        api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"]), limit=1000
    )
    bot = Bot(os.environ["TELEGRAM_BOT_TOKEN"], session=session)
    client = AsyncOpenAI(
        api_key=os.environ["OPENAI_API_KEY"], base_url=os.environ["OPENAI_BASE_URL"]
    )
    store = await Store.open(os.environ["DATABASE_URL"].removeprefix("sqlite:"))
    secret = os.environ["WEBHOOK_SECRET"]
    server = Server(bot, make_dispatcher(client, os.environ["OPENAI_MODEL"]), store, secret)
    await bot.me()
    for (body,) in await store.unfinished():
        server.begin(json.loads(body))
    application = web.Application()
    application.router.add_post("/webhook/", server.webhook)
    application.router.add_get("/health/ready", server.ready)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["WEB_SERVER_PORT"])).start()
    await bot.set_webhook(os.environ["BASE_WEBHOOK_URL"] + "/webhook/", secret_token=secret)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
