"""aiogram, but its models refuse fields that they do not know.

aiogram tolerates unknown fields, so that old bots survive new versions of the Bot API. Here a field
that it does not know is a mistake of whoever wrote it. Import this before anything of aiogram.
"""

import pydantic

_tolerant = pydantic.ConfigDict


def _strict(**settings):
    if settings.get("extra") == "allow":
        settings["extra"] = "forbid"
    return _tolerant(**settings)


pydantic.ConfigDict = _strict
try:
    import aiogram
    import aiogram.methods
    import aiogram.types
finally:
    pydantic.ConfigDict = _tolerant

assert aiogram.types.Message.model_config["extra"] == "forbid"
assert aiogram.methods.SendMessage.model_config["extra"] == "forbid"

METHODS = {
    method.__api_method__: method
    for name in aiogram.methods.__all__
    if isinstance(method := getattr(aiogram.methods, name), type)
    and isinstance(getattr(method, "__api_method__", None), str)
}
