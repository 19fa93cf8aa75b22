"""Checks what a program sent to the Bot API, and what it was answered.

usage: check_calls.py CALLS METHOD[,METHOD…] [BLOCK[,BLOCK…]]

CALLS has a JSON object a line: {"method": …, "body": …, "status": …, "answer": …}. All methods and
kinds of rich blocks that are named must occur. Each call must satisfy aiogram's model of the method
with unknown fields forbidden, and the facts of the Bot API; each answer aiogram's model of it.
"""

import copy
import json
import sys
from collections import Counter

from strict_aiogram import METHODS, aiogram  # first: it changes how aiogram is loaded
from bot_api import problems
from aiogram.methods import Response
from pydantic import ValidationError


def main(path, methods, blocks=""):
    wrong, seen, kinds = [], Counter(), Counter()
    for line in open(path):
        call = json.loads(line)
        method = call["method"]
        seen[method] += 1
        wrong += [f"facts: {problem}" for problem in problems(method, call["body"])]
        count_blocks(call["body"], kinds)
        if method not in METHODS:
            wrong.append(f"aiogram does not know the method {method}")
            continue
        try:
            for body in flattened(call["body"]):
                METHODS[method].model_validate_json(json.dumps(body))
        except ValidationError as error:
            wrong.append(f"aiogram refuses the call {method}: {told(error)}")
        if call["answer"] is None:
            continue
        try:
            for body in flattened(call["answer"]):
                answer = Response[METHODS[method].__returning__].model_validate(body)
            if answer.ok is not (call["status"] == 200):
                wrong.append(f"{method}: the status is {call['status']}, but ok is {answer.ok}")
        except ValidationError as error:
            wrong.append(f"aiogram refuses the answer of {method}: {told(error)}")
    wrong += [f"never called: {name}" for name in methods.split(",") if not seen[name]]
    wrong += [f"never sent: block {name}" for name in blocks.split(",") if name and not kinds[name]]
    print(f"aiogram {aiogram.__version__} looked at {sum(seen.values())} calls: {dict(seen)}")
    print(f"kinds of blocks and texts: {dict(kinds)}")
    for problem in sorted(set(wrong)):
        print(f"WRONG {problem}")
    return 1 if wrong else 0


def flattened(body):
    """The same in several bodies, none of which nests deeply.

    aiogram tries every kind of block for every block, so that the time it needs is exponential in
    the depth. Blocks from the third level on get bodies of their own.
    """
    body = copy.deepcopy(body)
    holder = body.get("result", body) if isinstance(body, dict) else None
    message = holder.get("rich_message") if isinstance(holder, dict) else None
    waiting = []

    def cut(block, depth):
        for part in [block] + block.get("items", []):
            if depth == 2 and part.get("blocks"):
                waiting.append(part["blocks"])
                part["blocks"] = [{"type": "paragraph", "text": "elsewhere"}]
            for nested in part.get("blocks", []):
                cut(nested, depth + 1)

    if not message:
        yield body
        return
    waiting.append(message["blocks"])
    while waiting:
        message["blocks"] = waiting.pop()
        for block in message["blocks"]:
            cut(block, 1)
        yield body


def count_blocks(value, kinds):
    """Counts the types of all objects that have one."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            kinds[value["type"]] += 1
        for member in value.values():
            count_blocks(member, kinds)
    elif isinstance(value, list):
        for element in value:
            count_blocks(element, kinds)


def told(error):
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:3])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
