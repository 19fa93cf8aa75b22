"""Checks parameters of the Bot API against the facts in bot-api-10.3.json."""

import json
import re
from pathlib import Path

FACTS = json.loads((Path(__file__).parent / "bot-api-10.3.json").read_text())


def problems(method, parameters):
    """What is wrong with a call, as a list of texts; empty when nothing is."""
    if method not in FACTS["methods"]:
        return [f"{method}: the facts do not know the method"]
    found = _fields(method, FACTS["methods"][method], parameters)
    if "rich_message" in parameters:
        found += _rich(method, parameters["rich_message"])
    if "entities" in parameters:
        found += _entities(method, parameters)
    if "Draft" in method and not (parameters.get("chat_id") or 0) > 0:
        found.append(f"{method}: drafts are for private chats")
    return found


def _fields(path, facts, values):
    if not isinstance(values, dict):
        return [f"{path}: not an object"]
    found = [f"{path}.{name}: unknown" for name in values if name not in facts]
    for name, fact in facts.items():
        if name not in values:
            if fact.get("required"):
                found.append(f"{path}.{name}: missing")
            continue
        here = f"{path}.{name}"
        wrong = min((_value(here, kind, values[name]) for kind in fact["types"]), key=len)
        found += wrong or _limits(here, fact, values[name])
    return found


def _value(path, kind, value):
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{path}: not an array"]
        return [
            problem
            for index, element in enumerate(value)
            for problem in _value(f"{path}[{index}]", kind.removeprefix("Array of "), element)
        ]
    simple = {"Integer": int, "String": str, "Boolean": bool, "Float": (int, float)}
    if kind in simple:
        fits = isinstance(value, simple[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if fits else [f"{path}: {value!r} is not of type {kind}"]
    facts = FACTS["types"][kind]
    if "any_of" not in facts:
        return _fields(path, facts["fields"], value)
    others = [other for other in facts["any_of"] if _may_be(other, value)]
    if not others:
        return [f"{path}: fits none of the kinds of {kind}"]
    # The alternative with the fewest problems is the one that was meant.
    return min((_value(path, other, value) for other in others), key=len)


def _may_be(kind, value):
    """Whether a value may be of a kind, by what can be seen without a look inside."""
    if kind.startswith("Array of "):
        return isinstance(value, list)
    if kind == "String":
        return isinstance(value, str)
    names = FACTS["types"][kind].get("fields", {}).get("type", {}).get("one_of")
    return isinstance(value, dict) and (names is None or value.get("type") in names)


def _limits(path, fact, value):
    found = []

    def within(name, size):
        if name in fact and not fact[name][0] <= size <= fact[name][1]:
            found.append(f"{path}: {size} {name} are not within {fact[name]}")

    if isinstance(value, str):
        within("characters", len(value))
        within("bytes", len(value.encode()))
        if "one_of" in fact and value not in fact["one_of"]:
            found.append(f"{path}: {value!r} is none of {fact['one_of']}")
        if "matches" in fact and not re.fullmatch(fact["matches"], value):
            found.append(f"{path}: {value!r} has characters that are not allowed")
    if isinstance(value, int) and not isinstance(value, bool):
        within("range", value)
        if fact.get("nonzero") and value == 0:
            found.append(f"{path}: is zero")
    if isinstance(value, list):
        within("items", len(value))
    return found


def _entities(method, parameters):
    found = []
    if "parse_mode" in parameters:
        found.append(f"{method}: both entities and parse_mode")
    text = parameters.get("text", "").encode("utf-16-le")
    for index, entity in enumerate(parameters["entities"]):
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if not 0 <= begin < end <= len(text) // 2:
            found.append(f"{method}.entities[{index}]: {begin}..<{end} is not in the text")
            continue
        for border in (begin, end):
            if 0xDC <= (text + b"\0\0")[2 * border + 1] <= 0xDF:
                found.append(f"{method}.entities[{index}]: {border} is amid a character")
    return found


def _rich(method, message):
    limits = FACTS["rich_message"]
    counts = {"characters": 0, "blocks": 0, "depth": 0, "columns": 0}

    def text(value):
        if isinstance(value, str):
            counts["characters"] += len(value)
        elif isinstance(value, list):
            for part in value:
                text(part)
        elif isinstance(value, dict):
            text(value.get("text", value.get("expression", "")))

    def block(value, depth):
        counts["blocks"] += 1
        counts["depth"] = max(counts["depth"], depth)
        for name in ("text", "expression", "summary", "credit", "caption"):
            text(value.get(name, ""))
        for row in value.get("cells", []):
            counts["columns"] = max(counts["columns"], sum(c.get("colspan", 1) for c in row))
            for cell in row:
                text(cell.get("text", ""))
        for item in [value] + value.get("items", []):
            for nested in item.get("blocks", []):
                block(nested, depth + 1)

    ways = [name for name in ("blocks", "html", "markdown") if name in message]
    if len(ways) != 1:
        return [f"{method}: exactly one of blocks, html, markdown is wanted, not {ways}"]
    for one in message.get("blocks", []):
        block(one, 1)
    found = [
        f"{method}: {count} {name} are more than {limits[name]}"
        for name, count in counts.items()
        if count > limits[name]
    ]
    if not counts["blocks"] and "blocks" in message:
        found.append(f"{method}: the rich message has no blocks")
    return found
