"""Drives the stand-in model with OpenAI's own client: whole, streamed, refused, broken.

usage: drive_model.py ADDRESS CONTROL

CONTROL is the path of the stand-in's own routes.
"""

import json
import sys

import httpx
import openai
from openai.types.chat import ChatCompletion, ChatCompletionChunk


def fault(control, **body):
    answer = httpx.post(f"{control}/faults", json=body, trust_env=False)
    assert answer.status_code == 200, answer.text


def ask(client, text="Hello there", **more):
    messages = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": text}]
    return client.chat.completions.create(model="stand-in", messages=messages, **more)


def unknown(model, path=""):
    """The fields that the client's types do not have, at any depth."""
    if isinstance(model, list):
        return [name for element in model for name in unknown(element, path + "[]")]
    if not isinstance(model, openai.BaseModel):
        return []
    found = [f"{path}.{name}" for name in (model.model_extra or {})]
    for name in type(model).model_fields:
        found += unknown(getattr(model, name), f"{path}.{name}")
    return found


def strictly(kind, value):
    """The client reads leniently; validated again, a wrong type is an error."""
    kind.model_validate(value.model_dump(exclude_unset=True), strict=True)
    assert not unknown(value), unknown(value)
    return value


def whole(client):
    answer = strictly(ChatCompletion, ask(client, max_completion_tokens=500))
    assert answer.object == "chat.completion" and answer.id.startswith("chatcmpl-")
    assert "Hello there" in answer.choices[0].message.content
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
    short = ask(client, "a long story", max_tokens=5)
    assert short.choices[0].finish_reason == "length", short.choices[0]
    return answer.choices[0].message.content


def streamed(client, expected):
    options = {"stream": True, "stream_options": {"include_usage": True}}
    chunks = [strictly(ChatCompletionChunk, chunk) for chunk in ask(client, **options)]
    assert len({chunk.id for chunk in chunks}) == 1
    assert chunks[0].choices[0].delta.role == "assistant"
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert text == expected, text
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert not chunks[-1].choices and chunks[-1].usage.completion_tokens > 0
    assert all(chunk.usage is None for chunk in chunks[:-1])
    assert all(chunk.choices for chunk in ask(client, stream=True)), "usage only when asked for"
    messages = [{"role": "user", "content": "Show everything"}]
    with client.chat.completions.stream(model="stand-in", messages=messages) as stream:
        kinds = {event.type for event in stream}
        final = stream.get_final_completion()
    assert {"chunk", "content.delta", "content.done"} <= kinds, kinds
    assert "# Everything at once" in final.choices[0].message.content


def fails(kind, call, **attributes):
    try:
        call()
    except kind as failure:
        assert type(failure) is kind, failure
        for name, value in attributes.items():
            assert getattr(failure, name) == value, (name, getattr(failure, name), failure.body)
        return failure
    raise AssertionError(f"no {kind.__name__}")


def refused(client, control):
    for status, kind in (
        (400, openai.BadRequestError), (401, openai.AuthenticationError),
        (403, openai.PermissionDeniedError), (404, openai.NotFoundError),
        (409, openai.ConflictError), (422, openai.UnprocessableEntityError),
        (429, openai.RateLimitError), (500, openai.InternalServerError),
        (503, openai.InternalServerError),
    ):
        fault(control, kind="status", status=status, code="a_code", retry_after=7)
        failure = fails(kind, lambda: ask(client), status_code=status, code="a_code", param=None)
        assert failure.response.headers["retry-after"] == "7"
        assert failure.body["message"] == "Scripted failure."
    fails(openai.BadRequestError, lambda: ask(client, temperature="hot"))
    fails(openai.BadRequestError, lambda: client.chat.completions.create(model="m", messages=[]))
    fails(
        openai.BadRequestError, lambda: ask(client, "word " * 200_000),
        code="context_length_exceeded",
    )
    # The client itself tries again, after the wait that it is told.
    fault(control, kind="status", status=429, retry_after=1)
    assert "Hello" in ask(client.with_options(max_retries=1)).choices[0].message.content


def broken(client, control):
    def read():
        return list(ask(client, stream=True))

    fault(control, kind="error_mid_stream", after=2, message="Overloaded.")
    assert fails(openai.APIError, read).message == "Overloaded."
    fault(control, kind="malformed", after=2)
    fails(json.JSONDecodeError, read)
    fault(control, kind="cut", after=2)
    assert read()[-1].choices[0].finish_reason is None, "a cut stream has no finish reason"
    fault(control, kind="stall", after=2)
    fails(openai.APITimeoutError, lambda: list(ask(client.with_options(timeout=1), stream=True)))
    fault(control, kind="content_filter", after=2)
    assert read()[-1].choices[0].finish_reason == "content_filter"
    fault(control, kind="empty")
    assert not ask(client).choices[0].message.content
    fault(control, kind="usage_absent")
    assert ask(client).usage is None


def main(address, control):
    client = openai.OpenAI(base_url=address + "/v1", api_key="any", max_retries=0)
    names = [model.id for model in client.models.list()]
    assert "stand-in" in names and not unknown(client.models.list().data), names
    streamed(client, whole(client))
    refused(client, address + control)
    broken(client, address + control)
    print(f"openai {openai.__version__} understands the stand-in model")


if __name__ == "__main__":
    main(*sys.argv[1:])
